"""GDELT events: tab-separated, no header; version 2 with 61 columns, version 1 with 58 or 57."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dragoman.imports.building import (
    Told,
    build_event,
    cite,
    kind_of_cameo,
    on,
    place_at,
    provenance_of,
    raw_of,
    read_day,
    read_degrees,
)
from dragoman.imports.lines import DataFile, read_tabs
from dragoman.imports.outcome import ForeignEvent, Outcome, Row, attempt
from dragoman.ontology.countries import country_of_fips
from dragoman.ontology.dialects import read_cameo_actor
from dragoman.records import Actor, Place, Provenance, Rejection
from dragoman.records.event import Resolution

SUMMARY = "GDELT 2.0 events (61 columns) or 1.0 (58, 57), without a header"
CODER = "GDELT"
CODEBOOK = "cameo-1.1b3"

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
)
_ACTS = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
).split()
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
_OLD_GEO = [part for part in _GEO if part != "ADM2Code"]
_RESOLUTIONS: dict[str, Resolution] = {"1": "country", "2": "admin1", "3": "city", "4": "city", "5": "admin1"}


def _columns(geo: list[str], *last: str) -> tuple[str, ...]:
    actors = [f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR]
    places = [f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in geo]
    return (*"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(), *actors, *_ACTS, *places, "DATEADDED", *last)


COLUMNS = {61: _columns(_GEO, "SOURCEURL"), 58: _columns(_OLD_GEO, "SOURCEURL"), 57: _columns(_OLD_GEO)}


def read(file: DataFile, release: str) -> Iterator[Outcome]:
    """Yield what comes of each row."""
    make = partial(_make, provenance=provenance_of(CODER, release, CODEBOOK))
    for found in read_tabs(file, COLUMNS):
        yield found if isinstance(found, Rejection) else attempt(file.origin(found[0]), make, found[1])


def _make(row: Row, provenance: Provenance) -> ForeignEvent:
    key, url = row["GLOBALEVENTID"], row.get("SOURCEURL", "")
    told = Told(
        source="gdelt",
        key=key,
        kind=kind_of_cameo(row["EventCode"]),
        moment=on(read_day(row["SQLDATE"], "SQLDATE")),
        actors=_party(row, "Actor1"),
        recipients=_party(row, "Actor2"),
        place=_place(row),
        cite=cite(key, _domain(url), url, read_day(row["DATEADDED"][:8], "DATEADDED")),
        report=url,
    )
    return ForeignEvent(key, build_event(told, provenance), raw_of(dict(row)))


def _party(row: Row, side: str) -> tuple[Actor, ...]:
    letters, name = row[f"{side}Code"], row[f"{side}Name"]
    if not letters and not name:
        return ()
    code, sectors = read_cameo_actor(letters)
    return (Actor(code, sectors, name.title() or None),)


def _place(row: Row) -> Place | None:
    resolution = _RESOLUTIONS.get(row["ActionGeo_Type"])
    if resolution is None:
        return None
    parts = row["ActionGeo_FullName"].split(", ")
    admin1 = parts[0] if resolution == "admin1" else parts[1] if len(parts) > 2 else None  # noqa: PLR2004 - city, province, country
    country = country_of_fips(row["ActionGeo_CountryCode"])
    where = (
        read_degrees(row["ActionGeo_Lat"], "ActionGeo_Lat", 90),
        read_degrees(row["ActionGeo_Long"], "ActionGeo_Long", 180),
    )
    return place_at((parts[0], admin1), country.code if country else None, where, resolution)


def _domain(url: str) -> str:
    """Return the outlet as GDELT names it: the address's host."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.").lower()
