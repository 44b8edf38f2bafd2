"""CSV: one row an event, lists joined by "; ". For spreadsheets and a first look; JSON Lines and Parquet keep the structure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from dragoman.export.record import Record, event_to_record
from dragoman.records import Event

SUMMARY = "CSV, one row an event, lists joined by '; '"

COLUMNS = (
    "id article_id event mode status context quad_code event_scale cameo date enddate date_granularity date_basis "
    "actor_code actor_sector actor_name actor_office actor_text "
    "recipient_code recipient_sector recipient_name recipient_office recipient_text "
    "place_text place_name place_country place_admin1 place_lat place_lon place_geonameid place_resolution "
    "speaker_code speaker_sector speaker_name speaker_office speaker_text sentence event_text confidence "
    "source_id title publication url published language coder model codebook"
).split()
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a header line and one row an event, as they come."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for event in events:
        writer.writerow({column: _disarm(value) for column, value in _flatten(event_to_record(event)).items()})
    text.detach()


def _flatten(record: Record) -> Record:
    row = {column: record[column] for column in COLUMNS if column in record}
    row |= {key: _join(record[key]) for key in ("mode", "context")}
    for part in ("actor", "recipient", "speaker"):
        entities = record[part] if isinstance(record[part], list) else [record[part]] if record[part] else []
        for field in ("code", "sector", "name", "office", "text"):
            row[f"{part}_{field}"] = _join(_join(entity[field], ",") for entity in entities)
    place = record["event_loc"] or {}
    for field in ("text", "name", "country", "admin1", "lat", "lon", "geonameid", "resolution"):
        row[f"place_{field}"] = place.get(field)
    row["sentence"] = _join(evidence["sentence"] for evidence in record["evidence"])
    row["event_text"] = _join(evidence["event_text"] for evidence in record["evidence"])
    row.update(record["cite"])
    return row


def _join(values: Any, separator: str = "; ") -> str:
    if isinstance(values, str) or values is None:
        return values or ""
    return separator.join(str(value) for value in values)


def _disarm(value: Any) -> Any:
    """Spreadsheets run cells that begin like a formula; article text must not become one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
