"""Counts and sums over time and over pairs of parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from dragoman.errors import SettingsError
from dragoman.store.conditions import conditions_of, has_party, with_code
from dragoman.store.dyads import CONFIDENCE_PARTS, SCORE_PARTS
from dragoman.store.filter import Filter
from dragoman.store.rows import DyadRow, SeriesRow
from dragoman.store.schema import ACTOR, ANY, DYAD_DAY, NOBODY, PARTY, RECIPIENT, RECORD

UNITS = ("day", "week", "month", "year")
SPLITS = ("event", "status", "quad")

_IN_DAYS = {"since", "until", "actor", "recipient", "is_either_way", "event", "status", "quad", "source"}
"""What the dyads' days can answer; a filter that asks for more goes through the records."""
_Sums = list[float]


def count_series(connection: sa.Connection, wanted: Filter, *, unit: str, by: Sequence[str]) -> tuple[SeriesRow, ...]:
    """Return counts and sums a period, in order; periods without records have no row."""
    _check(unit, by)
    found: dict[tuple[date, tuple[str, ...]], _Sums] = {}
    for day, keys, parts in list_days(connection, wanted, by):
        sums = found.setdefault((start_of(date.fromisoformat(day), unit), keys), [0.0] * len(parts))
        for index, part in enumerate(parts):
            sums[index] += part
    return tuple(
        SeriesRow(start, keys, int(n), weight / CONFIDENCE_PARTS, scale / SCORE_PARTS, goldstein / SCORE_PARTS)
        for (start, keys), (n, weight, scale, goldstein) in sorted(found.items())
    )


def start_of(day: date, unit: str) -> date:
    """Return the first day of the period that the day lies in; weeks begin on Monday."""
    if unit == "week":
        return day - timedelta(days=day.weekday()) if day.toordinal() > day.weekday() else date.min
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _check(unit: str, by: Sequence[str]) -> None:
    if unit not in UNITS:
        raise SettingsError("unit of a series", expected=", ".join(UNITS), got=repr(unit)[:60])
    for name in by:
        if name not in SPLITS:
            raise SettingsError("split of a series", expected=", ".join(SPLITS), got=repr(name)[:60])


def list_days(
    connection: sa.Connection, wanted: Filter, by: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], list[int]]]:
    """Yield day, keys and whole-numbered sums, from the dyads' days where they can tell."""
    for found, sign in _choose_sources(connection, wanted, by):
        for day, *rest in connection.execute(found):
            keys, parts = rest[: len(by)], rest[len(by) :]
            yield day, tuple(str(key) for key in keys), [sign * int(part or 0) for part in parts]


def _choose_sources(
    connection: sa.Connection, wanted: Filter, by: Sequence[str]
) -> Iterator[tuple[sa.Select[Any], int]]:
    """Yield what to add up, with 1 for its sign, and with -1 what would else count twice."""
    if not is_quick(wanted):
        yield _from_records(connection, wanted, by), 1
        return
    yield _from_days(wanted, by), 1
    if wanted.is_either_way:
        yield _from_days(replace(wanted, actor=wanted.recipient, recipient=wanted.actor), by), 1
        yield _from_both_ways(connection, wanted, by), -1


def is_quick(wanted: Filter) -> bool:
    """Return whether the dyads' days can answer: a party a side at most, and nothing asked that they do not know."""
    if not wanted.asks() <= _IN_DAYS or len(wanted.actor) > 1 or len(wanted.recipient) > 1:
        return False
    return not wanted.is_either_way or (bool(wanted.actor and wanted.recipient) and wanted.actor != wanted.recipient)


def _from_days(wanted: Filter, by: Sequence[str]) -> sa.Select[Any]:
    keys = [DYAD_DAY.c[name] for name in by]
    sums = [sa.func.sum(DYAD_DAY.c[name]) for name in ("n", "confidence", "scale", "goldstein")]
    conditions = [
        DYAD_DAY.c.actor == (wanted.actor[0] if wanted.actor else ANY),
        DYAD_DAY.c.recipient == (wanted.recipient[0] if wanted.recipient else ANY),
        *_day_conditions(wanted),
    ]
    return sa.select(DYAD_DAY.c.date, *keys, *sums).where(*conditions).group_by(DYAD_DAY.c.date, *keys)


