"""The gazetteer of places: every city of 500 inhabitants, province and district of GeoNames, countries, and what news calls by name.

The large file ``places.tsv`` is sorted by line, so that a name is found by halving, without reading the rest: nothing is parsed until
somebody asks, and a name costs some tens of microseconds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Literal

from dragoman.resolve.place_words import make_place_key, strip_article

PlaceKind = Literal["country", "admin1", "admin2", "city", "feature"]
_KINDS: dict[str, PlaceKind] = {"province": "admin1", "city": "city", "country": "country"}


@dataclass(frozen=True, slots=True)
class Toponym:
    """One place that bears a name. Degrees are WGS 84.

    ``geonameid`` is 0 where the place is none of GeoNames or its number is not known. ``countries`` holds ISO 3166 alpha-3
    codes, several for a place shared or disputed by several, none for the high seas. ``population`` is the number of inhabitants;
    of a feature it is a weight on the same scale, ten to the power of how well known it is. ``type`` is a feature's kind ("strait").
    ``is_main`` tells that the name asked for is the place's own name, not an alternate one.
    """

    geonameid: int
    kind: PlaceKind
    name: str
    countries: tuple[str, ...]
    admin1: str | None
    lat: float
    lon: float
    population: int
    type: str = ""
    is_main: bool = True

    @property
    def country(self) -> str | None:
        """The one country that the place lies in, None where there are several or none."""
        return self.countries[0] if len(self.countries) == 1 else None


@dataclass(frozen=True, slots=True)
class SortedLines:
    """A text file whose lines are sorted by their bytes, for finding a line by its first field."""

    content: bytes

    def find(self, first: str) -> Iterator[list[str]]:
        """Yield the fields of each line whose first field is ``first``, in order."""
        wanted = first.encode() + b"\t"
        low, high = 0, len(self.content)
        while low < high:
            middle = max(low, self.content.rfind(b"\n", 0, (low + high) // 2) + 1)
            end = self.content.find(b"\n", middle)
            if self.content[middle:end] < wanted:
                low = end + 1
            else:
                high = middle
        while self.content.startswith(wanted, low):
            end = self.content.find(b"\n", low)
            yield self.content[low:end].decode().split("\t")
            low = end + 1


@dataclass(frozen=True, slots=True)
class PlaceGazetteer:
    """Everything that is known about places. Made by ``load_places``; never changes."""

    lines: SortedLines
    own: dict[str, tuple[Toponym, ...]]
    countries: dict[str, Toponym]
    found: dict[str, tuple[Toponym, ...]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, name: str) -> tuple[Toponym, ...]:
        """Return every place that bears a name, however it is written: own names before alternate ones, the largest first."""
        return self.find_key(make_place_key(name))

    def find_key(self, key: str) -> tuple[Toponym, ...]:
        """Return every place that is filed under a comparable name (``place_words.make_place_key``)."""
        if key not in self.found:
            if len(self.found) > 20_000:  # noqa: PLR2004  a run over millions of articles must not fill the memory
                self.found.clear()
            found = self._look_up(key)
            bare = strip_article(key)
            self.found[key] = found or (self._look_up(bare) if bare else ())
        return self.found[key]

    def list_cities(self) -> Iterator[Toponym]:
        """Yield every city of the large file. Reads all of it: for measuring, not for coding."""
        for line in self.lines.content.decode().splitlines():
            key, number, kind, *fields = line.split("\t")
            if kind == "city":
                yield _make_toponym(key, number, kind, fields)

    def _look_up(self, key: str) -> tuple[Toponym, ...]:
        own = self.own.get(key, ())
        taken = {place.geonameid for place in own if place.geonameid}
        listed = [place for place in self._read(key) if place.geonameid not in taken]
        return (*own, *sorted(listed, key=lambda place: (not place.is_main, -place.population, place.geonameid)))

    def _read(self, key: str) -> Iterator[Toponym]:
        for _, number, kind, *rest in self.lines.find(key):
            if kind[0] != "=":
                yield _make_toponym(key, number, kind, rest)
                continue
            for _, other, own_kind, *fields in self.lines.find(kind[1:]):
                if other == number and own_kind[0] != "=":
                    yield replace(_make_toponym(kind[1:], number, own_kind, fields), is_main=False)


def _make_toponym(key: str, number: str, kind: str, fields: Sequence[str]) -> Toponym:
    name, country, admin1, lat, lon, population = fields
    return Toponym(
        geonameid=int(number),
        kind=kind,  # type: ignore[arg-type]  # the build script writes no others
        name=name or key.title(),
        countries=(country,) if country else (),
        admin1=admin1 or None,
        lat=float(lat),
        lon=float(lon),
        population=int(population),
    )


def _read_table(file: str) -> Iterator[dict[str, str]]:
    text = resources.files("dragoman.resolve").joinpath("gazetteer", file).read_text("utf-8")
    yield from csv.DictReader(io.StringIO(text))


def _read_bytes(file: str) -> bytes:
    return resources.files("dragoman.resolve").joinpath("gazetteer", file).read_bytes()


def _read_countries() -> Iterator[tuple[tuple[str, ...], Toponym]]:
    for row in _read_table("place_countries.csv"):
        place = Toponym(
            int(row["geonameid"]),
            "country",
            row["name"],
            (row["code"],),
            None,
            float(row["lat"]),
            float(row["lon"]),
            int(row["population"]),
        )
        yield (row["name"],), place


def _read_states(by_code: dict[str, Toponym], provinces: frozenset[str]) -> Iterator[tuple[tuple[str, ...], Toponym]]:
    """Yield the names of states that the gazetteer of actors knows ("Britain", "DRC"), but for those of provinces ("England")."""
    for row in _read_table("countries.csv"):
        if row["code"] in by_code:
            names = (row["name"], row["official"], *row["aliases"].split("|"))
            yield tuple(name for name in names if name and name not in provinces), by_code[row["code"]]


def _read_features() -> Iterator[tuple[tuple[str, ...], Toponym]]:
    for row in _read_table("place_features.csv"):
        place = Toponym(
            geonameid=int(row.get("geonameid") or 0),
            kind=_KINDS.get(row["type"], "feature"),
            name=row["name"],
            countries=tuple(filter(None, row["country"].split("|"))),
            admin1=row["admin1"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            population=int(10 ** float(row["weight"])),
            type=row["type"],
        )
        yield (row["name"], *filter(None, row["aliases"].split("|"))), place


def _file_names(entries: Iterable[tuple[tuple[str, ...], Toponym]]) -> dict[str, tuple[Toponym, ...]]:
    filed: dict[str, dict[Toponym, None]] = {}
    for names, place in entries:
        for name in names:
            key = make_place_key(name)
            for form in filter(None, (key, key.removeprefix("the "))):
                filed.setdefault(form, {})[place] = None
    return {key: tuple(found) for key, found in filed.items()}


_FORMER = frozenset({"Serbia and Montenegro", "Netherlands Antilles"})
"""Countries that are no more, whose codes others have now."""


@cache
def load_places() -> PlaceGazetteer:
    """Return the gazetteer of places that ships with Dragoman (GeoNames, and rows written by hand)."""
    listed = list(_read_countries())
    ranked = sorted(listed, key=lambda one: (one[1].name not in _FORMER, one[1].population))
    by_code = {place.countries[0]: place for _, place in ranked}
    features = list(_read_features())
    provinces = frozenset(names[0] for names, place in features if place.kind == "admin1")
    return PlaceGazetteer(
        lines=SortedLines(_read_bytes("places.tsv")),
        own=_file_names([*listed, *_read_states(by_code, provinces), *features]),
        countries=by_code,
    )


def find_country(name: str) -> str | None:
    """Return the code of the country that a place name means if nothing else is known: of its most populous bearer."""
    found = load_places().find(name)
    best = max(found, key=lambda place: (place.kind == "country", place.is_main, place.population), default=None)
    return best.country if best is not None else None
