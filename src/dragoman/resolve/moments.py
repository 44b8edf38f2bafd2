"""When each act happened: the words that tell its time, read against the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.records import Moment, Reading, RoleKind, Span, Status, Trigger
from dragoman.resolve.date_meanings import Tense
from dragoman.resolve.dates import TimeExpression, find_times, resolve_other_end, resolve_time

# An expression that means the same day on both is tied to no day of publication.
_POINTERS = ("after", "before")
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
        expression = _find_expression(reading.document.text, reading.mentions[mention].span)
        if expression is None:
            continue
        moment = (
            _resolve_absolute(expression) if published is None else _resolve(expression, trigger, published, anchor)
        )
        if moment is not None:
            return moment
    return None


def _find_expression(text: str, span: Span) -> TimeExpression | None:
    return next(iter(find_times(text, span)), None)


def _resolve(
    expression: TimeExpression, trigger: Trigger, published: datetime.date, anchor: Moment | None
) -> Moment | None:
    # "This came three days after North Korea had launched": the launch is what the three days are counted back to.
    if anchor is not None and trigger.span.start >= expression.span.end and expression.text.lower().endswith(_POINTERS):
        other = resolve_other_end(expression, anchor=anchor)
        if other is not None:
            return other
    return resolve_time(expression, published=published, tense=_tense_of(trigger), anchor=anchor)


def _resolve_absolute(expression: TimeExpression) -> Moment | None:
    first, second = (resolve_time(expression, published=day) for day in _TWO_DAYS)
    return first if first is not None and second is not None and first.date == second.date else None


def _tense_of(trigger: Trigger) -> Tense | None:
    return "future" if trigger.status is Status.FUTURE else None


def _publication_moment(published: datetime.date | None) -> Moment | None:
    if published is None:
        return None
    return Moment(
        published,
        "day",
        "publication",
        why=(f"date {published.isoformat()}: the day of publication; the text gives none",),
    )
