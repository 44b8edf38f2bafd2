"""Parquet: one row an event, nested fields kept as lists and structs. Needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from dragoman.errors import MissingExtra
from dragoman.export.record import Record, event_to_record
from dragoman.records import Event

SUMMARY = "Parquet, nested, for R (arrow), pandas, polars and DuckDB"

_ROWS_A_GROUP = 20_000


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write the events in row groups, so that memory stays constant."""
    arrow = _import_arrow()
    from pyarrow import parquet

    with parquet.ParquetWriter(stream, build_arrow_schema(), compression="zstd") as writer:
        for rows in _group(events):
            writer.write_table(arrow.Table.from_pylist(rows, build_arrow_schema()))


def build_table(events: Iterable[Event]) -> Any:
    """Return the events as one ``pyarrow.Table``."""
    return _import_arrow().Table.from_pylist([_to_row(event) for event in events], build_arrow_schema())


def build_arrow_schema() -> Any:
    """Return the ``pyarrow.Schema`` of the record: names and order as in ``docs/record.md``, dates as date32."""
    arrow = _import_arrow()
    text, number, whole, day = arrow.string(), arrow.float64(), arrow.int64(), arrow.date32()
    texts = arrow.list_(text)

    def struct(**fields: Any) -> Any:
        return arrow.struct(list(fields.items()))

    entity = struct(code=text, sector=texts, name=text, office=text, wikidata=text, text=text, start=whole, end=whole)
    place = struct(
        text=text, start=whole, end=whole, name=text, country=text, admin1=text, lat=number, lon=number,
        geonameid=whole, resolution=text,
    )  # fmt: skip
    evidence = struct(sentence=whole, start=whole, end=whole, event_text=text, anchor_start=whole, anchor_end=whole)
    cite = struct(source_id=text, title=text, publication=text, url=text, published=day, language=text)
    columns: dict[str, Any] = {
        "id": text,
        "article_id": text,
        "event": text,
        "mode": texts,
        "status": text,
        "context": texts,
        "quad_code": arrow.int8(),
        "event_scale": number,
        "cameo": text,
        "date": day,
        "enddate": day,
        "date_granularity": text,
        "date_basis": text,
        "actor": arrow.list_(entity),
        "recipient": arrow.list_(entity),
        "event_loc": place,
        "speaker": entity,
        "evidence": arrow.list_(evidence),
        "confidence": number,
        "why": texts,
        "cite": cite,
        "coder": text,
        "model": text,
        "codebook": text,
        "size": struct(**dict.fromkeys(("dead", "injured", "arrested", "participants"), arrow.list_(whole))),
    }
    return arrow.schema(list(columns.items()))


def _group(events: Iterable[Event]) -> Iterator[list[Record]]:
    rows = map(_to_row, events)
    while group := list(islice(rows, _ROWS_A_GROUP)):
        yield group


def _to_row(event: Event) -> Record:
    record = event_to_record(event)
    for holder, key in ((record, "date"), (record, "enddate"), (record["cite"], "published")):
        holder[key] = date.fromisoformat(holder[key]) if holder[key] else None
    return record


def _import_arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("pyarrow is not installed", fix="run: pip install 'dragoman[parquet]'") from error
    return pyarrow
