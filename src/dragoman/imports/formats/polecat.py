"""POLECAT events: tab-separated, 40 columns named in the first line; rows that share an id are one event's parties."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from dragoman.imports.building import (
    UNKNOWN,
    Told,
    build_event,
    cite,
    code_of_country,
    kind_of_plover,
    on,
    place_at,
    provenance_of,
    raw_of,
    read_day,
    read_degrees,
)
from dragoman.imports.lines import DataFile, read_headed_tabs
from dragoman.imports.outcome import ForeignEvent, Outcome, Row, attempt
from dragoman.ontology import load_ontology
from dragoman.ontology.dialects import load_dialects
from dragoman.records import Actor, Place, Rejection
from dragoman.records.event import Resolution

SUMMARY = "POLECAT events, 40 columns with a header"
CODER = "POLECAT"
CODEBOOK = "plover-polecat"

NEEDED = ("Event ID", "Event Date", "Event Type", "Event Mode", "Contexts", "Actor Country", "Recipient Country")
_MISSING = "None"
_KEY_DIGITS = 8
Numbered = tuple[int, Row]


def read(file: DataFile, release: str) -> Iterator[Outcome]:
    """Yield what comes of each event; one of several rows is told at its first."""
    for is_row, group in groupby(read_headed_tabs(file, NEEDED), key=_event_of):
        found = list(group)
        if is_row is None:
            yield from (one for one in found if isinstance(one, Rejection))
            continue
        rows = [one for one in found if not isinstance(one, Rejection)]
        yield attempt(file.origin(rows[0][0]), lambda _, rows=rows: _make(rows, release), rows[0][1])  # type: ignore[misc]


def _event_of(found: Numbered | Rejection) -> tuple[str, ...] | None:
    if isinstance(found, Rejection):
        return None
    number, row = found
    if row["Event ID"] in ("", _MISSING):
        return (str(number),)
    return row["Event ID"], row["Event Date"], row["Event Type"], row["Event Mode"]


def _make(rows: Sequence[Numbered], release: str) -> ForeignEvent:
    first = {name: "" if cell == _MISSING else cell for name, cell in rows[0][1].items()}
    name = first["Event ID"]
    digest = hashlib.sha256("\n".join("\t".join(row.values()) for _, row in rows).encode("utf-8", "surrogatepass"))
    kind, unknown = kind_of_plover(
        first["Event Type"], _list(first["Event Mode"].lower()), _list(first["Contexts"].lower())
    )
    published = first.get("Publication Date")
    told = Told(
        source="polecat",
        key=f"{name}|{digest.hexdigest()[:_KEY_DIGITS]}" if name else "",
        kind=kind,
        moment=on(read_day(first["Event Date"], "Event Date")),
        actors=_parties(rows, "Actor"),
        recipients=_parties(rows, "Recipient"),
        place=_place(first),
        cite=cite(
            name,
            first.get("Source", ""),
            published=read_day(published, "Publication Date") if published else None,
            language=_language(first.get("Language", "")),
        ),
        why=unknown,
    )
    provenance = provenance_of(CODER, release or first.get("Version", ""), CODEBOOK)
    return ForeignEvent(told.key, build_event(told, provenance), raw_of(first))


def _parties(rows: Sequence[Numbered], side: str) -> tuple[Actor, ...]:
    found = (_party(row, side) for _, row in rows)
    return tuple(dict.fromkeys(one for one in found if one))


def _party(row: Row, side: str) -> Actor | None:
    parts = [row.get(column, "") for column in (f"{side} Name", f"{side} Country", f"{side} Sectors", f"{side} Title")]
    cells = [cell for cell in (*parts, row.get(f"{side} Name Raw", "")) if cell and cell != _MISSING]
    if not cells:
        return None
    name, country, sectors, title = ("" if cell == _MISSING else cell for cell in parts)
    raw = row.get(f"{side} Name Raw", "")
    code = _code(country)
    return Actor(code, _sectors(sectors), name or None, title or None, text="" if raw == _MISSING else raw)


@lru_cache(maxsize=4096)
def _code(country: str) -> str:
    return country if country in load_ontology().international else code_of_country(country) or UNKNOWN


@lru_cache(maxsize=4096)
def _sectors(words: str) -> tuple[str, ...]:
    """Return our sectors for codes or names in a list: ``GOV; MIL``, ``Government``."""
    sectors = load_ontology().sectors
    by_name = {sector.name: code for code, sector in sectors.items()}
    found = (word.upper() if word.upper() in sectors else by_name.get(word.lower()) for word in _list(words))
    return tuple(dict.fromkeys(one for one in found if one)) or (UNKNOWN,)


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.replace(",", ";").split(";") if word.strip())


@lru_cache(maxsize=64)
def _language(written: str) -> str:
    names: dict[str, str] = {name: code for code, name in load_dialects()["polecat"]["languages"].items()}
    return names.get(written, written.lower() or "en")


def _place(row: Row) -> Place | None:
    country = _code(row["Country"]) if row.get("Country") else UNKNOWN
    name = row.get("City") or row.get("Placename") or row.get("Province", "")
    where = (
        read_degrees(row.get("Latitude", ""), "Latitude", 90),
        read_degrees(row.get("Longitude", ""), "Longitude", 180),
    )
    code = None if country == UNKNOWN else country
    return place_at((name or row.get("Country"), row.get("Province")), code, where, _resolution(row))


def _resolution(row: Row) -> Resolution:
    feature = row.get("Feature Type", "")
    if row.get("City") or feature.startswith("PPL"):
        return "city"
    if feature.startswith("PCL") or not row.get("Placename"):
        return "country"
    return "admin1" if feature.startswith("ADM") else "feature"
