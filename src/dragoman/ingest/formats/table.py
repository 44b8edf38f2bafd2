"""CSV, TSV and their kin: a header that names the columns, and one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import UnreadableInput
from dragoman.ingest.characters import quoted
from dragoman.ingest.encoding import decode
from dragoman.ingest.fields import article_from, attempt, field_named, rejection
from dragoman.ingest.source import Source
from dragoman.records import Article, Rejection

if TYPE_CHECKING:
    from _csv import Reader

name = "csv"
suffixes = (".csv", ".tsv", ".tab", ".psv")

_DELIMITERS = (",", "\t", ";", "|")
_UNQUOTED = ("\t", "|")
_TRIAL_LINES = 200
_FEWEST_COLUMNS = 2
_LONGEST_HEADER = 10_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written: what parts its columns, and whether quotes hold a column together."""

    delimiter: str
    is_quoted: bool = True
    is_strict: bool = True

    def reader(self, lines: Iterator[str]) -> Reader:
        """Return a reader of the rows. It raises csv.Error at a row that breaks the rules, and can go on after it."""
        if not self.is_quoted:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        return csv.reader(lines, delimiter=self.delimiter, strict=self.is_strict)


def sniff(head: str) -> float:
    """Return a high score where the first line names columns of which one holds the text."""
    columns = _columns(head)
    has_text = any(field_named(column) == "text" for column in columns)
    return 0.8 if has_text and _n_known(columns) >= _FEWEST_COLUMNS else 0.0


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return one article or rejection for each row; raises UnreadableInput where no column holds the text."""
    _allow_long_columns(source.limit)
    reader = _dialect(decode(source.head)).reader(line + "\n" for line in _without_mark(source.text_lines()))
    header = _next_row(reader)
    if isinstance(header, UnreadableInput):
        raise header
    columns = [column.strip() for column in header or ()]
    _check_columns(columns)
    line, row = reader.line_num + 1, _next_row(reader)
    while row is not None:
        if isinstance(row, UnreadableInput):
            yield rejection(f"{source.origin}:{line}", row)
        elif any(value.strip() for value in row):
            yield attempt(f"{source.origin}:{line}", _read_row, columns, row, f"{source.origin}:{line}")
        line, row = reader.line_num + 1, _next_row(reader)


def _next_row(reader: Reader) -> list[str] | UnreadableInput | None:
    """Return the next row, None at the end, or the error for a row whose quotes do not fit."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return UnreadableInput(
            "broken row",
            expected="a column with quotes at both ends, quotes within it doubled",
            got=str(error),
            fix="write the table again with a tool that knows CSV",
        )


def _read_row(columns: list[str], row: list[str], origin: str) -> Article:
    values = row[: len(columns)] if not any(row[len(columns) :]) else row
    if len(values) != len(columns):
        raise UnreadableInput(
            "wrong number of columns",
            expected=f"{len(columns)} as in the header",
            got=f"{len(row)}: {quoted(row[0])} ...",
            fix="quote columns that hold the delimiter",
        )
    _check_repeated(columns, values)
    return article_from(dict(zip(columns, values, strict=True)), origin)


def _check_repeated(columns: list[str], values: list[str]) -> None:
    if len(set(columns)) == len(columns):
        return
    for at, column in enumerate(columns):
        first = columns.index(column)
        if field_named(column) and values[first] != values[at]:
            raise UnreadableInput(
                "column given twice", expected="each column once", got=quoted(column), fix="keep the right one"
            )


def _check_columns(columns: list[str]) -> None:
    if any(field_named(column) == "text" for column in columns):
        return
    raise UnreadableInput(
        "no column for the text",
        expected='a first line with column names, one of them "text"',
        got=quoted(", ".join(columns)),
        fix='name the columns, the one with the article\'s words "text"',
    )


def _dialect(head: str) -> Dialect:
    """Return the dialect under which the first line names most columns and the first rows are as wide as it."""
    candidates = [
        Dialect(delimiter, is_quoted, is_strict)
        for delimiter in _DELIMITERS
        for is_quoted, is_strict in ((True, True), (False, False), (True, False))
        # Commas and semicolons stand within texts, so that a table without quotes is told by tabs and bars alone.
        if is_quoted or delimiter in _UNQUOTED
    ]
    lines = head.lstrip("\ufeff").splitlines(keepends=True)[:_TRIAL_LINES]
    # max keeps the first of equals: strict quotes before none.
    return max(candidates, key=lambda dialect: _fitness(dialect, lines))


def _fitness(dialect: Dialect, lines: list[str]) -> tuple[int, float]:
    """Return how many columns of the header are known, and the share of the whole rows that are as wide as the header."""
    reader = dialect.reader(iter(lines))
    first = _next_row(reader)
    columns = first if isinstance(first, list) else []
    widths = [len(row) if isinstance(row, list) else 0 for row in iter(lambda: _next_row(reader), None)]
    # The last row may be cut where the head ends.
    whole = widths[:-1] or widths
    return _n_known(columns), sum(width == len(columns) for width in whole) / max(1, len(whole))


def _columns(head: str) -> list[str]:
    first = head.lstrip("\ufeff\r\n").partition("\n")[0][:_LONGEST_HEADER]
    return max((first.split(delimiter) for delimiter in _DELIMITERS), key=_n_known)


def _n_known(columns: list[str]) -> int:
    return sum(1 for column in columns if field_named(column))


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    if first is not None:
        yield first.lstrip("\ufeff")
    yield from lines


def _allow_long_columns(limit: int) -> None:
    # The csv module's own limit is 131,072 characters, for the whole process: it can only be raised here, never lowered.
    if csv.field_size_limit() < limit:
        csv.field_size_limit(limit)
