"""What speaks for each country in a story being that of a bare role in it: signs, and what each of them weighs.

The weights stand in ``gazetteer/homes.yaml``; ``scripts/fit_homes.py`` fits them. The last functions of this file are the signs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from types import MappingProxyType

from dragoman.records import MentionKind, Reading, RoleKind
from dragoman.resolve.actor_setting import OFFICIAL, Identity
from dragoman.resolve.actor_tables import load_yaml
from dragoman.resolve.actor_words import split_words

CLASSES = ("envoy", "official", "people", "unknown")
"""Sorts of bare mentions, for which a sign may weigh more or less."""
_POWERS = OFFICIAL | {"ELI", "PTY", "OPP"}
_OPENS = 4
"""A sentence opens with a country or place that begins within its first code points ("In Nairobi, ...")."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A state or international body that the text names, or a place in a state: where it stands, and whose it is."""

    mention: int
    sentence: int
    code: str
    is_place: bool
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Signs:
    """What the signs of ``homes.yaml`` weigh for each class of mentions, and the words that tell them to a person."""

    weights: Mapping[str, Mapping[str, float]]
    words: Mapping[str, str]
    outlet: str
    place_nouns: frozenset[str]
    envoy_nouns: frozenset[str]
    body_nouns: frozenset[str]
    inner_types: frozenset[str]
    outlet_population: int


@cache
def load_signs() -> Signs:
    """Return the signs that ship with Dragoman."""
    raw = load_yaml("homes.yaml")
    return Signs(
        weights=MappingProxyType({name: _weigh_classes(sign) for name, sign in raw["signs"].items()}),
        words=MappingProxyType({name: sign["words"] for name, sign in raw["signs"].items()}),
        outlet=raw["outlet"],
        place_nouns=frozenset(raw["place_nouns"]),
        envoy_nouns=frozenset(raw["envoy_nouns"]),
        body_nouns=frozenset(raw["body_nouns"]),
        inner_types=frozenset(raw["inner_types"]),
        outlet_population=raw["outlet_population"],
    )


def _weigh_classes(sign: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType({name: sign["weight"] + sign.get(name, 0.0) for name in CLASSES})


def class_of(words: str, identity: Identity | None) -> str:
    """Return the sort of a bare mention: who speaks for a state abroad, who holds power, people, or nobody known."""
    if any(word.key in load_signs().envoy_nouns for word in split_words(words)):
        return "envoy"
    if identity is None:
        return "unknown"
    return "official" if set(identity.sectors[:1]) & _POWERS else "people"


@dataclass(frozen=True, slots=True)
class Story:
    """A reading with its clues, who each mention is by its own words, and the countries of its dateline and its outlet.

    ``parts`` names for each mention the others in the same acts, each with the sign that it gives.
    """

    reading: Reading
    told: Sequence[Identity | None]
    clues: Sequence[Clue]
    dateline: str | None = None
    outlet: str | None = None
    shared: frozenset[int] = frozenset()
    parts: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict)

    def list_codes(self, number: int) -> list[str]:
        """Return the countries that come into question at a mention, in text order; bodies only where its words may mean one."""
        may_be_body = _may_be_body(number, self.reading)
        codes = [clue.code for clue in self.clues if may_be_body or not clue.is_body]
        return list(dict.fromkeys(codes if self.dateline is None else [self.dateline, *codes]))


def _may_be_body(number: int, reading: Reading) -> bool:
    words = split_words(reading.mentions[number].span.quote(reading.document.text))
    return any(word.key in load_signs().body_nouns for word in words)


def pair_parts(reading: Reading) -> dict[int, list[tuple[int, str]]]:
    """Return for each mention the others that take part in the same acts, with the sign that their country gives."""
    parts: dict[int, list[tuple[int, str]]] = {}
    acts: dict[int, list[tuple[int, RoleKind]]] = {}
    for role in reading.roles:
        acts.setdefault(role.trigger, []).append((role.mention, role.kind))
    for trigger, links in acts.items():
        is_inner = reading.triggers[trigger].type in load_signs().inner_types
        for (one, kind), (other, other_kind) in permutations(links, 2):
            sign = _sign_of_roles(kind, other_kind, is_inner=is_inner)
            if one != other and sign is not None:
                parts.setdefault(one, []).append((other, sign))
    return parts


def _sign_of_roles(one: RoleKind, other: RoleKind, *, is_inner: bool) -> str | None:
    kinds = {one, other}
    if RoleKind.TIME in kinds or one is other is RoleKind.PLACE:
        return None
    if one is other:
        return "together"
    if kinds == {RoleKind.ACTOR, RoleKind.RECIPIENT}:
        return "opposite_inner" if is_inner else "opposite"
    return "act_place" if RoleKind.PLACE in kinds else "voice"


