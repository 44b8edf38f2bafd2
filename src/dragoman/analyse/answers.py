"""The answers of ``dragoman stories``, ``dyads`` and ``alerts`` as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from dragoman.analyse.network import build_network
from dragoman.analyse.periods import Unit
from dragoman.analyse.series import Period, build_series, measure_reciprocity
from dragoman.analyse.sides import Side, choose_dyad
from dragoman.analyse.table import Row
from dragoman.analyse.watch import Alert, DyadChange
from dragoman.store import Filter, Store

STORY_COLUMNS = (
    "id event mode status quad_code event_scale date first_day last_day actor recipient place n_reports outlets vouchers disagreements "
    "best records articles joins cohesion"
).split()
STORY_SHOWN = "date actor event recipient place n_reports outlets disagreements id".split()
EDGE_COLUMNS = ("actor recipient n weight scale_sum scale_mean goldstein_sum goldstein_mean n_back reciprocity").split()
SERIES_COLUMNS = "start actor recipient keys n weight scale_sum scale_mean goldstein_sum goldstein_mean".split()
ALERT_COLUMNS = (
    "actor recipient matter direction start end n_periods observed expected low high p n_records records"
).split()
CHANGE_COLUMNS = "actor recipient matter start before after gain".split()


def tell_stories(store: Store, wanted: Filter, *, least: int, limit: int | None) -> Iterator[Row]:
    """Yield the stories with at least so many independent reports, the most reported first."""
    found = [story for story in store.stories(wanted) if story.n_reports >= least]
    found.sort(key=lambda story: (-story.n_reports, story.date, story.id))
    yield from (_complete(story.body) for story in found[:limit])


def _complete(body: dict[str, Any]) -> Row:
    return {column: body.get(column) for column in STORY_COLUMNS}


def tell_network(store: Store, wanted: Filter, *, limit: int) -> Iterator[Row]:
    """Yield who acts on whom, the most frequent first."""
    yield from (asdict(edge) for edge in build_network(store, wanted, limit=limit))


def tell_dyad(store: Store, sides: tuple[Side, Side], wanted: Filter, unit: Unit, by: Sequence[str]) -> Iterator[Row]:
    """Yield the series of one dyad, what the first side does to the second and then the other way round."""
    for actor, recipient in (sides, sides[::-1]):
        for period in build_series(store, choose_dyad(actor, recipient, wanted), unit, by):
            yield _write_period(period, actor, recipient)


def _write_period(period: Period, actor: Side, recipient: Side) -> Row:
    return {
        "start": period.start.isoformat(),
        "actor": actor.name,
        "recipient": recipient.name,
        "keys": list(period.keys),
        "n": period.n,
        "weight": period.weight,
        "scale_sum": period.scale_sum,
        "scale_mean": period.scale_mean,
        "goldstein_sum": period.goldstein_sum,
        "goldstein_mean": period.goldstein_mean,
    }


def describe_reciprocity(store: Store, sides: tuple[Side, Side], wanted: Filter, unit: Unit) -> str:
    """Return in one line how the two sides answer one another."""
    actor, recipient = sides
    forth = build_series(store, choose_dyad(actor, recipient, wanted), unit)
    back = build_series(store, choose_dyad(recipient, actor, wanted), unit)
    found = measure_reciprocity(forth, back)
    told = [f"{actor.name} to {recipient.name} {found.n_forth}", f"back {found.n_back}", f"balance {found.balance}"]
    told += [f"correlation of mean scores {found.correlation}"] if found.correlation is not None else []
    return ", ".join(told + ([f"lag {found.lag} {unit}s"] if found.lag is not None else []))


def write_alert(alert: Alert) -> Row:
    """Return the alert as a row."""
    alarm = asdict(alert.alarm) | {"start": alert.alarm.start.isoformat(), "end": alert.alarm.end.isoformat()}
    row = {"actor": alert.actor, "recipient": alert.recipient, "matter": alert.matter, **alarm}
    return row | {"n_records": alert.n_records, "records": list(alert.records)}


def write_change(change: DyadChange) -> Row:
    """Return the change as a row."""
    row = asdict(change.change) | {"start": change.change.start.isoformat()}
    return {"actor": change.actor, "recipient": change.recipient, "matter": change.matter, **row}


def narrow_to_reports(wanted: Filter, least: int) -> Filter:
    """Return the filter for series that count events with so many independent reports, each once."""
    return replace(wanted, is_story_best=True, min_reports=least) if least > 1 else wanted


def forget_sides(wanted: Filter) -> Filter:
    """Return the filter without its parties, for questions that put both sides in themselves."""
    return replace(wanted, actor=(), actor_sector=(), recipient=(), recipient_sector=())
