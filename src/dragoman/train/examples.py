"""Annotated documents become windows with gold: what the network should have said."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.annotate.form import MarkedDocument, MarkedEvent, MarkedMention, MarkedTrigger
from dragoman.read.labels import Labels
from dragoman.read.windows import MAX_PIECES, PiecedSentence, Window, pack_windows, piece_sentence
from dragoman.records import MentionKind, RoleKind, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_WIDTH = 20
"""Words of the longest mention that is learnt."""
ROLE_OF_KEY = {
    "A": RoleKind.ACTOR,
    "R": RoleKind.RECIPIENT,
    "P": RoleKind.PLACE,
    "T": RoleKind.TIME,
    "S": RoleKind.SPEAKER,
}
IGNORED = -1


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as word numbers of its window, both inclusive; ``kind`` indexes the labels."""

    first: int
    last: int
    kind: int


@dataclass(frozen=True, slots=True)
class GoldTrigger:
    """A trigger as word numbers, and everything the network should say of it, as label numbers.

    ``roles`` has a row for each mention of the window and a column for each role: 1, 0, or IGNORED for another mention of a role's entity.
    """

    first: int
    last: int
    type: int
    status: int
    modes: tuple[int, ...]
    contexts: tuple[int, ...]
    roles: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its gold. ``text`` is the document's; the window's words quote it."""

    window: Window
    text: str
    mentions: tuple[GoldMention, ...]
    triggers: tuple[GoldTrigger, ...]


def piece_document(document: MarkedDocument, tokenizer: Tokenizer) -> tuple[PiecedSentence, ...]:
    """Return the document's sentences cut into words and word pieces."""
    return tuple(
        piece_sentence(document.text, number, sentence.span, tokenizer)
        for number, sentence in enumerate(document.sentences)
    )


def make_examples(
    document: MarkedDocument,
    sentences: Sequence[PiecedSentence],
    labels: Labels,
    tokenizer: Tokenizer,
    first_size: int = MAX_PIECES,
) -> Iterator[Example]:
    """Yield the document's windows with their gold."""
    events = {event.event: event for event in document.events}
    for window in pack_windows(sentences, tokenizer, first_size):
        starts = {span.start: number for number, span in enumerate(window.words)}
        ends = {span.end: number for number, span in enumerate(window.words)}
        mentions = [
            mention for mention in document.mentions if mention.span.start in starts and mention.span.end in ends
        ]
        places = [(starts[one.span.start], ends[one.span.end]) for one in mentions]
        gold_mentions = tuple(
            GoldMention(first, last, labels.kinds.index(one.kind.value))
            for one, (first, last) in zip(mentions, places, strict=True)
        )
        gold_triggers = tuple(
            _make_trigger(trigger, events[trigger.event], mentions, (starts, ends), labels)
            for trigger in document.triggers
            if trigger.span.start in starts and trigger.span.end in ends
        )
        yield Example(window, document.text, gold_mentions, gold_triggers)


def _make_trigger(
    trigger: MarkedTrigger,
    event: MarkedEvent,
    mentions: Sequence[MarkedMention],
    places: tuple[Mapping[int, int], Mapping[int, int]],
    labels: Labels,
) -> GoldTrigger:
    starts, ends = places
    return GoldTrigger(
        first=starts[trigger.span.start],
        last=ends[trigger.span.end],
        type=labels.tags.index(event.type),
        status=labels.statuses.index(event.status),
        modes=tuple(labels.modes.index(f"{event.type}.{mode}") for mode in event.modes),
        contexts=tuple(labels.contexts.index(context) for context in event.contexts),
        roles=_make_roles(trigger, event, mentions, labels),
    )


