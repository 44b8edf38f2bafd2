"""What a group of reports says together: the story's facts, its best record, who vouches, and what its reports disagree on."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date

from dragoman.link.casualties import Harm, count_casualties
from dragoman.link.facts import Facts
from dragoman.link.report import Report
from dragoman.link.score import Scorer
from dragoman.records import Account, Actor, Disagreement, Event, Join, Status, Story
from dragoman.records.story import DisputedFact

_ID_DIGITS = 16
_MOST_EXPLAINED = 40
"""Reports among which the closest one is looked for; a story of more is explained by its first ones."""


def tell_story(
    reports: Sequence[Report], facts: Sequence[Facts], scorer: Scorer, joined: frozenset[tuple[str, str]] = frozenset()
) -> Story:
    """Return the story of reports that stand together. ``facts`` are theirs, in the same order; ``joined`` are pairs a person joined."""
    order = sorted(range(len(reports)), key=lambda place: _order_key(reports[place].event))
    ordered, known = [reports[place] for place in order], [facts[place] for place in order]
    events = [report.event for report in ordered]
    best = choose_best(events)
    days = [event.moment.date for event in events if event.moment is not None]
    joins, cohesion = _explain(known, scorer, joined)
    return Story(
        id="s-" + hashlib.sha256(events[0].id.encode("utf-8")).hexdigest()[:_ID_DIGITS],
        best=best.id,
        records=tuple(event.id for event in events),
        articles=tuple(dict.fromkeys(event.article_id for event in events)),
        event=best.event,
        mode=best.mode,
        status=best.status,
        quad_code=best.quad_code,
        event_scale=best.event_scale,
        date=_choose_day(events),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        actor=best.actor,
        recipient=best.recipient,
        place=best.event_loc,
        n_reports=len({report.source for report in ordered}),
        outlets=tuple(dict.fromkeys(_outlet(event) for event in events if event.cite.publication)),
        vouchers=_list_vouchers(events),
        disagreements=list_disagreements(ordered),
        joins=joins,
        cohesion=cohesion,
    )


def _order_key(event: Event) -> tuple[date, str]:
    return (event.cite.published or date.max, event.id)


def choose_best(events: Sequence[Event]) -> Event:
    """Return the event that agrees most with the others in type, status, day and parties; then the fullest, surest, earliest."""
    views: tuple[Callable[[Event], Hashable], ...] = (
        lambda event: event.event,
        lambda event: event.status,
        lambda event: event.moment.date if event.moment else None,
        lambda event: _codes(event.actor),
        lambda event: _codes(event.recipient),
    )
    counts = [Counter(view(event) for event in events) for view in views]

    def rank(event: Event) -> tuple[float, int, float]:
        agreement = sum(count[view(event)] for view, count in zip(views, counts, strict=True))
        return (-agreement, -_fullness(event), -event.confidence)

    return min(events, key=lambda event: (*rank(event), *_order_key(event)))


def _fullness(event: Event) -> int:
    told = event.moment is not None and event.moment.basis == "text"
    return sum((bool(_codes(event.actor)), bool(event.recipient), event.event_loc is not None, told, bool(event.mode)))


def _choose_day(events: Sequence[Event]) -> date | None:
    """The day told by most; a day from the text counts twice one that the publication date stands in for."""
    votes: Counter[date] = Counter()
    for event in events:
        if event.moment is not None:
            is_exact = event.moment.basis == "text" and event.moment.granularity == "day"
            votes[event.moment.date] += 2 if is_exact else 1
    return min(votes, key=lambda day: (-votes[day], day), default=None)


def _list_vouchers(events: Iterable[Event]) -> tuple[Actor, ...]:
    vouchers: dict[tuple[str, str], Actor] = {}
    for event in events:
        if event.speaker is not None:
            vouchers.setdefault((event.speaker.code, event.speaker.name or event.speaker.text), event.speaker)
    return tuple(vouchers.values())


def list_disagreements(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Return the facts on which the reports differ, each with its versions, the one told by most first.

    Silence disagrees with nobody: a report without a place, a recipient or a number tells no version of it.
    """
    told: dict[DisputedFact, dict[str, list[Event]]] = {}
    for report in reports:
        for about, value in _list_versions(report):
            told.setdefault(about, {}).setdefault(value, []).append(report.event)
    return tuple(
        Disagreement(about, _list_accounts(versions))
        for about, versions in told.items()
        if len(versions) > 1 or about == "denied by"
    )


