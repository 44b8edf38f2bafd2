"""Files read line by line, however large: plain, gzipped or zipped, in UTF-8 or, line by line, in Windows' Western European."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, cast

from dragoman.errors import InputError, UnreadableInput
from dragoman.imports.outcome import Row
from dragoman.records import Rejection

LINE_LIMIT = 1 << 20
"""The most bytes that one line may have."""
STANDARD_INPUT = "-"
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_FALLBACK = "cp1252"
_SHOWN = 64

Line = tuple[int, str]


class _Readable(Protocol):
    def readline(self, limit: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of rows: what messages call it, and its lines, numbered from 1, to be read once."""

    name: str
    lines: Iterator[Line]

    def origin(self, number: int) -> str:
        """Return the name of a line for messages."""
        return f"{self.name}:{number}"

    def rejection(self, number: int, what: str, *, expected: str, got: str) -> Rejection:
        """Return the rejection of a line."""
        return Rejection(self.origin(number), "ingest", str(InputError(what, expected=expected, got=got)))


def open_files(path: str) -> Iterator[DataFile]:
    """Yield the file of a path (``-`` is standard input), or each file within a zip archive.

    Raises UnreadableInput where there is no such file, or its packing is broken.
    """
    stream: io.BufferedReader
    with ExitStack() as stack:
        try:
            stream = _standard_input() if path == STANDARD_INPUT else stack.enter_context(Path(path).open("rb"))
        except OSError as error:
            raise UnreadableInput("cannot be opened", where=path, got=error.strerror or str(error)) from error
        head = stream.peek(len(_ZIP))
        if head.startswith(_ZIP) and path != STANDARD_INPUT:
            yield from _open_archive(path, stream)
        else:
            opened = gzip.GzipFile(fileobj=stream) if head.startswith(_GZIP) else stream
            yield DataFile(path, _numbered(path, opened))


def _standard_input() -> io.BufferedReader:
    return cast(io.BufferedReader, sys.stdin.buffer)


def _open_archive(path: str, stream: IO[bytes]) -> Iterator[DataFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableInput("broken archive", where=path, expected="a zip file", got=str(error)) from error
    for member in archive.infolist():
        if not member.is_dir():
            name = f"{path}/{member.filename}"
            with archive.open(member) as opened:
                yield DataFile(name, _numbered(name, opened))


def _numbered(name: str, stream: _Readable) -> Iterator[Line]:
    """Yield the lines with their numbers; of a line that is too long only the beginning, so that its row is refused."""
    number = 0
    try:
        while raw := stream.readline(LINE_LIMIT):
            number += 1
            whole = raw if len(raw) < LINE_LIMIT or raw.endswith(b"\n") else _cut(stream, raw)
            yield number, _decode(whole.removeprefix(b"\xef\xbb\xbf") if number == 1 else whole)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, OSError) as error:
        where = f"{name}:{number + 1}"
        raise UnreadableInput("broken file", where=where, expected="a whole file", got=str(error)) from error


def _cut(stream: _Readable, raw: bytes) -> bytes:
    while (more := stream.readline(LINE_LIMIT)) and not more.endswith(b"\n"):
        pass
    return raw[:_SHOWN]


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(_FALLBACK, "replace")


def read_tabs(file: DataFile, columns: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, Row] | Rejection]:
    """Yield the rows of a table without a header, its columns told by their number; a row of another length is rejected."""
    expected = " or ".join(map(str, columns)) + " columns"
    for number, line in file.lines:
        cells = line.rstrip("\r\n").split("\t")
        names = columns.get(len(cells))
        if names is not None:
            yield number, dict(zip(names, cells, strict=True))
        elif line.strip():
            yield file.rejection(number, "row", expected=expected, got=str(len(cells)))


def read_headed_tabs(file: DataFile, needed: Sequence[str]) -> Iterator[tuple[int, Row] | Rejection]:
    """Yield the rows of a table with tabs whose first line names its columns; empty cells at a row's end may be missing or too many.

    Raises InputError where a needed column is not there.
    """
    header: list[str] = []
    for number, line in file.lines:
        cells = line.rstrip("\r\n").split("\t")
        if not header:
            header = check_header(file, [cell.strip().strip('"') for cell in cells], needed)
        elif len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
            if line.strip():
                yield file.rejection(number, "row", expected=f"{len(header)} columns", got=str(len(cells)))
        else:
            yield number, dict(zip(header, map(_unquote, cells), strict=False))


def _unquote(cell: str) -> str:
    is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def read_commas(file: DataFile, needed: Sequence[str]) -> Iterator[tuple[int, Row] | Rejection]:
    """Yield the rows of a CSV file whose first line names its columns, parted by commas, semicolons or tabs; cells may hold line ends.

    The number is that of the row's last line. Raises InputError where a needed column is not there.
    """
    header, delimiter = _read_header(file, needed)
    rows = csv.reader((line for _, line in file.lines), delimiter=delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield file.rejection(rows.line_num + 1, "row", expected="cells within quotes", got=str(error))
            continue
        if len(cells) == len(header):
            yield rows.line_num + 1, dict(zip(header, cells, strict=True))
        elif cells:
            yield file.rejection(rows.line_num + 1, "row", expected=f"{len(header)} columns", got=str(len(cells)))


def _read_header(file: DataFile, needed: Sequence[str]) -> tuple[list[str], str]:
    _, first = next(file.lines, (1, ""))
    delimiter = max(",;\t", key=first.count)
    try:
        cells = next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        cells = [first]
    return check_header(file, [cell.strip() for cell in cells], needed), delimiter


def check_header(file: DataFile, found: list[str], needed: Iterable[str]) -> list[str]:
    """Return the names of the columns. Raises InputError that names the first needed one that is not there."""
    for column in needed:
        if column not in found:
            got = ", ".join(found)[:120]
            raise InputError("header", where=file.origin(1), expected=f"a column {column!r}", got=got)
    return found