def weigh_story(number: int, story: Story) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Return how much speaks for each country in question at one mention, and the signs that it rests on."""
    words = story.reading.mentions[number].span.quote(story.reading.document.text)
    kind, weights = class_of(words, story.told[number]), load_signs().weights
    found = weigh_signs(number, story)
    return {code: sum(weights[name][kind] * value for name, value in own.items()) for code, own in found.items()}, found


def weigh_signs(number: int, story: Story) -> dict[str, dict[str, float]]:
    """Return for each country in question the signs that speak for it at one mention, with how strongly each holds."""
    found: dict[str, dict[str, float]] = {code: {} for code in story.list_codes(number)}
    clues = [clue for clue in story.clues if clue.code in found]
    for (code, sort), count in Counter((clue.code, _sort_of(clue)) for clue in clues).items():
        found[code][sort] = math.log1p(count)
    for sign, told in (("dateline", story.dateline), ("outlet", story.outlet)):
        if told in found:
            found[told][sign] = 1.0
    for clue in clues:
        for sign in _signs_of(clue, number, story.reading):
            found[clue.code][sign] = 1.0
    for sign, code in _signs_of_order(number, story.reading, clues):
        found[code][sign] = 1.0
    for sign, code in _signs_of_parts(number, story):
        if code in found:
            found[code][sign] = 1.0
    return found


def _sort_of(clue: Clue) -> str:
    return "bodies" if clue.is_body else "places" if clue.is_place else "named"


def _signs_of(clue: Clue, number: int, reading: Reading) -> Iterable[str]:
    """Yield the signs that one clue gives at a mention, by where the two stand."""
    sentences = reading.document.sentences
    here, there = reading.mentions[number], reading.mentions[clue.mention]
    if sentences[clue.sentence].is_headline:
        yield "headline"
    elif clue.sentence == 0 or sentences[clue.sentence - 1].is_headline:
        yield "lead"
    if clue.sentence == here.sentence:
        yield from _signs_within(clue, number, reading)
        return
    if clue.mention < number and sentences[clue.sentence].paragraph == sentences[here.sentence].paragraph:
        yield "paragraph"
    if clue.sentence == here.sentence - 1:
        yield "place_before" if clue.is_place else "sentence"
        if _opens(there.span.start, clue.sentence, reading):
            yield "opened_before"


def _signs_within(clue: Clue, number: int, reading: Reading) -> Iterable[str]:
    one, other = reading.mentions[clue.mention].span, reading.mentions[number].span
    if one.covers(other) or other.covers(one):
        yield "inside"
    yield "place_here" if clue.is_place else "before" if clue.mention < number else "after"
    if clue.mention < number and _opens(one.start, clue.sentence, reading):
        yield "opens_place" if clue.is_place else "opens"


def _opens(start: int, sentence: int, reading: Reading) -> bool:
    return start - reading.document.sentences[sentence].span.start <= _OPENS


def _signs_of_order(number: int, reading: Reading, clues: Sequence[Clue]) -> Iterable[tuple[str, str]]:
    """Yield the signs that hold for one country only: named first, named last, nearest, or by the same word."""
    before = [clue for clue in clues if clue.mention < number]
    if before:
        yield "first", before[0].code
    for sign, is_place in (("latest", False), ("place_latest", True)):
        last = next((clue for clue in reversed(before) if clue.is_place is is_place), None)
        if last is not None:
            yield sign, last.code
    if before and before[-1].sentence == reading.mentions[number].sentence:
        yield "nearest_place" if before[-1].is_place else "nearest", before[-1].code
    word = _last_word(number, reading)
    for clue in before:
        kind = reading.mentions[clue.mention].kind
        if kind not in (MentionKind.STATE, MentionKind.PLACE) and _last_word(clue.mention, reading) == word:
            yield "same_word", clue.code


def _last_word(number: int, reading: Reading) -> str:
    words = reading.mentions[number].span.quote(reading.document.text).lower().split()
    return words[-1].removesuffix("'s").removesuffix("’s").strip("'’") if words else ""


def _signs_of_parts(number: int, story: Story) -> Iterator[tuple[str, str]]:
    """Yield the signs that the others in the same acts give."""
    for other, sign in story.parts.get(number, ()):
        identity = story.told[other]
        if identity is not None:
            yield sign, identity.code


def tell(code: str, own: Mapping[str, float], number: int, story: Story) -> str:
    """Return the two strongest signs for a country at a mention, in words."""
    signs, text = load_signs(), story.reading.document.text
    kind = class_of(story.reading.mentions[number].span.quote(text), story.told[number])
    strongest = sorted(own, key=lambda name: -signs.weights[name][kind] * own[name])[:2]
    places = [clue for clue in story.clues if clue.code == code and clue.is_place]
    place = min(places, key=lambda clue: abs(clue.mention - number), default=None)
    name = "" if place is None else story.reading.mentions[place.mention].span.quote(text)
    count = sum(clue.code == code and not clue.is_place for clue in story.clues)
    return ", and ".join(signs.words[sign].format(count=count, place=name) for sign in strongest)
