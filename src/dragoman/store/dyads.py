"""Counts and sums a dyad and day, kept up to date with every change, so that a series need not go through the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dragoman.store.schema import ACTOR, ANY, COUNTED, DYAD_DAY, NOBODY, PARTY, RECIPIENT, RECORD

CONFIDENCE_PARTS = 10_000
SCORE_PARTS = 1_000
_BATCH = 500
_Key = tuple[str, str, str, str, str, int, str]
_KEYS = ("actor", "recipient", "date", "event", "status", "quad", "source")
_SUMS = ("n", "confidence", "scale", "goldstein")


class Tally:
    """Gathers what is to be added to the dyads' days, or taken away, and writes it at once."""

    def __init__(self) -> None:
        self._sums: dict[_Key, list[int]] = {}

    def add(self, row: Any, actors: Iterable[str], recipients: Iterable[str], sign: int = 1) -> None:
        """Count a record, given by its columns, in each of its dyads; or take it away, with -1 for the sign."""
        if not row["date"]:
            return
        parts = (
            sign,
            sign * round(row["confidence"] * CONFIDENCE_PARTS),
            sign * round(row["scale"] * SCORE_PARTS),
            sign * round((row["goldstein"] or 0.0) * SCORE_PARTS),
        )
        for actor, recipient in dyads_of(actors, recipients):
            key = (actor, recipient, row["date"], row["event"], row["status"], row["quad"], row["source"])
            sums = self._sums.setdefault(key, [0, 0, 0, 0])
            for index, part in enumerate(parts):
                sums[index] += part

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered, and forget it."""
        rows: list[dict[str, Any]] = [
            dict(zip((*_KEYS, *_SUMS), (*key, *sums), strict=True))
            for key, sums in sorted(self._sums.items())
            if any(sums)
        ]
        if rows:
            connection.execute(_upsert(connection), rows)
            if any(row["n"] < 0 for row in rows):
                connection.execute(DYAD_DAY.delete().where(DYAD_DAY.c.n == 0))
        self._sums.clear()


def dyads_of(actors: Iterable[str], recipients: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs under which a record counts, each once.

    Several actors without a recipient act on one another: in PLOVER all who meet, agree or fight are actors.
    """
    sources, targets = sorted(set(actors)), sorted(set(recipients))
    yield ANY, ANY
    yield from product(sources, [ANY])
    yield from product([ANY], targets or [NOBODY])
    if targets:
        yield from product(sources, targets)
    elif len(sources) > 1:
        yield from permutations(sources, 2)
    else:
        yield from product(sources, [NOBODY])


def take_away(connection: sa.Connection, numbers: Iterable[int], tally: Tally) -> None:
    """Take the records of these numbers, which must count at present, out of their dyads' days."""
    _count(connection, numbers, tally, -1)


def put_back(connection: sa.Connection, numbers: Iterable[int], tally: Tally) -> None:
    """Count the records of these numbers in their dyads' days again."""
    _count(connection, numbers, tally, 1)


def recount_all(connection: sa.Connection) -> None:
    """Count all dyads' days anew from the records."""
    connection.execute(DYAD_DAY.delete())
    last, tally = -1, Tally()
    while numbers := connection.scalars(_next_counted(last)).all():
        put_back(connection, numbers, tally)
        tally.write(connection)
        last = numbers[-1]


def _next_counted(last: int) -> sa.Select[Any]:
    counted = sa.select(RECORD.c.n).where(RECORD.c.view == COUNTED, RECORD.c.n > last)
    return counted.order_by(RECORD.c.n).limit(20 * _BATCH)


def _count(connection: sa.Connection, numbers: Iterable[int], tally: Tally, sign: int) -> None:
    for some in batched(sorted(numbers), _BATCH):
        codes: dict[tuple[int, int], list[str]] = {}
        parties = sa.select(PARTY.c.record_n, PARTY.c.role, PARTY.c.code).where(PARTY.c.record_n.in_(some))
        for number, role, code in connection.execute(parties):
            codes.setdefault((number, role), []).append(code)
        for row in connection.execute(sa.select(*_SUMMED).where(RECORD.c.n.in_(some))).mappings():
            tally.add(row, codes.get((row["n"], ACTOR), ()), codes.get((row["n"], RECIPIENT), ()), sign)


_SUMMED = tuple(
    RECORD.c[name] for name in ("n", "date", "event", "status", "quad", "source", "confidence", "scale", "goldstein")
)


def _upsert(connection: sa.Connection) -> Any:
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    insert = make(DYAD_DAY)
    added = {name: DYAD_DAY.c[name] + insert.excluded[name] for name in _SUMS}
    return insert.on_conflict_do_update(index_elements=[DYAD_DAY.c[name] for name in _KEYS], set_=added)


def batched(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield the items in lists of at most ``size``."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
