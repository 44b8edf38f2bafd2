"""Where the acts of one story happened: each mention that plays the part of a place, traced with the story's countries in mind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from dragoman.records import Dateline, Place, Reading, Span
from dragoman.resolve.actor_words import split_words
from dragoman.resolve.place_choice import Surroundings, find_last_named, locate, make_place, survey
from dragoman.resolve.place_finder import load_place_words
from dragoman.resolve.place_gazetteer import find_country, load_places

StoryLocator = Callable[[Sequence[int]], Place | None]
_NARROW = ("feature", "city", "admin1", "country")
_LOCAL = frozenset({"city", "admin1", "admin2", "feature"})
_SHARE = 0.5
"""A country counts for places without a name only if the story names it so often, as a share of the country named most."""
_DATELINE_WEIGHT = 2  # mentions that a dateline counts for


def make_locator(reading: Reading, codes: Sequence[str | None]) -> StoryLocator:
    """Return a function from the numbers of the mentions that play the place of an act to the place, None where there are none.

    ``codes`` holds for each mention the code of the state that it stands for or belongs to, None where it has none. Nothing is looked up
    until an act has a place.
    """

    @cache
    def look_around() -> Surroundings:
        known = [code for code in codes if code is not None]
        return survey(reading.document.text, [*known, *_read_dateline(reading.document.dateline)])

    def find(numbers: Sequence[int]) -> Place | None:
        found = [_locate_mention(reading, number, codes[number], look_around()) for number in numbers]
        return _pick_narrowest(found)

    return find


def _read_dateline(dateline: Dateline | None) -> list[str]:
    """Return the code of a dateline's country ("SEOUL, South Korea"), so many times as it counts for mentions."""
    parts = dateline.place.split(",") if dateline is not None and dateline.place else []
    code = next((code for part in reversed(parts) if (code := find_country(part.strip())) is not None), None)
    return [code] * _DATELINE_WEIGHT if code is not None else []


def _locate_mention(reading: Reading, number: int, code: str | None, surroundings: Surroundings) -> Place:
    """Return the place that a mention names; of words that are no place's name ("Syrian", "the city") what they belong or point to."""
    text, span = reading.document.text, reading.mentions[number].span
    keys = [word.key for word in split_words(text, span.start, span.end)]
    is_abroad = any(key in load_place_words().abroad for key in keys)
    place = locate(text, span, surroundings)
    if place.resolution is not None and not (is_abroad and place.resolution == "country"):
        return place
    country = load_places().countries.get(code) if code is not None and not is_abroad else None
    if country is not None:
        return make_place(country, span, text, f"{span.quote(text)!r} belongs to {country.name}")
    return _point_back(text, span, keys, surroundings, code) or Place(text=span.quote(text), span=span)


def _point_back(
    text: str, span: Span, keys: Sequence[str], surroundings: Surroundings, own: str | None
) -> Place | None:
    """Return what "the city" or "the country" points back to; of a street or building that is not known, the country alone."""
    kind = load_place_words().types.get(keys[-1], "") if keys else ""
    if kind == "city" or kind.startswith("admin"):
        named = find_last_named(span.start, surroundings, frozenset({kind, "city"} if kind == "city" else {kind}))
        if named is not None:
            return make_place(named, span, text, f"{span.quote(text)!r} points back to {named.name}")
    last = None if kind == "country" else find_last_named(span.start, surroundings, _LOCAL)
    if last is not None and surroundings.countries.get(last.country or "", 0.0) < _SHARE:
        last = None
    code = last.country if last is not None else _find_main(surroundings)
    country = load_places().countries.get(code or "")
    if country is None or code == own:
        return None
    reason = f"{last.name} is the place named last" if last is not None else f"the story is about {country.name} most"
    return make_place(country, span, text, f"{span.quote(text)!r} is not known; {reason}")


def _find_main(surroundings: Surroundings) -> str | None:
    """Return the code of the country that a story names most, None where two are named as often."""
    ranked = sorted(surroundings.countries.items(), key=lambda one: -one[1])
    is_one = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_one else None


def _pick_narrowest(places: Sequence[Place]) -> Place | None:
    """Return the narrowest of the places that lie in the first one's country, the first one where none is narrower."""
    known = [place for place in places if place.resolution is not None]
    if not known:
        return places[0] if places else None
    same = [place for place in known if place.country in (None, known[0].country) or known[0].country is None]
    return min(same, key=lambda place: _NARROW.index(place.resolution or "country"))
