"""Whose somebody is: "its army", "their spokesman", "the kingdom's police" belong to whom the words before them point to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dragoman.records import Mention, MentionKind, Reading, Span
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_identity import identify
from dragoman.resolve.actor_setting import Identity
from dragoman.resolve.actor_words import split_words
from dragoman.resolve.coreference_words import load_pointing_words

_OWNED = frozenset({MentionKind.ROLE, MentionKind.GROUP, MentionKind.ORGANISATION, MentionKind.PERSON})
_POSSESSOR = re.compile(
    r"(?:(?P<pronoun>his|her|its|their|our|my)|the (?P<noun>[a-z-]{2,30}(?: [a-z-]{2,30})?)(?:['’]s|(?<=s)['’]))(?= )",
    re.IGNORECASE,
)
_MOST = 2000
"""Possessors are looked for in this many mentions, the first ones; no article that people write has more."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A reading with a mention for each possessor that is none yet.

    ``places`` tells where each mention of the first reading now stands, ``owners`` by number whose a mention is.
    """

    reading: Reading
    places: tuple[int, ...]
    owners: Mapping[int, int]


def add_possessors(reading: Reading, gazetteer: Gazetteer) -> Owned:
    """Return the reading with its possessors ("its" in "its army") as mentions of their own, and whose each mention is."""
    known = {mention.span.start: number for number, mention in _shortest_last(reading)}
    added: dict[int, Mention] = {}
    for number, mention in enumerate(reading.mentions[:_MOST]):
        found = _find_possessor(mention, reading.document.text, gazetteer)
        if found is not None and _names_owner(reading, known, found) is None:
            added[number] = found
    mentions, places = _insert(reading.mentions, added)
    roles = tuple(replace(role, mention=places[role.mention]) for role in reading.roles)
    grown = replace(reading, mentions=mentions, roles=roles)
    return Owned(grown, places, MappingProxyType(_pair(grown, gazetteer)))


def _shortest_last(reading: Reading) -> list[tuple[int, Mention]]:
    return sorted(enumerate(reading.mentions), key=lambda one: (one[1].span.start, -one[1].span.end))


def _names_owner(reading: Reading, known: Mapping[int, int], possessor: Mention) -> int | None:
    """Return the number of the mention that stands where a possessor stands, with 's or without."""
    number = known.get(possessor.span.start)
    if number is None or abs(reading.mentions[number].span.end - possessor.span.end) > len("'s"):
        return None
    return number


def _find_possessor(mention: Mention, text: str, gazetteer: Gazetteer) -> Mention | None:
    found = _POSSESSOR.match(text, mention.span.start, mention.span.end) if mention.kind in _OWNED else None
    if found is None:
        return None
    span = Span(*found.span())
    if found["pronoun"]:
        return Mention(span, mention.sentence, MentionKind.PRONOUN, mention.score)
    kind = _kind_of(found["noun"].lower(), gazetteer)
    return None if kind is None else Mention(span, mention.sentence, kind, mention.score)


def _kind_of(noun: str, gazetteer: Gazetteer) -> MentionKind | None:
    """Return what sort of party "the kingdom", "the rebels" or "the minister" is; None for a noun that is no party."""
    if noun in load_pointing_words().state_nouns:
        return MentionKind.STATE
    words = split_words(noun)
    count, role = gazetteer.match_role(words, 0)
    if role is None or count < len(words):
        return None
    if noun.endswith(("s", "men", "people")):
        return MentionKind.GROUP
    return MentionKind.ORGANISATION if role.is_body else MentionKind.ROLE


def _insert(mentions: Sequence[Mention], added: Mapping[int, Mention]) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
    """Return the mentions, each followed by its own possessor, and where the first ones now stand."""
    grown: list[Mention] = []
    places: list[int] = []
    for number, mention in enumerate(mentions):
        places.append(len(grown))
        grown.append(mention)
        if number in added:
            grown.append(added[number])
    return tuple(grown), tuple(places)


def _pair(reading: Reading, gazetteer: Gazetteer) -> dict[int, int]:
    known = {mention.span.start: number for number, mention in _shortest_last(reading)}
    owners: dict[int, int] = {}
    for number, mention in enumerate(reading.mentions[: 2 * _MOST]):
        possessor = _find_possessor(mention, reading.document.text, gazetteer)
        owner = None if possessor is None else _names_owner(reading, known, possessor)
        if owner is not None and owner != number and not _is_apart(mention, reading, gazetteer):
            owners[number] = owner
    return owners


def _is_apart(mention: Mention, reading: Reading, gazetteer: Gazetteer) -> bool:
    """Return whether the words name somebody else's side: "its neighbour", "their rivals"."""
    words = split_words(mention.span.quote(reading.document.text))
    return any(word.key in gazetteer.words["relations"] for word in words[1:])


def give_owners(
    owned: Owned, told: Sequence[Identity | None], bare: Sequence[bool], gazetteer: Gazetteer
) -> list[Identity | None]:
    """Return who each mention stands for, those with a possessor read again with what is known of it by now.

    ``bare`` marks the mentions whose own words do not tell whose they are.
    """
    found = list(told)
    reading = owned.reading
    for number, owner in owned.owners.items():
        whose = found[owner]
        if bare[number] and whose is not None and whose.code != "UNK":
            mention = reading.mentions[number]
            words, pointer = (reading.mentions[at].span.quote(reading.document.text) for at in (number, owner))
            why = replace(whose, why=(f"'{pointer}' tells whose it is", *whose.why))
            published = reading.document.article.published
            found[number] = identify(words, mention.kind, on=published, owner=why, gazetteer=gazetteer) or found[number]
    return found
