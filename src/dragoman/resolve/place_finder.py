"""Where names of places stand in a text: with care, as half of all words are also the name of some village."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log10

from dragoman.records import Span
from dragoman.resolve.actor_tables import load_yaml
from dragoman.resolve.actor_words import Word, split_words
from dragoman.resolve.place_gazetteer import PlaceGazetteer, Toponym, load_places
from dragoman.resolve.place_words import make_word_key

LONGEST_NAME = 6  # words
_CREDIBLE = 100_000  # inhabitants, of a place that needs no word such as "in" before it
_SMALLEST = 1000  # inhabitants, of a place whose name of several words is taken for it without "in"
_PARTICLES = frozenset("of the and de del la al el on sur am upon du des da do dos e y an le les en es ed bin".split())
_KIND_BONUS = {"country": 1.5, "admin1": 0.3, "admin2": -0.7, "city": 0.0, "feature": 0.0}
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?][\"”’')]{0,2}\s+|\n\s*\n")
_WORLD_CITY = 1_000_000  # inhabitants


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Word lists of ``place_words.yaml``."""

    doubtful: frozenset[str]
    never: frozenset[str]
    locatives: frozenset[str]
    directions: frozenset[str]
    abroad: frozenset[str]
    types: dict[str, str]
    abbreviations: dict[str, str]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A known name of a place in a text, and the places that bear it."""

    span: Span
    toponyms: tuple[Toponym, ...]


@cache
def load_place_words() -> PlaceWords:
    """Return the word lists that ship with Dragoman."""
    raw = load_yaml("place_words.yaml")
    return PlaceWords(
        doubtful=frozenset(raw["doubtful"].split()),
        never=frozenset(raw["never"].split()),
        locatives=frozenset(raw["locatives"].split()),
        directions=frozenset(raw["directions"].split()),
        abroad=frozenset(raw["abroad"].split()),
        types={word: kind for kind, words in raw["types"].items() for word in words},
        abbreviations=raw["abbreviations"],
    )


def weigh_prior(place: Toponym) -> float:
    """Return how likely a name means this place if nothing else is known: its inhabitants' decimal logarithm, and its rank."""
    world_city = 0.8 if place.kind == "city" and place.population >= _WORLD_CITY else 0.0
    alternate = 0.0 if place.is_main else -1.0
    return log10(place.population + 10) + _KIND_BONUS[place.kind] + world_city + alternate


def match_place(words: Sequence[Word], at: int, gazetteer: PlaceGazetteer) -> tuple[int, tuple[Toponym, ...]]:
    """Return how many words from ``at`` on make the longest known name of a place, and its bearers; (0, ()) if none."""
    stop = at + 1
    while stop < min(at + LONGEST_NAME, len(words)) and not words[stop].breaks and _may_go_on(words, stop):
        stop += 1
    keys = [make_word_key(word) for word in words[at:stop]]
    for end in range(stop, at, -1):
        if _is_namelike(words[end - 1]):
            found = gazetteer.find_key(" ".join(keys[: end - at]))
            if found:
                return end - at, found
    return 0, ()


def _may_go_on(words: Sequence[Word], at: int) -> bool:
    return _is_namelike(words[at]) or words[at].key in _PARTICLES


def _is_namelike(word: Word) -> bool:
    """Return whether a word can end a place's name: a capital, a part behind a hyphen, or "d'Ivoire"."""
    return word.is_capital or word.is_joined or (word.key[0] in "dl" and word.end - word.start > len(word.key))


def find_places(text: str, span: Span | None = None) -> tuple[FoundPlace, ...]:
    """Return the known names of places in a stretch of text (all of it if None), in text order, none overlapping.

    A name that is also a common word or a person's ("Reading", "Jackson") counts only behind a word such as "in" or before the name
    of its province; so does the name of a small place. Titles and names of persons and bodies are left alone.
    """
    gazetteer = load_places()
    return tuple(
        FoundPlace(Span(words[start].start, words[end - 1].end), found)
        for words in _cut_sentences(text, span or Span(0, len(text)))
        for start, end, found in _find_runs(words, gazetteer)
    )


def _cut_sentences(text: str, span: Span) -> Iterator[list[Word]]:
    """Yield the words of each sentence, roughly cut: a name must not run on over a full stop."""
    start = span.start
    for stop in _FULL_STOP.finditer(text, span.start, span.end):
        yield split_words(text, start, stop.end())
        start = stop.end()
    yield split_words(text, start, span.end)


def _find_runs(words: Sequence[Word], gazetteer: PlaceGazetteer) -> Iterator[tuple[int, int, tuple[Toponym, ...]]]:
    at, last = 0, -1
    never = load_place_words().never
    while at < len(words):
        if not words[at].is_capital:
            at += 1
            continue
        length, found = match_place(words, at, gazetteer)
        bare = [word.key for word in words[at : at + length] if word.key != "the"]
        is_word = not bare or (len(bare) == 1 and bare[0] in never)
        if not is_word and _is_credible(words, at, at + length, found, last):
            yield at, at + length, found
            at += length
            last = at
        else:
            at += 1


def _is_credible(words: Sequence[Word], start: int, end: int, found: Sequence[Toponym], last: int) -> bool:
    """Return whether words that are the name of some place are meant as one."""
    lists = load_place_words()
    before, after = words[start - 1] if start else None, words[end] if end < len(words) else None
    is_free = before is None or words[start].breaks or not before.is_capital or before.key in lists.directions
    if not is_free and last != start and before is not None and start > 1:
        return False
    if after is not None and not after.breaks and after.is_capital and not words[end - 1].is_possessive:
        is_type = after.key in lists.types
        if not is_type and end - start == 1:
            return False
    is_placed = before is not None and not words[start].breaks and before.key in lists.locatives
    if end - start == 1 and words[start].key in lists.doubtful:
        return is_placed and before is not None and before.key in ("in", "near", "outside", "across", "throughout")
    largest = max(place.population for place in found)
    if is_placed:
        return True
    return largest >= (_CREDIBLE if end - start == 1 else _SMALLEST)
