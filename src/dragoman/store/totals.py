"""How many records are wanted, and of what kinds: from the dyads' days where these can tell, else from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from dragoman.store import reading, series
from dragoman.store.conditions import conditions_of
from dragoman.store.filter import Filter
from dragoman.store.rows import Count
from dragoman.store.schema import COUNTED, RECORD

_KEYS = ("event", "status", "quad", "source")
_IN_DAYS = (*_KEYS, "year")
"""The facets that the dyads' days know."""


def count_records(connection: sa.Connection, wanted: Filter) -> int:
    """Return how many records are wanted."""
    if not series.is_quick(wanted):
        return reading.count_records(connection, wanted)
    return sum(n for _, _, n in _list_counts(connection, wanted, ()))


def count_facets(
    connection: sa.Connection, wanted: Filter, names: Sequence[str], limit: int
) -> dict[str, tuple[Count, ...]]:
    """Return how many of the records wanted have each value of each name, the most frequent first."""
    quick = [name for name in names if name in _IN_DAYS] if series.is_quick(wanted) else []
    slow = [name for name in names if name not in quick]
    found = reading.count_facets(connection, wanted, slow, limit) if slow else {}
    found |= _count_quickly(connection, wanted, quick, limit) if quick else {}
    return {name: found[name] for name in names}


def _count_quickly(
    connection: sa.Connection, wanted: Filter, names: Sequence[str], limit: int
) -> dict[str, tuple[Count, ...]]:
    counters: Mapping[str, Counter[str]] = {name: Counter() for name in names}
    for day, keys, n in _list_counts(connection, wanted, _KEYS):
        values = {**dict(zip(_KEYS, keys, strict=True)), "year": day[:4]}
        for name, counter in counters.items():
            counter[values[name]] += n
    return {name: _rank(counter, limit) for name, counter in counters.items()}


def _rank(counter: Counter[str], limit: int) -> tuple[Count, ...]:
    ranked = sorted(((-n, value) for value, n in counter.items() if n > 0))[:limit]
    return tuple(Count(value, -n) for n, value in ranked if value != "")


def _list_counts(
    connection: sa.Connection, wanted: Filter, keys: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield day, values of the keys, and how many records; a negative number is to be taken away."""
    for day, values, sums in series.list_days(connection, wanted, keys):
        yield day, values, sums[0]
    if not (wanted.since or wanted.until) and _has_undated(connection):
        columns = [RECORD.c[name] for name in keys]
        undated = sa.select(*columns, sa.func.count()).where(RECORD.c.date == "", *conditions_of(connection, wanted))
        for row in connection.execute(undated.group_by(*columns) if columns else undated):
            yield "", tuple(str(value) for value in row[:-1]), int(row[-1])


def _has_undated(connection: sa.Connection) -> bool:
    """Return whether any record that counts stands in no day."""
    found = sa.select(RECORD.c.n).where(RECORD.c.view == COUNTED, RECORD.c.date == "").limit(1)
    return connection.execute(found).first() is not None
