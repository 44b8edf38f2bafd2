"""Rows to take away: CSV, JSON and Parquet of what a view shows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.errors import MissingExtra
from dragoman.export import find_format
from dragoman.records import Event

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]


def write_rows(rows: Sequence[Row], kind: str) -> bytes:
    """Return the rows as a file of this kind."""
    return {"csv": _csv, "json": _json, "parquet": _parquet}[kind](rows)


def write_events(events: Iterable[Event], kind: str) -> bytes:
    """Return whole event records as a file of this kind."""
    stream = io.BytesIO()
    find_format(kind).write(events, stream)
    return stream.getvalue()


def _csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["empty"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    shown = "; ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else value
    # Spreadsheets run cells that begin like a formula; article text must not become one.
    return f"'{shown}" if isinstance(shown, str) and shown.startswith(_FORMULA_STARTS) else shown


def _json(rows: Sequence[Row]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _parquet(rows: Sequence[Row]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra("pyarrow is not installed", fix="run: pip install 'dragoman[parquet]'") from error
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), stream)
    return stream.getvalue()
