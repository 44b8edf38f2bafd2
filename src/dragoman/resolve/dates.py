"""Time expressions: where they stand in a text, and which days they mean.

``find_times`` finds them; ``resolve_time`` reads one against the publication date, the tense of its clause, and the day that the
text was speaking of. The grammar is data, under ``time/``. Values are named as in TIMEX3 (ISO-TimeML, ISO 24617-1).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

from dragoman.records import Moment, Span
from dragoman.resolve import date_calendar as calendar
from dragoman.resolve.date_calendar import Period
from dragoman.resolve.date_grammar import Grammar, Rule, load_grammar
from dragoman.resolve.date_meanings import MEANINGS, Frame, Reckoning, Tense, look_up, read_number

TimeKind = Literal["date", "time", "duration", "set", "range", "reference"]

_KINDS: Final[Mapping[str, TimeKind]] = MappingProxyType(
    {
        "clock": "time",
        "duration": "duration",
        "rate": "set",
        "often": "set",
        "every_weekday": "set",
        "days_of_month": "range",
        "years": "range",
        "stretch": "range",
        "reference": "reference",
        "long_ago": "reference",
        "recent": "reference",
    }
)
_WORD: Final = re.compile(r"[a-z]+|\d+")
_LEAD: Final = re.compile(
    r"(?<!\w)(since|until|till|by|before|after|from|between|during|through|throughout|for|within|in|on)\s{1,3}$"
)
# Words that belong to the expression: "since 2011" is another time than 2011.
_LEADS_WITHIN: Final = frozenset(("since", "until", "till"))
_LEADS_AHEAD: Final = frozenset(("by", "until", "till"))
_LINK: Final = re.compile(r"\s{1,3}(to|and|until|till|through)\s{1,3}|\s?[-–—]\s?")
_WINDOW: Final = 40
_OUTLOOK_WINDOW: Final = 90
_SIX_MONTHS: Final = 6
_SENTENCE_END: Final = re.compile(r"[.!?;]\s|\n")
_SHOWN: Final = MappingProxyType({"month": "{0.value}", "year": "{0.value}", "range": "{0.first}/{0.last}"})
# Names of days that are no proper names, or hold none.
_SMALL_NAMES: Final = frozenset(
    (
        "the holy month of ramadan",
        "the muslim holy month of ramadan",
        "the fasting month of ramadan",
        "the fourth of july",
    )
)
_NAMES: Final = ("month", "weekday", "holiday")
_RANGE_MEANS: Final = frozenset(
    ("iso", "slashed", "dotted", "day", "month", "year", "weekday", "season", "quarter", "deictic", "decade", "holiday")
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that tell a time.

    ``span`` is the whole expression, with "since" and "until" but without "on" and "in"; ``core`` leaves out "since" and
    "until" too, as TIMEX3 does. ``text`` quotes ``core``. ``lead`` is the preposition before it or in it, or None.
    ``outlook`` says whether the words around look ahead or back, None where nothing tells. ``ends`` are the two ends of
    a range that is written as two dates. ``means`` and ``parts`` are the grammar's.
    """

    span: Span
    core: Span
    text: str
    kind: TimeKind
    means: str
    parts: tuple[tuple[str, str], ...]
    lead: str | None = None
    outlook: Literal["past", "future"] | None = None
    ends: tuple[TimeExpression, ...] = ()

    @property
    def is_vague(self) -> bool:
        """Return whether it counts units without saying how many: "days ago", "several years later"."""
        return (
            self.means in ("ago", "stretch", "recent")
            and "n" not in dict(self.parts)
            and "unit" not in dict(self.parts)
        )

    @property
    def is_past_reference(self) -> bool:
        """Return whether it points to the past without a date: "recently", "in the past", "decades ago"."""
        if self.means == "recent":
            return "toward" not in dict(self.parts)
        if self.means == "reference":
            return bool(look_up("reference", dict(self.parts)["reference"]) == "PAST_REF")
        return self.means == "long_ago" or (self.is_vague and dict(self.parts).get("ago", "") == "ago")

    @property
    def is_historical_reference(self) -> bool:
        """Return whether it points beyond the six-month line without a date: "in the past", "years ago", "decades ago"."""
        if self.means == "long_ago":
            return True
        parts = dict(self.parts)
        unit = parts.get("anyunit") or parts.get("units") or "day"
        return self.is_past_reference and self.means == "ago" and look_up("anyunit", unit) in ("Y", "DE", "CE")

    @property
    def offset(self) -> tuple[float, str] | None:
        """Return how far it lies from its anchor, as (-3.0, "D") for "three days earlier"; None for anything else.

        Units are TIMEX3's letters (D, W, M, Y), with TH, TM and TS below the day and DE and CE above the year.
        """
        parts = dict(self.parts)
        if self.means != "ago" or "n" not in parts:
            return None
        return look_up("ago", parts["ago"]) * read_number(parts["n"]), look_up("anyunit", parts["anyunit"])


