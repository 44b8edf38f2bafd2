"""Rows of an analysis as a file: table, CSV, JSON, JSON Lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from dragoman.errors import MissingExtra, SettingsError
from dragoman.export.printable import escape_controls

Row = dict[str, Any]
Columns = Sequence[str]
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_WIDTH = 160


def write_rows(rows: Iterable[Row], columns: Columns, shown: Columns, stream: BinaryIO, format_name: str) -> None:
    """Write the rows in the format. ``columns`` are all, in order; ``shown`` those of a table for people.

    Raises SettingsError for a format that is none.
    """
    if format_name not in _WRITERS:
        raise SettingsError("unknown format", where="--format", expected=", ".join(_WRITERS), got=format_name)
    if format_name == "table":
        _write_table(rows, shown, stream)
    else:
        _WRITERS[format_name](rows, columns, stream)


def _write_lines(rows: Iterable[Row], _: Columns, stream: BinaryIO) -> None:
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")


def _write_json(rows: Iterable[Row], _: Columns, stream: BinaryIO) -> None:
    stream.write(json.dumps(list(rows), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")


def _write_csv(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_disarm(_flatten(row[column])) for column in columns])
    text.detach()


def _write_parquet(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("pyarrow is not installed", fix="run: pip install 'dragoman[parquet]'") from error
    found = list(rows)
    nested = {column for column in columns if any(_is_nested(row[column]) for row in found)}
    flat = [{column: _simplify(row[column], is_nested=column in nested) for column in columns} for row in found]
    table = pyarrow.Table.from_pylist(flat) if flat else pyarrow.table({column: pyarrow.nulls(0) for column in columns})
    parquet.write_table(table, stream, compression="zstd")


def _write_table(rows: Iterable[Row], shown: Columns, stream: BinaryIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
    width = None if text.isatty() else _PLAIN_WIDTH
    table = Table(show_edge=False, pad_edge=False)
    for column in shown:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(escape_controls(str(_flatten(row[column])))) for column in shown))
    Console(file=text, width=width, highlight=False, markup=False, emoji=False).print(table)
    text.detach()


def _flatten(value: Any) -> Any:
    """Return one cell: lists joined by "; ", parties as their codes, missing facts empty."""
    if isinstance(value, list | tuple):
        return "; ".join(str(_flatten(one)) for one in value)
    if isinstance(value, dict):
        return str(
            value.get("code") or value.get("name") or value.get("about") or json.dumps(value, ensure_ascii=False)
        )
    return "" if value is None else value


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


def _simplify(value: Any, *, is_nested: bool) -> Any:
    """Columns with nested parts go into Parquet as JSON text, plain lists as lists."""
    return json.dumps(value, ensure_ascii=False) if is_nested and value is not None else value


def _disarm(value: Any) -> Any:
    """Spreadsheets run cells that begin like a formula; article text must not become one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


_WRITERS: dict[str, Callable[[Iterable[Row], Columns, BinaryIO], None]] = {
    "table": _write_table,
    "jsonl": _write_lines,
    "json": _write_json,
    "csv": _write_csv,
    "parquet": _write_parquet,
}
