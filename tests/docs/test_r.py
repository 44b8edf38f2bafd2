"""The page for users of R: its columns and types are what Dragoman writes, and its SQL runs."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from sqlalchemy.dialects import sqlite

from dragoman.export import find_format
from dragoman.records import Actor, Moment
from dragoman.store import Imported, RunKey, open_store
from dragoman.store.schema import RECORD
from tests.export.sample import BARE, FULL

PAGE = (Path(__file__).parents[2] / "docs" / "howto" / "r.md").read_text("utf-8")


def _read_table(first_heading: str) -> dict[str, str]:
    """Return the second cell of each row by the names in its first."""
    lines = PAGE[PAGE.index(f"| {first_heading} |") :].split("\n\n")[0].splitlines()[2:]
    rows = [line.strip("| ").split(" | ") for line in lines]
    return {name: row[1] for row in rows for name in re.findall(r"`(\w+)`", row[0])}


def _name_type(kind: pyarrow.DataType) -> str:
    if pyarrow.types.is_list(kind):
        return f"list of {_name_type(kind.value_type)}"
    names = {"date32[day]": "date32"}
    return "struct" if pyarrow.types.is_struct(kind) else names.get(str(kind), str(kind))


def test_parquet_has_the_columns_and_types_of_the_page() -> None:
    stream = io.BytesIO()
    find_format("parquet").write([FULL, BARE], stream)
    schema = parquet.read_schema(stream)
    assert {field.name: _name_type(field.type) for field in schema} == _read_table("column")


def test_csv_cells_are_what_the_page_tells_readr() -> None:
    stream = io.BytesIO()
    find_format("csv").write([FULL, BARE], stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    readers = {"integer": int, "double": float, "date": date.fromisoformat}
    told = re.findall(r"(\w+) = col_(integer|double|date)\(\)", PAGE)
    assert {name for name, _ in told} <= set(rows[0])
    for name, kind in told:
        assert rows[0][name], f"the full record must fill {name}"
        assert [readers[kind](row[name]) for row in rows if row[name]]


def test_no_other_csv_column_is_a_number_to_count_with() -> None:
    stream = io.BytesIO()
    find_format("csv").write([FULL], stream)
    (row,) = csv.DictReader(io.StringIO(stream.getvalue().decode()))
    told = {name for name, _ in re.findall(r"(\w+) = col_(integer|double|date)\(\)", PAGE)}
    numbers = {name for name, cell in row.items() if re.fullmatch(r"-?[0-9.]+", cell)}
    assert numbers - told == {"cameo", "sentence"}


def test_store_has_the_columns_and_types_of_the_page() -> None:
    told = _read_table("in table `record`")
    for name, meaning in told.items():
        column = RECORD.c[name]
        written = column.type.compile(sqlite.dialect())
        expected = "integer" if written in ("INTEGER", "SMALLINT") else written
        assert meaning.startswith(expected), name
    nullable = {name for name in told if RECORD.c[name].nullable}
    assert nullable == {"goldstein", "lat", "lon"}


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    event = replace(
        FULL,
        actor=(Actor("RUS", ("MIL", "GOV")),),
        recipient=(Actor("UKR", ("MIL",)),),
        moment=Moment(date(2022, 3, 1), "day", "text"),
    )
    path = tmp_path / "news.db"
    with open_store(path, create=True) as store:
        run = store.start_run(RunKey("test", "none", "plover-2.0", source="test"))
        store.keep_imported(run, [Imported("1", event), Imported("2", replace(BARE, moment=event.moment))])
    return path


def test_queries_of_the_page_run_on_a_store(store_file: Path) -> None:
    queries = re.findall(r'dbGetQuery\(store, "(.*?)"\)', PAGE, re.DOTALL)
    connection = sqlite3.connect(f"file:{store_file}?mode=ro", uri=True)
    version, records, months = [connection.execute(query).fetchall() for query in queries]
    connection.close()
    assert version == [(2,)]
    assert sorted(row[1:2] + row[4:] for row in records) == [("AGREE", "UNK", None), ("ASSAULT", "RUS", "UKR")]
    assert months == [("2022-03", 1, FULL.event_scale)]
