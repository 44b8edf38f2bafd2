"""Ways into a store: what lies there is looked at before a database opens it, and whatever the database says becomes an error of ours."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dragoman.errors import (
    BusyStore,
    DamagedStore,
    ForeignStore,
    MissingExtra,
    MissingStore,
    SettingsError,
    StoreError,
)

APPLICATION_ID = 0x44524147
"""Marks a SQLite file as ours: "DRAG"."""

_MAGIC = b"SQLite format 3\0"
_HEADER_SIZE = 100
_LARGEST_PAGE = 65536
_WRITERS_LOCK = 7_236_741
_MEGABYTE_PAGES = -1024


def is_url(where: str | Path) -> bool:
    """Return whether the store is named by a URL and not by a path."""
    return isinstance(where, str) and "://" in where


def name_of(where: str | Path) -> str:
    """Return the store's name for messages, without the password."""
    if not is_url(where):
        return str(where)
    try:
        return sa.make_url(str(where)).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return str(where).split("://", 1)[0] + "://..."


def connect(where: str | Path, wait_s: float) -> sa.Engine:
    """Return the engine of a PostgreSQL URL or of a SQLite path. Nothing is opened yet."""
    return _connect_server(str(where), wait_s) if is_url(where) else connect_file(Path(where), wait_s)


def connect_file(path: Path, wait_s: float) -> sa.Engine:
    """Return the engine of a SQLite file."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": wait_s, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size={64 * _MEGABYTE_PAGES}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        # A reader that becomes a writer half-way can find its snapshot outdated; a writer therefore queues up at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connect_server(url: str, wait_s: float) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
    except SQLAlchemyError:
        raise _no_store_url(url) from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise _no_store_url(url)
    try:
        engine = sa.create_engine(parsed.set(drivername="postgresql+psycopg"))
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{error.name} is not installed", fix="run: pip install 'dragoman[postgres]'") from error

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait_s * 1000)}")
            # Writers queue up, as in SQLite: row numbers are given out by the one whose turn it is.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _no_store_url(url: str) -> SettingsError:
    return SettingsError(
        "store", where="--db", expected="a path, or postgresql://user@host/database", got=name_of(url)[:80]
    )


@contextmanager
def told(where: str | Path) -> Iterator[None]:
    """Turn whatever the database says into an error of ours."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _explain(name_of(where), error) from error


def _explain(name: str, error: SQLAlchemyError) -> StoreError:
    said = str(error.orig) if isinstance(error, DBAPIError) and error.orig else str(error)
    words = said.lower()
    if any(sign in words for sign in ("malformed", "not a database", "no such table", "short read")):
        return damaged(name, said)
    if any(sign in words for sign in ("locked", "busy", "lock timeout")):
        return BusyStore("another process is writing", where=name, fix="try again when it is done")
    if "does not exist" in words and "database" in words:
        return MissingStore("no such database", where=name, got=said, fix="make it with createdb")
    return StoreError("the database refused", where=name, got=said[:300])


def damaged(name: str, got: str) -> DamagedStore:
    """Return the error for a store's file that was cut short or written over."""
    return DamagedStore(
        "damaged store", where=name, expected="a whole file", got=got, fix="copy it back from a backup, or ingest anew"
    )


def look_at_file(path: Path) -> bool:
    """Return whether a store lies at the path. Raises ForeignStore or DamagedStore where something else does."""
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER_SIZE)
            size = os.fstat(stream.fileno()).st_size
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError("cannot be opened", where=str(path), got=error.strerror or str(error)) from error
    _check_header(path, header, size)
    return True


def _check_header(path: Path, header: bytes, size: int) -> None:
    if not header:
        raise damaged(str(path), "an empty file")
    if not header.startswith(_MAGIC[: len(header)]):
        raise _foreign(path, "a file of another kind")
    if len(header) < _HEADER_SIZE:
        raise damaged(str(path), f"{size} bytes")
    if struct.unpack(">I", header[68:72])[0] != APPLICATION_ID:
        raise _foreign(path, "an SQLite file of another program")
    (page_size,) = struct.unpack(">H", header[16:18])
    (n_pages,) = struct.unpack(">I", header[28:32])
    expected = (_LARGEST_PAGE if page_size == 1 else page_size) * n_pages
    # What is in the log beside the file may still have to be written into it.
    if size < expected and not _has_log(path):
        raise damaged(str(path), f"{size} bytes of {expected}")


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _foreign(path: Path, got: str) -> ForeignStore:
    return ForeignStore(
        "not a store", where=str(path), expected="a store made by Dragoman", got=got, fix="name another file"
    )


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a finished new file its name, unless another process was first. So a store is whole or not there."""
    try:
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
