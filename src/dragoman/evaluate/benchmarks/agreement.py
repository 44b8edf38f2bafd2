"""How far two careful people agree: documents of our corpus that a second person annotated without seeing the first reading.

No program that learns from such annotation can be measured to do better than these figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument, MarkedEntity, MarkedEvent, MarkedMention, MarkedTrigger
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.match import Score
from dragoman.evaluate.readings import (
    ROLE_KEYS,
    ReadingReport,
    Tally,
    compare_readings,
    match_triggers,
    to_document,
)
from dragoman.records import Mention, MentionKind, Reading, Role, RoleKind, Status, Trigger

_WITHOUT_ENTITY = {MentionKind.TIME, MentionKind.WEAPON}


@dataclass(frozen=True, slots=True)
class Twice:
    """One document in two readings, with the same text and the same sentences."""

    first: MarkedDocument
    second: MarkedDocument


def run(_folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the agreement of ``corpus/second`` with ``corpus/invented``; with details, also each trigger on which they differ.

    Raises SettingsError where either folder is missing. The folder of other gold files is not needed.
    """
    second = check_files([find_corpus("second")]).documents
    pairs = pair_documents(check_files([find_corpus("invented")]).documents, second)
    n_sentences = sum(len(pair.first.sentences) for pair in pairs)
    yield f"agreement: {len(pairs)} documents read twice, {n_sentences} sentences"
    paired = {pair.second.id for pair in pairs}
    yield from (f"  not compared, the texts differ: {one.id}" for one in second if one.id not in paired)
    yield from (f"  {line}" for line in describe_agreement(pairs))
    if details:
        yield from (f"  {line}" for pair in pairs for line in list_differences(pair))


def pair_documents(first: Iterable[MarkedDocument], second: Iterable[MarkedDocument]) -> tuple[Twice, ...]:
    """Return the documents that both readings hold with the same text and sentences, in the order of the second reading."""
    by_id = {document.id: document for document in first}
    return tuple(
        Twice(by_id[other.id], other)
        for other in second
        if other.id in by_id and (by_id[other.id].text, by_id[other.id].sentences) == (other.text, other.sentences)
    )


def to_reading(marked: MarkedDocument) -> Reading:
    """Return the annotation as a reader would have found it: each trigger linked to the role fillers that its sentence names."""
    events = {event.event: event for event in marked.events}
    return Reading(
        document=to_document(marked),
        mentions=tuple(Mention(one.span, one.sentence, one.kind) for one in marked.mentions),
        triggers=tuple(_to_trigger(one, events[one.event]) for one in marked.triggers),
        roles=tuple(
            role
            for number, one in enumerate(marked.triggers)
            for role in _link(number, one, events[one.event], marked.mentions)
        ),
    )


def _to_trigger(marked: MarkedTrigger, event: MarkedEvent) -> Trigger:
    return Trigger(
        marked.span, marked.span, marked.sentence, event.type, event.modes, Status(event.status), event.contexts
    )


def _link(number: int, trigger: MarkedTrigger, event: MarkedEvent, mentions: Sequence[MarkedMention]) -> Iterator[Role]:
    for kind, key in ROLE_KEYS.items():
        for index, mention in enumerate(mentions):
            if mention.sentence == trigger.sentence and mention.entity in event.roles.get(key, ()):
                yield Role(number, index, kind)


def pair_events(pair: Twice) -> tuple[tuple[MarkedEvent, MarkedEvent], ...]:
    """Return the events of the matched triggers, first reading and second, one pair a trigger, in text order."""
    first = {event.event: event for event in pair.first.events}
    second = {event.event: event for event in pair.second.events}
    matched = match_triggers(pair.first.triggers, first, to_reading(pair.second).triggers)
    return tuple((first[one.event], second[pair.second.triggers[number].event]) for number, one in matched.items())


