"""ICEWS events: tab-separated, 20 columns named in the first line, the CAMEO code as text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from dragoman.imports.building import (
    UNKNOWN,
    Told,
    build_event,
    cite,
    code_of_country,
    kind_of_cameo,
    on,
    place_at,
    provenance_of,
    raw_of,
    read_day,
    read_degrees,
)
from dragoman.imports.lines import DataFile, read_headed_tabs
from dragoman.imports.outcome import ForeignEvent, Outcome, Row, attempt
from dragoman.ontology.dialects import load_dialects, read_icews_sectors
from dragoman.records import Actor, Place, Provenance, Rejection

SUMMARY = "ICEWS events, 20 columns with a header"
CODER = "ICEWS"
CODEBOOK = "cameo-icews"

NEEDED = ("Event ID", "Event Date", "Source Name", "Source Country", "CAMEO Code", "Target Name", "Target Country")


def read(file: DataFile, release: str) -> Iterator[Outcome]:
    """Yield what comes of each row."""
    make = partial(_make, provenance=provenance_of(CODER, release, CODEBOOK))
    for found in read_headed_tabs(file, NEEDED):
        yield found if isinstance(found, Rejection) else attempt(file.origin(found[0]), make, found[1])


def _make(row: Row, provenance: Provenance) -> ForeignEvent:
    day = read_day(row["Event Date"], "Event Date")
    # ICEWS gave some numbers twice, on different days.
    key = f"{row['Event ID']}|{day}" if row["Event ID"] else ""
    told = Told(
        source="icews",
        key=key,
        kind=kind_of_cameo(row["CAMEO Code"]),
        moment=on(day),
        actors=_party(row, "Source"),
        recipients=_party(row, "Target"),
        place=_place(row),
        cite=cite(row["Event ID"], row.get("Publisher", "")),
        report=row.get("Story ID", ""),
    )
    return ForeignEvent(key, build_event(told, provenance), raw_of(dict(row)))


def _party(row: Row, side: str) -> tuple[Actor, ...]:
    name, country = row[f"{side} Name"], row[f"{side} Country"]
    if not name and not country:
        return ()
    return (_read_party(name, row.get(f"{side} Sectors", ""), country),)


@lru_cache(maxsize=16384)
def _read_party(name: str, sectors: str, country: str) -> Actor:
    code = code_of_country(country) or _body(name, sectors)
    known = read_icews_sectors(sectors)
    is_state = known == (UNKNOWN,) and name == country and code != UNKNOWN
    return Actor(code, ("GOV",) if is_state else known, name or None)


def _body(name: str, sectors: str) -> str:
    """Return the code of who belongs to no state, told by name or sector."""
    icews = load_dialects()["icews"]
    plain, words = name.lower(), sectors.lower()
    by_name = (code for part, code in icews["bodies"].items() if part in plain)
    by_sector = (code for part, code in icews["body_sectors"].items() if part in words)
    return next(by_name, None) or next(by_sector, UNKNOWN)


def _place(row: Row) -> Place | None:
    city, district, province = (row.get(name, "") for name in ("City", "District", "Province"))
    where = (
        read_degrees(row.get("Latitude", ""), "Latitude", 90),
        read_degrees(row.get("Longitude", ""), "Longitude", 180),
    )
    country = code_of_country(row.get("Country", ""))
    name = city or district or province or row.get("Country", "")
    return place_at(
        (name, province), country, where, "city" if city or district else "admin1" if province else "country"
    )
