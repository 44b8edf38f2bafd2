"""POLECAT: tab-separated, 40 columns, one row for each actor and recipient of an event, ``None`` where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from typing import BinaryIO

from dragoman.export.rows import city_of, dated, degrees, fits, write_tabs
from dragoman.ontology import load_ontology
from dragoman.ontology.countries import find_country
from dragoman.ontology.dialects import load_dialects
from dragoman.records import Actor, Event, Place

SUMMARY = "POLECAT's weekly TSV, 40 columns, a row a pair; what happened only"

COLUMNS = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|"
    "Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|"
    "Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|"
    "Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|"
    "Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|"
    "Story Organizations|Story Locations|Language|Version"
).split("|")
MISSING = "None"
_PARTY_COLUMNS = 8

__all__ = ["COLUMNS", "MISSING", "SUMMARY", "fits", "write"]


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a header line, then a row for each actor and recipient of each event that happened; its rows share the event's id."""
    write_tabs(stream, (row for event, day in dated(events) for row in _rows(event, day)), COLUMNS, MISSING)


def _rows(event: Event, day: date) -> Iterator[list[object]]:
    quad = list(load_ontology().quads)[event.quad_code - 1].replace("-", " ").upper()
    head = [event.id, day, event.event, _join(event.mode), event.event_scale, quad, _join(event.context)]
    tail = [*_place(event.event_loc), *_report(event)]
    for actor, recipient in product(event.actor, event.recipient or (None,)):
        yield [*head, *_party(actor), *_party(recipient), *tail]


def _party(party: Actor | None) -> list[object]:
    if party is None:
        return [None] * _PARTY_COLUMNS
    country = find_country(party.code)
    sectors = [party.sector[0] if party.sector else None, _join(party.sector)]
    name = party.name or party.text
    return [name, party.code, country.cow if country else None, *sectors, party.office, party.text, None]


def _place(place: Place | None) -> list[object]:
    if place is None:
        return [None] * 10
    feature = load_dialects()["polecat"]["features"].get(place.resolution)
    where = [place.name or place.text, city_of(place), None, place.admin1, place.country]
    return [*where, degrees(place.lat), degrees(place.lon), place.geonameid, place.text, feature]


def _report(event: Event) -> list[object]:
    cite = event.cite
    language = load_dialects()["polecat"]["languages"].get(cite.language, cite.language)
    return [cite.publication, cite.published, None, None, None, language, event.provenance.coder]


def _join(words: Iterable[str]) -> str:
    return "; ".join(words)
