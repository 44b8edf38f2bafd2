"""Words cut down to stems, and how telling each stem is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_STEM = 6
_SHORTEST = 3
_MOST_WORDS = 80
"""Words of one text that are looked at; evidence is a sentence or a few."""
_MOST_CHARACTERS = 2000


def stem(word: str) -> str:
    """Return the first letters of a word in lower case, so that ``launched`` meets ``launching``."""
    return word.lower()[:_STEM]


def list_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text in its order, each once. Words under three letters are left out."""
    words = _WORD.findall(text[:_MOST_CHARACTERS])[:_MOST_WORDS]
    return tuple(dict.fromkeys(stem(word) for word in words if len(word) >= _SHORTEST))


def list_numbers(text: str) -> frozenset[int]:
    """Return the numbers written in digits in a text, years left out."""
    found = (int(written.replace(",", "")) for written in _NUMBER.findall(text[:_MOST_CHARACTERS]) if len(written) <= 9)  # noqa: PLR2004 - a longer one is no count of anything
    return frozenset(number for number in found if not 1900 <= number <= 2100)  # noqa: PLR2004 - years


@cache
def load_rarity() -> dict[str, float]:
    """Return how telling each stem is: the logarithm of the share of news articles without it, about 0 to 6.

    Counted in English Wikinews of 2019 and 2020 by ``scripts/count_words.py``. A fixed table, so that the score of two reports
    depends on these two alone.
    """
    lines = resources.files("dragoman.link").joinpath("words.csv").read_text("utf-8").split("\n")
    n_articles = int(lines[0].partition(",")[2])
    counted = (line.partition(",") for line in lines[1:] if line)
    return {word: math.log(n_articles / int(count)) for word, _, count in counted}


@cache
def unseen_rarity() -> float:
    """Return how telling a stem is that the table does not hold."""
    return max(load_rarity().values()) + 0.5


def weigh_stems(stems: Iterable[str]) -> dict[str, float]:
    """Return each stem with how telling it is."""
    rarity, unseen = load_rarity(), unseen_rarity()
    return {one: rarity.get(one, unseen) for one in stems}
