"""Whom a pronoun stands for: of the entities named around it, the likeliest by where and how they were named.

The weights stand in ``gazetteer/pronoun_weights.yaml``; ``scripts/fit_pronouns.py`` fits them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from dragoman.records import Document, MentionKind
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_nouns import Noun
from dragoman.resolve.coreference_words import load_pointing_words

REACH = 3
"""A pronoun looks back over this many sentences besides its own."""
_STATE_REACH = 12
"""So far looks "the country", which a whole story may be about."""
_MOST_CANDIDATES = 40
_SOME = frozenset(
    {
        MentionKind.GROUP,
        MentionKind.ORGANISATION,
        MentionKind.STATE,
        MentionKind.DEMONYM,
        MentionKind.ROLE,
        MentionKind.PERSON,
    }
)
KINDS: Mapping[str, frozenset[MentionKind]] = MappingProxyType(
    {
        "person": frozenset({MentionKind.PERSON, MentionKind.ROLE, MentionKind.PRONOUN}),
        "thing": frozenset(
            {MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.PRONOUN, MentionKind.GROUP}
        ),
        "state": frozenset({MentionKind.STATE, MentionKind.PRONOUN}),
        "many": _SOME | {MentionKind.PRONOUN},
    }
)
"""Which kinds of mention each class of pronoun may stand for."""
_CLAUSE_BREAK = re.compile(r"[,;:“”\"—]|\b(?:that|and|but|who|which|when|while|after|before|as|because|if|said|says)\b")


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun's candidates with their features, in order; ``sort`` names the weights that weigh them."""

    sort: str
    candidates: tuple[Noun, ...]
    features: tuple[Mapping[str, float], ...]


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of each class of pronoun, by feature."""
    raw = files("dragoman.resolve").joinpath("gazetteer", "pronoun_weights.yaml").read_text("utf-8")
    return MappingProxyType(yaml.safe_load(raw))


def sort_of(noun: Noun) -> str | None:
    """Return the class whose weights weigh a mention's candidates: person, thing, state, many; None if it is no such mention."""
    pronoun = noun.pronoun
    if pronoun is None:
        return "state" if is_state_description(noun) else None
    if pronoun.person != 3 or pronoun.is_relative:  # noqa: PLR2004 - the third grammatical person
        return None
    if pronoun.number == "many":
        return "many"
    return "thing" if pronoun.sex == "x" else "person"


def is_state_description(noun: Noun) -> bool:
    """Return whether a mention is "the country", "the regime", "the communist state": one that a state named before explains."""
    words = load_pointing_words()
    has_name = any(part[:1].isupper() for part in noun.text.split()[1:])
    if noun.rest or has_name or noun.determiner not in words.determiners:
        return False
    if noun.kind is MentionKind.ORGANISATION:
        return len(noun.words) == 1 and noun.head in words.ruling_nouns
    return noun.kind in (MentionKind.STATE, MentionKind.PRONOUN) and noun.head in words.state_nouns


def choose(
    noun: Noun, document: Document, chains: Chains, weights: Mapping[str, Mapping[str, float]]
) -> tuple[int, str] | None:
    """Return the number of the mention that a pronoun stands for, and why; None where nobody is named near it."""
    choice = list_candidates(noun, document, chains)
    if choice is None or not choice.candidates:
        return None
    table = weights[choice.sort if choice.sort in weights else "thing"]
    scores = [sum(table.get(name, 0.0) * value for name, value in one.items()) for one in choice.features]
    best = max(range(len(scores)), key=lambda at: scores[at])
    return choice.candidates[best].number, _explain(choice.features[best])


def _explain(features: Mapping[str, float]) -> str:
    where = (
        "in the same sentence"
        if features.get("same_sentence")
        else "in the sentence before"
        if features.get("sentence_before")
        else "shortly before"
    )
    part = "the subject" if features.get("subject") else "named"
    return f"{part} {where}"


