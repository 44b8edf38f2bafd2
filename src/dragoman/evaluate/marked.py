"""Annotated documents as articles, as gold records, and as the readings that a faultless reader would have made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dragoman.annotate.form import MarkedDocument, MarkedEvent, MarkedMention, MarkedTrigger
from dragoman.evaluate.gold import GoldArticle, GoldEvent
from dragoman.evaluate.readings import ROLE_KEYS, to_document
from dragoman.records import Article, Document, Mention, MentionKind, Reading, Role, Span, Status, Trigger

_UNKNOWN = "UNK"


def read_day(written: str) -> date:
    """Return the first day of a period as annotators write it: 2022-11-14, 2022-11-14/week, 2022-11, 2022, 2022-11-14..2022-11-16."""
    year, *rest = written.partition("..")[0].partition("/")[0].split("-")
    month, day = [*rest, "01", "01"][:2]
    return date(int(year), int(month), int(day))


def to_article(marked: MarkedDocument) -> Article:
    """Return the document as an outlet would have published it: the headline as title, the rest as text."""
    published = marked.head.get("published")
    first = marked.sentences[0]
    has_title = first.is_headline and len(marked.sentences) > 1
    return Article(
        text=marked.text[first.span.end :].strip() if has_title else marked.text,
        title=first.span.quote(marked.text) if has_title else None,
        published=date.fromisoformat(published) if published else None,
        outlet=marked.head.get("outlet"),
        origin=marked.id,
    )


def to_gold(marked: MarkedDocument) -> GoldArticle:
    """Return the records that the annotation amounts to. An event that the text does not date has the day of publication."""
    sentences = tuple(sentence.span.quote(marked.text) for sentence in marked.sentences)
    published = date.fromisoformat(marked.head["published"])
    events = tuple(_to_gold_event(event, marked, published) for event in marked.events if _find_triggers(event, marked))
    return GoldArticle(marked.id, published, sentences, events)


def _find_triggers(event: MarkedEvent, marked: MarkedDocument) -> list[MarkedTrigger]:
    return [trigger for trigger in marked.triggers if trigger.event == event.event]


def _to_gold_event(event: MarkedEvent, marked: MarkedDocument, published: date) -> GoldEvent:
    triggers = _find_triggers(event, marked)
    places = {entity.number: entity for entity in marked.entities if entity.code == "place"}
    place = next((places[number] for number in event.roles.get("P", ()) if number in places), None)
    return GoldEvent(
        types=(event.type, *event.alternatives),
        modes=frozenset(event.modes),
        statuses=frozenset({Status(event.status)}),
        sentences=frozenset(trigger.sentence for trigger in triggers),
        actors=frozenset({_codes_of(event.roles.get("A", (0,)), marked)}),
        recipients=frozenset({_codes_of(event.roles.get("R", ()), marked)}),
        dates=frozenset({read_day(event.date) if event.date else published}),
        place=place.sectors[0] if place and place.sectors else None,
        speaker=next(iter(_codes_of(event.roles.get("S", ())[:1], marked)), None),
        anchor=triggers[0].span.quote(marked.text),
    )


def _codes_of(numbers: Sequence[int], marked: MarkedDocument) -> frozenset[str]:
    """Return the codes of entities; an entity that is a place counts as its country, nobody as ``UNK``."""
    entities = {entity.number: entity for entity in marked.entities}
    found = [entities.get(number) for number in numbers]
    return frozenset(
        _UNKNOWN if one is None else one.code if one.code != "place" else next(iter(one.sectors), _UNKNOWN)
        for one in found
    )


def to_faultless_reading(marked: MarkedDocument) -> Reading:
    """Return the annotation as a reader without fault would have found it.

    Each trigger is linked to one mention of each entity in each role: the nearest of its sentence, else the last before it.
    """
    events = {event.event: event for event in marked.events}
    return Reading(
        document=to_dated_document(marked),
        mentions=tuple(Mention(one.span, one.sentence, one.kind) for one in marked.mentions),
        triggers=tuple(_to_trigger(one, events[one.event]) for one in marked.triggers),
        roles=tuple(
            role
            for number, one in enumerate(marked.triggers)
            for role in _link(number, one, events[one.event], marked.mentions)
        ),
    )


def keep_near(reading: Reading) -> Reading:
    """Return the reading with the links within a sentence only: annotators give an act the parties that others name, readers do not."""
    near = [
        role
        for role in reading.roles
        if reading.mentions[role.mention].sentence == reading.triggers[role.trigger].sentence
    ]
    return replace(reading, roles=tuple(near))


def to_dated_document(marked: MarkedDocument) -> Document:
    """Return the annotated document with its own sentences, and its day of publication."""
    return replace(to_document(marked), article=replace(to_article(marked), text=marked.text, title=None))


def _to_trigger(marked: MarkedTrigger, event: MarkedEvent) -> Trigger:
    span = marked.span
    return Trigger(span, span, marked.sentence, event.type, event.modes, Status(event.status), event.contexts)


def _link(number: int, trigger: MarkedTrigger, event: MarkedEvent, mentions: Sequence[MarkedMention]) -> Iterator[Role]:
    for kind, key in ROLE_KEYS.items():
        for entity in event.roles.get(key, ()):
            chosen = _choose(trigger, [index for index, one in enumerate(mentions) if one.entity == entity], mentions)
            if chosen is not None:
                yield Role(number, chosen, kind)


def _choose(trigger: MarkedTrigger, numbers: Sequence[int], mentions: Sequence[MarkedMention]) -> int | None:
    here = [number for number in numbers if mentions[number].sentence == trigger.sentence]
    if here:
        return min(here, key=lambda number: _distance(mentions[number], trigger.span))
    before = [number for number in numbers if mentions[number].span.end <= trigger.span.start]
    return max(before, key=lambda number: _extent(mentions[number].span), default=None)


def _distance(mention: MarkedMention, span: Span) -> tuple[int, bool, int]:
    return mention.span.gap(span), mention.kind is MentionKind.PRONOUN, mention.span.start - mention.span.end


def _extent(span: Span) -> tuple[int, int]:
    return span.end, span.end - span.start