def _day_conditions(wanted: Filter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.since:
        yield DYAD_DAY.c.date >= wanted.since.isoformat()
    if wanted.until:
        yield DYAD_DAY.c.date <= wanted.until.isoformat()
    for name in ("event", "status", "quad", "source"):
        if values := getattr(wanted, name):
            yield DYAD_DAY.c[name].in_(values)


_RECORD_SUMS = (
    sa.func.count(),
    # Each record is rounded before it is added, as in the dyads' days, so that both ways give the same sum.
    sa.func.sum(sa.cast(sa.func.round(RECORD.c.confidence * CONFIDENCE_PARTS), sa.BigInteger)),
    sa.func.sum(sa.cast(sa.func.round(RECORD.c.scale * SCORE_PARTS), sa.BigInteger)),
    sa.func.sum(sa.cast(sa.func.round(sa.func.coalesce(RECORD.c.goldstein, 0.0) * SCORE_PARTS), sa.BigInteger)),
)


def _from_records(connection: sa.Connection, wanted: Filter, by: Sequence[str]) -> sa.Select[Any]:
    keys = [RECORD.c[name] for name in by]
    conditions = [RECORD.c.date != "", *conditions_of(connection, wanted)]
    return sa.select(RECORD.c.date, *keys, *_RECORD_SUMS).where(*conditions).group_by(RECORD.c.date, *keys)


def _from_both_ways(connection: sa.Connection, wanted: Filter, by: Sequence[str]) -> sa.Select[Any]:
    """The few records that stand in both directions of a dyad: both sides act, on nobody else or on one another."""
    both_act = with_code(wanted.actor, (ACTOR,)).intersect(with_code(wanted.recipient, (ACTOR,)))
    both_suffer = sa.and_(has_party(RECIPIENT, wanted.actor, ()), has_party(RECIPIENT, wanted.recipient, ()))
    found = _from_records(connection, replace(wanted, actor=(), recipient=(), is_either_way=False), by)
    return found.where(RECORD.c.n.in_(both_act), sa.or_(RECORD.c.n_recipients == 0, both_suffer))


def count_dyads(connection: sa.Connection, wanted: Filter, limit: int) -> tuple[DyadRow, ...]:
    """Return who acts on whom and how often, the most frequent first."""
    if wanted.asks() <= _IN_DAYS - {"actor", "recipient", "is_either_way"}:
        found = _dyads_from_days(wanted, limit)
    else:
        found = _dyads_from_records(connection, wanted, limit)
    return tuple(
        DyadRow(
            actor,
            recipient,
            int(n),
            int(weight) / CONFIDENCE_PARTS,
            int(scale) / SCORE_PARTS,
            int(goldstein) / SCORE_PARTS,
        )
        for actor, recipient, n, weight, scale, goldstein in connection.execute(found)
    )


def _dyads_from_days(wanted: Filter, limit: int) -> sa.Select[Any]:
    sums = [sa.func.sum(DYAD_DAY.c[name]).label(f"sum_{name}") for name in ("n", "confidence", "scale", "goldstein")]
    found = sa.select(DYAD_DAY.c.actor, DYAD_DAY.c.recipient, *sums)
    found = found.where(DYAD_DAY.c.actor != ANY, DYAD_DAY.c.recipient != ANY, *_day_conditions(wanted))
    return _ranked(found.group_by(DYAD_DAY.c.actor, DYAD_DAY.c.recipient), limit)


def _dyads_from_records(connection: sa.Connection, wanted: Filter, limit: int) -> sa.Select[Any]:
    """Pair the parties of each record as the dyads' days do."""
    codes = sa.select(PARTY.c.record_n, PARTY.c.role, PARTY.c.code).distinct().subquery()
    one, other = codes.alias(), codes.alias()
    targets = sa.and_(
        other.c.record_n == RECORD.c.n,
        sa.or_(
            other.c.role == RECIPIENT,
            sa.and_(RECORD.c.n_recipients == 0, other.c.role == ACTOR, other.c.code != one.c.code),
        ),
    )
    source = RECORD.join(one, sa.and_(one.c.record_n == RECORD.c.n, one.c.role == ACTOR)).outerjoin(other, targets)
    recipient = sa.func.coalesce(other.c.code, NOBODY).label("recipient")
    sums = [
        total.label(f"sum_{name}")
        for name, total in zip(("n", "weight", "scale", "goldstein"), _RECORD_SUMS, strict=True)
    ]
    found = sa.select(one.c.code.label("actor"), recipient, *sums).select_from(source)
    found = found.where(RECORD.c.date != "", *conditions_of(connection, wanted))
    return _ranked(found.group_by(sa.literal_column("actor"), sa.literal_column("recipient")), limit)


def _ranked(found: sa.Select[Any], limit: int) -> sa.Select[Any]:
    return found.order_by(sa.desc("sum_n"), sa.literal_column("actor"), sa.literal_column("recipient")).limit(limit)
