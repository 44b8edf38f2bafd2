"""Whom words for several parties stand for ("both sides", "the two countries"), who "we" are, and whom "who" goes back to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dragoman.records import Document, Mention, MentionKind, Span
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_nouns import Noun, find_quotes
from dragoman.resolve.coreference_words import load_pointing_words
from dragoman.resolve.speakers_sayings import Saying, find_sayings

_REACH = 8
"""Parties are looked for in this many sentences before, besides the own one."""
_MOST = 80
_AGE = 0.3
"""A sentence further back weighs as much against a party as this many mentions weigh for it."""
_VOICES = frozenset(
    {MentionKind.PERSON, MentionKind.ROLE, MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.STATE}
)
_STATES = frozenset(
    "countries governments states nations neighbours neighbors armies navies capitals powers peoples republics kingdoms".split()
)
_PEOPLE = frozenset(
    "leaders presidents ministers men women premiers negotiators generals officials politicians".split()
)
_NEAR = 3


def count_parties(noun: Noun) -> int | None:
    """Return how many parties a mention says it stands for, None if it is no word for several."""
    words = load_pointing_words()
    text = [word.strip("’'s") if word.endswith(("'s", "’s")) else word for word in noun.text.lower().split()]
    counted = next((words.counts[word] for word in text if word in words.counts), None)
    core = [
        word for word in text if word not in words.counts and word not in ("the", "these", "those", "all", "of", "them")
    ]
    if counted is not None:
        is_pointing = text[0] in ("both", "the", "these", "those", "all")
        is_bare = not core or (core[-1] in words.party_nouns and len(core) == 1)
        return counted if is_pointing and is_bare else None
    is_sides = noun.text.lower() in (
        "the sides",
        "the parties",
        "the neighbours",
        "the neighbors",
        "the rivals",
        "the two",
    )
    return 2 if is_sides else None


def find_parties(noun: Noun, chains: Chains, n_parties: int) -> tuple[int, ...]:
    """Return mentions of as many entities as are wanted, in text order: those that the story speaks of most; fewer than two: none."""
    best = sorted(rank_parties(noun, chains)[:n_parties])
    return tuple(best) if len(best) > 1 else ()


def rank_parties(noun: Noun, chains: Chains) -> list[int]:
    """Return a mention of each entity that may be one of the parties, those first that the story speaks of most.

    Whoever acts in the same clause is left out: "Norway sat with the two" means two others.
    """
    found: dict[int, int] = {}
    for other in _before(noun, chains):
        found.setdefault(chains.find(other.number), other.number)
    weights = {
        root: chains.size_of(root) - _AGE * (noun.sentence - chains.nouns[last].sentence)
        for root, last in found.items()
    }
    return [found[root] for root in sorted(found, key=lambda root: (-weights[root], -found[root]))]


def _before(noun: Noun, chains: Chains) -> Iterator[Noun]:
    """Yield the mentions within reach that may be one of the parties, the latest first."""
    kinds = _kinds_of(noun.head)
    for number in range(noun.number - 1, max(-1, noun.number - _MOST), -1):
        other = chains.nouns[number]
        if noun.sentence - other.sentence > _REACH:
            return
        is_named = other.kind in kinds and not other.span.overlaps(noun.span)
        if (
            is_named
            and not (noun.head in _PEOPLE and other.is_plural)
            and not chains.are_apart(noun.number, number)
            and not _is_beside(noun, other)
        ):
            yield other


def _is_beside(noun: Noun, other: Noun) -> bool:
    """Return whether a mention is the subject that stands right before in the same sentence."""
    return other.sentence == noun.sentence and other.is_subject and noun.rank - other.rank == 1 and not noun.is_subject


def _kinds_of(head: str) -> frozenset[MentionKind]:
    if head in _STATES:
        return frozenset({MentionKind.STATE})
    if head in _PEOPLE:
        return frozenset({MentionKind.PERSON, MentionKind.ROLE})
    return frozenset({MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.GROUP})


@dataclass(frozen=True, slots=True)
class Speech:
    """What a document quotes, and who says something in each of its sentences."""

    quotes: tuple[Span, ...]
    sayings: Mapping[int, Sequence[Saying]]


SILENT = Speech((), MappingProxyType({}))
"""A document in which nobody says anything."""


def hear(document: Document, mentions: Sequence[Mention]) -> Speech:
    """Return what a document quotes and who says something in it."""
    sayings: dict[int, list[Saying]] = {}
    for saying in find_sayings(document, mentions):
        sayings.setdefault(saying.sentence, []).append(saying)
    return Speech(find_quotes(document.text), sayings)


def find_voice(noun: Noun, document: Document, chains: Chains, speech: Speech) -> tuple[int, str] | None:
    """Return whose words an "I" or "we" is in: a guest's in an interview, else who says something nearest to the quotation, outside it."""
    answer = next((one for one in speech.sayings.get(noun.sentence, ()) if one.shape == "turn"), None)
    if answer is not None:
        return answer.voice, "whose answer it is"
    at = bisect_right(speech.quotes, noun.span.start, key=lambda one: one.start) - 1
    if at < 0 or speech.quotes[at].end <= noun.span.start:
        return None
    quote, sentences = speech.quotes[at], document.sentences
    near = [
        one
        for sentence in range(noun.sentence - _NEAR, noun.sentence + _NEAR + 1)
        for one in speech.sayings.get(sentence, ())
        if not quote.overlaps(one.cue) and not chains.nouns[one.voice].is_quoted
    ]
    paragraph = sentences[noun.sentence].paragraph
    best = min(
        near,
        key=lambda one: (sentences[one.sentence].paragraph != paragraph, one.cue.gap(quote), one.cue.start),
        default=None,
    )
    return (best.voice, "whose words are quoted") if best else None


def find_relative(noun: Noun, nouns: Sequence[Noun]) -> tuple[int, str] | None:
    """Return the mention that "who" or "whose" follows."""
    for number in range(noun.number - 1, max(-1, noun.number - 6), -1):
        other = nouns[number]
        if other.sentence == noun.sentence and other.kind in _VOICES and not other.span.overlaps(noun.span):
            return number, "named right before"
    return None
