"""Periods of the calendar: the day, week, month, season or decade that holds a day, and steps between them.

Functions raise ValueError or OverflowError outside the years 1 to 9999; ``dates.resolve_time`` turns that into None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dragoman.records import Moment
from dragoman.records.event import Granularity

_DAY: Final = datetime.timedelta(days=1)
_SEASON_MONTH: Final[Mapping[str, int]] = MappingProxyType({"SP": 3, "SU": 6, "FA": 9, "WI": 12})
# Islamic years in a Gregorian one.
_LUNAR_YEARS: Final = 365.2425 / 354.367
_DAYS_IN_WEEK: Final = 7
_MONTHS_IN_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, ``first`` to ``last``, both included; ``value`` is its name in TIMEX3 ("2017-W35")."""

    first: datetime.date
    last: datetime.date
    granularity: Granularity
    value: str

    def to_moment(self, why: str) -> Moment:
        """Return the moment that an event record holds for the period."""
        enddate = self.last if self.granularity == "range" else None
        return Moment(self.first, self.granularity, "text", enddate, None, (why,))


def name_day(day: datetime.date) -> Period:
    """Return the period of one day."""
    return Period(day, day, "day", day.isoformat())


def name_week(day: datetime.date) -> Period:
    """Return the ISO week that holds ``day``, Monday to Sunday."""
    monday = day - day.weekday() * _DAY
    year, week, _ = day.isocalendar()
    return Period(monday, monday + 6 * _DAY, "week", f"{year:04d}-W{week:02d}")


def name_weekend(day: datetime.date) -> Period:
    """Return the Saturday and Sunday of the ISO week that holds ``day``."""
    week = name_week(day)
    return Period(week.last - _DAY, week.last, "range", f"{week.value}-WE")


def name_month(year: int, month: int) -> Period:
    """Return a calendar month."""
    return Period(datetime.date(year, month, 1), last_day(year, month), "month", f"{year:04d}-{month:02d}")


def name_year(year: int) -> Period:
    """Return a calendar year."""
    return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year", f"{year:04d}")


def name_quarter(year: int, quarter: int) -> Period:
    """Return a quarter of a calendar year, 1 to 4."""
    months = name_months(year, 3 * quarter - 2, 3)
    return Period(months.first, months.last, "range", f"{year:04d}-Q{quarter}")


def name_half(year: int, half: int) -> Period:
    """Return half a calendar year, 1 or 2."""
    months = name_months(year, 6 * half - 5, 6)
    return Period(months.first, months.last, "range", f"{year:04d}-H{half}")


def name_season(year: int, season: str) -> Period:
    """Return a northern season (SP, SU, FA, WI) of three whole months; winter is named for the year it begins in."""
    months = name_months(year, _SEASON_MONTH[season], 3)
    return Period(months.first, months.last, "range", f"{year:04d}-{season}")


def name_years(first: int, last: int, value: str) -> Period:
    """Return the stretch from the beginning of one year to the end of another."""
    return Period(datetime.date(first, 1, 1), datetime.date(last, 12, 31), "range", value)


def name_decade(year: int) -> Period:
    """Return the decade that holds ``year``; its TIMEX3 value is the year's first three digits."""
    start = year - year % 10
    return name_years(start, start + 9, f"{start // 10:03d}")


def name_century(number: int) -> Period:
    """Return a century by its ordinal number: 20 is 1900 to 1999, as newspapers count."""
    start = 100 * (number - 1)
    return name_years(max(start, 1), start + 99, f"{number - 1:02d}")


def name_months(year: int, month: int, count: int) -> Period:
    """Return ``count`` months from the given one on."""
    first = datetime.date(year, month, 1)
    end = move(first, count - 1, "M")
    return name_range(first, last_day(end.year, end.month))


def name_range(first: datetime.date, last: datetime.date) -> Period:
    """Return a range of days. Raises ValueError if it ends before it begins."""
    if last < first:
        raise ValueError(f"{last} lies before {first}")
    return Period(first, last, "range", f"{first.isoformat()}/{last.isoformat()}")


def last_day(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return move(datetime.date(year, month, 1), 1, "M") - _DAY


_NAMERS: Final[Mapping[str, Callable[[datetime.date], Period]]] = MappingProxyType(
    {
        "D": name_day,
        "W": name_week,
        "2W": name_week,
        "WE": name_weekend,
        "M": lambda day: name_month(day.year, day.month),
        "Q": lambda day: name_quarter(day.year, (day.month + 2) // 3),
        "Y": lambda day: name_year(day.year),
        "DE": lambda day: name_decade(day.year),
        "CE": lambda day: name_century(day.year // 100 + 1),
    }
)


def period_around(day: datetime.date, unit: str) -> Period:
    """Return the day, week, month, ... that holds ``day``. Units are those of ``words.yaml``; parts of a day give the day."""
    return _NAMERS.get(unit, name_day)(day)


_DAYS: Final[Mapping[str, float]] = MappingProxyType(
    {"TS": 1 / 86400, "TM": 1 / 1440, "TH": 1 / 24, "D": 1, "W": 7, "WE": 7, "2W": 14, "M": 30.4, "Q": 91, "Y": 365.25}
)
_MONTHS: Final[Mapping[str, int]] = MappingProxyType({"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200})


def move(day: datetime.date, count: float, unit: str) -> datetime.date:
    """Return the day ``count`` units after ``day`` (before it where negative).

    Months and years keep the day of the month where it exists, else take the month's last. Hours less than a day stay
    on the day.
    """
    if unit in _MONTHS and float(count).is_integer():
        return _move_months(day, int(count) * _MONTHS[unit])
    days = count * (_DAYS[unit] if unit in _DAYS else _MONTHS[unit] * _DAYS["M"])
    return day + int(days) * _DAY


def _move_months(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 + months, _MONTHS_IN_YEAR)
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"year {year} lies outside the calendar")


def weekday_before(day: datetime.date, weekday: int) -> datetime.date:
    """Return the latest day at or before ``day`` that falls on ``weekday`` (Monday is 0)."""
    return day - ((day.weekday() - weekday) % _DAYS_IN_WEEK) * _DAY


def weekday_after(day: datetime.date, weekday: int) -> datetime.date:
    """Return the first day at or after ``day`` that falls on ``weekday`` (Monday is 0)."""
    return day + ((weekday - day.weekday()) % _DAYS_IN_WEEK) * _DAY


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> datetime.date:
    """Return the ``nth`` Monday, Tuesday, ... of a month; -1 is the last. Raises ValueError if the month has none."""
    if nth < 0:
        return weekday_before(last_day(year, month), weekday)
    day = weekday_after(datetime.date(year, month, 1), weekday) + (nth - 1) * _DAYS_IN_WEEK * _DAY
    if nth < 1 or day.month != month:
        raise ValueError(f"{year}-{month:02d} has no such weekday")
    return day


def easter(year: int) -> datetime.date:
    """Return Easter Sunday of the western churches (the anonymous Gregorian algorithm, Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return datetime.date(year, month, day + 1)


def ramadan(year: int) -> Period:
    """Return the Ramadan that begins in a Gregorian year, by the tabular Islamic calendar: a day off either way is usual."""
    hijri = max(1, int((year - 622) * _LUNAR_YEARS) - 2)
    begin = _hijri_month(hijri, 9)
    while begin.year < year:
        hijri += 1
        begin = _hijri_month(hijri, 9)
    return name_range(begin, _hijri_month(hijri, 10) - _DAY)


def _hijri_month(year: int, month: int) -> datetime.date:
    days = 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return datetime.date(622, 7, 19) + days * _DAY
