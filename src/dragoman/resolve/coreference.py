"""Who is meant where the words alone do not say: later short names, pronouns, "the regime", "both sides".

Mentions are linked into chains (``coreference_links``); what one mention of a chain tells of its entity holds for all of them. Each answer
says which words it rests on.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import Mention, Reading
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_identity import Identity, identify
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_links import link_mentions

Identities = list[Identity | None]

_KNOWN_ENTITIES = ("state:", "person:", "org:")
_SURE = 0.7
"""What a chain passes on is this much less sure than what its own words tell."""


def identify_mentions(reading: Reading, gazetteer: Gazetteer) -> tuple[Identity | None, ...]:
    """Return who each mention stands for, in order; None where that cannot be told. Of several together, the first.

    Offices are those held on the article's day of publication.
    """
    return tuple(next(iter(parties), None) for parties in trace_mentions(reading, gazetteer))


def trace_mentions(reading: Reading, gazetteer: Gazetteer) -> tuple[tuple[Identity, ...], ...]:
    """Return all whom each mention stands for, in order: more than one for "both sides", none where that cannot be told."""
    published = reading.document.article.published
    alone = _identify_alone(reading, gazetteer)
    chains = link_mentions(reading.document, reading.mentions, [_name_entity(identity) for identity in alone])
    known = _share(reading, chains, alone)
    known = _give_homes(reading, known, published, gazetteer)
    known = _share(reading, chains, known)
    return tuple(_gather(reading, chains, known, number) for number in range(len(reading.mentions)))


def _identify_alone(reading: Reading, gazetteer: Gazetteer) -> Identities:
    text, published = reading.document.text, reading.document.article.published
    return [
        identify(_words(mention, text), mention.kind, on=published, gazetteer=gazetteer) for mention in reading.mentions
    ]


def _name_entity(identity: Identity | None) -> str | None:
    is_known = identity is not None and identity.code != "UNK" and identity.entity.startswith(_KNOWN_ENTITIES)
    return identity.entity if identity is not None and is_known else None


def _is_open(identity: Identity | None) -> bool:
    return identity is None or identity.code == "UNK"


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


def _gather(reading: Reading, chains: Chains, known: Sequence[Identity | None], number: int) -> tuple[Identity, ...]:
    """Return all whom one mention stands for."""
    link = chains.links.get(number)
    if link is None or len(link.antecedents) == 1:
        identity = known[number]
        return () if identity is None else (identity,)
    copies = [_copy(reading, chains, known[one], number, one) for one in link.antecedents]
    found = {(one.entity, one.code): one for one in reversed(copies) if one is not None}
    return tuple(reversed(found.values()))


# --- the story's country


def _give_homes(
    reading: Reading, alone: Sequence[Identity | None], published: datetime.date | None, gazetteer: Gazetteer
) -> Identities:
    """Read bare roles ("police", "the president") again, with the country that the story or else their paragraph gives."""
    states = [_state_of(identity, gazetteer) for identity in alone]
    story = _find_home(reading, states)
    paragraphs = _only_states_of_paragraphs(reading, states)
    known: Identities = []
    for mention, identity in zip(reading.mentions, alone, strict=True):
        home = story or paragraphs.get(reading.document.sentences[mention.sentence].paragraph)
        words = _words(mention, reading.document.text)
        known.append(
            identify(words, mention.kind, on=published, home=home, gazetteer=gazetteer)
            if home and _is_open(identity)
            else identity
        )
    return known


def _state_of(identity: Identity | None, gazetteer: Gazetteer) -> str | None:
    return identity.code if identity is not None and identity.code in gazetteer.states else None


def _find_home(reading: Reading, states: Sequence[str | None]) -> str | None:
    """Return the story's country: the state named most often; of two named as often, the one that comes in an earlier sentence.

    None where no state is named, or two lead together from the same sentence on: then the story does not say.
    """
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for mention, state in zip(reading.mentions, states, strict=True):
        if state is not None:
            counts[state] += 1
            first.setdefault(state, mention.sentence)
    ranked = sorted(counts, key=lambda state: (-counts[state], first[state], state))
    is_tied = len(ranked) > 1 and all(of[ranked[0]] == of[ranked[1]] for of in (counts, first))
    return ranked[0] if ranked and not is_tied else None


def _only_states_of_paragraphs(reading: Reading, states: Sequence[str | None]) -> dict[int, str]:
    """Return the state of each paragraph that names one state and no other."""
    named: dict[int, set[str]] = {}
    for mention, state in zip(reading.mentions, states, strict=True):
        if state is not None:
            named.setdefault(reading.document.sentences[mention.sentence].paragraph, set()).add(state)
    return {paragraph: next(iter(group)) for paragraph, group in named.items() if len(group) == 1}
