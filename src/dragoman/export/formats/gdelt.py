"""GDELT 2.0 events: tab-separated, 61 columns, no header, one row for each source and target; countries of places in FIPS 10-4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dragoman.export.rows import cameo_of, country_name, dated, degrees, fits, number_of, pairs, write_tabs
from dragoman.ontology.countries import find_country
from dragoman.ontology.dialects import cameo_actor, cameo_country, cameo_roles
from dragoman.records import Actor, Event, Place

SUMMARY = "GDELT 2.0 events, 61 columns without a header; what happened only"

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
)
_GEO = "Geo_Type Geo_FullName Geo_CountryCode Geo_ADM1Code Geo_ADM2Code Geo_Lat Geo_Long Geo_FeatureID".split()
_CODES = "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone".split()
COLUMNS = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
    *_CODES,
    *(f"{whose}{part}" for whose in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED",
    "SOURCEURL",
)
"""What the columns are called; the file itself has no header."""
_LEAD_SENTENCES = 2
_DAYS = 365
_MONTH_DAYS = 30
_COUNTRY, _US_STATE, _US_CITY, _WORLD_CITY, _WORLD_STATE = 1, 2, 3, 4, 5
_STATE = 3

__all__ = ["COLUMNS", "SUMMARY", "fits", "identify", "write"]


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a row for each source and target of each event that happened, as they come."""
    write_tabs(stream, (row for event, day in dated(events) for row in _rows(event, day)))


def identify(event: Event, number: int) -> int:
    """Return the GLOBALEVENTID of the event's row of a number, counted from 0: a whole number of at most 53 bits."""
    return number_of("gdelt", event.id, number)


def _rows(event: Event, day: date) -> Iterator[list[object]]:
    for number, (source, target) in enumerate(pairs(event)):
        yield [
            identify(event, number),
            *_dates(day),
            *_party(source),
            *_party(target),
            *_codes(event),
            *_geo(None),
            *_geo(None),
            *_geo(event.event_loc),
            f"{event.cite.published or day:%Y%m%d}000000",
            event.cite.url,
        ]


def _dates(day: date) -> list[object]:
    fraction = ((day.month - 1) * _MONTH_DAYS + day.day) / _DAYS
    return [f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + fraction:.4f}"]


def _party(party: Actor | None) -> list[object]:
    """Return the ten columns of one side; ethnic groups and religions are not told apart."""
    if party is None:
        return [""] * len(_ACTOR)
    letters, roles = cameo_country(party.code), cameo_roles(party.sector)
    is_state = len(letters) == _STATE and find_country(party.code) is not None
    kind = "" if is_state else letters[:_STATE]
    types = [*dict.fromkeys(filter(None, (kind, *roles))), "", "", ""][:3]
    name = (party.name or party.text or country_name(party.code)).upper()
    country = letters if is_state else letters[_STATE:-_STATE]
    return [cameo_actor(party.code, party.sector), name, country, letters[_STATE:][-_STATE:], "", "", "", *types]


def _codes(event: Event) -> list[object]:
    cameo = cameo_of(event)
    is_root = not event.evidence or event.evidence[0].sentence < _LEAD_SENTENCES
    scores = [cameo.quad_code, cameo.goldstein]
    return [int(is_root), event.cameo, cameo.base, cameo.root, *scores, max(1, len(event.evidence)), 1, 1, ""]


def _geo(place: Place | None) -> list[object]:
    """Return the eight columns of a place. GDELT's features are GNS and GNIS numbers, which GeoNames' are not; only countries have one."""
    country = find_country(place.country) if place and place.country else None
    if place is None or country is None:
        return [0, *[""] * (len(_GEO) - 1)]
    kind, fips = _kind_of(place), country.fips[0]
    parts = [place.name or place.text, place.admin1 if place.resolution != "admin1" else None, country.name]
    name = country.name if kind == _COUNTRY else ", ".join(filter(None, parts))
    feature = fips if kind == _COUNTRY else ""
    return [kind, name, fips, fips, "", degrees(place.lat), degrees(place.lon), feature]


def _kind_of(place: Place) -> int:
    if place.resolution in (None, "country"):
        return _COUNTRY
    is_american = place.country == "USA"
    if place.resolution == "admin1":
        return _US_STATE if is_american else _WORLD_STATE
    return _US_CITY if is_american else _WORLD_CITY
