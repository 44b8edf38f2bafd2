"""Who is meant where the words alone do not say: later short names, pronouns, "the regime", "both sides".

Mentions are linked into chains (``coreference_links``); what one mention of a chain tells of its entity holds for all of them. Each answer
says which words it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dragoman.records import Mention, MentionKind, Reading, RoleKind
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_homes import give_homes
from dragoman.resolve.actor_identity import Identity, identify
from dragoman.resolve.actor_lists import identify_list
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_links import link_mentions
from dragoman.resolve.coreference_namesakes import drop_namesakes
from dragoman.resolve.coreference_owners import add_possessors, give_owners
from dragoman.resolve.coreference_parties import rank_parties

Identities = list[Identity | None]

_ENTITIES: Mapping[MentionKind, tuple[str, ...]] = MappingProxyType(
    {
        MentionKind.STATE: ("state:",),
        MentionKind.PERSON: ("person:",),
        MentionKind.ROLE: ("person:",),
        MentionKind.ORGANISATION: ("org:",),
    }
)
"""Which entities a mention of a kind names outright."""
_SURE = 0.7
"""What a chain passes on is this much less sure than what its own words tell."""


def identify_mentions(reading: Reading, gazetteer: Gazetteer) -> tuple[Identity | None, ...]:
    """Return who each mention stands for, in order; None where that cannot be told. Of several together, the first.

    Offices are those held on the article's day of publication.
    """
    return tuple(next(iter(parties), None) for parties in trace_mentions(reading, gazetteer))


def trace_mentions(reading: Reading, gazetteer: Gazetteer) -> tuple[tuple[Identity, ...], ...]:
    """Return all whom each mention stands for, in order: more than one for "both sides", none where that cannot be told."""
    owned = add_possessors(reading, gazetteer)
    reading = owned.reading
    alone = _identify_alone(reading, gazetteer)
    entities = [_name_entity(one, mention.kind) for one, mention in zip(alone, reading.mentions, strict=True)]
    chains = link_mentions(reading.document, reading.mentions, entities, apart=_list_opposites(reading))
    known = _share(reading, chains, alone)
    bare = [_may_be_owned(one) for one in known]
    known = _share(reading, chains, give_owners(owned, known, bare, gazetteer))
    known = drop_namesakes(reading, give_homes(reading, known, gazetteer, chains.group()), gazetteer)
    known = _share(reading, chains, known)
    known = give_owners(owned, known, bare, gazetteer)
    return tuple(_gather(reading, chains, known, number, gazetteer) for number in owned.places)


def _identify_alone(reading: Reading, gazetteer: Gazetteer) -> Identities:
    text, published = reading.document.text, reading.document.article.published
    found = [
        identify(_words(mention, text), mention.kind, on=published, gazetteer=gazetteer) for mention in reading.mentions
    ]
    return drop_namesakes(reading, found, gazetteer)


def _list_opposites(reading: Reading) -> list[tuple[int, int]]:
    """Return the pairs of mentions of which one acts and the other is acted upon: they are never one entity."""
    parts = reading.group_roles()
    return [
        (one, other)
        for number in range(len(reading.triggers))
        for one in parts.get((number, RoleKind.ACTOR), ())
        for other in parts.get((number, RoleKind.RECIPIENT), ())
    ]


def _name_entity(identity: Identity | None, kind: MentionKind) -> str | None:
    """Return the entity that a mention's own words name, None where they only describe one or name a place."""
    is_known = identity is not None and identity.code != "UNK"
    return (
        identity.entity
        if identity is not None and is_known and identity.entity.startswith(_ENTITIES.get(kind, ()))
        else None
    )


def _is_open(identity: Identity | None) -> bool:
    return identity is None or identity.code == "UNK"


def _may_be_owned(identity: Identity | None) -> bool:
    """Return whether a possessor tells more than a mention's own words: nothing, or merely a place."""
    return _is_open(identity) or (
        identity is not None and identity.entity.startswith("role:") and identity.score <= _SURE
    )


def _words(mention: Mention, text: str) -> str:
    return mention.span.quote(text)


def _share(reading: Reading, chains: Chains, known: Sequence[Identity | None]) -> Identities:
    """Let the best-known mention of each chain tell who the others are that do not say so themselves."""
    shared = list(known)
    for chain in chains.group():
        telling = [number for number in chain if not _is_open(known[number])]
        if not telling or len(telling) == len(chain):
            continue
        best = min(telling, key=lambda number: (-_worth(known[number]), number))
        for number in chain:
            if _is_open(known[number]):
                shared[number] = _copy(reading, chains, known[best], number, best)
    return shared


def _worth(identity: Identity | None) -> float:
    return 0.0 if identity is None else identity.score + (identity.name is not None)


def _copy(reading: Reading, chains: Chains, source: Identity | None, number: int, best: int) -> Identity | None:
    if source is None:
        return None
    text = reading.document.text
    link = chains.links.get(number)
    reason = f"'{_words(reading.mentions[number], text)}' stands for '{_words(reading.mentions[best], text)}'"
    how = f": {link.why}" if link is not None and link.antecedents == (best,) else ""
    return replace(source, why=(reason + how, *source.why), score=source.score * _SURE)


def _gather(
    reading: Reading, chains: Chains, known: Sequence[Identity | None], number: int, gazetteer: Gazetteer
) -> tuple[Identity, ...]:
    """Return all whom one mention stands for."""
    link = chains.links.get(number)
    if link is None or len(link.antecedents) == 1:
        identity = known[number]
        return _identify_members(reading, number, gazetteer) or (() if identity is None else (identity,))
    parties = _choose_parties(chains, known, number, link.antecedents)
    copies = [_copy(reading, chains, known[one], number, one) for one in parties]
    found = {(one.entity, one.code): one for one in reversed(copies) if one is not None}
    return tuple(reversed(found.values()))


def _identify_members(reading: Reading, number: int, gazetteer: Gazetteer) -> tuple[Identity, ...]:
    mention, article = reading.mentions[number], reading.document.article
    return identify_list(
        _words(mention, reading.document.text), mention.kind, on=article.published, gazetteer=gazetteer
    )


def _choose_parties(
    chains: Chains, known: Sequence[Identity | None], number: int, parties: Sequence[int]
) -> Sequence[int]:
    """Return the parties that "both sides" stand for: of different countries or bodies where the story speaks of enough such."""
    chosen: dict[str, int] = {}
    for one in rank_parties(chains.nouns[number], chains):
        identity = known[one]
        if identity is not None and identity.code != "UNK":
            chosen.setdefault(identity.code, one)
    return sorted(list(chosen.values())[: len(parties)]) if len(chosen) >= len(parties) else parties
