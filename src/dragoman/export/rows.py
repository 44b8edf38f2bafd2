"""What the formats of other people's event data share: who acts on whom, one pair a row; days, numbers and clean cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import permutations, product
from typing import Any, BinaryIO

from dragoman.ontology import CameoCode, find_cameo
from dragoman.ontology.countries import find_country
from dragoman.records import Actor, Event, Place, Status

Pair = tuple[Actor | None, Actor | None]
_NUMBER_BITS = 53
"""A whole number of so many bits is exact in every program, R's and spreadsheets' doubles too."""
_UNKNOWN = "UNK"


def fits(event: Event) -> bool:
    """Return whether a format without statuses can tell of the event: it happened, and on a day that is known.

    Such formats would show a threat that was denied, or an attack that was only feared, as a fact.
    """
    return event.status is Status.ACTUAL and day_of(event) is not None


def day_of(event: Event) -> date | None:
    """Return the event's first day, else that of the report."""
    return event.moment.date if event.moment else event.cite.published


def dated(events: Iterable[Event]) -> Iterator[tuple[Event, date]]:
    """Yield the events that a format without statuses can tell of, with their days."""
    for event in events:
        day = day_of(event)
        if day is not None and event.status is Status.ACTUAL:
            yield event, day


def pairs(event: Event) -> Iterator[Pair]:
    """Yield source and target of each row that the event makes, None for nobody.

    Several actors without a recipient act on one another, each on each: so CAMEO's coders write meetings and fights.
    """
    actors: list[Actor | None] = [one for one in event.actor if _is_somebody(one)]
    recipients: list[Actor | None] = [one for one in event.recipient if _is_somebody(one)]
    if len(actors) > 1 and not recipients:
        yield from permutations(actors, 2)
    else:
        yield from product(actors or [None], recipients or [None])


def _is_somebody(actor: Actor) -> bool:
    return (
        actor.code != _UNKNOWN or any(sector != _UNKNOWN for sector in actor.sector) or bool(actor.name or actor.text)
    )


def number_of(*parts: object) -> int:
    """Return a whole number of at most 53 bits that stands for the parts: the same each time, and hardly ever that of others."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _NUMBER_BITS)


def cameo_of(event: Event) -> CameoCode:
    """Return the entry of the event's CAMEO code: its title, Goldstein value and quad class as CAMEO has them."""
    return find_cameo(event.cameo)


def country_name(code: str | None) -> str:
    """Return a country's full name, "" for what is none."""
    country = find_country(code) if code else None
    return country.name if country else ""


def city_of(place: Place | None) -> str:
    """Return the name of a city or a site, "" for larger places."""
    return (place.name or place.text) if place and place.resolution in ("city", "feature") else ""


def degrees(value: float | None) -> str:
    """Return degrees as others write them: at most six places, "" where unknown."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def plain(value: object, missing: str = "") -> str:
    """Return a cell of a tab-separated table: on one line, without tabs and double quotes, which such files cannot hold."""
    if value is None or value == "":
        return missing
    return " ".join(str(value).replace('"', "'").split()) or missing


def write_tabs(stream: BinaryIO, rows: Iterable[Sequence[Any]], header: Sequence[str] = (), missing: str = "") -> None:
    """Write rows with tabs between the cells, as they come; no header line where none is given."""
    if header:
        stream.write(("\t".join(header) + "\n").encode())
    for row in rows:
        line = "\t".join(plain(cell, missing) for cell in row)
        stream.write(line.encode("utf-8", "replace") + b"\n")