def _make_roles(
    trigger: MarkedTrigger, event: MarkedEvent, mentions: Sequence[MarkedMention], labels: Labels
) -> tuple[tuple[int, ...], ...]:
    table = [[0] * len(labels.roles) for _ in mentions]
    for key, numbers in event.roles.items():
        column = labels.roles.index(ROLE_OF_KEY[key].value)
        for entity in numbers:
            own = [row for row, mention in enumerate(mentions) if mention.entity == entity]
            chosen = choose_mention(trigger, [mentions[row] for row in own])
            for row in own:
                if mentions[row] is chosen:
                    table[row][column] = 1
                elif table[row][column] == 0 and mentions[row].sentence == trigger.sentence:
                    table[row][column] = IGNORED
    return tuple(tuple(row) for row in table)


def choose_mention(trigger: MarkedTrigger, mentions: Sequence[MarkedMention]) -> MarkedMention | None:
    """Return the mention of an entity that fills a trigger's role: in its sentence the nearest, else the last one before it.

    Of nested mentions of one entity ("[Defence Secretary [Ramon Dizon]]") the outermost counts. None where there is none to link to.
    """
    here = [mention for mention in mentions if mention.sentence == trigger.sentence]
    if here:
        return min(
            here,
            key=lambda one: (
                one.span.gap(trigger.span),
                one.kind is MentionKind.PRONOUN,
                one.span.start - one.span.end,
            ),
        )
    before = [mention for mention in mentions if mention.span.end <= trigger.span.start]
    return max(before, key=lambda one: (one.span.end, one.span.end - one.span.start), default=None)


class NameSwapper:
    """Puts other names in the place of a document's states and persons, so that nothing is learnt about who usually does what.

    ``families`` are groups of single words that can stand for one another: names of states, their adjectives. Words of persons' names
    are exchanged among themselves. All draws come from the given generator.
    """

    def __init__(
        self, families: Iterable[Sequence[str]], person_words: Sequence[str], generator: random.Random
    ) -> None:
        self._family_of = {word: tuple(family) for family in families for word in family}
        self._person_words = tuple(person_words)
        self._generator = generator

    def swap(
        self, document: MarkedDocument, sentences: Sequence[PiecedSentence], tokenizer: Tokenizer
    ) -> tuple[PiecedSentence, ...]:
        """Return the sentences with some words' pieces exchanged, the same word everywhere by the same one."""
        chosen = self._choose(document)
        return tuple(
            replace(
                sentence,
                pieces=tuple(
                    tuple(tokenizer.encode(chosen[quoted], add_special_tokens=False).ids)
                    if (quoted := word.quote(document.text)) in chosen
                    else pieces
                    for word, pieces in zip(sentence.words, sentence.pieces, strict=True)
                ),
            )
            for sentence in sentences
        )

    def _choose(self, document: MarkedDocument) -> dict[str, str]:
        chosen: dict[str, str] = {}
        for mention in document.mentions:
            for word in mention.span.quote(document.text).replace("’", " ").replace("'", " ").split():
                if word in chosen:
                    continue
                if word in self._family_of and mention.kind in (MentionKind.STATE, MentionKind.DEMONYM):
                    chosen[word] = self._generator.choice(self._family_of[word])
                elif mention.kind is MentionKind.PERSON and word in self._person_words:
                    chosen[word] = self._generator.choice(self._person_words)
        return chosen


def collect_person_words(documents: Iterable[MarkedDocument]) -> tuple[str, ...]:
    """Return the single words of persons' names, without titles, in alphabetical order."""
    words: set[str] = set()
    titles: set[str] = set()
    for document in documents:
        for mention in document.mentions:
            quoted = mention.span.quote(document.text).split()
            if mention.kind is MentionKind.PERSON and len(quoted) <= 2:  # noqa: PLR2004 - a first name and a surname
                words |= {word for word in quoted if word.isalpha() and word.istitle()}
            elif mention.kind in (MentionKind.ROLE, MentionKind.STATE, MentionKind.ORGANISATION):
                titles |= {word.title() for word in quoted}
    return tuple(sorted(words - titles))


def quote_words(example: Example, first: int, last: int) -> str:
    """Return the text of a run of the window's words."""
    return Span(example.window.words[first].start, example.window.words[last].end).quote(example.text)
