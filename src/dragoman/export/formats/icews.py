"""ICEWS events: tab-separated, 20 columns, one row for each source and target; the CAMEO code as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dragoman.export.rows import cameo_of, city_of, country_name, dated, degrees, fits, number_of, pairs, write_tabs
from dragoman.ontology.dialects import load_dialects
from dragoman.records import Actor, Event

SUMMARY = "ICEWS events, 20 columns; what happened only"

COLUMNS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|"
    "Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|"
    "Country|Latitude|Longitude"
).split("|")

__all__ = ["COLUMNS", "SUMMARY", "fits", "write"]


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a header line, then a row for each source and target of each event that happened, as they come."""
    write_tabs(stream, (row for event, day in dated(events) for row in _rows(event, day)), COLUMNS)


def _rows(event: Event, day: date) -> Iterator[list[object]]:
    cameo, place, story = cameo_of(event), event.event_loc, number_of("icews-story", event.article_id)
    sentence = event.evidence[0].sentence + 1 if event.evidence else ""
    where = [city_of(place), "", *((place.admin1, country_name(place.country)) if place else ("", ""))]
    tail = [story, sentence, event.cite.publication, *where]
    tail += [degrees(place.lat), degrees(place.lon)] if place else ["", ""]
    for number, (source, target) in enumerate(pairs(event)):
        act = [cameo.title, event.cameo, cameo.goldstein]
        yield [number_of("icews", event.id, number), day, *_party(source), *act, *_party(target), *tail]


def _party(party: Actor | None) -> list[object]:
    """Return name, sectors and country; who has no name is called by sector and country, as ICEWS does: Police (Kenya)."""
    if party is None:
        return ["", "", ""]
    words = load_dialects()["icews"]["sectors_out"]
    sectors, country = [words[sector] for sector in party.sector if sector in words], country_name(party.code)
    role = f"{sectors[0]} ({country})" if sectors and country else country
    return [party.name or party.text or role, ",".join(sectors), country]
