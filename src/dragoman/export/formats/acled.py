"""ACLED-like CSV: 31 columns named as ACLED's, only the kinds of event that ACLED codes.

It is like ACLED's data and no more: ACLED's coders follow rules and sources of their own, and the order of their two
actors does not say who acts on whom. Each row says so in ``tags``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from dragoman.export.rows import city_of, country_name, dated, degrees
from dragoman.export.rows import fits as fits_any
from dragoman.ontology.countries import find_country
from dragoman.ontology.dialects import load_dialects
from dragoman.records import Actor, Event, Moment, Place

SUMMARY = "ACLED-like CSV, 31 columns; only what ACLED codes, and what happened"

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
    "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags "
    "timestamp"
).split()
_CIVILIANS = "Civilians"
_UNARMED = ("CVL", "REF", "JRN", "MED", "EDU", "LAB", "AGR", "SOC", "REL", "BUS")
_WEEK, _MONTH = 7, 31
_PRECISIONS = {"feature": 1, "city": 1, "admin1": 2}
_FORMULA_STARTS = ("=", "+", "-", "@")

__all__ = ["COLUMNS", "SUMMARY", "fits", "write"]


def fits(event: Event) -> bool:
    """Return whether ACLED codes such an event, and it happened, on a day that is known."""
    return fits_any(event) and _classify(event) is not None


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a header line and a row for each event of a kind that ACLED codes, as they come."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for event, day in dated(events):
        kind = _classify(event)
        if kind is not None:
            writer.writerow([_disarm(cell) for cell in _row(event, day, kind)])
    text.detach()


def _classify(event: Event) -> tuple[str, str] | None:
    """Return event type and sub-event type, None for what ACLED does not code."""
    table = load_dialects()["acled"]["out"].get(event.event)
    if table is None:
        return None
    for mode in event.mode:
        if mode in table:
            return _both(table[mode])
    return _both(table.get("civilians" if _is_against_civilians(event) else "", table.get("")))


def _both(entry: list[str] | None) -> tuple[str, str] | None:
    return (entry[0], entry[1]) if entry else None


def _is_against_civilians(event: Event) -> bool:
    return bool(event.recipient) and all(one.sector[:1] and one.sector[0] in _UNARMED for one in event.recipient)


def _row(event: Event, day: date, kind: tuple[str, str]) -> Iterator[object]:
    acled = load_dialects()["acled"]
    first = event.actor[0] if event.actor else None
    second = (event.recipient or event.actor[1:])[:1]
    kinds = [_inter(first, kind[0]), _inter(second[0], kind[0]) if second else ""]
    targeting = "Civilian targeting" if _CIVILIANS in kinds and _is_against_civilians(event) else ""
    yield from (event.id, day, day.year, _time_precision(event.moment), acled["disorders"][kind[0]], *kind)
    yield from (_name(first), _associates(event.actor[1:] if event.recipient else event.actor[2:]), kinds[0])
    yield from (_name(second[0]) if second else "", _associates(event.recipient[1:]), kinds[1])
    yield from (f"{kinds[0]}-{kinds[1]}" if kinds[1] else f"{kinds[0]} only", targeting)
    yield from _place(event.event_loc)
    yield from (event.cite.publication, "", "; ".join(one.event_text for one in event.evidence), _dead(event))
    stamp = datetime.combine(event.cite.published or day, datetime.min.time(), UTC)
    yield from (f"ACLED-like, made by {event.provenance.coder}, not ACLED data", int(stamp.timestamp()))


def _inter(actor: Actor | None, event_type: str) -> str:
    if actor is None:
        return ""
    sector = actor.sector[0] if actor.sector else ""
    if event_type in ("Riots", "Protests") and sector not in ("GOV", "MIL", "COP"):
        return "Rioters" if event_type == "Riots" else "Protesters"
    known: dict[str, str] = load_dialects()["acled"]["actors_out"]
    return known.get(sector, _CIVILIANS if sector in _UNARMED else "External/Other forces")


def _name(actor: Actor | None) -> str:
    if actor is None:
        return ""
    return actor.name or actor.text or country_name(actor.code) or "Unidentified Actor"


def _associates(actors: Iterable[Actor]) -> str:
    return "; ".join(_name(actor) for actor in actors)


def _time_precision(moment: Moment | None) -> int:
    if moment is None:
        return 2
    n_days = (moment.last_day - moment.date).days + 1
    return 1 if n_days == 1 else 2 if n_days <= _WEEK else 3


def _place(place: Place | None) -> Iterator[object]:
    country = find_country(place.country) if place and place.country else None
    if place is None or country is None:
        yield from [""] * 10
        return
    regions = load_dialects()["acled"]["regions"]
    yield country.iso_numbers[0] if country.iso_numbers else ""
    yield next((region for region, codes in regions.items() if country.code in codes), "")
    yield from (country.name, place.admin1, "", "", city_of(place) or place.name or place.text)
    yield from (degrees(place.lat), degrees(place.lon), _PRECISIONS.get(place.resolution or "", 3))


def _dead(event: Event) -> int:
    """Return the least number of dead that the text tells of; ACLED writes 0 where none is told."""
    return event.size.dead[0] if event.size and event.size.dead else 0


def _disarm(value: Any) -> Any:
    """Spreadsheets run cells that begin like a formula; article text must not become one."""
    return (
        f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _is_number(value) else value
    )


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
