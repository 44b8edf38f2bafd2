"""Making the tables, and bringing older stores up to date, one version a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sqlalchemy as sa

from dragoman.errors import NewerStore
from dragoman.store import dyads, search
from dragoman.store.connection import APPLICATION_ID
from dragoman.store.schema import DYAD_DAY, STORE, VERSION, metadata

Step = Callable[[sa.Connection], None]


def is_store(connection: sa.Connection) -> bool:
    """Return whether the database holds a store."""
    return sa.inspect(connection).has_table(STORE.name)


def make_tables(connection: sa.Connection, made_by: str) -> None:
    """Make all tables of a new store."""
    metadata.create_all(connection)
    search.make_table(connection)
    connection.execute(STORE.insert().values(version=VERSION, made_by=made_by))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def check_version(connection: sa.Connection, name: str) -> int:
    """Return the store's version. Raises NewerStore where we are too old for it."""
    version, made_by = connection.execute(sa.select(STORE.c.version, STORE.c.made_by)).one()
    if version > VERSION:
        raise NewerStore(
            "the store is newer than this program",
            where=name,
            expected=f"version {VERSION} or older",
            got=f"version {version}, made by {made_by}",
            fix="update Dragoman",
        )
    return int(version)


def migrate(connection: sa.Connection) -> None:
    """Bring the store to the version of this program, inside the caller's transaction."""
    version = connection.execute(sa.select(STORE.c.version)).scalar_one()
    for target in range(version + 1, VERSION + 1):
        STEPS[target](connection)
        connection.execute(STORE.update().values(version=target))


def _add_dyad_days(connection: sa.Connection) -> None:
    """Version 2 keeps counts and sums a dyad and day."""
    DYAD_DAY.create(connection)
    dyads.recount_all(connection)


STEPS: Mapping[int, Step] = MappingProxyType({2: _add_dyad_days})
"""What brings a store from the version before to this one."""
