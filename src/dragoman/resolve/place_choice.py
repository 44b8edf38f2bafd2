"""Which of its namesakes a place is: the words around it decide, then the story's countries, then how large the places are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import cast

from dragoman.records import Place, Span
from dragoman.records.event import Resolution
from dragoman.resolve.actor_words import Word, split_words
from dragoman.resolve.place_finder import FoundPlace, find_places, load_place_words, match_place, weigh_prior
from dragoman.resolve.place_gazetteer import PlaceGazetteer, Toponym, load_places
from dragoman.resolve.place_words import make_place_key

_EARTH_RADIUS = 6371.0  # km
_NEAR = 120.0  # km: a village lies this near to the town that is named with it
_CLOSE_PRIORS = 2.0  # decimal logarithms: a namesake not smaller by more leaves a name in doubt
_PLAUSIBLE = 2.0  # a larger place so much less known than the best known of its name is not meant
_INSIDE = 8.0
_STORY = 2.2
_REGION = 1.5
_TYPE = 2.5
_WELL_KNOWN = 5.5  # decimal logarithm of inhabitants
_FAMOUS = 6.0
_NEIGHBOUR = 0.8
_SIBLING = 1.5
_NEARBY = 100  # code points
_UNSUPPORTED = 15_000  # inhabitants: a smaller place that nothing in the story speaks for is not guessed
_AFTER = re.compile(r",?\s(?:in|of)\s(?:the\s)?|,\s?|\s?\(")
_INTO = re.compile(r"(?:, ?|,? in (?:the )?)\Z")
_LIST = re.compile(r",? (?:and |or )?|,")
_LINKS = frozenset({"in", "at", "near", "outside", "inside", "within"})
_LONGEST_LINK = 9  # code points, of ", in the "
_LONGEST_INNER = 4  # words
_REACH = 80  # code points after a name in which its province may stand
_WORD_REACH = 24  # code points beside a name in which "province" or "the city of" may stand
_RESOLUTIONS = {"country": "country", "admin1": "admin1", "admin2": "city", "city": "city", "feature": "feature"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a story says about places: its countries' weights in 0..1, its provinces, the larger place once named with a name.

    ``sure`` holds the places whose names leave no doubt, with the code points at which the names start and end, in text order.
    """

    countries: Mapping[str, float]
    regions: frozenset[tuple[str, str]]
    containers: Mapping[str, tuple[Toponym, ...]]
    sure: tuple[tuple[int, int, Toponym], ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a place within a phrase: its words' numbers, and the places that bear it."""

    start: int
    end: int
    toponyms: tuple[Toponym, ...]


def measure_distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance in km between two points given as latitude and longitude in degrees (haversine)."""
    (lat, lon), (other_lat, other_lon) = one, other
    height = sin(radians(other_lat - lat) / 2) ** 2
    width = sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(sqrt(min(1.0, height + cos(radians(lat)) * cos(radians(other_lat)) * width)))


def survey(text: str, codes: Iterable[str] = ()) -> Surroundings:
    """Return what an article says about countries. ``codes`` are those of its actors, with repetitions; the dateline may be in ``text``."""
    counts: Counter[str] = Counter(codes)
    regions: set[tuple[str, str]] = set()
    containers: dict[str, tuple[Toponym, ...]] = {}
    sure: list[tuple[int, int, Toponym]] = []
    for found in find_places(text):
        larger = _find_after(text, found.span.end)
        if larger:
            containers.setdefault(make_place_key(found.span.quote(text)), larger)
        place = _agree(found, larger)
        if place is not None:
            sure.append((found.span.start, found.span.end, place))
        if place is not None and place.country is not None:
            counts[place.country] += 2 if place.kind == "country" else 1
            if place.admin1:
                regions.add((place.country, place.admin1))
    most = max(counts.values(), default=1)
    return Surroundings(
        {code: count / most for code, count in counts.items()}, frozenset(regions), containers, tuple(sure)
    )


def _agree(found: FoundPlace, larger: Sequence[Toponym]) -> Toponym | None:
    """Return the place that a name surely means, None where namesakes in other countries are nearly as large."""
    inside = [place for place in found.toponyms if any(_lies_in(place, other) for other in larger)]
    ranked = sorted(inside or found.toponyms, key=lambda place: -weigh_prior(place))
    bar = weigh_prior(ranked[0]) - _CLOSE_PRIORS
    rivals = [place for place in ranked if weigh_prior(place) >= bar]
    return ranked[0] if all(place.countries == ranked[0].countries for place in rivals) else None


def _lies_in(place: Toponym, other: Toponym) -> bool:
    """Return whether ``place`` lies in ``other``, a country, province or town nearby."""
    if place == other or not set(place.countries) & set(other.countries):
        return False
    if other.kind == "country":
        return place.kind != "country"
    if other.kind == "admin1" and place.kind != "admin1":
        return place.admin1 is not None and place.admin1 in (other.admin1, other.name)
    return place.kind in ("city", "feature", "admin2") and _distance(place, other) < _NEAR


def _distance(place: Toponym, other: Toponym) -> float:
    return measure_distance((place.lat, place.lon), (other.lat, other.lon))


def _find_after(text: str, end: int, *, depth: int = 2) -> tuple[Toponym, ...]:
    """Return the larger places that a text names right behind a name: "Austin, Scott County, Indiana", "Maarzita in Idlib"."""
    link = _AFTER.match(text, end) if depth else None
    if link is None:
        return ()
    words = split_words(text, link.end(), min(len(text), link.end() + _REACH))
    at = 0
    lists = load_place_words()
    while at < len(words) and words[at].key in lists.directions:
        at += 1
    if at >= len(words) or not words[at].is_capital:
        return ()
    length, found = match_place(words, at, load_places())
    abbreviated = lists.abbreviations.get(words[at].key) if "," in link.group() else None
    known = load_places().find(abbreviated) if abbreviated else found
    bar = max(map(weigh_prior, known), default=0.0) - _PLAUSIBLE
    larger = tuple(
        place for place in known if place.kind in ("country", "admin1", "admin2") and weigh_prior(place) >= bar
    )
    if not larger:
        return ()
    further = _find_after(text, words[at + max(length, 1) - 1].end, depth=depth - 1)
    return tuple(place for place in larger if any(_lies_in(place, other) for other in further)) or larger


def _find_inside(text: str, start: int) -> tuple[Toponym, ...]:
    """Return the smaller place right before a name: of "Buffalo, New York" and "Kirkuk in Iraq" the first."""
    link = _INTO.search(text, max(0, start - _LONGEST_LINK), start)
    if link is None:
        return ()
    words = split_words(text, max(0, link.start() - _REACH), link.start())
    for at in range(max(0, len(words) - _LONGEST_INNER), len(words)):
        is_name = words[at].is_capital and words[at].key not in load_place_words().never
        length, found = match_place(words, at, load_places()) if is_name else (0, ())
        if found and at + length == len(words):
            is_small = max(found, key=weigh_prior).kind not in ("country", "admin1")
            return tuple(place for place in found if place.kind in ("city", "admin2")) if is_small else ()
    return ()


def _find_siblings(start: int, end: int, text: str, surroundings: Surroundings) -> Iterator[Toponym]:
    """Yield the sure places that stand beside a name in a list: of "Utah, Virginia, Washington and Ohio" the second and the last."""
    at = bisect_left(surroundings.sure, start, key=lambda one: one[1])
    for low, high, place in surroundings.sure[max(0, at - 1) : at + 2]:
        if (high <= start and _LIST.fullmatch(text, high, start)) or (low >= end and _LIST.fullmatch(text, end, low)):
            yield place


def locate(text: str, span: Span, surroundings: Surroundings) -> Place:
    """Return the place that the words at ``span`` name, with everything known about it; facts that are not known are None.

    A larger place within the phrase ("Khan Sheikhoun in Idlib province"), right behind it ("Paris, Texas"), before it ("Syria's Hama")
    or once elsewhere in the story decides between namesakes; next the countries that the story is about; last, which is larger.
    Where only the larger place is known, the answer is that one, and its ``resolution`` says so.
    """
    words = split_words(text, span.start, span.end)
    names = _read_phrase(words, load_places())
    if not names:
        return _inherit(text, span)
    order = _order_names(words, names)
    head, within = order[0], [place for name in order[1:] for place in name.toponyms]
    clues = _gather_clues(text, words[head.start].start, words[head.end - 1].end, head, within, surroundings)
    best = _choose(head.toponyms, clues)
    unknown = _unknown_before(words, head)
    holder = max(clues.larger, key=weigh_prior, default=None)
    if best is None and holder is not None:
        unknown, best = span.quote(text), holder
    if best is None:
        reason = f"place {span.quote(text)!r}: only small places bear the name, and nothing in the story speaks for one"
        return Place(text=span.quote(text), span=span, why=(reason,))
    reasons = list(_give_reasons(best, head.toponyms, clues))
    if unknown:
        reasons = [f"{unknown!r} is not known, the text puts it in {best.name}"]
    return make_place(best, span, text, "; ".join(reasons))


def find_last_named(position: int, surroundings: Surroundings, kinds: frozenset[str] | None = None) -> Toponym | None:
    """Return the last place of certain name before a position, of one of the kinds; None where the text has named none so far."""
    at = bisect_left(surroundings.sure, position, key=lambda one: one[1])
    before = (place for _, _, place in reversed(surroundings.sure[:at]))
    return next((place for place in before if kinds is None or place.kind in kinds), None)


def _inherit(text: str, span: Span) -> Place:
    """Return the larger place that an unknown name is put in by the text, a place without facts where there is none."""
    holder = max(_find_after(text, span.end) or _find_before(text, span.start), key=weigh_prior, default=None)
    if holder is None:
        return Place(text=span.quote(text), span=span)
    return make_place(holder, span, text, f"{span.quote(text)!r} is not known, the text puts it in {holder.name}")


@dataclass(frozen=True, slots=True)
class _Clues:
    """What speaks for one namesake or another: larger places around it, a smaller one within it, its kind, places named nearby."""

    larger: tuple[Toponym, ...]
    inner: tuple[Toponym, ...]
    kind: str | None
    nearby: tuple[Toponym, ...]
    siblings: tuple[Toponym, ...]
    surroundings: Surroundings


def _gather_clues(
    text: str, start: int, end: int, head: _Name, within: Sequence[Toponym], surroundings: Surroundings
) -> _Clues:
    kind = _find_type(text, start, end)
    outside = within or _find_after(text, end) or _find_before(text, start)
    if not outside:
        outside = surroundings.containers.get(make_place_key(text[start:end]), ())
    siblings = tuple(_find_siblings(start, end, text, surroundings))
    nearby = tuple(place for low, high, place in _list_nearby(start, end, surroundings) if high <= start or low >= end)
    larger = () if _is_list(head.toponyms, outside, siblings) else tuple(outside)
    return _Clues(larger, _find_inside(text, start), kind, nearby, siblings, surroundings)


def _list_nearby(start: int, end: int, surroundings: Surroundings) -> Sequence[tuple[int, int, Toponym]]:
    """Return the sure places within some words of a name."""
    first = bisect_left(surroundings.sure, start - _NEARBY, key=lambda one: one[1])
    last = bisect_left(surroundings.sure, end + _NEARBY, key=lambda one: one[0])
    return surroundings.sure[first:last]


def _is_list(toponyms: Sequence[Toponym], outside: Sequence[Toponym], siblings: Sequence[Toponym]) -> bool:
    """Return whether what follows a name is the next of its kind and not what it lies in: "China, Japan", "Ohio, Washington, Utah"."""
    usual = max(toponyms, key=weigh_prior)
    if usual.kind in ("country", "admin1"):
        return any(place.kind == usual.kind for place in outside)
    kinds = {place.kind for place in outside}
    return len([place for place in siblings if place.kind in kinds]) > 1 and len(set(siblings)) > 1


def _read_phrase(words: Sequence[Word], gazetteer: PlaceGazetteer) -> list[_Name]:
    """Return the names within a phrase that is known to be a place."""
    names: list[_Name] = []
    at = 0
    lists = load_place_words()
    while at < len(words):
        length, found = match_place(words, at, gazetteer) if words[at].is_capital else (0, ())
        is_plain = length == 1 and (
            words[at].key in lists.types or words[at].key in lists.directions or words[at].key in lists.never
        )
        if found and not (is_plain and len(words) > 1) and not _is_part(words, at, at + length, found):
            names.append(_Name(at, at + length, found))
        at += max(length, 1)
    return names


def _is_part(words: Sequence[Word], start: int, end: int, found: Sequence[Toponym]) -> bool:
    """Return whether a small place's name is only a piece of an unknown one: "Abu" in "Abu Shok"."""
    lists = load_place_words()
    beside = [words[end]] if end < len(words) and not words[end].breaks and not words[end - 1].is_possessive else []
    beside += [words[start - 1]] if start and not words[start].breaks and not words[start - 1].is_possessive else []
    is_longer = any(
        word.is_capital and word.key not in lists.types and word.key not in lists.directions for word in beside
    )
    largest = max((weigh_prior(place) for place in found if place.kind != "feature"), default=0.0)
    return is_longer and end - start == 1 and largest < _WELL_KNOWN


def _order_names(words: Sequence[Word], names: Sequence[_Name]) -> list[_Name]:
    """Return the names with the narrowest place first: "Syria's Hama" is about Hama, "Hama in Syria" too."""
    owners = [name for name in names if words[name.end - 1].is_possessive and name is not names[-1]]
    return [name for name in names if name not in owners] + owners


def _find_before(text: str, start: int) -> tuple[Toponym, ...]:
    """Return the owner before a name: "Syria's Hama province"."""
    words = split_words(text, max(0, start - _REACH), start)
    if not words or not words[-1].is_possessive or start - words[-1].end > 4:  # noqa: PLR2004  's, a blank and an article
        return ()
    for at in range(max(0, len(words) - 3), len(words)):
        length, found = match_place(words, at, load_places())
        if at + length == len(words):
            return tuple(place for place in found if place.kind in ("country", "admin1"))
    return ()


def _find_type(text: str, start: int, end: int) -> str | None:
    """Return the kind of place that a word beside a name tells: "Hama province", "the city of Hama"."""
    types = load_place_words().types
    after = split_words(text, end, min(len(text), end + _WORD_REACH))[:1]
    before = [word for word in split_words(text, max(0, start - _WORD_REACH), start) if word.key not in ("of", "the")][
        -1:
    ]
    linked = [*(after if text[end : end + 1] == " " else ()), *(before if text[start - 1 : start] == " " else ())]
    return next((types[word.key] for word in linked if word.key in types), None)


def _unknown_before(words: Sequence[Word], head: _Name) -> str:
    """Return the unknown name that stands before the first known one in a phrase ("Maarzita in Idlib"), "" if none."""
    lists = load_place_words()
    before = words[: head.start]
    at = next((number for number, word in enumerate(before) if number and word.key in _LINKS), 0)
    unknown = [word for word in before[:at] if word.is_capital and word.key not in lists.never]
    return " ".join(word.key.capitalize() for word in unknown)


def _choose(toponyms: Sequence[Toponym], clues: _Clues) -> Toponym | None:
    """Return the namesake that most speaks for, None where the text names a larger place that holds none, or nothing speaks for it."""
    best = max(toponyms, key=lambda place: (_score(place, clues), -place.geonameid))
    if any(_lies_in(best, other) for other in clues.larger):
        return best
    if clues.larger and best.kind in ("city", "admin2") and weigh_prior(best) < _FAMOUS:
        return None
    is_small = best.kind in ("city", "admin2") and best.population < _UNSUPPORTED
    return None if is_small and not _weigh_story(best, clues.surroundings) else best


def _weigh_story(place: Toponym, surroundings: Surroundings) -> float:
    """Return how much of the story is about the place's country, in 0..1."""
    return max([surroundings.countries.get(code, 0.0) for code in place.countries], default=0.0)


def _score(place: Toponym, clues: _Clues) -> float:
    score = weigh_prior(place) + _STORY * _weigh_story(place, clues.surroundings)
    score += _INSIDE * any(_lies_in(place, other) for other in clues.larger)
    score += _INSIDE * any(_lies_in(inner, place) for inner in clues.inner)
    if place.kind in ("city", "admin2"):
        score += _REGION * any((code, place.admin1) in clues.surroundings.regions for code in place.countries)
    neighbours = [other for other in clues.nearby if set(other.countries) & set(place.countries)]
    score += _NEIGHBOUR * bool(neighbours) + _SIBLING * any(other.kind == place.kind for other in clues.siblings)
    provinces = ("admin1", "admin2")
    fits = clues.kind == place.kind or (clues.kind in provinces and place.kind in provinces)
    return score + _TYPE * fits


def _give_reasons(best: Toponym, toponyms: Sequence[Toponym], clues: _Clues) -> Iterator[str]:
    if len(toponyms) == 1:
        yield "the only place of that name"
        return
    holder = next((other for other in clues.larger if _lies_in(best, other)), None)
    if holder is not None:
        yield f"the text puts it in {holder.name}"
    inner = next((other for other in clues.inner if _lies_in(other, best)), None)
    if inner is not None:
        yield f"the text puts {inner.name} in it"
    if clues.kind == best.kind:
        yield f"the text calls it a {'province' if clues.kind == 'admin1' else clues.kind}"
    if holder is None and best.kind != "country":
        is_story = _weigh_story(best, clues.surroundings) > 0
        yield (
            f"the story is about {best.countries[0]}"
            if is_story
            else f"the best known of {len(toponyms)} places of that name"
        )


def make_place(best: Toponym, span: Span, text: str, reasons: str) -> Place:
    """Return a record's place: a place of the gazetteer, the words that stand for it, and why it is this one."""
    where = ", ".join(filter(None, (best.name, best.admin1 if best.admin1 != best.name else None, *best.countries)))
    return Place(
        text=span.quote(text),
        span=span,
        name=best.name,
        country=best.country,
        admin1=best.admin1,
        lat=best.lat,
        lon=best.lon,
        geonameid=best.geonameid or None,
        resolution=cast(Resolution, _RESOLUTIONS[best.kind]),
        why=(f"place {span.quote(text)!r} -> {where}" + (f": {reasons}" if reasons else ""),),
    )