def _list_versions(report: Report) -> list[tuple[DisputedFact, str]]:
    event = report.event
    versions: list[tuple[DisputedFact, str]] = [("type", event.event), ("status", event.status.value)]
    if event.moment is not None and event.moment.basis == "text":
        versions.append(("date", _write_moment(event)))
    versions += [("actor", codes)] if (codes := _codes(event.actor)) else []
    versions += [("recipient", codes)] if (codes := _codes(event.recipient)) else []
    versions += [("place", place)] if (place := _name_place(event)) else []
    if event.status is Status.NEGATED:
        versions.append(("denied by", _name_denier(event)))
    casualties: dict[Harm, int] = count_casualties(report.sentences)
    return versions + [(harm, str(number)) for harm, number in casualties.items()]


def _list_accounts(versions: dict[str, list[Event]]) -> tuple[Account, ...]:
    accounts = [
        Account(value, tuple(event.id for event in events), tuple(dict.fromkeys(map(_outlet, events))))
        for value, events in versions.items()
    ]
    return tuple(sorted(accounts, key=lambda account: (-len(account.records), account.value)))


def _write_moment(event: Event) -> str:
    moment = event.moment
    if moment is None:
        return ""
    first = moment.date.isoformat()
    return first if moment.last_day == moment.date else f"{first}/{moment.last_day.isoformat()}"


def _name_place(event: Event) -> str:
    place = event.event_loc
    return "" if place is None else ", ".join(part for part in (place.name or place.text, place.country) if part)


def _name_denier(event: Event) -> str:
    parties = (event.speaker,) if event.speaker else event.actor
    return " ".join(part for part in (_codes(parties) or "UNK", parties[0].name if parties else None) if part)


def _codes(parties: Iterable[Actor]) -> str:
    return ", ".join(sorted({party.code for party in parties if party.code != "UNK"}))


def _outlet(event: Event) -> str:
    return event.cite.publication or event.article_id


def _explain(
    facts: Sequence[Facts], scorer: Scorer, joined: frozenset[tuple[str, str]]
) -> tuple[tuple[Join, ...], float]:
    """Return why each report stands in the story, and the mean score of the pairs that were looked at."""
    if len(facts) == 1:
        return (), 1.0
    seen = facts[:_MOST_EXPLAINED]
    scores: dict[tuple[str, str], float] = {}
    for place, one in enumerate(facts):
        for other in seen[: min(place, len(seen))]:
            scores[one.id, other.id] = scores[other.id, one.id] = scorer.score(one, other)
    joins = tuple(
        _explain_one(one, [other for other in seen if other is not one], scores, scorer, joined) for one in facts
    )
    return joins, round(math.fsum(scores.values()) / len(scores), 4)


def _explain_one(
    one: Facts,
    others: Sequence[Facts],
    scores: Mapping[tuple[str, str], float],
    scorer: Scorer,
    joined: frozenset[tuple[str, str]],
) -> Join:
    by_hand = next((other for other in others if (one.id, other.id) in joined), None)
    if by_hand is not None:
        return Join(one.id, by_hand.id, 1.0, ("joined by a person",))
    closest = max(others, key=lambda other: (scores[one.id, other.id], other.id))
    return Join(one.id, closest.id, round(scores[one.id, closest.id], 4), scorer.explain(one, closest))
