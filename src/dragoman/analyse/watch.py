"""Alerts over a store: every dyad watched for rises and falls of conflict and cooperation, with the records behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dragoman.analyse.alerts import Alarm, find_alarms
from dragoman.analyse.changes import Change, find_changes
from dragoman.analyse.periods import Unit, list_periods
from dragoman.analyse.series import count_actual
from dragoman.analyse.sides import Side, choose_dyad
from dragoman.store import Filter, Store

Matter = Literal["conflict", "cooperation"]
QUADS: dict[Matter, tuple[int, ...]] = {"cooperation": (1, 2), "conflict": (3, 4)}


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: the unit, the false alarms a dyad and period to bear (all its series together), and which days.

    ``fewest`` is the number of records that a dyad must have to be watched.
    """

    unit: Unit = "month"
    rate: float = 0.01
    since: date | None = None
    until: date | None = None
    fewest: int = 20


@dataclass(frozen=True, slots=True)
class Alert:
    """An alarm of one dyad, with the ids of the records behind it, the surest first.

    ``n_records`` is their whole number, of which ``records`` may hold only the first.
    """

    actor: str
    recipient: str
    matter: Matter
    alarm: Alarm
    n_records: int
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DyadChange:
    """A change of level of one dyad's conflict or cooperation, seen afterwards."""

    actor: str
    recipient: str
    matter: Matter
    change: Change


Dyad = tuple[Side, Side]
_MOST_RECORDS = 50


def list_dyads(store: Store, wanted: Filter, watch: Watch, *, limit: int) -> tuple[Dyad, ...]:
    """Return the dyads that have enough records to be watched, the most frequent first."""
    rows = store.dyads(count_actual(wanted), limit=limit)
    return tuple(
        (Side(row.actor, (row.actor,)), Side(row.recipient, (row.recipient,)))
        for row in rows
        if row.recipient and "UNK" not in (row.actor, row.recipient) and row.n >= watch.fewest
    )


def find_alerts(
    store: Store, dyads: Sequence[Dyad], watch: Watch, wanted: Filter | None = None, *, n_records: int = _MOST_RECORDS
) -> Iterator[Alert]:
    """Yield the alerts of the dyads, dyad by dyad, by first day.

    The rate is shared by the dyad's two series, conflict and cooperation, and by rises and falls. A dyad's past begins with the store's
    first record, so that a dyad which was silent so far can raise an alert.
    """
    base = count_actual(wanted or Filter())
    starts = _span(store, base, watch)
    for actor, recipient in dyads:
        for matter, quads in QUADS.items():
            chosen = replace(choose_dyad(actor, recipient, base), quad=quads)
            counts = _count(store, chosen, starts, watch.unit)
            for alarm in find_alarms(counts, starts, watch.unit, watch.rate / len(QUADS)):
                if (watch.since is None or alarm.end >= watch.since) and (
                    watch.until is None or alarm.start <= watch.until
                ):
                    total, records = _list_records(store, chosen, alarm, n_records)
                    yield Alert(actor.name, recipient.name, matter, alarm, total, records)


def find_dyad_changes(
    store: Store, dyads: Sequence[Dyad], watch: Watch, wanted: Filter | None = None
) -> Iterator[DyadChange]:
    """Yield the changes of level of the dyads' conflict and cooperation, dyad by dyad, by day."""
    base = count_actual(wanted or Filter())
    starts = _span(store, base, watch)
    for actor, recipient in dyads:
        for matter, quads in QUADS.items():
            chosen = replace(choose_dyad(actor, recipient, base), quad=quads)
            for change in find_changes(_count(store, chosen, starts, watch.unit), starts):
                yield DyadChange(actor.name, recipient.name, matter, change)


def _span(store: Store, base: Filter, watch: Watch) -> tuple[date, ...]:
    """The whole store's periods; what ``until`` cuts off is unknown, what lies before ``since`` is past to learn from."""
    rows = store.series(replace(base, until=watch.until), unit=watch.unit)
    return list_periods(rows[0].start, rows[-1].start, watch.unit) if rows else ()


def _count(store: Store, wanted: Filter, starts: Sequence[date], unit: Unit) -> list[int]:
    found = {row.start: row.n for row in store.series(wanted, unit=unit)}
    return [found.get(start, 0) for start in starts]


def _list_records(store: Store, wanted: Filter, alarm: Alarm, n_records: int) -> tuple[int, tuple[str, ...]]:
    if not alarm.observed:
        return 0, ()
    there = replace(wanted, since=alarm.start, until=alarm.end)
    found = sorted((-record.record["confidence"], record.record["id"]) for record in store.records(there))
    return len(found), tuple(record for _, record in found[:n_records])