def find_times(text: str, span: Span | None = None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``text`` (of ``span`` of it, where given) in text order; they do not overlap.

    Give the span of a sentence to read one sentence of a document: words outside it are not looked at. The time taken
    grows in proportion to the length of the text, whatever it holds.
    """
    start = span.start if span else 0
    piece = text[start : span.end] if span else text
    folded = _fold(piece)
    found = _join_ranges(list(_scan(piece, folded, load_grammar())), folded, piece)
    return tuple(_shift(expression, start) for expression in found)


def _fold(text: str) -> str:
    """Return the text in lower case, with as many code points."""
    folded = text.lower()
    return (
        folded
        if len(folded) == len(text)
        else "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    )


def _shift(expression: TimeExpression, by: int) -> TimeExpression:
    if not by:
        return expression
    span, core = expression.span, expression.core
    ends = tuple(_shift(end, by) for end in expression.ends)
    return replace(
        expression, span=Span(span.start + by, span.end + by), core=Span(core.start + by, core.end + by), ends=ends
    )


def _scan(text: str, folded: str, grammar: Grammar) -> Iterator[TimeExpression]:
    done = 0
    for word in _WORD.finditer(folded):
        place = word.start()
        if place < done:
            continue
        rules = grammar.digits if word[0][0].isdigit() else grammar.openers.get(word[0])
        if rules is None or not _may_begin(folded, place):
            continue
        best = _longest(text, folded, place, rules, grammar)
        if best is not None:
            done = best[1].end()
            yield _express(text, folded, *best, grammar)


def _may_begin(folded: str, place: int) -> bool:
    """Return whether an expression may begin here: not inside a word, a sum of money or a longer number."""
    left = folded[place - 1] if place else " "
    if left.isalnum() or left in "_$€£¥#@/\\":
        return False
    is_digit = folded[place].isdigit()
    return not (is_digit and left in ",.:-" and place > 1 and folded[place - 2].isdigit())


def _longest(
    text: str, folded: str, place: int, rules: tuple[Rule, ...], grammar: Grammar
) -> tuple[Rule, re.Match[str]] | None:
    best: tuple[Rule, re.Match[str]] | None = None
    for rule in rules:
        match = rule.pattern.match(folded, place)
        is_longer = match is not None and (best is None or match.end() > best[1].end())
        if match is not None and is_longer and _fits(text, folded, rule, match, grammar):
            best = rule, match
    return best


def _fits(text: str, folded: str, rule: Rule, match: re.Match[str], grammar: Grammar) -> bool:
    """Return whether the words around allow the match, and its names have their capitals."""
    left = folded[max(0, match.start() - _WINDOW) : match.start()]
    right = folded[match.end() : match.end() + _WINDOW]
    return not (
        (rule.after is not None and not rule.after.search(left))
        or (rule.not_after is not None and rule.not_after.search(left))
        or (rule.before is not None and not rule.before.match(right))
        or (rule.not_before is not None and rule.not_before.match(right))
        or (rule.means == "year" and grammar.counted.match(right))
        or (rule.means == "often" and text[match.start()].isupper())
        or any(_is_small(text, match, name) for name in _NAMES if name in rule.pattern.groupindex)
    )


def _is_small(text: str, match: re.Match[str], name: str) -> bool:
    start = match.start(name)
    return start >= 0 and text[start].islower() and match[name] not in _SMALL_NAMES


def _express(text: str, folded: str, rule: Rule, match: re.Match[str], grammar: Grammar) -> TimeExpression:
    lead = _LEAD.search(folded, max(0, match.start() - _WINDOW), match.start())
    outlook = _look_around(folded, Span(*match.span()), grammar)
    ahead: Literal["future"] | None = "future" if lead and lead[1] in _LEADS_AHEAD else None
    caught = {**rule.extra, **{name: words for name, words in match.groupdict().items() if words}}
    core = Span(match.start(), match.end())
    expression = TimeExpression(
        span=Span(lead.start(), core.end) if lead and lead[1] in _LEADS_WITHIN else core,
        core=core,
        text=core.quote(text),
        kind=_KINDS.get(rule.means, "date"),
        means=rule.means,
        parts=tuple(sorted(caught.items())),
        lead=lead[1] if lead else None,
        outlook=outlook or ahead,
    )
    return _split(expression, match, text)


def _split(expression: TimeExpression, match: re.Match[str], text: str) -> TimeExpression:
    """Give "between 3 and 5 May" and "1955-63" their two ends, each an expression of its own."""
    core, parts = expression.core, dict(expression.parts)
    if expression.means == "days_of_month":
        cores = Span(core.start, match.end("d")), Span(match.start("e"), core.end)
        ends = [
            _end_of(expression, end, text, "day", parts, d=parts[name]) for end, name in zip(cores, "de", strict=True)
        ]
    elif expression.means == "years" and (last := _last_year(parts["y"], parts["z"])) > int(parts["y"]):
        cores = Span(*match.span("y")), Span(*match.span("z"))
        years = parts["y"], str(last)
        ends = [_end_of(expression, end, text, "year", {}, y=year) for end, year in zip(cores, years, strict=True)]
    else:
        return expression
    return replace(expression, means="joined", ends=tuple(ends))


def _last_year(first: str, tail: str) -> int:
    return int(first[: 4 - len(tail)] + tail)


def _end_of(
    expression: TimeExpression, core: Span, text: str, means: str, parts: dict[str, str], **part: str
) -> TimeExpression:
    caught = tuple(sorted({**parts, **part}.items()))
    return replace(expression, span=core, core=core, text=core.quote(text), kind="date", means=means, parts=caught)


def _look_around(folded: str, core: Span, grammar: Grammar) -> Literal["past", "future"] | None:
    """Return which way the nearest telling word points: the last to the left in the sentence, else the first to the right."""
    left = _SENTENCE_END.split(folded[max(0, core.start - _OUTLOOK_WINDOW) : core.start])[-1]
    right = _SENTENCE_END.split(folded[core.end : core.end + _OUTLOOK_WINDOW])[0]
    cues = grammar.ahead.findall(left)[-1:] or grammar.ahead.findall(right)[:1]
    if not cues:
        return None
    return "future" if " ".join(cues[0].split()) in grammar.ahead_words else "past"


def _join_ranges(found: list[TimeExpression], folded: str, text: str) -> Iterator[TimeExpression]:
    """Join "from May 1" and "to May 5" into one range."""
    place = 0
    while place < len(found):
        is_range = place + 1 < len(found) and _is_range(found[place], found[place + 1], folded)
        yield _join(found[place], found[place + 1], text) if is_range else found[place]
        place += 2 if is_range else 1


def _is_range(one: TimeExpression, other: TimeExpression, folded: str) -> bool:
    link = _LINK.fullmatch(folded, one.core.end, other.core.start)
    if link is None or one.means not in _RANGE_MEANS or other.means not in _RANGE_MEANS:
        return False
    return (
        one.lead == "between" if link[1] == "and" else link[1] != "to" or one.lead == "from" or one.means == other.means
    )


def _join(one: TimeExpression, other: TimeExpression, text: str) -> TimeExpression:
    core = Span(one.core.start, other.core.end)
    return TimeExpression(core, core, core.quote(text), "range", "joined", (), one.lead, one.outlook, (one, other))


def reckon_time(
    expression: TimeExpression, *, published: datetime.date, tense: Tense | None = None, anchor: Moment | None = None
) -> Reckoning | None:
    """Return the TIMEX3 value of an expression, the days meant and the reason; None where no such day exists.

    ``tense`` is the tense of the expression's clause; None takes what the words nearest to it say, else the past. ``anchor`` is
    the time that the text was speaking of, for "three days earlier" and "the same day".
    """
    try:
        return _reckon(expression, Frame(published, tense or expression.outlook, _period_of(anchor)))
    except (ValueError, OverflowError, KeyError, IndexError):
        return None


def _reckon(expression: TimeExpression, frame: Frame) -> Reckoning:
    if expression.ends:
        return _reckon_ends(expression.ends, frame)
    reckoning = MEANINGS[expression.means](dict(expression.parts), frame)
    if expression.lead == "since" and reckoning.period is not None and reckoning.period.first <= frame.published:
        until = calendar.name_range(reckoning.period.first, frame.published)
        return replace(reckoning, period=until, why=f"{reckoning.why}, until publication")
    return reckoning


def _reckon_ends(ends: tuple[TimeExpression, ...], frame: Frame) -> Reckoning:
    """Reckon a range: a first end without a year takes the year that lets it lie before the last."""
    last = _reckon(ends[1], frame).period
    if last is None:
        raise ValueError(ends[1].text)
    first = (
        _reckon(ends[0], replace(frame, published=last.first, tense="past")).period if _lacks_year(ends[0]) else None
    )
    first = first or _reckon(ends[0], frame).period
    if first is None:
        raise ValueError(ends[0].text)
    period = calendar.name_range(first.first, last.last)
    return Reckoning(period.value, period, "from the first to the last")


def _lacks_year(expression: TimeExpression) -> bool:
    return expression.means in ("day", "month", "weekday", "holiday") and "y" not in dict(expression.parts)


def _period_of(moment: Moment | None) -> Period | None:
    if moment is None:
        return None
    return Period(moment.date, moment.enddate or moment.date, moment.granularity, moment.date.isoformat())


def resolve_time(
    expression: TimeExpression, *, published: datetime.date, tense: Tense | None = None, anchor: Moment | None = None
) -> Moment | None:
    """Return when an expression says that something happened; None where it names no day that can be known.

    Durations ("for six months"), habits ("every Friday") and vague references ("recently", "decades ago") give None, as do
    days that do not exist ("February 30"). Never raises. Parameters as for ``reckon_time``.
    """
    reckoning = reckon_time(expression, published=published, tense=tense, anchor=anchor)
    if reckoning is None or reckoning.period is None:
        return None
    moment = reckoning.period.to_moment(_explain(expression, reckoning))
    return replace(moment, span=expression.span)


def resolve_other_end(expression: TimeExpression, *, anchor: Moment) -> Moment | None:
    """Return when the other act happened, if ``anchor`` is when the first did: in "A came three days after B", the time of B.

    None for an expression that does not count from an anchor ("Tuesday", "days later"). Never raises.
    """
    if expression.offset is None:
        return None
    back = "before" if expression.offset[0] > 0 else "after"
    turned = replace(expression, parts=tuple(sorted({**dict(expression.parts), "ago": back}.items())))
    return resolve_time(turned, published=anchor.date, anchor=anchor)


def _explain(expression: TimeExpression, reckoning: Reckoning) -> str:
    period = reckoning.period
    shown = reckoning.value if period is None else _SHOWN.get(period.granularity, "{0.first}").format(period)
    return f"{expression.text!r} -> {shown}: {reckoning.why}"


def is_historical(moment: Moment, published: datetime.date) -> bool:
    """Return whether a moment lies wholly six months or more before publication (coding rules, section 3)."""
    last = moment.last_day
    return (12 * last.year + last.month + _SIX_MONTHS, last.day) <= (
        12 * published.year + published.month,
        published.day,
    )
