"""What each rule of ``time/rules.yaml`` means: from the words caught, the publication date and the anchor to days.

A meaning takes the parts that its rule caught and the frame that they are read in, and returns a reckoning. Days that do not
exist raise ValueError or OverflowError; ``dates.py`` turns that into None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from dragoman.resolve import date_calendar as calendar
from dragoman.resolve.date_calendar import Period
from dragoman.resolve.date_grammar import load_grammar

Tense = Literal["past", "future", "present"]
Parts = Mapping[str, str]

_UNKNOWN_DAY: Final = "XXXX-XX-XX"
# A date without a year that would lie further back than this is the coming one: a writer would have named the year.
_FAR_BACK: Final = datetime.timedelta(days=275)
_FIFTY_YEARS: Final = 50
_LAST_MONTH: Final = 12
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against. ``tense`` None means that nothing tells: the past, unless that is far back."""

    published: datetime.date
    tense: Tense | None
    anchor: Period | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What an expression comes to: its TIMEX3 ``value``, the days meant (None where they cannot be known), and the reason."""

    value: str
    period: Period | None
    why: str


def _known(period: Period, why: str, value: str | None = None) -> Reckoning:
    return Reckoning(value or period.value, period, why)


def _unknown(value: str, why: str) -> Reckoning:
    return Reckoning(value, None, why)


def _tidy(words: str) -> str:
    plain = " ".join(words.lower().replace("’", "'").split())
    return plain.replace("‐", "-").replace("‑", "-").replace("–", "-").replace("—", "-")


def look_up(kind: str, words: str) -> Any:
    """Return what ``words`` mean in a class of ``words.yaml``. Raises KeyError for words that are not in it."""
    return load_grammar().words[kind][_tidy(words)]


def read_number(words: str) -> float:
    """Return the number that words name: "3", "twenty-one", "a couple of" (2), "half a" (0.5)."""
    plain = _tidy(words)
    try:
        return float(plain)
    except ValueError:
        tens, _, ones = plain.rpartition("-")
        if tens in load_grammar().words["number"] and ones in load_grammar().words["number"]:
            return float(look_up("number", tens) + look_up("number", ones))
        return float(
            look_up(
                "number", {"half": "half a", "half-a": "half a", "half-an": "half an", "the": "a"}.get(plain, plain)
            )
        )


def _day_number(words: str) -> int:
    return int("".join(letter for letter in words if letter.isdigit()))


def _full_year(words: str, frame: Frame) -> int:
    """Return a year from four digits or two; of two, the year nearest to publication within fifty years."""
    year = int(words)
    if len(words) > 2:  # noqa: PLR2004 - two digits are what a short year is written with
        return year
    year += frame.published.year // 100 * 100
    return year - 100 if year > frame.published.year + _FIFTY_YEARS // 2 else year


def _pick_year(make: Callable[[int], Period], frame: Frame) -> Period:
    """Return the period nearest to publication in the direction of the tense, of those that ``make`` gives for a year."""
    year, published = frame.published.year, frame.published
    candidates = [period for period in (_try(make, year + step) for step in range(-8, 9)) if period is not None]
    past = [period for period in candidates if period.first <= published]
    ahead = [period for period in candidates if period.last >= published]
    if frame.tense == "present":
        return min(candidates, key=lambda period: abs(period.first - published))
    if frame.tense == "future":
        return ahead[0]
    if frame.tense is None and published - past[-1].last > _FAR_BACK:
        return ahead[0]
    return past[-1]


def _try(make: Callable[[int], Period], year: int) -> Period | None:
    try:
        return make(year)
    except (ValueError, OverflowError):
        return None


def _yearly(parts: Parts, frame: Frame, make: Callable[[int], Period], what: str) -> Reckoning:
    """Reckon something that comes once a year: by its own year, by "last year", or nearest to publication."""
    if parts.get("y") or parts.get("yy"):
        return _known(make(_full_year(parts.get("y") or parts["yy"], frame)), f"{what}, year given")
    if "whose" in parts:
        return _known(
            make(frame.published.year + look_up("this", parts["whose"])), f"{what}, {_tidy(parts['whose'])} year"
        )
    if "this" in parts:
        return _stepped(parts["this"], frame, make, what)
    return _known(_pick_year(make, frame), f"{what} nearest to publication{_direction(frame)}")


def _stepped(this: str, frame: Frame, make: Callable[[int], Period], what: str) -> Reckoning:
    """Reckon "last May", "next summer": the nearest that is wholly over, or yet to begin, counted from publication."""
    step = look_up("this", this)
    years = range(frame.published.year - 2, frame.published.year + 3)
    candidates = [make(year) for year in years]
    over = [period for period in candidates if period.last < frame.published]
    ahead = [period for period in candidates if period.first > frame.published]
    now = [period for period in candidates if period.first.year == frame.published.year]
    chosen = over[-1] if step < 0 else ahead[0] if step > 0 else now[0]
    return _known(chosen, f"{_tidy(this)} {what} counted from publication")


def _direction(frame: Frame) -> str:
    return {"past": ", in the past", "future": ", ahead", "present": "", None: ""}[frame.tense]


def _with_daypart(reckoning: Reckoning, parts: Parts) -> Reckoning:
    if "daypart" not in parts or reckoning.period is None:
        return reckoning
    return Reckoning(f"{reckoning.value}T{look_up('daypart', parts['daypart'])}", reckoning.period, reckoning.why)


# Full dates


def _iso(parts: Parts, _frame: Frame) -> Reckoning:
    period = calendar.name_day(datetime.date(int(parts["y"]), int(parts["m"]), int(parts["d"])))
    value = f"{period.value}T{parts['clock']}" if "clock" in parts else None
    return _known(period, "full date", value)


def _slashed(parts: Parts, frame: Frame) -> Reckoning:
    """Reckon 8/29/2017 month first, as American papers do, unless only day first makes a date."""
    month, day = int(parts["a"]), int(parts["b"])
    month, day = (day, month) if month > _LAST_MONTH else (month, day)
    return _known(calendar.name_day(datetime.date(_full_year(parts["y"], frame), month, day)), "full date")


def _dotted(parts: Parts, _frame: Frame) -> Reckoning:
    return _known(calendar.name_day(datetime.date(int(parts["y"]), int(parts["b"]), int(parts["a"]))), "full date")


def _day(parts: Parts, frame: Frame) -> Reckoning:
    month, day = look_up("month_short", parts["month"]), _day_number(parts["d"])
    reckoning = _yearly(parts, frame, lambda year: calendar.name_day(datetime.date(year, month, day)), "the day")
    return _with_daypart(reckoning, parts)


def _nth_weekday(parts: Parts, frame: Frame) -> Reckoning:
    month, weekday = look_up("month", parts["month"]), look_up("weekday", parts["weekday"])
    nth = look_up("ordinal", parts["nth"])
    return _yearly(
        parts, frame, lambda year: calendar.name_day(calendar.nth_weekday(year, month, weekday, nth)), "the weekday"
    )


def _day_of_month(parts: Parts, frame: Frame) -> Reckoning:
    base = frame.anchor.first if frame.anchor else frame.published
    return _known(calendar.name_day(base.replace(day=_day_number(parts["d"]))), "that day of the month spoken of")


# Months, years and longer


def _month(parts: Parts, frame: Frame) -> Reckoning:
    month = look_up("month_short", parts["month"])
    return _yearly(parts, frame, lambda year: calendar.name_month(year, month), "the month")


def _season(parts: Parts, frame: Frame) -> Reckoning:
    season = look_up("season", parts["season"])
    return _yearly(parts, frame, lambda year: calendar.name_season(year, season), "the season")


def _year(parts: Parts, _frame: Frame) -> Reckoning:
    digits = "".join(letter for letter in parts["y"] if letter.isdigit())
    if "b" in parts["y"]:
        return _unknown(f"BC{int(digits):04d}", "before the common era")
    period = calendar.name_year(int(digits))
    return _known(period, "year given", f"FY{digits}" if "fiscal" in parts else None)


def _year_month(parts: Parts, _frame: Frame) -> Reckoning:
    return _known(calendar.name_month(int(parts["y"]), int(parts["z"])), "year and month given")


def _decade(parts: Parts, frame: Frame) -> Reckoning:
    year = look_up("nineties", parts["nineties"]) if "nineties" in parts else int(parts["y"])
    if year < 100:  # noqa: PLR2004 - "the nineties" and "the 90s" leave the century out
        century = frame.published.year // 100 * 100
        year += century if century + year <= frame.published.year else century - 100
    if year % 100 == 0:
        return _known(calendar.name_century(year // 100 + 1), "century given")
    return _known(calendar.name_decade(year), "decade given")


def _century(parts: Parts, _frame: Frame) -> Reckoning:
    number = int(parts["n"]) if "n" in parts else look_up("ordinal", parts["nth"])
    if "bc" in parts:
        return _unknown(f"BC{number - 1:02d}", "before the common era")
    return _known(calendar.name_century(number), "century given")


def _turn_of_century(_parts: Parts, frame: Frame) -> Reckoning:
    return _unknown(f"{frame.published.year // 100:02d}", "no more exact than the turn of a century")


def _quarter(parts: Parts, frame: Frame) -> Reckoning:
    if "this" in parts and "n" not in parts and "nth" not in parts:
        return _this_period({**parts, "period": "quarter"}, frame)
    number = int(parts["n"]) if "n" in parts else look_up("ordinal", parts["nth"])
    number = 4 if number < 0 else number
    whose = {"whose": parts["this"]} if "this" in parts else {}
    rest = {key: parts[key] for key in parts if key in ("y", "yy")}
    return _yearly({**rest, **whose}, frame, lambda year: calendar.name_quarter(year, number), "the quarter")


def _half(parts: Parts, frame: Frame) -> Reckoning:
    number = 1 if parts["half"] == "first" else 2
    year = (
        int(parts["y"])
        if "y" in parts
        else frame.published.year + load_grammar().words["this"].get(_tidy(parts.get("this", "the")), 0)
    )
    return _known(calendar.name_half(year, number), "half of the year")


# Weekdays


def _weekday(parts: Parts, frame: Frame) -> Reckoning:
    weekday, name = look_up("weekday", parts["weekday"]), parts["weekday"].capitalize()
    this = _tidy(parts.get("this", "the"))
    if this in ("last", "this past", "the previous"):
        base = _base(this, frame) or frame.published
        day = calendar.weekday_before(calendar.move(base, -1, "D"), weekday)
        return _with_daypart(_known(calendar.name_day(day), f"last {name} before {base}"), parts)
    if this in ("next", "this coming", "the following"):
        base = _base(this, frame) or frame.published
        day = calendar.weekday_after(calendar.move(base, 1, "D"), weekday)
        return _with_daypart(_known(calendar.name_day(day), f"first {name} after {base}"), parts)
    if this == "this":
        return _with_daypart(_weekday_in_week(weekday, name, 0, frame), parts)
    return _with_daypart(_nearest_weekday(weekday, name, frame), parts)


def _nearest_weekday(weekday: int, name: str, frame: Frame) -> Reckoning:
    before, after = calendar.weekday_before(frame.published, weekday), calendar.weekday_after(frame.published, weekday)
    if frame.published == before:
        return _known(calendar.name_day(before), "day of publication")
    is_ahead = frame.tense == "future" or (
        frame.tense == "present" and after - frame.published < frame.published - before
    )
    if is_ahead:
        return _known(calendar.name_day(after), f"first {name} after publication")
    return _known(calendar.name_day(before), f"last {name} before publication")


def _weekday_in_week(weekday: int, name: str, step: int, frame: Frame) -> Reckoning:
    monday = calendar.name_week(calendar.move(frame.published, step, "W")).first
    return _known(
        calendar.name_day(calendar.move(monday, weekday, "D")), f"{name} of its week, counted from publication"
    )


def _weekday_of_week(parts: Parts, frame: Frame) -> Reckoning:
    weekday = look_up("weekday", parts["weekday"])
    reckoning = _weekday_in_week(weekday, parts["weekday"].capitalize(), look_up("this", parts["this"]), frame)
    return _with_daypart(reckoning, parts)


def _every_weekday(parts: Parts, _frame: Frame) -> Reckoning:
    weekday = load_grammar().words["weekday"][_tidy(parts["weekday"]).removesuffix("s")]
    return _unknown(f"XXXX-WXX-{weekday + 1}", "comes back every week")


# Near days


def _deictic(parts: Parts, frame: Frame) -> Reckoning:
    day = calendar.move(frame.published, look_up("deictic", parts["deictic"]), "D")
    return _with_daypart(_known(calendar.name_day(day), "counted from publication"), parts)


def _tonight(parts: Parts, frame: Frame) -> Reckoning:
    day = calendar.move(frame.published, -1 if parts.get("this") == "last" else 0, "D")
    return _known(calendar.name_day(day), "counted from publication", f"{day.isoformat()}TNI")


def _overnight(_parts: Parts, frame: Frame) -> Reckoning:
    night = calendar.name_range(calendar.move(frame.published, -1, "D"), frame.published)
    return _known(night, "the night before publication", f"{night.first.isoformat()}TNI")


def _this_daypart(parts: Parts, frame: Frame) -> Reckoning:
    return _with_daypart(_known(calendar.name_day(frame.published), "day of publication"), parts)


def _that_daypart(parts: Parts, frame: Frame) -> Reckoning:
    """Reckon "the next morning", "that night", "at dawn": against the day spoken of, unknown where none is."""
    if frame.anchor is None or frame.anchor.granularity != "day":
        return _unknown(f"{_UNKNOWN_DAY}T{look_up('daypart', parts['daypart'])}", "no day to count from")
    step = load_grammar().words["this"].get(_tidy(parts.get("this", "the")), 0)
    step = {"before": -1, "after": 1}.get(parts.get("before", "").strip(), step)
    day = calendar.move(frame.anchor.first, step, "D")
    return _with_daypart(_known(calendar.name_day(day), f"counted from {frame.anchor.first}"), parts)


# This, last and next


def _base(this: str, frame: Frame) -> datetime.date | None:
    """Return the day that "this", "last", "the following" count from: publication, or the day spoken of."""
    if this in load_grammar().words["spoken_of"]:
        return frame.anchor.first if frame.anchor else None
    return frame.published


def _this_period(parts: Parts, frame: Frame) -> Reckoning:
    this, unit = _tidy(parts.get("this", "the")), look_up("period", parts["period"])
    if this == "the" and unit == "WE":
        return _weekend(frame)
    base = _base(this, frame)
    if base is None:
        return _unknown(_UNKNOWN_DAY, "no day to count from")
    step = load_grammar().words["this"].get(this, 0)
    period = calendar.period_around(calendar.move(base, step, unit), unit)
    return _known(period, f"counted from {'publication' if base == frame.published else base}")


def _weekend(frame: Frame) -> Reckoning:
    """Reckon "the weekend": the latest that has begun, or the coming one where the text looks ahead."""
    if frame.tense == "future":
        return _known(calendar.name_weekend(frame.published), "weekend at or after publication")
    saturday = calendar.weekday_before(frame.published, 5)
    return _known(calendar.name_weekend(saturday), "last weekend begun before publication")


def _stretch(parts: Parts, frame: Frame) -> Reckoning:
    """Reckon "the past two weeks", "the next few days": from or to the day of publication."""
    toward = look_up("toward", parts["toward"])
    unit = look_up("anyunit", parts.get("units") or parts["unit"])
    if "several" in parts or ("n" not in parts and "units" in parts):
        return _unknown(_length("X", unit), "no number given")
    count = read_number(parts.get("n", "one"))
    other = calendar.move(frame.published, toward * count, unit)
    first, last = sorted((frame.published, other))
    return _known(calendar.name_range(first, last), "counted from publication", _length(count, unit))


def _recent(parts: Parts, _frame: Frame) -> Reckoning:
    return _unknown("FUTURE_REF" if "toward" in parts else "PAST_REF", "no number given")


# So long ago, so much later


def _ago(parts: Parts, frame: Frame) -> Reckoning:
    unit, ago = look_up("anyunit", parts.get("anyunit") or parts["units"]), look_up("ago", parts["ago"])
    is_from_now = _tidy(parts["ago"]) in ("ago", "from now", "hence")
    if "n" not in parts:
        return _ago_vaguely(unit, ago, frame if is_from_now else None)
    base = frame.published if is_from_now else frame.anchor.first if frame.anchor else None
    if base is None:
        return _unknown(_UNKNOWN_DAY, "no day to count from")
    count = read_number(parts["n"])
    # "Less than a month ago" is nearer than a month: half a unit is where it most likely lies.
    count -= _HALF if "approx" in parts and look_up("approx", parts["approx"]) == "LESS" and count >= 1 else 0
    period = calendar.period_around(calendar.move(base, ago * count, unit), unit)
    why = f"{parts['n']} {parts['anyunit']} {'before' if ago < 0 else 'after'} {base}"
    return _known(period, why, f"{period.value}TXX" if unit.startswith("T") else None)


def _ago_vaguely(unit: str, ago: int, frame: Frame | None) -> Reckoning:
    """Reckon "hours ago" as the day of publication; "days ago", "years later" have no date."""
    if frame is not None and unit.startswith("T"):
        return _known(calendar.name_day(frame.published), "hours from publication", f"{frame.published.isoformat()}TXX")
    return _unknown("PAST_REF" if ago < 0 else "FUTURE_REF", "no number given")


def _ago_from(parts: Parts, frame: Frame) -> Reckoning:
    step = -1 if parts["ago"] == "before" else 1
    start = _tidy(parts["deictic"])
    base = calendar.move(frame.published, 0 if start == "now" else look_up("deictic", start), "D")
    unit = look_up("anyunit", parts["unit"])
    return _known(
        calendar.period_around(calendar.move(base, step * read_number(parts["n"]), unit), unit), f"counted from {base}"
    )


def _week_from(parts: Parts, frame: Frame) -> Reckoning:
    weekday, weeks = look_up("weekday", parts["weekday"]), read_number(parts["n"])
    if parts["ago"] == "ago":
        day = calendar.move(calendar.weekday_before(frame.published, weekday), -weeks, "W")
    else:
        day = calendar.move(calendar.weekday_after(frame.published, weekday), weeks, "W")
    return _known(calendar.name_day(day), "weeks from the nearest such weekday")


def _eve(_parts: Parts, frame: Frame) -> Reckoning:
    if frame.anchor is None or frame.anchor.granularity != "day":
        return _unknown(_UNKNOWN_DAY, "no day to count from")
    return _known(calendar.name_day(calendar.move(frame.anchor.first, -1, "D")), f"day before {frame.anchor.first}")


# How long, how often, at what hour

_TENFOLD: Final[Mapping[str, int]] = MappingProxyType({"DE": 10, "CE": 100})


def _length(count: float | str, unit: str) -> str:
    """Return a TIMEX3 duration: P2W, PT3H, P20Y for two decades, PXD where the number is unknown."""
    shown = count if isinstance(count, str) else f"{count * _TENFOLD.get(unit, 1) * (2 if unit == '2W' else 1):g}"
    plain = {"DE": "Y", "CE": "Y", "2W": "W"}.get(unit, unit)
    return f"PT{shown}{plain[1]}" if plain.startswith("T") else f"P{shown}{plain}"


def _duration(parts: Parts, _frame: Frame) -> Reckoning:
    words = _tidy(parts.get("anyunit") or parts.get("units") or "years")
    is_single = words in load_grammar().words["unit"]
    count: float | str = read_number(parts["n"]) if "n" in parts else 1.0 if is_single else "X"
    return _unknown(_length(count, look_up("anyunit", words)), "a length of time, not a date")


def _rate(parts: Parts, _frame: Frame) -> Reckoning:
    count: float | str = 1.0 if "anyunit" in parts else "X" if parts["n"] == "few" else read_number(parts["n"])
    return _unknown(
        _length(count, look_up("anyunit", parts.get("anyunit") or parts["units"])), "comes back again and again"
    )


def _often(parts: Parts, _frame: Frame) -> Reckoning:
    return _unknown(look_up("often", parts["often"]), "comes back again and again")


def _clock(parts: Parts, frame: Frame) -> Reckoning:
    day = frame.anchor if frame.anchor and frame.anchor.granularity == "day" else None
    hour = _hour(_tidy(parts["clock"]))
    zone = "Z" if parts.get("zone") in ("gmt", "utc") else ""
    value = f"{(day.first if day else frame.published).isoformat()}T{hour}{zone}"
    return Reckoning(value, day, "a time of day" if day is None else f"on {day.first}")


def _hour(clock: str) -> str:
    digits = (
        "".join(letter if letter.isdigit() else ":" if letter in ":." else " " for letter in clock)
        .split()[0]
        .strip(":")
    )
    hour, _, minute = digits.partition(":")
    if not minute and len(hour) == 4:  # noqa: PLR2004 - "1830 GMT"
        hour, minute = hour[:2], hour[2:]
    is_afternoon, is_morning = "p" in clock, "a" in clock
    number = int(hour) + (12 if is_afternoon and int(hour) < _LAST_MONTH else 0)
    number = 0 if is_morning and number == _LAST_MONTH else number
    return f"{number:02d}:{minute.split(':')[0] or '00'}"


# Days with a name


def _holiday(parts: Parts, frame: Frame) -> Reckoning:
    spec = str(look_up("holiday", parts["holiday"]))
    return _yearly(parts, frame, lambda year: _holiday_in(spec, year), "the day")


def _holiday_in(spec: str, year: int) -> Period:
    if spec == "ramadan":
        return calendar.ramadan(year)
    if spec.startswith("easter"):
        return calendar.name_day(calendar.move(calendar.easter(year), int(spec.removeprefix("easter")), "D"))
    month, *rest = spec.split("-")
    if len(rest) == 1:
        return calendar.name_day(datetime.date(year, int(month), int(rest[0])))
    weekday, nth = look_up("weekday_short", rest[0]), -1 if rest[1] == "last" else int(rest[1])
    return calendar.name_day(calendar.nth_weekday(year, int(month), weekday, nth))


def _named_day(parts: Parts, frame: Frame) -> Reckoning:
    day = datetime.date.fromisoformat(parts["day"])
    if day > frame.published:
        raise ValueError(f"{day} had not come yet")
    return _known(calendar.name_day(day), "a day with a name")


# Without a date


def _reference(parts: Parts, _frame: Frame) -> Reckoning:
    return _unknown(look_up("reference", parts["reference"]), "names no date")


def _long_ago(parts: Parts, _frame: Frame) -> Reckoning:
    return _unknown(look_up("long_ago", parts["long_ago"]), "names no date")


Meaning = Callable[[Parts, Frame], Reckoning]

MEANINGS: Final[Mapping[str, Meaning]] = MappingProxyType(
    {
        "iso": _iso,
        "slashed": _slashed,
        "dotted": _dotted,
        "day": _day,
        "nth_weekday": _nth_weekday,
        "day_of_month": _day_of_month,
        "month": _month,
        "season": _season,
        "year": _year,
        "years": _year_month,
        "decade": _decade,
        "century": _century,
        "turn_of_century": _turn_of_century,
        "quarter": _quarter,
        "half": _half,
        "weekday": _weekday,
        "weekday_of_week": _weekday_of_week,
        "every_weekday": _every_weekday,
        "deictic": _deictic,
        "tonight": _tonight,
        "overnight": _overnight,
        "this_daypart": _this_daypart,
        "that_daypart": _that_daypart,
        "this_period": _this_period,
        "stretch": _stretch,
        "recent": _recent,
        "ago": _ago,
        "ago_from": _ago_from,
        "week_from": _week_from,
        "eve": _eve,
        "duration": _duration,
        "rate": _rate,
        "often": _often,
        "clock": _clock,
        "holiday": _holiday,
        "named_day": _named_day,
        "reference": _reference,
        "long_ago": _long_ago,
    }
)
