"""Which of its namesakes a place is: the words around it decide, then the story's countries, then how large the places are."""

from __future__ import annotations

import re
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
from dragoman.resolve.place_words import make_place_key, make_word_key

_EARTH_RADIUS = 6371.0  # km
_NEAR = 120.0  # km: a village lies this near to the town that is named with it
_CLOSE_PRIORS = (
    1.0  # in decimal logarithms of inhabitants: namesakes so much smaller than the largest do not make a name doubtful
)
_INSIDE = 8.0
_STORY = 2.2
_REGION = 1.5
_TYPE = 2.5
_UNSUPPORTED = 15_000  # inhabitants: a smaller place that nothing in the story speaks for is not guessed
_AFTER = re.compile(r"\W{0,2}(?:,|\()\s?(?=[^\W\d_])|\s(?:in|of)\s(?:the\s)?", re.UNICODE)
_REACH = 80  # code points after a name in which its province may stand
_WORD_REACH = 24  # code points beside a name in which "province" or "the city of" may stand
_RESOLUTIONS = {"country": "country", "admin1": "admin1", "admin2": "city", "city": "city", "feature": "feature"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a story says about countries and provinces: weights in 0..1, and the larger place once named with a name."""

    countries: Mapping[str, float]
    regions: frozenset[tuple[str, str]]
    containers: Mapping[str, tuple[Toponym, ...]]


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
    for found in find_places(text):
        larger = _find_after(text, found.span.end)
        if larger:
            containers.setdefault(make_place_key(found.span.quote(text)), larger)
        place = _agree(found, larger)
        if place is not None and place.country is not None:
            counts[place.country] += 2 if place.kind == "country" else 1
            if place.admin1:
                regions.add((place.country, place.admin1))
    most = max(counts.values(), default=1)
    return Surroundings({code: count / most for code, count in counts.items()}, frozenset(regions), containers)


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


def _find_after(text: str, end: int) -> tuple[Toponym, ...]:
    """Return the larger place that a text names right behind a name: "Paris, Texas", "Khan Sheikhoun in Idlib province"."""
    link = _AFTER.match(text, end)
    if link is None:
        return ()
    words = split_words(text, link.end(), min(len(text), link.end() + _REACH))
    at = 0
    lists = load_place_words()
    while at < len(words) and words[at].key in lists.directions:
        at += 1
    if at >= len(words) or not words[at].is_capital:
        return ()
    _, found = match_place(words, at, load_places())
    abbreviated = lists.abbreviations.get(words[at].key)
    known = load_places().find(abbreviated) if abbreviated else found
    return tuple(
        place for place in known if place.kind in ("country", "admin1", "admin2") or place.population > _UNSUPPORTED
    )


def locate(text: str, span: Span, surroundings: Surroundings) -> Place:
    """Return the place that the words at ``span`` name, with everything known about it; facts that are not known are None.

    A larger place within the phrase ("Khan Sheikhoun in Idlib province"), right behind it ("Paris, Texas"), before it ("Syria's Hama")
    or once elsewhere in the story decides between namesakes; next the countries that the story is about; last, which is larger.
    Where only the larger place is known, the answer is that one, and its ``resolution`` says so.
    """
    words = split_words(text, span.start, span.end)
    names = _read_phrase(words, load_places())
    if not names:
        return Place(text=span.quote(text), span=span)
    order = _order_names(words, names)
    head, larger = order[0], [place for name in order[1:] for place in name.toponyms]
    outside = _find_after(text, span.end) or _find_before(text, span.start)
    key = " ".join(make_word_key(word) for word in words[head.start : head.end])
    larger += [*outside, *([] if larger or outside else surroundings.containers.get(key, ()))]
    best, reasons = _choose(
        head.toponyms, larger, _find_type(text, words[head.start].start, words[head.end - 1].end), surroundings
    )
    if best is None:
        return Place(text=span.quote(text), span=span, why=(f"place {span.quote(text)!r}: {reasons}",))
    unknown = _unknown_before(words, head)
    if unknown:
        reasons = f"{unknown!r} is not known, the text puts it in {best.name}; {reasons}"
    return _make_place(best, span, text, reasons)


def _read_phrase(words: Sequence[Word], gazetteer: PlaceGazetteer) -> list[_Name]:
    """Return the names within a phrase that is known to be a place."""
    names: list[_Name] = []
    at = 0
    lists = load_place_words()
    while at < len(words):
        length, found = match_place(words, at, gazetteer) if words[at].is_capital else (0, ())
        is_plain = length == 1 and (words[at].key in lists.types or words[at].key in lists.directions)
        if found and not (is_plain and len(words) > 1):
            names.append(_Name(at, at + length, found))
        at += max(length, 1)
    return names


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
    unknown = [
        word
        for word in words[: head.start]
        if word.is_capital
        and word.key not in lists.types
        and word.key not in lists.directions
        and word.key not in lists.never
    ]
    return " ".join(word.key.capitalize() for word in unknown)


def _choose(
    toponyms: Sequence[Toponym], larger: Sequence[Toponym], kind: str | None, surroundings: Surroundings
) -> tuple[Toponym | None, str]:
    scored = [(_score(place, larger, kind, surroundings), place) for place in toponyms]
    best = max(scored, key=lambda one: (one[0], -one[1].geonameid))[1]
    is_inside = any(_lies_in(best, other) for other in larger)
    support = max([surroundings.countries.get(code, 0.0) for code in best.countries], default=0.0)
    if not is_inside and not support and best.kind in ("city", "admin2") and best.population < _UNSUPPORTED:
        return None, "only small places bear the name, and nothing in the story speaks for one"
    return best, "; ".join(_give_reasons(best, toponyms, larger, kind, support))


def _score(place: Toponym, larger: Sequence[Toponym], kind: str | None, surroundings: Surroundings) -> float:
    score = weigh_prior(place)
    score += _INSIDE * any(_lies_in(place, other) for other in larger)
    score += _STORY * max([surroundings.countries.get(code, 0.0) for code in place.countries], default=0.0)
    if place.kind in ("city", "admin2"):
        score += _REGION * any((code, place.admin1) in surroundings.regions for code in place.countries)
    fits = (
        kind == place.kind
        or (kind == "admin1" and place.kind == "admin2")
        or (kind == "admin2" and place.kind == "admin1")
    )
    return score + _TYPE * fits


def _give_reasons(
    best: Toponym, toponyms: Sequence[Toponym], larger: Sequence[Toponym], kind: str | None, support: float
) -> Iterator[str]:
    if len(toponyms) == 1:
        yield "the only place of that name"
    holder = next((other for other in larger if _lies_in(best, other)), None)
    if holder is not None:
        yield f"the text puts it in {holder.name}"
    if kind == best.kind:
        yield f"the text calls it a {kind}" if kind != "admin1" else "the text calls it a province"
    if len(toponyms) > 1 and support and best.kind != "country":
        yield f"the story is about {best.countries[0]}"
    if len(toponyms) > 1 and holder is None and not support:
        yield f"the best known of {len(toponyms)} places of that name"


def _make_place(best: Toponym, span: Span, text: str, reasons: str) -> Place:
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
