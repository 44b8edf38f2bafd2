"""How many were killed or injured, as a report's sentences tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

Harm = Literal["killed", "injured"]

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[^\W\d_]+|[.;:!?]")
_REACH = 6
"""Words that may stand between the number and the word of harm."""
_MOST_CHARACTERS = 4000
_MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class _Lexicon:
    harms: dict[str, Harm]
    units: frozenset[str]
    numbers: dict[str, int]


@cache
def _load_lexicon() -> _Lexicon:
    raw = yaml.safe_load(resources.files("dragoman.link").joinpath("casualties.yaml").read_text("utf-8"))
    harms: dict[str, Harm] = dict.fromkeys(raw["killed"], "killed") | dict.fromkeys(raw["injured"], "injured")
    return _Lexicon(harms, frozenset(raw["units"]), raw["numbers"])


def count_casualties(sentences: Iterable[str]) -> dict[Harm, int]:
    """Return the highest number of killed and of injured people that the sentences tell; a harm without a number is missing.

    Rough on purpose: the number nearest to a word of harm, at most six words away in the same sentence, that counts no days,
    missiles or money. "hundreds" and "dozens" are no numbers.
    """
    found: dict[Harm, int] = {}
    for sentence in sentences:
        for harm, number in _find_counts(_TOKEN.findall(sentence[:_MOST_CHARACTERS].lower())):
            found[harm] = max(number, found.get(harm, 0))
    return found


def _find_counts(tokens: list[str]) -> Iterator[tuple[Harm, int]]:
    lexicon = _load_lexicon()
    numbers = [(place, number) for place in range(len(tokens)) if (number := _read_number(tokens, place)) is not None]
    for place, token in enumerate(tokens):
        harm = lexicon.harms.get(token)
        near = [
            entry
            for entry in numbers
            if abs(entry[0] - place) <= _REACH + 1 and _is_one_clause(tokens, place, entry[0])
        ]
        if harm is not None and near:
            yield harm, min(near, key=lambda entry: (abs(entry[0] - place), entry[0]))[1]


def _read_number(tokens: list[str], place: int) -> int | None:
    lexicon, token = _load_lexicon(), tokens[place]
    if place + 1 < len(tokens) and tokens[place + 1] in lexicon.units:
        return None
    if token[0].isdecimal():
        # "March 2", "2017": a date counts nobody.
        follows_unit = place > 0 and tokens[place - 1] in lexicon.units
        number = int(token.replace(",", "")) if len(token) <= 9 else _MOST_PEOPLE  # noqa: PLR2004 - no war killed a billion
        return None if follows_unit or 1900 <= number <= 2100 or number >= _MOST_PEOPLE else number  # noqa: PLR2004 - years
    return lexicon.numbers.get(token)


def _is_one_clause(tokens: list[str], one: int, other: int) -> bool:
    low, high = min(one, other), max(one, other)
    return not any(word in ".;:!?" for word in tokens[low + 1 : high])
