"""Who stands where around a trigger: subjects, objects and prepositional parts by word order alone.

The first reader has no parser. It takes the nearest mention that can be a subject on the left, the nearest object on the right, and
follows prepositions; ``docs/decisions/0001-first-reader.md`` says how far that goes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.read.lexicon import Match
from dragoman.records import MentionKind, RoleKind

PARTY_KINDS = frozenset(MentionKind) - {MentionKind.TIME, MentionKind.WEAPON, MentionKind.PLACE}
CLAUSE_BREAKS = frozenset(
    {";", ":", "that", "because", "although", "while", "whereas", "but", "which", "after", "before", "when"}
)
PREPOSITIONS = frozenset(
    "of in on at with from against to for by between over near after before under about into toward towards via as than".split()
)
BE_FORMS = frozenset("is are was were be been being".split())
PLACE_PREPOSITIONS = frozenset("in at near over outside inside across around from off".split())
PHRASE_STARTS = PREPOSITIONS | CLAUSE_BREAKS | {"and", "or", "who", "where", "is", "was", "has", "had", "will", "said"}
_OBJECT_REACH = 8
_SUBJECT_REACH = 25
_LIST_REACH = 8
_OWNER_REACH = 3
"""How many words from "Iran's" to "new missile test"."""


@dataclass(frozen=True, slots=True)
class WordMention:
    """A mention as word numbers: ``first`` to ``last``, both inclusive. ``number`` indexes the reading's mentions."""

    number: int
    first: int
    last: int
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence as a trigger sees it: lower-case words, mentions in order, and all triggers' word ranges."""

    words: Sequence[str]
    mentions: Sequence[WordMention]
    triggers: Sequence[Match]

    def word_before(self, mention: WordMention) -> str:
        """Return the word before the mention, skipping articles and adjectives up to two words; "" at the start."""
        position = mention.first - 1
        while position >= 0 and self.words[position] in {"the", "a", "an", "all", "both", "its", "his", "her", "their"}:
            position -= 1
        return self.words[position] if position >= 0 else ""

    def ends_phrase(self, mention: WordMention) -> bool:
        """Return whether no noun follows that the mention would only describe ("over the Japanese | island")."""
        after = self.words[mention.last + 1] if mention.last + 1 < len(self.words) else "."
        return not after[0].isalpha() or after in PHRASE_STARTS

    def parties(self) -> list[WordMention]:
        """Return the mentions that can act or be acted upon."""
        return [mention for mention in self.mentions if mention.kind in PARTY_KINDS]

    def starts_new_act(self, start: int, end: int) -> bool:
        """Return whether another trigger's verb or a clause break stands between two word numbers."""
        broken = any(word in CLAUSE_BREAKS for word in self.words[start:end])
        return broken or any(start <= trigger.first < end for trigger in self.triggers)


def find_roles(clause: Clause, trigger: Match) -> Iterator[tuple[int, RoleKind]]:
    """Yield (mention number, role) for the parts of the trigger's act."""
    actors, recipients = _find_parties(clause, trigger)
    if trigger.entry.is_together:
        actors, recipients = [*actors, *recipients], []
    if trigger.entry.is_swapped:
        actors, recipients = recipients, actors
    taken = {mention.number for mention in actors}
    yield from ((mention.number, RoleKind.ACTOR) for mention in actors)
    yield from ((mention.number, RoleKind.RECIPIENT) for mention in recipients if mention.number not in taken)
    taken |= {mention.number for mention in recipients}
    yield from _find_time(clause, trigger)
    yield from _find_place(clause, trigger, taken)


def _find_parties(clause: Clause, trigger: Match) -> tuple[list[WordMention], list[WordMention]]:
    agents = _expand(clause, _find_after_preposition(clause, trigger, frozenset({"by"})))
    if trigger.entry.pos == "noun":
        return (_find_owner(clause, trigger) or agents), _find_complement(clause, trigger)
    if _is_passive(clause, trigger):
        return agents, _find_subject(clause, trigger) if "object" in trigger.entry.recipient_after else []
    return _find_subject(clause, trigger), _find_complement(clause, trigger)


