"""Articles in, a filled store out: read, code, keep, and go on where an earlier run stopped."""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path

from dragoman.code.assemble import identify_article
from dragoman.imports import NO_RELEASE, ForeignEvent, LeftOut, Outcome, find_importer, read_foreign
from dragoman.ingest.reader import STANDARD_INPUT
from dragoman.ontology import load_ontology
from dragoman.pipeline import Coded, Coder, load_coder
from dragoman.records import Article, Document, Rejection
from dragoman.store import Coding, Imported, Kept, Run, RunKey, Store, sketch_text

BATCH = 32
"""Articles that are coded, and kept in one transaction, together; what is kept does not depend on it."""
_BATCHES_AHEAD = 2
"""Batches that each worker may have waiting: enough to keep it busy, few enough to hold in memory."""
_FIELD_LIMIT = 1 << 27
IMPORT_BATCH = 1000
"""Rows of others' event data that are kept in one transaction."""
_FEW = 2 * BATCH

CodingOutcome = Coding | Rejection


@dataclass(frozen=True, slots=True)
class Settings:
    """What the coder is made of: an ontology file, a list of actors, a folder of weights or "lexical"; None is ours."""

    ontology: Path | None = None
    actors: Path | None = None
    model: str | None = None

    def load(self) -> Coder:
        """Return the coder; a worker process, of which there is one a core, reads with one thread.

        Raises SettingsError where a part is faulty.
        """
        n_threads = None if parent_process() is None else 1
        return load_coder(ontology=self.ontology, actors=self.actors, model=self.model, n_threads=n_threads)


@dataclass(frozen=True, slots=True)
class Step:
    """One batch done: what was kept, now safely in the store, and what was rejected."""

    kept: Kept
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some inputs in order: those to code, those rejected on reading, and the articles that the run has already."""

    inputs: tuple[Article | Rejection, ...]
    known: tuple[tuple[str, Article], ...]


def ingest(
    store: Store, articles: Iterable[Article | Rejection], settings: Settings, *, workers: int = 1
) -> Iterator[Step]:
    """Yield a step for each batch of articles coded and kept, in the order of the articles.

    What the store holds from the same run is passed over, so that a run broken off goes on where it stopped. With several ``workers``, that
    many processes code; the store's content is the same with any number. Raises SettingsError where a part of the coder is faulty.
    """
    with _open_workers(settings, workers) as coders:
        run = store.start_run(coders.run_key)
        batches = (_sort_batch(store, run, batch) for batch in _batched(articles))
        for batch, outcomes in coders.code(batches):
            rejections = tuple(one for one in outcomes if isinstance(one, Rejection))
            yield Step(store.keep(run, outcomes, batch.known), rejections)


@dataclass(frozen=True, slots=True)
class ImportStep:
    """Some rows of others' event data done: what was kept, what was rejected, and why good rows were left out (with how many)."""

    kept: Kept
    rejections: tuple[Rejection, ...]
    left_out: Mapping[str, int]


def import_events(
    store: Store, path: str, data_set: str, *, release: str = "", with_rows: bool = True
) -> Iterator[ImportStep]:
    """Yield a step for each batch of rows of a file of others' event data kept in a store, in the order of the file.

    ``data_set`` is one of ``dragoman.imports.list_importers()``; it becomes the records' source. ``release`` is the data set's version, for
    run and records to tell. ``with_rows`` also keeps each row as it was, about as large again. What the store has from the same data set
    is passed over, so that an import broken off goes on where it stopped. Raises SettingsError for an unknown data set.
    """
    importer = find_importer(data_set)
    run = store.start_run(RunKey(importer.CODER, release or NO_RELEASE, importer.CODEBOOK, source=data_set))
    outcomes = read_foreign(path, data_set, release)
    while batch := tuple(islice(outcomes, IMPORT_BATCH)):
        yield _keep_foreign(store, run, batch, with_rows=with_rows)


def _keep_foreign(store: Store, run: Run, batch: Sequence[Outcome], *, with_rows: bool) -> ImportStep:
    events = (one for one in batch if isinstance(one, ForeignEvent))
    kept = store.keep_imported(run, (Imported(one.key, one.event, one.raw if with_rows else {}) for one in events))
    rejections = tuple(one for one in batch if isinstance(one, Rejection))
    if rejections:
        kept += store.keep(run, rejections)
    return ImportStep(kept, rejections, Counter(one.reason for one in batch if isinstance(one, LeftOut)))


def key_of_run(coder: Coder, settings: Settings) -> RunKey:
    """Return what makes the run: coder, model, codebook, date of knowledge, and the content of a user's own files."""
    made = coder.provenance
    files = (("actors", settings.actors), ("ontology", settings.ontology))
    options = tuple((name, _hash_file(path)) for name, path in files if path is not None)
    return RunKey(made.coder, made.model, made.codebook, coder.resolver.knowledge_as_of.isoformat(), options)


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _batched(articles: Iterable[Article | Rejection]) -> Iterator[tuple[Article | Rejection, ...]]:
    stream = iter(articles)
    while batch := tuple(islice(stream, BATCH)):
        yield batch


def _sort_batch(store: Store, run: Run, inputs: Sequence[Article | Rejection]) -> _Batch:
    """Tell apart what is to be coded and what the run has already."""
    ids = {number: identify_article(one) for number, one in enumerate(inputs) if isinstance(one, Article)}
    seen = store.seen(run, ids.values())
    known = {number: name for number, name in ids.items() if name in seen}
    return _Batch(
        tuple(one for number, one in enumerate(inputs) if number not in known),
        tuple((name, one) for number, name in known.items() if isinstance(one := inputs[number], Article)),
    )


