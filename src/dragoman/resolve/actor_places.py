"""The state of a role or body that is named after a town or province: "São Paulo police", "the mayor of Mutare"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.resolve.actor_phrase import Piece
from dragoman.resolve.actor_setting import Identity, Setting
from dragoman.resolve.place_gazetteer import Toponym, load_places

CLEARLY_LARGER = 5
"""One of several namesakes is meant without more ado only if it has this many times the people of any namesake abroad."""
SMALLEST = 20_000
_LONGEST = 4


def find_place_owner(pieces: Sequence[Piece], setting: Setting) -> Identity | None:
    """Return the state in which the place lies whose name stands among some words; None where no place, or none for certain."""
    for run in _list_runs(pieces):
        name = setting.text[run[0].words[0].start : run[-1].words[-1].end]
        place = _choose_place(load_places().find(name), setting.home)
        if place is not None and place.country in setting.gazetteer.states:
            why = f"'{name}' is {place.name} in {place.country} (GeoNames)"
            return Identity(place.country, ("GOV",), None, None, None, (why,), 0.8, f"place:{place.geonameid}")
    return None


def _list_runs(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Yield the runs of unknown words in capitals, the longest at each place first."""
    at = 0
    while at < len(pieces):
        stop = at
        while stop < len(pieces) and stop - at < _LONGEST and _may_be_place(pieces[stop]):
            stop += 1
        for end in range(stop, at, -1):
            yield pieces[at:end]
        at = stop + 1 if stop > at else at + 1


def _may_be_place(piece: Piece) -> bool:
    return not piece.entries and piece.noun is None and piece.words[0].is_capital and not piece.words[0].is_upper


def _choose_place(places: Sequence[Toponym], home: str | None) -> Toponym | None:
    sizable = [place for place in places if place.is_main and (place.kind == "admin1" or place.population >= SMALLEST)]
    at_home = [place for place in places if place.country == home and place.is_main]
    if at_home:
        return at_home[0]
    best = max(sizable, key=lambda place: place.population, default=None)
    if best is None:
        return None
    abroad = [place.population for place in places if place.country != best.country]
    return best if best.population >= CLEARLY_LARGER * max(abroad, default=0) else None