def _is_passive(clause: Clause, trigger: Match) -> bool:
    word = clause.words[trigger.first]
    if not word.endswith(("ed", "en", "shot", "held", "met", "struck")):
        return False
    return any(before in BE_FORMS for before in clause.words[max(0, trigger.first - 3) : trigger.first])


def _find_subject(clause: Clause, trigger: Match) -> list[WordMention]:
    before = [mention for mention in clause.parties() if mention.last < trigger.first]
    near = [mention for mention in before if trigger.first - mention.last <= _SUBJECT_REACH]
    free = [mention for mention in near if clause.word_before(mention) not in PREPOSITIONS]
    direct = [mention for mention in free if not clause.starts_new_act(mention.last + 1, trigger.first)]
    for candidates in (direct, free, near):
        if candidates:
            return _expand(clause, candidates[-1])
    return []


def _find_owner(clause: Clause, trigger: Match) -> list[WordMention]:
    """Whose act a noun names: "Russia's warning", "the Russian attack", or else the clause's subject."""
    close = [mention for mention in clause.parties() if 0 < trigger.first - mention.last <= _OWNER_REACH]
    return _expand(clause, close[-1]) if close else _find_subject(clause, trigger)


def _find_complement(clause: Clause, trigger: Match) -> list[WordMention]:
    after = trigger.entry.recipient_after
    if "object" in after:
        found = _find_object(clause, trigger)
        if found:
            return _expand(clause, found)
    return _expand(clause, _find_after_preposition(clause, trigger, after - {"object", "none"}))


def _find_object(clause: Clause, trigger: Match) -> WordMention | None:
    for mention in clause.parties():
        if mention.first <= trigger.last:
            continue
        is_far = mention.first - trigger.last > _OBJECT_REACH or clause.starts_new_act(trigger.last + 1, mention.first)
        if is_far or clause.word_before(mention) in PREPOSITIONS:
            return None
        return mention
    return None


def _find_after_preposition(clause: Clause, trigger: Match, prepositions: frozenset[str]) -> WordMention | None:
    for mention in clause.parties():
        if mention.first > trigger.last and clause.word_before(mention) in prepositions:
            return None if clause.starts_new_act(trigger.last + 1, mention.first) else mention
    return None


def _expand(clause: Clause, mention: WordMention | None) -> list[WordMention]:
    """Return the mention with those that it is listed with: "the United States, Japan and South Korea"."""
    if mention is None:
        return []
    parties = clause.parties()
    position = bisect_left([party.first for party in parties], mention.first)
    low, high = position, position
    while low > 0 and _is_list_gap(clause, parties[low - 1], parties[low]):
        low -= 1
    while high + 1 < len(parties) and _is_list_gap(clause, parties[high], parties[high + 1]):
        high += 1
    return list(parties[low : high + 1])


def _is_list_gap(clause: Clause, left: WordMention, right: WordMention) -> bool:
    gap = [word for word in clause.words[left.last + 1 : right.first] if word != "the"]
    if gap not in ([","], ["and"], [",", "and"], ["&"]):
        return False
    # A comma alone lists only where an "and" closes the list.
    return gap != [","] or "and" in clause.words[right.first : right.last + _LIST_REACH]


def _find_time(clause: Clause, trigger: Match) -> Iterator[tuple[int, RoleKind]]:
    times = [mention for mention in clause.mentions if mention.kind is MentionKind.TIME]
    if times:
        nearest = min(times, key=lambda mention: (_distance(mention, trigger), mention.first))
        yield nearest.number, RoleKind.TIME


def _find_place(clause: Clause, trigger: Match, taken: set[int]) -> Iterator[tuple[int, RoleKind]]:
    kinds = {MentionKind.PLACE, MentionKind.STATE}
    places = [
        mention
        for mention in clause.mentions
        if mention.kind in kinds
        and mention.number not in taken
        and clause.word_before(mention) in PLACE_PREPOSITIONS
        and clause.ends_phrase(mention)
    ]
    if places:
        nearest = min(places, key=lambda mention: (_distance(mention, trigger), mention.first))
        yield nearest.number, RoleKind.PLACE


def _distance(mention: WordMention, trigger: Match) -> int:
    return max(mention.first - trigger.last, trigger.first - mention.last, 0)
