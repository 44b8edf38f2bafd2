"""What a program can check of an annotated document: legal codes, links that lead somewhere, and dates that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from dragoman.annotate.anchor import find_anchor
from dragoman.annotate.form import MarkedDocument, MarkedEntity, MarkedEvent
from dragoman.ontology import Ontology
from dragoman.records import MentionKind

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(/week)?$|(\d{4}-\d\d)$|(\d{4})$|(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$")
_NEEDS_NO_ENTITY_LINE = {MentionKind.TIME, MentionKind.WEAPON}
_MAX_CONTEXTS = 3
_N_SIDES = 2
_LONG_SENTENCE = 40
"""Short sentences ("Nobody was hurt.") may recur; longer ones, in code points, may not."""

Problem = tuple[str, str]
"""Where ("file:line") and what."""


def check_document(document: MarkedDocument, ontology: Ontology) -> Iterator[Problem]:
    """Yield every fault of the document as (where, what)."""
    for rule in _RULES:
        for what in rule(document, ontology):
            yield document.origin, f"{document.id}: {what}"


def check_corpus(documents: Iterable[MarkedDocument]) -> Iterator[Problem]:
    """Yield the faults that only show between documents: ids used twice, sentences written twice."""
    ids: dict[str, str] = {}
    sentences: dict[str, str] = {}
    for document in documents:
        if document.id in ids:
            yield document.origin, f"{document.id}: id already used at {ids[document.id]}"
        ids[document.id] = document.origin
        for sentence in document.sentences:
            words = " ".join(sentence.span.quote(document.text).lower().split())
            if len(words) > _LONG_SENTENCE and words in sentences:
                yield document.origin, f"{document.id}: sentence already written in {sentences[words]}: {words[:60]!r}"
            sentences[words] = document.id


def _check_head(document: MarkedDocument, _: Ontology) -> Iterator[str]:
    for key in ("published", "outlet", "region", "style"):
        if not document.head.get(key):
            yield f"head: no {key!r}"
    if not _is_date(document.head.get("published", "")):
        yield f"published: expected an ISO date, got {document.head.get('published')!r}"


def _check_entities(document: MarkedDocument, ontology: Ontology) -> Iterator[str]:
    for number, count in Counter(entity.number for entity in document.entities).items():
        if count > 1:
            yield f"entity {number} is listed {count} times"
    listed = {entity.number for entity in document.entities}
    for mention in document.mentions:
        if mention.kind not in _NEEDS_NO_ENTITY_LINE and mention.entity not in listed:
            yield f"entity {mention.entity} ({mention.span.quote(document.text)!r}) has no '=' line"
    for entity in document.entities:
        yield from _check_entity(entity, ontology)


def _check_entity(entity: MarkedEntity, ontology: Ontology) -> Iterator[str]:
    if entity.code == "place":
        if any(re.fullmatch("[A-Z]{3}", country) is None for country in entity.sectors):
            yield f"entity {entity.number}: expected a country code after 'place', got {','.join(entity.sectors)}"
        return
    if re.fullmatch("[A-Z]{3}", entity.code) is None:
        yield f"entity {entity.number}: expected a three-letter code, got {entity.code!r}"
    for sector in entity.sectors or ("none",):
        if sector not in ontology.sectors:
            yield f"entity {entity.number}: unknown sector {sector!r}"


def _check_events(document: MarkedDocument, ontology: Ontology) -> Iterator[str]:
    for name, count in Counter(event.event for event in document.events).items():
        if count > 1:
            yield f"{name} has {count} annotation lines; one event has one"
    described = {event.event for event in document.events}
    marked = {trigger.event for trigger in document.triggers}
    yield from (f"{name} is marked but has no annotation line" for name in sorted(marked - described))
    yield from (f"{name} is described but marks no words" for name in sorted(described - marked))
    numbers = {mention.entity for mention in document.mentions}
    for event in document.events:
        yield from (f"{event.event} (line {event.line}): {what}" for what in _check_event(event, numbers, ontology))


def _check_event(event: MarkedEvent, numbers: set[int], ontology: Ontology) -> Iterator[str]:
    yield from _check_codes(event, ontology)
    if "A" not in event.roles:
        yield "no A= (use A=? where nobody is named)"
    for key, values in event.roles.items():
        for number in values:
            if number not in numbers and not (number == 0 and key == "A"):
                yield f"{key}={number or '?'}: no mention has this number"
    if event.date is not None and not _is_period(event.date):
        yield f"D={event.date}: expected 2022-11-14, 2022-11-14/week, 2022-11, 2022 or a range with '..'"


def _check_triggers(document: MarkedDocument, _: Ontology) -> Iterator[str]:
    for trigger in document.triggers:
        words = trigger.span.quote(document.text)
        if before := find_anchor(words):
            yield f"trigger {words!r}: mark {words[before:]!r} only; auxiliaries, negations and articles stay outside"


def _check_codes(event: MarkedEvent, ontology: Ontology) -> Iterator[str]:
    if event.type not in ontology.types:
        yield f"unknown type {event.type!r}"
        return
    kind = ontology.types[event.type]
    yield from (
        f"{event.type} has no mode {mode!r}; it has {', '.join(kind.modes) or 'none'}"
        for mode in event.modes
        if mode not in kind.modes
    )
    if (
        kind.needs_recipient
        and not event.roles.get("R")
        and len(event.roles.get("A", ())) < _N_SIDES
        and event.status == "actual"
    ):
        yield f"{event.type} needs a recipient or two actors"
    if event.status not in ontology.statuses:
        yield f"unknown status {event.status!r}"
    yield from (f"unknown context {context!r}" for context in event.contexts if context not in ontology.contexts)
    yield from (f"unknown alternative {other!r}" for other in event.alternatives if other not in ontology.types)
    if len(event.contexts) > _MAX_CONTEXTS:
        yield f"{len(event.contexts)} contexts; at most {_MAX_CONTEXTS}"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2022-11-14")


def _is_period(text: str) -> bool:
    match = _DATE.match(text)
    if match is None:
        return False
    day, _, month, year, start, end = match.groups()
    days = [day] if day else [f"{month}-01"] if month else [f"{year}-01-01"] if year else [start, end]
    return all(_is_date(each) for each in days) and days == sorted(days)


_RULES: tuple[Callable[[MarkedDocument, Ontology], Iterator[str]], ...] = (
    _check_head,
    _check_entities,
    _check_events,
    _check_triggers,
)
