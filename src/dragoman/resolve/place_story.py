"""Where the acts of one story happened: each mention that plays the part of a place, traced with the story's countries in mind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from dragoman.records import Dateline, Place, Reading
from dragoman.resolve.place_choice import Surroundings, locate, make_place, survey
from dragoman.resolve.place_gazetteer import find_country, load_places

StoryLocator = Callable[[Sequence[int]], Place | None]
_NARROW = ("feature", "city", "admin1", "country")
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
    """Return the place that a mention names; of words that are no place's name ("Syrian") the country that they belong to."""
    text, span = reading.document.text, reading.mentions[number].span
    place = locate(text, span, surroundings)
    country = load_places().countries.get(code) if code is not None else None
    if place.resolution is not None or country is None:
        return place
    return make_place(country, span, text, f"{span.quote(text)!r} belongs to {country.name}")


def _pick_narrowest(places: Sequence[Place]) -> Place | None:
    """Return the narrowest of the places that lie in the first one's country, the first one where none is narrower."""
    known = [place for place in places if place.resolution is not None]
    if not known:
        return places[0] if places else None
    same = [place for place in known if place.country in (None, known[0].country) or known[0].country is None]
    return min(same, key=lambda place: _NARROW.index(place.resolution or "country"))
