"""The words by which later mentions point back, read from ``gazetteer/coreference.yaml`` and ``gazetteer/given_names.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

Number = Literal["one", "many", "any"]
Sex = Literal["f", "m", "x", "any"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun tells of whom it stands for: number, sex ("x" for bodies and things), grammatical person."""

    word: str
    number: Number
    sex: Sex
    person: int = 3
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class PointingWords:
    """All lists of the file; ``synonyms`` gives each noun the number of its group of one meaning."""

    pronouns: Mapping[str, Pronoun]
    sexes: Mapping[str, Sex]
    given_names: Mapping[str, Sex]
    titles: frozenset[str]
    state_nouns: frozenset[str]
    ruling_nouns: frozenset[str]
    pair_words: frozenset[str]
    party_nouns: frozenset[str]
    counts: Mapping[str, int]
    synonyms: Mapping[str, int]
    plural_heads: frozenset[str]
    determiners: frozenset[str]
    indefinite: frozenset[str]
    links: frozenset[str]
    prepositions: frozenset[str]
    clause_openers: frozenset[str]
    speech: frozenset[str]
    possessive_pronouns: frozenset[str]
    object_pronouns: frozenset[str]
    reflexives: frozenset[str]


_SETS = (
    "titles state_nouns ruling_nouns pair_words party_nouns plural_heads determiners indefinite links prepositions clause_openers speech "
    "possessive_pronouns object_pronouns reflexives"
).split()


@cache
def load_pointing_words() -> PointingWords:
    """Return the lists of the package, read once."""
    raw = _read()
    sexes: dict[str, Sex] = {**dict.fromkeys(raw["men"], "m"), **dict.fromkeys(raw["women"], "f")}
    return PointingWords(
        pronouns=MappingProxyType({word: Pronoun(word, **entry) for word, entry in raw["pronouns"].items()}),
        sexes=MappingProxyType(sexes),
        given_names=_read_given_names(),
        counts=MappingProxyType(raw["counts"]),
        synonyms=MappingProxyType({noun: number for number, group in enumerate(raw["synonyms"]) for noun in group}),
        **{name: frozenset(raw[name]) for name in _SETS},
    )


def _read() -> Any:
    text = files("dragoman.resolve").joinpath("gazetteer", "coreference.yaml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader either way


def _read_given_names() -> Mapping[str, Sex]:
    with files("dragoman.resolve").joinpath("gazetteer", "given_names.csv").open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return MappingProxyType({name: "f" if sex == "f" else "m" for name, sex in rows})
