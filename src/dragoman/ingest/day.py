"""Publication days, in the many ways in which metadata write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from dragoman.errors import InputError
from dragoman.ingest.characters import quoted

FIRST_YEAR, LAST_YEAR = 1800, 2200
_MISSING = frozenset(("", "-", "none", "null", "nan", "nat", "n/a", "na", "unknown"))
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_LONGEST = 100
_TIME = r"(?:[T\s,]+(?:at\s+)?[0-9]{1,2}(?::|h|\s?[ap]\.?m)[\w:.,+()/\s-]*)?"
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})日?" + _TIME)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{4}(?:[0-9]{2})?(?:Z|[+-][0-9:]+)?|" + _TIME + ")")
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY_MONTH = re.compile(
    _WEEKDAY + r"([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]+)\.?,?[\s-]+([0-9]{4})" + _TIME, re.IGNORECASE
)
_MONTH_DAY = re.compile(_WEEKDAY + r"([a-z]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})" + _TIME, re.IGNORECASE)
_C_TIME = re.compile(_WEEKDAY + r"([a-z]{3})\s+([0-9]{1,2})\s+[0-9:]+(?:\s+[A-Z0-9+:-]+)?\s+([0-9]{4})", re.IGNORECASE)
_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})" + _TIME)
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})" + _TIME)
_EPOCH = re.compile(r"-?[0-9]{9,10}(?:\.[0-9]+)?|-?[0-9]{13}")
_EPOCH_MILLISECONDS = 10**11
_MONTHS_A_YEAR = 12


def is_missing(value: object) -> bool:
    """Return whether the value says that there is no date: nothing, or a word such as "None" or "n/a"."""
    return value is None or (isinstance(value, str) and value.strip().lower() in _MISSING)


def parse_day(value: object, field: str = "published") -> date:
    """Return the calendar day that a date or time names, in the time zone in which it is written.

    Understands ISO 8601, ``20170831``, RFC 822 ("Thu, 31 Aug 2017 09:00:00 +0900"), "31 August 2017", "August 31, 2017",
    "31.8.2017", "8/31/2017" where only one order of day and month is possible, and seconds or milliseconds since 1970
    (UTC). Years run from 1800 to 2200. Raises InputError that names ``field`` and the value.
    """
    # A number in the millions of millions is no text, but exports write epochs as numbers.
    text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    day = _find_day(text, field) if len(text) <= _LONGEST else None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InputError(
            f"{field} is no date",
            expected=f"a day between {FIRST_YEAR} and {LAST_YEAR} such as 2017-08-31",
            got=quoted(value),
            fix="correct the date or leave it out",
        )
    return day


def _find_day(text: str, field: str) -> date | None:
    try:
        return _written_day(text) or _slashed_day(text, field) or _epoch_day(text)
    except (ValueError, OverflowError):
        return None


def _written_day(text: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(*(int(part) for part in found.groups()))
    if found := _DAY_MONTH.fullmatch(text):
        return _named_day(found[3], found[2], found[1])
    if found := _MONTH_DAY.fullmatch(text) or _C_TIME.fullmatch(text):
        return _named_day(found[3], found[1], found[2])
    if found := _DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return None


def _named_day(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower())
    return date(int(year), number, int(day)) if number else None


def _slashed_day(text: str, field: str) -> date | None:
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    first, second, year = (int(part) for part in found.groups())
    if first <= _MONTHS_A_YEAR and second <= _MONTHS_A_YEAR and first != second:
        raise InputError(
            f"{field} has two readings",
            expected="an unambiguous day such as 2017-08-31",
            got=quoted(text),
            fix="write dates as year-month-day",
        )
    return date(year, first, second) if second > _MONTHS_A_YEAR else date(year, second, first)


def _epoch_day(text: str) -> date | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    if abs(seconds) >= _EPOCH_MILLISECONDS:
        seconds /= 1000
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
