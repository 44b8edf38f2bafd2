"""ACLED events: CSV with a header, by commas or semicolons.

The order of ACLED's two actors does not say who acts on whom: fighting has both as actors, its victims are recipients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any

from dragoman.errors import InputError
from dragoman.imports.building import (
    UNKNOWN,
    Told,
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
from dragoman.imports.outcome import ForeignEvent, NotAnEvent, Outcome, Row, attempt
from dragoman.ontology.dialects import load_dialects
from dragoman.records import Actor, Moment, Place, Provenance, Rejection, Size
from dragoman.records.event import Granularity, Resolution

SUMMARY = "ACLED events, CSV"
CODER = "ACLED"
CODEBOOK = "acled-2023"

NEEDED = (
    "event_id_cnty",
    "event_date",
    "event_type",
    "sub_event_type",
    "actor1",
    "inter1",
    "actor2",
    "inter2",
    "country",
)
_PROTESTS = ("Protests", "Riots")
_TWO_SIDED = ("Battles", "Explosions/Remote violence")
_GRANULARITIES: dict[str, Granularity] = {"1": "day", "2": "week", "3": "month"}
_RESOLUTIONS: dict[str, Resolution] = {"1": "city", "2": "city", "3": "admin1"}
_OF = re.compile(r"\b(?:Forces|Government) of ([^()]+?)(?: \(|$)")
_IN = re.compile(r"\(([^()\d]+)\)")


def read(file: DataFile, release: str) -> Iterator[Outcome]:
    """Yield what comes of each row."""
    make = partial(_make, provenance=provenance_of(CODER, release, CODEBOOK))
    for found in read_commas(file, NEEDED):
        yield found if isinstance(found, Rejection) else attempt(file.origin(found[0]), make, found[1])


def _make(row: Row, provenance: Provenance) -> ForeignEvent:
    key, told = row["event_id_cnty"], _target(row["event_type"], row["sub_event_type"])
    kind, _ = kind_of_plover(told["type"], tuple(told.get("modes", ())), tuple(told.get("contexts", ())))
    actors, recipients = _sides(row, told)
    told_row = Told(
        source="acled",
        key=key,
        kind=kind,
        moment=_moment(row),
        actors=actors,
        recipients=recipients,
        place=_place(row),
        cite=cite(key, row.get("source", "")),
        size=_size(row),
        why=(f"{row['event_type']}, {row['sub_event_type']}",),
    )
    return ForeignEvent(key, build_event(told_row, provenance), raw_of(dict(row)))


def _target(kind: str, sub_kind: str) -> dict[str, Any]:
    """Return what an event type is in PLOVER. Raises NotAnEvent for developments that are none, InputError for unknown types."""
    acled = load_dialects()["acled"]
    if kind not in acled["disorders"]:
        raise InputError("event_type", expected=", ".join(acled["disorders"]), got=repr(kind)[:40])
    found: dict[str, Any] | None = acled["in"].get(sub_kind) or acled["in"].get(kind)
    if found is None:
        raise NotAnEvent(f"ACLED {kind}, {sub_kind}: no event in PLOVER")
    return found


def _sides(row: Row, told: dict[str, Any]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return actors and recipients: victims receive, fighters are all actors, whom a protest meets is no part of it."""
    first, second = _side(row, "1"), _side(row, "2")
    if second is None:
        return (first,) if first else (), ()
    if first is None or told.get("is_swapped"):
        return (second,), (first,) if first else ()
    civilians = [side for side in (first, second) if side.sector == ("CVL",)]
    if row["event_type"] in _PROTESTS and told["type"] == "PROTEST":
        return (first,), ()
    if (
        len(civilians) == 1
        and civilians[0] is first
        and told["type"] == "ASSAULT"
        and row["event_type"] not in _PROTESTS
    ):
        return (second,), (first,)
    is_mutual = told["type"] == "AGREE" or (row["event_type"] in _TWO_SIDED and not civilians)
    return ((first, second), ()) if is_mutual else ((first,), (second,))


def _side(row: Row, number: str) -> Actor | None:
    name = row[f"actor{number}"].strip()
    return _read_side(name, row[f"inter{number}"].strip().lower(), row["country"]) if name else None


@lru_cache(maxsize=16384)
def _read_side(name: str, inter: str, country: str) -> Actor:
    sector: str = load_dialects()["acled"]["actors_in"].get(inter, UNKNOWN)
    if sector == "MIL":
        sector = "COP" if "Police" in name else "GOV" if name.startswith("Government") else "MIL"
    named = _OF.search(name) or _IN.search(name)
    code = code_of_country(named[1].strip()) if named else None
    here = UNKNOWN if sector == UNKNOWN else code_of_country(country) or UNKNOWN
    return Actor(code or here, (sector,), name)


def _moment(row: Row) -> Moment:
    day = read_day(row["event_date"], "event_date")
    granularity = _GRANULARITIES.get(row.get("time_precision", ""), "day")
    # ACLED gives a day within the period; ours begins with its first.
    starts = {"day": day, "week": day - timedelta(day.weekday()), "month": day.replace(day=1)}
    return Moment(starts[granularity], granularity, "text")


def _size(row: Row) -> Size | None:
    dead = read_whole(row.get("fatalities", ""), "fatalities")
    return Size(dead=(dead, dead)) if dead else None


def _place(row: Row) -> Place | None:
    where = (
        read_degrees(row.get("latitude", ""), "latitude", 90),
        read_degrees(row.get("longitude", ""), "longitude", 180),
    )
    resolution = _RESOLUTIONS.get(row.get("geo_precision", ""), "city")
    names = (row.get("location") or row["country"], row.get("admin1"))
    return place_at(names, code_of_country(row["country"]), where, resolution)
