"""Series either way round from the dyads' days are those from the records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import SettingsError
from dragoman.records import Actor, Moment
from dragoman.store import Filter, Imported, RunKey, Store, open_store
from dragoman.store.series import is_quick
from tests.export.sample import FULL

CODES = ("USA", "RUS", "CHN", "UNK")


def _draw(draw: random.Random, number: int) -> Imported:
    actors = tuple(Actor(draw.choice(CODES), tuple(draw.sample(("GOV", "MIL"), 2))) for _ in range(draw.randint(1, 3)))
    recipients = tuple(Actor(draw.choice(CODES), ("GOV",)) for _ in range(draw.randint(0, 2)))
    moment = Moment(date(2021, draw.randint(1, 3), draw.randint(1, 28)), "day", "text")
    kind, quad = draw.choice((("ASSAULT", 4), ("ACCUSE", 3)))
    changed = replace(FULL, id=f"e-{number:016x}", actor=actors, recipient=recipients, moment=moment, mode=())
    return Imported(str(number), replace(changed, event=kind, quad_code=quad, confidence=round(draw.random(), 4)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    draw = random.Random(5)
    path: Path = tmp_path_factory.mktemp("series") / "news.db"
    with open_store(path, create=True) as made:
        run = made.start_run(RunKey("test", "none", "plover-2.0", source="test"))
        made.keep_imported(run, [_draw(draw, number) for number in range(300)])
        yield made


@pytest.fixture(scope="module")
def partly_dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    draw = random.Random(6)
    rows = [_draw(draw, number) for number in range(300)]
    rows = [replace(one, event=replace(one.event, moment=None)) if n % 10 == 0 else one for n, one in enumerate(rows)]
    with open_store(tmp_path_factory.mktemp("partly") / "news.db", create=True) as made:
        made.keep_imported(made.start_run(RunKey("test", "none", "plover-2.0", source="test")), rows)
        yield made


@pytest.mark.parametrize("by", [(), ("event",), ("quad", "status")])
@pytest.mark.parametrize("asked", [{}, {"quad": (4,)}, {"since": date(2021, 2, 1), "until": date(2021, 2, 20)}])
def test_either_way_counts_each_record_once(store: Store, by: tuple[str, ...], asked: dict[str, object]) -> None:
    wanted = replace(Filter(actor=("USA",), recipient=("RUS",), is_either_way=True), **asked)  # type: ignore[arg-type]
    through_records = replace(wanted, min_confidence=0.0)
    assert is_quick(wanted)
    assert not is_quick(through_records)
    found = store.series(wanted, unit="month", by=by)
    assert found == store.series(through_records, unit="month", by=by)
    assert sum(row.n for row in found) == store.count(wanted) > 0
    one_way = replace(wanted, is_either_way=False)
    back = replace(one_way, actor=wanted.recipient, recipient=wanted.actor)
    assert sum(row.n for row in found) < store.count(one_way) + store.count(back)


def test_a_side_towards_itself_or_anybody_goes_through_the_records(store: Store) -> None:
    for wanted in (
        Filter(actor=("USA",), recipient=("USA",), is_either_way=True),
        Filter(actor=("USA",), is_either_way=True),
    ):
        assert not is_quick(wanted)
        assert sum(row.n for row in store.series(wanted)) == store.count(wanted)


ASKED: list[dict[str, Any]] = [
    {},
    {"actor": ("USA",)},
    {"recipient": ("RUS",)},
    {"actor": ("USA",), "recipient": ("RUS",)},
    {"actor": ("USA",), "recipient": ("USA",)},
    {"actor": ("USA",), "recipient": ("RUS",), "is_either_way": True},
    {"actor": ("USA",), "recipient": ("CHN",), "is_either_way": True, "event": ("ASSAULT",)},
    {"actor": ("RUS",), "since": date(2021, 1, 9), "until": date(2021, 2, 20)},
    {"quad": (3,)},
]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("limit", [1, 20])
def test_counts_and_facets_from_the_days_are_those_from_the_records(
    partly_dated: Store, asked: dict[str, Any], limit: int
) -> None:
    quick = Filter(**asked)
    through_records = replace(quick, min_confidence=0)
    assert is_quick(quick)
    assert not is_quick(through_records)
    assert partly_dated.count(quick) == partly_dated.count(through_records) > 0
    names = ("event", "actor", "status", "quad", "source", "year")
    assert list(partly_dated.facets(quick, names, limit=limit).items()) == list(
        partly_dated.facets(through_records, names, limit=limit).items()
    )


def test_an_unknown_facet_is_told(store: Store) -> None:
    with pytest.raises(SettingsError, match="facet"):
        store.facets(Filter(actor=("USA",)), ("event", "colour"))