def list_candidates(noun: Noun, document: Document, chains: Chains) -> Choice | None:
    """Return the nearest mention of each entity that a pronoun may stand for, with what speaks for and against each."""
    sort = sort_of(noun)
    if sort is None:
        return None
    nearest: dict[int, Noun] = {}
    reach = _STATE_REACH if sort == "state" else REACH
    for other in _look_around(noun, chains.nouns, reach):
        if _may_stand_for(noun, other, sort, chains):
            nearest.setdefault(chains.find(other.number), other)
    candidates = tuple(nearest.values())
    features = tuple(_describe(noun, other, place, document, chains) for place, other in enumerate(candidates))
    return Choice(sort, candidates, features)


def _look_around(noun: Noun, nouns: Sequence[Noun], reach: int) -> Iterator[Noun]:
    """Yield the mentions before a pronoun within reach, the nearest first, then those after it in its sentence if it opens it."""
    for number in range(noun.number - 1, max(-1, noun.number - 1 - _MOST_CANDIDATES), -1):
        if noun.sentence - nouns[number].sentence > reach:
            break
        yield nouns[number]
    if noun.rank > 0:
        return
    for number in range(noun.number + 1, len(nouns)):
        if nouns[number].sentence != noun.sentence:
            break
        if nouns[number].pronoun is None:
            yield nouns[number]


def _may_stand_for(noun: Noun, other: Noun, sort: str, chains: Chains) -> bool:
    if other.kind not in KINDS[sort] or noun.owner == other.number or noun.span.overlaps(other.span):
        return False
    if chains.are_apart(noun.number, other.number):
        return False
    if other.pronoun is not None and (other.pronoun.person != 3 or sort_of(other) not in (sort, None)):  # noqa: PLR2004
        return False
    sexes = {noun.sex, chains.sex_of(other.number)} - {"any"}
    if sort in ("person", "thing") and len(sexes) > 1:
        return False
    if sort == "person":
        return not chains.is_plural(other.number)
    if sort == "many":
        return chains.is_plural(other.number) or other.kind in (
            MentionKind.ORGANISATION,
            MentionKind.STATE,
            MentionKind.PRONOUN,
        )
    return not (other.kind is MentionKind.GROUP and other.head.endswith("s"))


def _describe(noun: Noun, other: Noun, place: int, document: Document, chains: Chains) -> dict[str, float]:
    """Return what speaks for and against one candidate; ``place`` counts the candidates that lie nearer."""
    away = noun.sentence - other.sentence
    is_after = other.span.start > noun.span.start
    words = load_pointing_words()
    is_object = bool(noun.pronoun) and not noun.is_subject and noun.head not in words.possessive_pronouns
    features: dict[str, float] = {
        "same_sentence": float(away == 0 and not is_after),
        "sentence_before": float(away == 1),
        "two_before": float(away == 2),  # noqa: PLR2004
        "after": float(is_after),
        "nearer": math.log1p(place),
        "subject": float(other.is_subject),
        "opens": float(other.rank == 0 and other.owner is None),
        "prepositional": float(other.before in words.prepositions),
        "possessive": float(other.is_possessive),
        "held": float(other.owner is not None),
        "named_often": math.log(chains.size_of(other.number)),
        "headline": float(document.sentences[other.sentence].is_headline),
        "pronoun": float(other.pronoun is not None),
        "sex_known": float(noun.sex != "any" and chains.sex_of(other.number) == noun.sex and noun.sex != "x"),
        "quoted_apart": float(noun.is_quoted != other.is_quoted),
        "parallel": float(noun.is_subject == other.is_subject),
        "subjects": float(noun.is_subject and other.is_subject),
        f"kind_{other.kind.value}": 1.0,
    }
    if away == 0 and not is_after:
        features |= _describe_clause(noun, other, document, is_object=is_object)
    return {name: value for name, value in features.items() if value}


def _describe_clause(noun: Noun, other: Noun, document: Document, *, is_object: bool) -> dict[str, float]:
    """Return what speaks for and against a candidate of the pronoun's own sentence."""
    between = document.text[other.span.end : noun.span.start]
    is_one_clause = _CLAUSE_BREAK.search(between) is None
    is_own = noun.head in load_pointing_words().possessive_pronouns
    return {
        "object_of_clause": float(is_object and is_one_clause),
        "own_of_clause": float(is_own and is_one_clause),
        "own_of_subject": float(is_own and other.is_subject),
        "same_clause": float(is_one_clause),
        "far_within": math.log1p(len(between) / 20),
    }
