"""The store: what others ask of it and give to it, each call a transaction of its own."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version as installed_version
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import sqlalchemy as sa

from dragoman.errors import MissingStore, StoreError
from dragoman.records import Article, Event, Rejection
from dragoman.store import check, correcting, keeping, migrations, reading, runs, series, stories, totals
from dragoman.store.connection import connect, connect_file, is_url, look_at_file, name_of, put_in_place, told
from dragoman.store.corrections import now
from dragoman.store.dyads import batched
from dragoman.store.filter import Filter
from dragoman.store.reading import FACETS
from dragoman.store.rows import (
    Change,
    Coding,
    Correction,
    Count,
    Decision,
    DyadRow,
    Hit,
    Imported,
    Kept,
    Page,
    Run,
    RunKey,
    SeriesRow,
    StoredArticle,
    StoredRecord,
    StoredRejection,
    StoredStory,
)
from dragoman.store.schema import VERSION

ALL = Filter()
_IMPORT_BATCH = 1000
_WAIT_S = 30.0


def open_store(where: str | Path, *, create: bool = False, wait_s: float = _WAIT_S) -> Store:
    """Return the store of a path (SQLite) or of a ``postgresql://`` URL.

    ``create`` makes one where none is. ``wait_s`` is how many seconds to wait for another process that writes. A store of an
    older version is brought up to date.
    Raises MissingStore, ForeignStore, DamagedStore, NewerStore or BusyStore, and SettingsError for another kind of URL.
    """
    if not is_url(where):
        _prepare_file(Path(where), create=create, wait_s=wait_s)
    engine = connect(where, wait_s)
    store = Store(engine, name_of(where))
    try:
        store._bring_up_to_date(create=create and is_url(where))
    except BaseException:
        store.close()
        raise
    return store


def _prepare_file(path: Path, *, create: bool, wait_s: float) -> None:
    if look_at_file(path):
        return
    if not create:
        raise _missing(str(path))
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    if not path.parent.is_dir():
        raise StoreError("cannot be made", where=str(path), expected="a folder that exists", got=str(path.parent))
    with told(path):
        engine = connect_file(fresh, wait_s)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            migrations.make_tables(connection, _made_by())
        engine.dispose()
    put_in_place(fresh, path)


def _made_by() -> str:
    return f"dragoman {installed_version('dragoman')}"


def _missing(name: str) -> MissingStore:
    return MissingStore("no store", where=name, fix="check the name, or make one with dragoman ingest")


class Store:
    """Articles, event records, runs, stories and corrections, kept in SQLite or PostgreSQL. Open one with ``open_store``.

    May be shared by threads. ``docs/store.md`` tells what is counted, and how long each promise holds.
    """

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self._engine = engine
        self.name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; nothing is lost without it."""
        self._engine.dispose()

    @contextmanager
    def _reads(self) -> Iterator[sa.Connection]:
        with told(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writes(self) -> Iterator[sa.Connection]:
        with told(self.name), self._engine.connect() as connection:
            writer = connection.execution_options(writes=True)
            with writer.begin():
                yield writer

    def _bring_up_to_date(self, *, create: bool) -> None:
        with self._reads() as connection:
            is_there = migrations.is_store(connection)
            version = migrations.check_version(connection, self.name) if is_there else 0
        if not is_there and not create:
            raise _missing(self.name)
        if version == VERSION:
            return
        with self._writes() as connection:
            if migrations.is_store(connection):  # another process may have been first
                migrations.check_version(connection, self.name)
                migrations.migrate(connection)
            else:
                migrations.make_tables(connection, _made_by())

    # Keeping

    def start_run(self, key: RunKey) -> Run:
        """Return the run of a key, made if it is new."""
        with self._writes() as connection:
            return runs.start_run(connection, key)

    def seen(self, run: Run, article_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the articles that the run has coded already."""
        with self._reads() as connection:
            return keeping.find_seen(connection, run.number, article_ids)

    def keep(self, run: Run, outcomes: Iterable[Coding | Rejection], known: Iterable[tuple[str, Article]] = ()) -> Kept:
        """Keep what came of some inputs, in one transaction; what is already there stays as it is.

        ``known`` are articles that came again, with their ids: of these only a new address is kept.
        """
        with self._writes() as connection:
            return keeping.keep_outcomes(connection, run, list(outcomes), list(known))

    def keep_imported(self, run: Run, rows: Iterable[Imported]) -> Kept:
        """Keep a stream of others' event data, a transaction for each thousand rows; a row whose key is there is passed over."""
        kept = Kept()
        for some in batched(rows, _IMPORT_BATCH):
            with self._writes() as connection:
                kept += keeping.keep_imported(connection, run, some)
        return kept

    # Reading

    def records(self, wanted: Filter = ALL, *, newest_first: bool = False) -> Iterator[StoredRecord]:
        """Yield the records wanted, as they stood when the first was asked for: by date, then id."""
        with self._reads() as connection:
            yield from reading.stream_records(connection, wanted, newest_first=newest_first)

    def events(self, wanted: Filter = ALL, *, newest_first: bool = False) -> Iterator[Event]:
        """Yield the same as events."""
        return (stored.event for stored in self.records(wanted, newest_first=newest_first))

    def page(
        self, wanted: Filter = ALL, *, after: str | None = None, limit: int = 50, newest_first: bool = True
    ) -> Page:
        """Return the records after a cursor, and the next cursor."""
        with self._reads() as connection:
            return reading.read_page(connection, wanted, after=after, limit=limit, newest_first=newest_first)

    def find_record(self, id_or_key: str) -> StoredRecord | None:
        """Return the record of an id or a key, from the latest run that has it."""
        with self._reads() as connection:
            return reading.find_record(connection, id_or_key)

    def find_records(self, numbers: Iterable[int]) -> dict[int, StoredRecord]:
        """Return the records of these numbers, as a story's members have them."""
        with self._reads() as connection:
            return reading.read_numbers(connection, numbers)

    def records_of(self, article_id: str) -> tuple[StoredRecord, ...]:
        """Return the records of an article's latest run, reprint or not, struck out or not, in text order."""
        with self._reads() as connection:
            return reading.records_of(connection, article_id)

    def count(self, wanted: Filter = ALL) -> int:
        """Return how many records are wanted."""
        with self._reads() as connection:
            return totals.count_records(connection, wanted)

    def facets(
        self, wanted: Filter = ALL, names: Sequence[str] = FACETS, *, limit: int = 20
    ) -> dict[str, tuple[Count, ...]]:
        """Return how many of the records wanted have each value of each name, the most frequent first."""
        with self._reads() as connection:
            return totals.count_facets(connection, wanted, names, limit)

    def series(self, wanted: Filter = ALL, *, unit: str = "day", by: Sequence[str] = ()) -> tuple[SeriesRow, ...]:
        """Return counts and sums a day, week, month or year, split by event, status or quad. Periods without records have no row."""
        with self._reads() as connection:
            return series.count_series(connection, wanted, unit=unit, by=tuple(by))

    def dyads(self, wanted: Filter = ALL, *, limit: int = 100) -> tuple[DyadRow, ...]:
        """Return who acts on whom, the most frequent first."""
        with self._reads() as connection:
            return series.count_dyads(connection, wanted, limit)

    def find_article(self, article_id: str) -> StoredArticle | None:
        """Return the article of an id."""
        with self._reads() as connection:
            return reading.find_article(connection, article_id)

    def articles(self, *, after: str | None = None, limit: int = 50) -> tuple[StoredArticle, ...]:
        """Return the articles whose ids follow ``after``, by id."""
        with self._reads() as connection:
            return reading.list_articles(connection, after=after, limit=limit)

    def search(self, query: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Return the articles that a search finds, the best match first. Raises SettingsError where it asks for nothing."""
        with self._reads() as connection:
            return reading.search_articles(connection, query, limit)

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, the oldest first."""
        with self._reads() as connection:
            return runs.list_runs(connection)

    def compare_runs(self, before: str, after: str) -> Iterator[Change]:
        """Yield what one run added, removed and changed against another, in the articles that both coded."""
        with self._reads() as connection:
            yield from runs.compare_runs(connection, before, after)

    def rejections(self, run: str | None = None) -> Iterator[StoredRejection]:
        """Yield the rejections of one run, or of all."""
        with self._reads() as connection:
            yield from reading.stream_rejections(connection, run)

    def find_imported(self, number: int) -> Imported | None:
        """Return the row from which the record of a number was imported; None for our own."""
        with self._reads() as connection:
            return reading.find_imported(connection, number)

    def info(self) -> dict[str, int | str]:
        """Return how much of everything the store holds."""
        with self._reads() as connection:
            return check.describe(connection)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the store, a line each; nothing where all is well."""
        with self._reads() as connection:
            return check.find_faults(connection)

    # Corrections

    def correct(
        self, record_id: str, field: str, value: Any, *, who: str, note: str = "", made: str | None = None
    ) -> Correction:
        """Correct a field of a record, from now on and in later runs. Raises SettingsError for a field or value that cannot be."""
        with self._writes() as connection:
            return correcting.correct(connection, record_id, field, value, who=who, note=note, made=made or now())

    def undo_correction(self, number: int, *, who: str, made: str | None = None) -> Correction:
        """Take a correction back; the log keeps it."""
        with self._writes() as connection:
            return correcting.undo(connection, number, who, made or now())

    def corrections(self, *, record_id: str | None = None, article_id: str | None = None) -> tuple[Correction, ...]:
        """Return the corrections, undone ones too, in the order in which they were made."""
        with self._reads() as connection:
            return correcting.list_corrections(connection, record_id=record_id, article_id=article_id)

    # Stories

    def put_stories(self, found: Iterable[StoredStory]) -> int:
        """Put these stories in place of all that were there, in one transaction; return how many there are."""
        with self._writes() as connection:
            return stories.put_stories(connection, found)

    def stories(self, wanted: Filter = ALL, *, newest_first: bool = True) -> Iterator[StoredStory]:
        """Yield the stories that have a record that is wanted, by date, then id."""
        with self._reads() as connection:
            yield from stories.stream_stories(connection, wanted, newest_first=newest_first)

    def rank_stories(
        self, wanted: Filter, weigh: Callable[[str, int, float, str], float], limit: int
    ) -> tuple[tuple[StoredStory, float], ...]:
        """Return the heaviest stories that have a record wanted, with their weights; of equal ones, the first by id.

        ``weigh`` gets a story's first day, its number of reports, and its best record's score and status.
        """
        with self._reads() as connection:
            rows = stories.weigh_stories(connection, wanted)
            weights = {name: weigh(*weighed) for name, *weighed in rows}
            best = heapq.nsmallest(limit, weights, key=lambda name: (-weights[name], name))
            found = {one.id: one for one in stories.find_stories(connection, best)}
        return tuple((found[name], weights[name]) for name in best)

    def find_story(self, story_id: str) -> StoredStory | None:
        """Return the story of an id."""
        with self._reads() as connection:
            return stories.find_story(connection, stories.is_named(story_id))

    def story_of(self, record_number: int) -> StoredStory | None:
        """Return the story that holds the record of a number."""
        with self._reads() as connection:
            return stories.find_story(connection, stories.holds(record_number))

    def decide(
        self,
        action: Literal["join", "split"],
        first: str,
        second: str,
        *,
        who: str,
        note: str = "",
        made: str | None = None,
    ) -> Decision:
        """Write down a user's word that two records, named by their keys, do or do not tell of one event."""
        with self._writes() as connection:
            return stories.log_decision(connection, action, first, second, who=who, note=note, made=made or now())

    def undo_decision(self, number: int, *, who: str, made: str | None = None) -> Decision:
        """Take a decision back; the log keeps it."""
        with self._writes() as connection:
            return stories.undo_decision(connection, number, who, made or now())

    def decisions(self, *, with_undone: bool = False) -> tuple[Decision, ...]:
        """Return the decisions on stories in the order in which they were made."""
        with self._reads() as connection:
            return stories.list_decisions(connection, with_undone=with_undone)
