"""Phoenix: tab-separated, 26 columns, no header, one row for each source and target; with its own quad classes 0 to 4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dragoman.export.rows import cameo_of, dated, degrees, fits, pairs, write_tabs
from dragoman.ontology.dialects import cameo_actor, cameo_country, cameo_roles, load_dialects
from dragoman.records import Actor, Event

SUMMARY = "Phoenix, 26 columns without a header; what happened only"

COLUMNS = (
    "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute "
    "TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass "
    "GoldsteinScore Issues Lat Lon LocationName StateName CountryCode SentenceID URLs NewsSources"
).split()
"""What the columns are called; the file itself has no header."""

__all__ = ["COLUMNS", "SUMMARY", "fits", "write"]


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a row for each source and target of each event that happened, as they come."""
    write_tabs(stream, (row for event, day in dated(events) for row in _rows(event, day)))


def _rows(event: Event, day: date) -> Iterator[list[object]]:
    cameo, place = cameo_of(event), event.event_loc
    quad = load_dialects()["phoenix"]["quads"][cameo.root]
    issues = ";".join(f"{context},1" for context in event.context)
    where = (
        [degrees(place.lat), degrees(place.lon), place.name or place.text, place.admin1, place.country]
        if place
        else [""] * 5
    )
    sentence = event.evidence[0].sentence + 1 if event.evidence else 1
    tail = [event.cameo, cameo.root, quad, cameo.goldstein, issues, *where]
    tail += [f"{event.article_id}_{sentence}", event.cite.url, event.cite.publication]
    for number, (source, target) in enumerate(pairs(event), 1):
        dates = [f"{day:%Y%m%d}", day.year, f"{day:%m}", f"{day:%d}"]
        yield [f"{event.id}_{number}", *dates, *_party(source), *_party(target), *tail]


def _party(party: Actor | None) -> list[object]:
    """Return the whole code, the country or body, the first role, and the roles after it."""
    if party is None:
        return ["---", "---", "", ""]
    roles = cameo_roles(party.sector)
    full, entity = cameo_actor(party.code, party.sector), cameo_country(party.code)
    return [full or "---", entity or "---", *roles[:1], *[""] * (not roles), ";".join(roles[1:])]
