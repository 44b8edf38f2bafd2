"""What stands out: alarms and changes of level in pairs' counts, found by ``analyse``."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Any

from dragoman.analyse.alerts import find_alarms
from dragoman.analyse.changes import find_changes
from dragoman.analyse.periods import Unit
from dragoman.serve.views import fill_periods
from dragoman.store import Filter, Store

RATE = 0.01
"""Share of weeks or months with a false alarm where nothing changes."""
_MOST_PAIRS = 20
_WEEKS_BACK = 130
_WEEKS_BEFORE = 13
"""An alarm that began earlier before the period asked for is told from there on."""
_LEAST_RECORDS = 3
Row = dict[str, Any]


def pair_alarms(rows: list[Row], unit: Unit) -> list[Row]:
    """Return the alarms of one series' conflict and cooperation, and the days on which its conflict changed its level."""
    starts = [date.fromisoformat(row["start"]) for row in rows]
    found = [
        _alarm(side, one)
        for side in ("conflict", "cooperation")
        for one in find_alarms(_counts(rows, side), starts, unit, RATE)
    ]
    changes = [
        {"kind": "change", "side": "conflict", "start": one.start.isoformat(), "before": one.before, "after": one.after}
        for one in find_changes(_counts(rows, "conflict"), starts)
    ]
    return sorted([*found, *changes], key=lambda row: row["start"])


def _counts(rows: list[Row], side: str) -> list[int]:
    return [row[side] for row in rows]


def _alarm(side: str, one: Any) -> Row:
    return {
        "kind": one.direction,
        "side": side,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "observed": one.observed,
        "expected": one.expected,
        "low": one.low,
        "high": one.high,
    }


def latest_alarms(store: Store, since: date, until: date) -> list[Row]:
    """Return the rises and falls in the weeks of a period among the pairs with most records, the most surprising first."""
    found = []
    for dyad in store.dyads(Filter(since=since, until=until), limit=_MOST_PAIRS):
        if dyad.recipient and dyad.actor != dyad.recipient:
            found += _pair_rises(store, dyad.actor, dyad.recipient, since, until)
    return sorted(found, key=lambda row: (row["p"], row["actor"], row["recipient"]))


def _pair_rises(store: Store, actor: str, recipient: str, since: date, until: date) -> list[Row]:
    rows = store.series(Filter(actor=(actor,), recipient=(recipient,), until=until), unit="week")
    counts = {row.start: row.n for row in rows}
    starts = fill_periods(sorted(counts), "week", _WEEKS_BACK)
    first = bisect_left(starts, since) - 1 - _WEEKS_BEFORE
    alarms = find_alarms([counts.get(start, 0) for start in starts], starts, "week", RATE, first=max(0, first))
    return [
        {"actor": actor, "recipient": recipient, "p": one.p, **_alarm("all", one)}
        for one in alarms
        if one.end >= since and one.start <= until and max(one.observed, one.expected) >= _LEAST_RECORDS
    ]