def measure_kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two people's labels: agreement beyond chance, 1 where complete, 0 where no better than chance.

    Cohen (1960). Where both people only ever give the same one label, chance leaves nothing to agree on: 1.
    """
    n_pairs = len(pairs)
    if not n_pairs:
        return 0.0
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / n_pairs
    expected = sum(first[label] * second[label] for label in first) / n_pairs**2
    return (observed - expected) / (1 - expected) if expected < 1 else 1.0


def count_entities(pairs: Iterable[Twice]) -> tuple[Tally, Tally]:
    """Return on how many mentions (same words and kind) the entity's code agrees, and on how many its main sector.

    A place's code is its country; it has no sector.
    """
    codes, sectors = Tally(), Tally()
    for pair in pairs:
        for one, other in _pair_entities(pair):
            _add(codes, _name_code(one) == _name_code(other))
            if "place" not in (one.code, other.code):
                _add(sectors, one.sectors[:1] == other.sectors[:1])
    return codes, sectors


def _pair_entities(pair: Twice) -> Iterator[tuple[MarkedEntity, MarkedEntity]]:
    first = {entity.number: entity for entity in pair.first.entities}
    second = {entity.number: entity for entity in pair.second.entities}
    found = {(mention.span, mention.kind): mention.entity for mention in pair.second.mentions}
    for mention in pair.first.mentions:
        number = found.get((mention.span, mention.kind))
        if number is not None and mention.kind not in _WITHOUT_ENTITY:
            yield first[mention.entity], second[number]


def _name_code(entity: MarkedEntity) -> str:
    return ",".join(("place", *entity.sectors)) if entity.code == "place" else entity.code


def count_dates(pairs: Iterable[Twice]) -> tuple[Tally, Tally]:
    """Return how many dates agree, of the matched events that either reading dates, and of those that both date."""
    either, both = Tally(), Tally()
    for pair in pairs:
        for one, other in dict.fromkeys((one.event, other.event) for one, other in pair_events(pair)):
            first, second = _find_date(pair.first, one), _find_date(pair.second, other)
            if first or second:
                _add(either, first == second)
            if first and second:
                _add(both, first == second)
    return either, both


def _find_date(document: MarkedDocument, name: str) -> str | None:
    return next(event.date for event in document.events if event.event == name)


def _add(tally: Tally, is_right: bool) -> None:
    tally.n_right += is_right
    tally.n_found += 1
    tally.n_gold += 1


def describe_agreement(pairs: Sequence[Twice]) -> Iterator[str]:
    """Yield the figures as lines for people.

    The first reading stands for gold: its alternative types are allowed, and its entities say whom a link means.
    """
    report = compare_readings((pair.first, to_reading(pair.second)) for pair in pairs)
    yield from _describe_triggers(report)
    yield _line("mentions (words and kind)", report.mentions.score())
    yield from (
        _line(f"{kind.value} links of matched triggers", report.roles_of_found[kind].score()) for kind in RoleKind
    )
    yield from _describe_details(report, pairs)
    codes, sectors = (tally.score() for tally in count_entities(pairs))
    yield f"entity code, matched mentions: accuracy {codes.recall:.3f} (of {codes.n_gold})"
    yield f"entity main sector, matched mentions: accuracy {sectors.recall:.3f} (of {sectors.n_gold})"
    either, both = (tally.score() for tally in count_dates(pairs))
    yield f"date, matched events that either dates: equal {either.recall:.3f} (of {either.n_gold})"
    yield f"date, matched events that both date: equal {both.recall:.3f} (of {both.n_gold})"


def _describe_triggers(report: ReadingReport) -> Iterator[str]:
    yield _line("triggers (type and overlapping words)", report.triggers.score())
    for name, tally in sorted(report.types.items()):
        yield "  " + _line(name, tally.score())


def _describe_details(report: ReadingReport, pairs: Sequence[Twice]) -> Iterator[str]:
    statuses = [(one.status, other.status) for pair in pairs for one, other in pair_events(pair)]
    status = report.statuses.score()
    yield f"status of matched triggers: accuracy {status.recall:.3f}, kappa {measure_kappa(statuses):.3f} (of {status.n_gold})"
    yield _line("modes of matched triggers", report.modes.score())
    figures = [tally.score().f1 for tally in report.contexts.values()]
    macro = sum(figures) / len(figures) if figures else 0.0
    yield f"contexts of matched triggers: macro F1 {macro:.3f} ({len(figures)} contexts)"


def _line(name: str, score: Score) -> str:
    return f"{name}: F1 {score.f1:.3f} (first {score.n_gold}, second {score.n_found}, both {score.n_right})"


def list_differences(pair: Twice) -> Iterator[str]:
    """Yield each trigger that only one reading has, then each difference of status, modes or date in those that both have."""
    first = {event.event: event for event in pair.first.events}
    second = {event.event: event for event in pair.second.events}
    matched = match_triggers(pair.first.triggers, first, to_reading(pair.second).triggers)
    answered = {one.span for one in matched.values()}
    for one in pair.first.triggers:
        if one.span not in answered:
            yield _tell(pair.first, one, f"first only {first[one.event].type}")
    for number, other in enumerate(pair.second.triggers):
        if number not in matched:
            yield _tell(pair.second, other, f"second only {second[other.event].type}")
        else:
            told = ", ".join(_compare(first[matched[number].event], second[other.event]))
            yield from [_tell(pair.second, other, told)] if told else []


def _compare(one: MarkedEvent, other: MarkedEvent) -> Iterator[str]:
    if one.status != other.status:
        yield f"status {one.status}/{other.status}"
    if one.type == other.type and set(one.modes) != set(other.modes):
        yield f"{one.type} modes {'.'.join(one.modes) or '-'}/{'.'.join(other.modes) or '-'}"
    if one.date != other.date:
        yield f"date {one.date or '-'}/{other.date or '-'}"


def _tell(document: MarkedDocument, trigger: MarkedTrigger, what: str) -> str:
    return f"{document.id}: {what}: {trigger.span.quote(document.text)!r}"
