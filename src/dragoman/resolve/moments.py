"""When each act happened: the words that tell its time, read against the day of publication."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import Moment, Reading, RoleKind, Span, Status, Trigger
from dragoman.resolve.date_meanings import Tense
from dragoman.resolve.dates import TimeExpression, find_times, resolve_other_end, resolve_time

# An expression that means the same day on both is tied to no day of publication.
_POINTERS = ("after", "before")
_AROUND = 160
"""Code points on either side of a time that may say which way it looks."""
_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|'ll|’ll|(?:is|are|was|were) (?:due |set |scheduled |expected )?to|going to)\b"
)
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|warned|vowed|declared|promised|pledged|agreed|threatened|confirmed|insisted|wrote)\b"
)
_SAYING_WINDOW = 30
_AHEAD_WINDOW = 25
"""Code points before an act's words in which its auxiliary verb stands."""
_TWO_DAYS = (datetime.date(1907, 3, 13), datetime.date(2093, 10, 28))


def find_moments(reading: Reading) -> tuple[Moment | None, ...]:
    """Return when each trigger's act happened, in order; None where neither the text nor the article gives a day."""
    published = reading.document.article.published
    times = reading.group_roles()
    moments: list[Moment | None] = []
    for number in range(len(reading.triggers)):
        anchor = _find_anchor(reading, number, moments)
        told = _tell_moment(reading, number, times.get((number, RoleKind.TIME), ()), anchor)
        moments.append(told or _publication_moment(published))
    return tuple(moments)


def _find_anchor(reading: Reading, number: int, moments: Sequence[Moment | None]) -> Moment | None:
    """Return the last time that the text spoke of before, in this sentence or the one before it."""
    here = reading.triggers[number].sentence
    for earlier in range(number - 1, -1, -1):
        moment = moments[earlier]
        if here - reading.triggers[earlier].sentence > 1:
            return None
        if moment is not None and moment.basis == "text":
            return moment
    return None


def _tell_moment(reading: Reading, number: int, times: Sequence[int], anchor: Moment | None) -> Moment | None:
    published, trigger = reading.document.article.published, reading.triggers[number]
    for mention in times:
        expression = _find_expression(reading, mention)
        if expression is None:
            continue
        moment = (
            _resolve_absolute(expression)
            if published is None
            else _resolve(expression, trigger, published, anchor, reading.document.text)
        )
        if moment is not None:
            return moment
    return None


def _find_expression(reading: Reading, mention: int) -> TimeExpression | None:
    """Return the time that a mention tells, read within its sentence: the words around it say which way it looks."""
    text, one = reading.document.text, reading.mentions[mention]
    sentence = reading.document.sentences[one.sentence].span
    around = Span(max(sentence.start, one.span.start - _AROUND), min(sentence.end, one.span.end + _AROUND))
    inside = next(iter(find_times(text, one.span)), None)
    found = next((other for other in find_times(text, around) if other.span.overlaps(one.span)), None)
    is_same = found is not None and inside is not None and found.core == inside.core
    return (
        replace(found, outlook=found.outlook if found.outlook == "future" else None)
        if found is not None and (inside is None or is_same)
        else inside
    )


def _resolve(
    expression: TimeExpression, trigger: Trigger, published: datetime.date, anchor: Moment | None, text: str
) -> Moment | None:
    # "This came three days after North Korea had launched": the launch is what the three days are counted back to.
    if anchor is not None and trigger.span.start >= expression.span.end and expression.text.lower().endswith(_POINTERS):
        other = resolve_other_end(expression, anchor=anchor)
        if other is not None:
            return other
    return resolve_time(expression, published=published, tense=_tense_of(trigger, expression, text), anchor=anchor)


def _resolve_absolute(expression: TimeExpression) -> Moment | None:
    first, second = (resolve_time(expression, published=day) for day in _TWO_DAYS)
    return first if first is not None and second is not None and first.date == second.date else None


def _tense_of(trigger: Trigger, expression: TimeExpression, text: str) -> Tense | None:
    """Return which way an act's own words look: "will close on Sunday" ahead; None where they do not say.

    In "said on Sunday that it will close" the time is that of saying, which lies behind.
    """
    words = text[max(0, trigger.span.start - _AHEAD_WINDOW) : trigger.span.end]
    if trigger.status is Status.FUTURE:
        return "future"
    if not _AHEAD.search(words):
        return None
    is_after = expression.span.start >= trigger.span.start
    before = text[max(0, expression.span.start - _SAYING_WINDOW) : trigger.span.start]
    return "future" if is_after or not _SAYING.search(before) else None


def _publication_moment(published: datetime.date | None) -> Moment | None:
    if published is None:
        return None
    return Moment(
        published,
        "day",
        "publication",
        why=(f"date {published.isoformat()}: the day of publication; the text gives none",),
    )
