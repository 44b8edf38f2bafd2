"""Whom words for several parties stand for ("both sides", "the two countries"), who "we" are, and whom "who" goes back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.records import MentionKind
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_nouns import Noun
from dragoman.resolve.coreference_words import load_pointing_words

_REACH = 4
"""Parties are looked for in this many sentences before, besides the own one."""
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
    """Return the last mentions of as many different entities as are wanted, in text order; fewer where fewer were named."""
    head = noun.head
    kinds = (
        {MentionKind.STATE, MentionKind.ORGANISATION}
        if head in _STATES
        else {MentionKind.PERSON, MentionKind.ROLE}
        if head in _PEOPLE
        else {MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.PERSON, MentionKind.ROLE}
    )
    found: dict[int, int] = {}
    for other in _before(noun, chains.nouns):
        is_fitting = other.kind in kinds and other.owner is None and not (head in _PEOPLE and other.is_plural)
        if is_fitting or (head in _STATES and other.kind is MentionKind.STATE):
            found.setdefault(chains.find(other.number), other.number)
        if len(found) == n_parties:
            break
    return tuple(sorted(found.values())) if len(found) > 1 else ()


def _before(noun: Noun, nouns: Sequence[Noun]) -> Iterator[Noun]:
    """Yield the mentions before, sentence by sentence backwards, those of one sentence in text order."""
    earlier = [
        other for other in nouns[max(0, noun.number - 60) : noun.number] if noun.sentence - other.sentence <= _REACH
    ]
    earlier = [other for other in earlier if not other.span.overlaps(noun.span)]
    yield from sorted(earlier, key=lambda other: (-other.sentence, other.number))


def find_voice(noun: Noun, chains: Chains) -> tuple[int, str] | None:
    """Return whose words a quoted "I" or "we" is in: who stands beside a verb of speech nearest to it, outside the quotation."""
    if not noun.is_quoted:
        return None
    speech = load_pointing_words().speech
    near = [
        other
        for other in chains.nouns[max(0, noun.number - 30) : noun.number + 12]
        if other.kind in _VOICES | {MentionKind.PRONOUN}
        and not other.is_quoted
        and abs(other.sentence - noun.sentence) <= _NEAR
    ]
    voices = [other for other in near if other.after in speech or other.before in speech]
    ranked = sorted(
        voices,
        key=lambda other: (
            abs(noun.sentence - other.sentence),
            other.sentence > noun.sentence,
            other.owner is not None,
            other.number,
        ),
    )
    return (ranked[0].number, "whose words are quoted") if ranked else None


def find_relative(noun: Noun, nouns: Sequence[Noun]) -> tuple[int, str] | None:
    """Return the mention that "who" or "whose" follows."""
    for number in range(noun.number - 1, max(-1, noun.number - 6), -1):
        other = nouns[number]
        if other.sentence == noun.sentence and other.kind in _VOICES and not other.span.overlaps(noun.span):
            return number, "named right before"
    return None