class _OneProcess:
    """Codes in this process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.run_key = _describe(settings)

    def code(self, batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, Sequence[CodingOutcome]]]:
        for batch in batches:
            yield batch, _code_batch(self._settings, batch.inputs)


class _ManyProcesses:
    """Codes in worker processes, some batches ahead, and hands on what they made in the order of the input."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings, self._workers = settings, workers
        load_ontology(settings.ontology)  # its faults are told in full here, not through another process
        self._pool = _start_pool(workers)
        self.run_key = self._pool.submit(_describe, settings).result()

    def code(self, batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, Sequence[CodingOutcome]]]:
        ahead = deque[tuple[_Batch, Future[list[CodingOutcome]]]]()
        for batch in batches:
            ahead.append((batch, self._submit(batch)))
            if len(ahead) > _BATCHES_AHEAD * self._workers:
                yield self._take(ahead)
        while ahead:
            yield self._take(ahead)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, batch: _Batch) -> Future[list[CodingOutcome]]:
        try:
            return self._pool.submit(_code_batch, self._settings, batch.inputs)
        except BrokenProcessPool as error:
            broken = Future[list[CodingOutcome]]()
            broken.set_exception(error)
            return broken

    def _take(self, ahead: deque[tuple[_Batch, Future[list[CodingOutcome]]]]) -> tuple[_Batch, Sequence[CodingOutcome]]:
        batch, future = ahead.popleft()
        try:
            return batch, future.result()
        except BrokenProcessPool:
            # One article took its worker along, and the pool with it: find it, and let the others be coded after all.
            self.close()
            self._pool = _start_pool(self._workers)
            waiting = [(later, self._submit(later)) for later, _ in ahead]
            ahead.clear()
            ahead.extend(waiting)
            return batch, [one for given in batch.inputs for one in _code_alone(self._settings, given)]


def _code_alone(settings: Settings, given: Article | Rejection) -> list[CodingOutcome]:
    """Code one article in a process of its own; if that dies, the article is rejected."""
    if isinstance(given, Rejection):
        return [given]
    with _start_pool(1) as pool:
        try:
            return pool.submit(_code_batch, settings, (given,)).result()
        except BrokenProcessPool:
            return [Rejection(given.origin, "read", "internal error: the process that coded it died; please report it")]


def _start_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow_parent)


@contextmanager
def _open_workers(settings: Settings, workers: int) -> Iterator[_OneProcess | _ManyProcesses]:
    if workers == 1:
        yield _OneProcess(settings)
        return
    many = _ManyProcesses(settings, workers)
    try:
        yield many
    finally:
        many.close()


def _follow_parent() -> None:
    """Leave an interrupt to the parent, and end when it ends, even by kill -9."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


@cache
def _load_once(settings: Settings) -> Coder:
    return settings.load()


def _describe(settings: Settings) -> RunKey:
    return key_of_run(_load_once(settings), settings)


def _code_batch(settings: Settings, inputs: Sequence[Article | Rejection]) -> list[CodingOutcome]:
    coded = _load_once(settings).code_articles(inputs)
    return [one if isinstance(one, Rejection) else _to_coding(one) for one in coded]


def _to_coding(coded: Coded) -> Coding:
    document = coded.document
    article_id = identify_article(document.article)
    return Coding(document.article, article_id, document.text, coded.events, sketch_text(_body_of(document)))


def _body_of(document: Document) -> str:
    """Return the text without its headline, which reprints change."""
    return " ".join(one.span.quote(document.text) for one in document.sentences if not one.is_headline)


def choose_workers(n_articles: int | None) -> int:
    """Return how many processes to code with: one a core, or one alone where so few articles do not repay starting more."""
    if n_articles is not None and n_articles <= _FEW:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def estimate_articles(paths: Iterable[str]) -> int | None:
    """Return about how many articles the inputs hold, for a progress bar; None where that cannot be told beforehand."""
    total = 0
    for path in paths:
        n_articles = None if path == STANDARD_INPUT else _estimate(Path(path))
        if n_articles is None:
            return None
        total += n_articles
    return total


def _estimate(path: Path) -> int | None:
    if path.is_dir():
        inside = (str(one) for one in path.iterdir() if not one.name.startswith("."))
        return estimate_articles(inside)
    if not path.is_file():
        return 1
    kinds = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    counter = _COUNTERS.get(kinds[-1] if kinds else "", _count_unknown)
    try:
        return counter(path)
    except (OSError, UnicodeError, csv.Error):
        return None


def _count_lines(path: Path) -> int:
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    with opener(path, "rb") as stream:
        return sum(1 for line in stream if line.strip())


def _count_rows(path: Path) -> int | None:
    if path.suffix.lower() == ".gz":
        return None
    csv.field_size_limit(min(sys.maxsize, _FIELD_LIMIT))
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        return max(0, sum(1 for row in csv.reader(stream) if row) - 1)


def _count_one(_: Path) -> int:
    return 1


def _count_unknown(_: Path) -> None:
    return None


_COUNTERS: dict[str, Callable[[Path], int | None]] = {
    ".jsonl": _count_lines,
    ".ndjson": _count_lines,
    ".csv": _count_rows,
    ".txt": _count_one,
    ".html": _count_one,
    ".htm": _count_one,
}
