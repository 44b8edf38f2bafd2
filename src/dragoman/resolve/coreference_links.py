"""Which mentions of a document stand for one entity: names and descriptions first, then pronouns, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.records import Document, Mention
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_names import link_names
from dragoman.resolve.coreference_nouns import Noun, cut_nouns
from dragoman.resolve.coreference_parties import (
    SILENT,
    Speech,
    count_parties,
    find_parties,
    find_relative,
    find_voice,
    hear,
)
from dragoman.resolve.coreference_pronouns import choose, load_weights, sort_of


def link_mentions(
    document: Document,
    mentions: Sequence[Mention],
    entities: Sequence[str | None] = (),
    weights: Mapping[str, Mapping[str, float]] | None = None,
    apart: Iterable[tuple[int, int]] = (),
) -> Chains:
    """Return the chains of a document's mentions.

    ``entities`` names for each mention the entity that the gazetteer knows it to be, None where it knows none: mentions of one known
    entity are one chain, whatever they are called. ``weights`` weigh a pronoun's candidates; the package's own where None. ``apart`` are
    pairs of mentions that are known not to be one entity.
    """
    chains = Chains(cut_nouns(document, mentions), apart)
    _link_known(chains, entities)
    link_names(document, chains)
    has_voice = any(noun.pronoun is not None and noun.pronoun.person == 1 for noun in chains.nouns)
    speech = hear(document, mentions) if has_voice else SILENT
    for noun in chains.nouns:
        link_pointing(noun, document, chains, weights or load_weights(), speech)
    return chains


def _link_known(chains: Chains, entities: Sequence[str | None]) -> None:
    last: dict[str, int] = {}
    for number, entity in enumerate(entities):
        if entity is None:
            continue
        if entity in last:
            chains.link(number, (last[entity],), "the same entity")
        last[entity] = number


def link_pointing(
    noun: Noun,
    document: Document,
    chains: Chains,
    weights: Mapping[str, Mapping[str, float]],
    speech: Speech = SILENT,
) -> None:
    """Link one mention that only points: a pronoun, "the country", "both sides". Those linked already stay as they are."""
    if noun.number in chains.links:
        return
    n_parties = count_parties(noun)
    if n_parties is not None:
        parties = find_parties(noun, chains, n_parties)
        if parties:
            chains.link(noun.number, parties, "the parties named before")
        return
    found = _find_one(noun, document, chains, weights, speech)
    if found is not None:
        chains.link(noun.number, (found[0],), found[1])


def _find_one(
    noun: Noun,
    document: Document,
    chains: Chains,
    weights: Mapping[str, Mapping[str, float]],
    speech: Speech,
) -> tuple[int, str] | None:
    if sort_of(noun) is not None:
        return choose(noun, document, chains, weights)
    if noun.pronoun is not None and noun.pronoun.is_relative:
        return find_relative(noun, chains.nouns)
    if noun.pronoun is not None and noun.pronoun.person == 1:
        return find_voice(noun, document, chains, speech)
    return None
