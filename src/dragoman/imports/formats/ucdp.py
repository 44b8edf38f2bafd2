"""UCDP's Georeferenced Event Dataset: CSV, or GeoJSON with a feature a line.

Fighting has both sides as actors, one-sided violence its victims as recipient.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from dragoman.errors import InputError
from dragoman.imports.building import (
    UNKNOWN,
    Told,
    between,
    build_event,
    cite,
    code_of_country,
    kind_of_plover,
    place_at,
    provenance_of,
    raw_of,
    read_day,
    read_degrees,
    read_whole,
)
from dragoman.imports.lines import DataFile, read_commas
from dragoman.imports.outcome import ForeignEvent, Outcome, Row, attempt
from dragoman.ontology.countries import country_of_cow
from dragoman.ontology.dialects import load_dialects
from dragoman.records import Actor, Place, Provenance, Rejection, Size
from dragoman.records.event import Resolution

SUMMARY = "UCDP GED events, CSV or GeoJSON"
CODER = "UCDP GED"
CODEBOOK = "ucdp-ged"

NEEDED = ("id", "type_of_violence", "side_a", "side_b", "country", "date_start", "date_end", "low", "best", "high")
_STATE_BASED, _ONE_SIDED = "1", "3"
_RESOLUTIONS: dict[str, Resolution] = {
    "1": "city",
    "2": "city",
    "3": "feature",
    "4": "admin1",
    "5": "feature",
    "6": "country",
    "7": "feature",
}


def read(file: DataFile, release: str) -> Iterator[Outcome]:
    """Yield what comes of each row or feature."""
    first = next(file.lines, None)
    whole = DataFile(file.name, chain([first] if first else [], file.lines))
    rows = _read_features(whole) if first and first[1].lstrip().startswith("{") else read_commas(whole, NEEDED)
    make = partial(_make, provenance=provenance_of(CODER, release, CODEBOOK))
    for found in rows:
        yield found if isinstance(found, Rejection) else attempt(file.origin(found[0]), make, found[1])


def _read_features(file: DataFile) -> Iterator[tuple[int, Row] | Rejection]:
    for number, line in file.lines:
        if '"Feature"' not in line:
            continue
        try:
            feature: Any = json.loads(line.strip().removesuffix(","))
            longitude, latitude = feature["geometry"]["coordinates"][:2]
            row = {**feature["properties"], "longitude": longitude, "latitude": latitude}
            yield number, {name: "" if cell is None else str(cell) for name, cell in row.items()}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            yield file.rejection(
                number, "feature", expected="a GeoJSON feature a line, with coordinates", got=repr(error)[:80]
            )


def _make(row: Row, provenance: Provenance) -> ForeignEvent:
    for column in NEEDED:
        if column not in row:
            raise InputError("row", expected=f"a column {column!r}", got=", ".join(row)[:80])
    key, violence = row["id"].removesuffix(".0"), row["type_of_violence"].removesuffix(".0")
    kinds = load_dialects()["ucdp"]["violence"]
    if violence not in kinds:
        raise InputError("type_of_violence", expected=" or ".join(kinds), got=repr(row["type_of_violence"])[:40])
    kind, _ = kind_of_plover(
        "ASSAULT", tuple(kinds[violence].get("modes", ())), tuple(kinds[violence].get("contexts", ()))
    )
    sides = _side(row, "a"), _side(row, "b")
    is_one_sided = violence == _ONE_SIDED
    told = Told(
        source="ucdp",
        key=key,
        kind=kind,
        moment=between(read_day(row["date_start"], "date_start"), read_day(row["date_end"], "date_end")),
        actors=sides[:1] if is_one_sided else sides,
        recipients=sides[1:] if is_one_sided else (),
        place=_place(row),
        cite=cite(key, row.get("source_office", "")),
        report=row.get("source_article", ""),
        size=_size(row),
        why=(kinds[violence]["told"],),
    )
    return ForeignEvent(key, build_event(told, provenance), raw_of(dict(row)))


def _size(row: Row) -> Size | None:
    low, best, high = (read_whole(row[column], column) for column in ("low", "best", "high"))
    least, most = min(low, best), max(best, high)
    return Size(dead=(least, most)) if most else None


def _side(row: Row, side: str) -> Actor:
    return _read_side(row[f"side_{side}"], row.get(f"gwno{side}", ""), row["country"], row.get("gwnoa", ""))


@lru_cache(maxsize=8192)
def _read_side(name: str, number: str, country: str, opponent: str) -> Actor:
    """Return one side: a government under its state, civilians and groups under the state that they fight, else under that of the place."""
    ucdp, plain = load_dialects()["ucdp"], name.lower().strip()
    here = _country_of(opponent, country)
    if plain.startswith(ucdp["government"]):
        return Actor(_country_of(number, name[len(ucdp["government"]) :]), ("GOV", "MIL"), name)
    if plain == ucdp["civilians"]:
        return Actor(code_of_country(country) or UNKNOWN, ("CVL",), name)
    homes = {ucdp["groups"].get(part.strip(), here) for part in plain.split(",")}
    return Actor(homes.pop() if len(homes) == 1 else here, ("REB",), name)


def _country_of(number: str, name: str) -> str:
    """Return the code of a state by its Gleditsch and Ward number, else by its name."""
    digits = number.removesuffix(".0")
    known = country_of_cow(int(digits)) if digits.isdecimal() else None
    return known.code if known else code_of_country(name) or UNKNOWN


def _place(row: Row) -> Place | None:
    resolution = _RESOLUTIONS.get(row.get("where_prec", "").removesuffix(".0"), "feature")
    where = (
        read_degrees(row.get("latitude", ""), "latitude", 90),
        read_degrees(row.get("longitude", ""), "longitude", 180),
    )
    admin1 = row.get("adm_1", "").removesuffix(" Governorate")
    name = row.get("where_coordinates") or row.get("adm_1") or row["country"]
    return place_at((name, admin1), code_of_country(row["country"]), where, resolution)
