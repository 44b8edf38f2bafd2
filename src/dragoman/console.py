"""What the command line shows and writes: records to standard output or a file, progress and errors to standard error."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from dragoman.errors import DragomanError, MissingExtra, SettingsError
from dragoman.export import find_format, fits_format
from dragoman.export.printable import escape_controls
from dragoman.intake import Settings, choose_workers, estimate_articles, import_events, ingest
from dragoman.pipeline import Coded
from dragoman.read import NeuralReader, Pair
from dragoman.records import Article, Event, Rejection, Span
from dragoman.segment import segment_articles
from dragoman.store import Kept, Store

if TYPE_CHECKING:
    from rich.progress import Progress

    from dragoman.analyse import Side
    from dragoman.store import Filter
    from dragoman.train.recipe import Recipe

_SUFFIX_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".txt": "table",
}
_MOST_REASONS = 10
_PAGE_BREAK = "\n\f\n"
"""Stands between the texts of several articles."""


class Report:
    """Shows progress and rejections on standard error, and keeps count. Used as a context."""

    def __init__(
        self, error_file: Path | None, *, quiet: bool, total: int | None = None, unit: str = "articles"
    ) -> None:
        self.n_rejected = 0
        self.n_coded = 0
        self._error_file = error_file
        self._stack = ExitStack()
        self._errors: BinaryIO | None = None
        self._progress = None if quiet or not sys.stderr.isatty() else _make_progress(total, unit)
        self._task = self._progress.add_task("coding", total=total, rate="") if self._progress else None

    def __enter__(self) -> Self:
        if self._error_file:
            self._errors = self._stack.enter_context(_open_output(self._error_file))
        if self._progress:
            self._stack.enter_context(self._progress)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def watch(self, outcomes: Iterable[Coded | Rejection]) -> Iterator[Coded]:
        """Yield what was coded; tell of what was not."""
        for outcome in outcomes:
            if isinstance(outcome, Rejection):
                self.reject(outcome)
            else:
                self.n_coded += 1
                yield outcome
            self.advance(1)

    def advance(self, n_articles: int) -> None:
        """Move the progress bar on."""
        if self._progress and self._task is not None:
            speed = self._progress.tasks[0].speed
            self._progress.update(self._task, advance=n_articles, rate=f"{speed:.1f}/s" if speed else "")

    def reject(self, rejection: Rejection) -> None:
        """Tell of an input that could not be coded, in one line."""
        self.n_rejected += 1
        line = escape_controls(f"dragoman: {rejection.origin}: {rejection.reason}")
        if self._progress:
            self._progress.console.print(line, markup=False, highlight=False)
        else:
            sys.stderr.write(line + "\n")
        if self._errors:
            entry = {"origin": rejection.origin, "stage": rejection.stage, "reason": rejection.reason}
            self._errors.write(json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _make_progress(total: int | None, unit: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    spinner, done, rate = SpinnerColumn(), TextColumn(f"{{task.completed}} {unit}"), TextColumn("{task.fields[rate]}")
    console = Console(stderr=True)
    if total is None:
        return Progress(spinner, done, rate, TimeElapsedColumn(), console=console, transient=True)
    columns = (spinner, BarColumn(), TextColumn("{task.completed} of about {task.total}"), rate, TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, speed_estimate_period=120)


def write_events(coded: Iterable[Coded], output: Path | None, format_name: str | None) -> int:
    """Write the events of all articles in the chosen format, as they come; return of how many it cannot tell."""
    events: Iterator[Event] = (event for one in coded for event in one.events)
    return _write_told(events, format_name or _default_format(output), output, "--format")[1]


def _write_told(events: Iterable[Event], format_name: str, output: Path | None, option: str) -> tuple[int, int]:
    chosen, can_tell = find_format(format_name, option=option), fits_format(format_name)
    n_events = [0, 0]

    def choose() -> Iterator[Event]:
        for event in events:
            is_told = can_tell(event)
            n_events[not is_told] += 1
            if is_told:
                yield event

    with _open_output(output) as stream:
        chosen.write(choose(), stream)
    return n_events[0], n_events[1]


def write_texts(
    articles: Iterable[Article | Rejection], output: Path | None, format_name: str | None, report: Report
) -> None:
    """Write the cleaned text of each article: plain, a form feed between articles, or as JSON Lines."""
    if format_name not in (None, "jsonl"):
        raise SettingsError("--text", where="--format", expected="jsonl, or nothing for plain text", got=format_name)
    with _open_output(output) as stream:
        for number, article in enumerate(_segment_all(articles, report)):
            stream.write(_render_text(article[0], article[1], number, as_line=format_name == "jsonl"))


def _segment_all(articles: Iterable[Article | Rejection], report: Report) -> Iterator[tuple[Article, str]]:
    for one in articles:
        for result in [one] if isinstance(one, Rejection) else segment_articles([one]):
            if isinstance(result, Rejection):
                report.reject(result)
            else:
                yield result.article, result.text


def _render_text(article: Article, text: str, number: int, *, as_line: bool) -> bytes:
    if as_line:
        return json.dumps({"source_id": article.source_id, "text": text}, ensure_ascii=False).encode("utf-8") + b"\n"
    return ((_PAGE_BREAK if number else "") + text).encode("utf-8")


def _default_format(output: Path | None) -> str:
    if output is not None:
        return _SUFFIX_FORMATS.get(output.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


@contextmanager
def _open_output(path: Path | None) -> Iterator[BinaryIO]:
    """Open standard output, or a file that appears under its name only when all of it is written."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(path)
    except OSError as error:
        raise SettingsError("cannot write the output", where=str(path), got=error.strerror or str(error)) from error


def narrow_filter(
    actor: str | None,
    recipient: str | None,
    groups: Path | None,
    since: date | None,
    until: date | None,
    status: list[str] | None,
) -> tuple[tuple[Side, Side] | None, Filter]:
    """Return the two sides where both are named, and the filter that the options ask for."""
    from dragoman.analyse import choose_dyad, load_groups, read_side
    from dragoman.store import Filter

    known = load_groups(groups)
    one, other = (read_side(side, known) if side else None for side in (actor, recipient))
    wanted = choose_dyad(one, other, Filter(since=since, until=until, status=tuple(status or ())))
    return ((one, other) if one and other else None), wanted


def import_files(
    store: Store, files: list[str], data_set: str, release: str, report: Report, *, with_rows: bool
) -> tuple[Kept, Counter[str]]:
    """Keep others' event data, telling of rejections; return how much was kept, and why good rows were left out."""
    kept, left_out = Kept(), Counter[str]()
    for file in files:
        for step in import_events(store, file, data_set, release=release, with_rows=with_rows):
            for rejection in step.rejections:
                report.reject(rejection)
            kept += step.kept
            left_out.update(step.left_out)
            report.advance(step.kept.n_coded + step.kept.n_known + step.kept.n_rejected)
    return kept, left_out


def describe_import(kept: Kept, left_out: Counter[str]) -> Iterator[str]:
    """Yield what an import did: a line of numbers, and the most frequent reasons why good rows were left out."""
    n_left = sum(left_out.values())
    yield f"{kept.n_coded} events kept, {kept.n_known} skipped as known, {n_left} left out, {kept.n_rejected} rejected"
    for reason, n_rows in left_out.most_common(_MOST_REASONS):
        yield f"left out: {n_rows} x {reason}"


def export_store(store: Store, wanted: Filter, format_name: str, output: Path | None) -> tuple[int, int]:
    """Write a store's records in other people's format, as they come; return how many were written and how many it cannot tell of."""
    return _write_told(store.events(wanted), format_name, output, "--to")


def write_answer(
    rows: Iterable[dict[str, Any]],
    columns: Sequence[str],
    shown: Sequence[str],
    output: Path | None,
    format_name: str | None,
) -> None:
    """Write the rows of an analysis in the chosen format; ``shown`` are the columns of a table for people."""
    from dragoman.analyse.table import write_rows

    with _open_output(output) as stream:
        write_rows(rows, columns, shown, stream, format_name or _default_format(output))


def relate_pairs(file: str, output: Path | None, model: str | None, report: Report) -> None:
    """Write, for each line of marked pairs, the probability of each type; a faulty line is told and passed over."""
    reader = NeuralReader() if model is None else NeuralReader(Path(model))
    with _open_output(output) as stream:
        for number, line in enumerate(_read_lines(file), 1):
            try:
                name, pair = _read_pair(line)
                (types,) = reader.relate([pair])
            except (ValueError, KeyError, TypeError, AttributeError, DragomanError) as error:
                expected = 'expected {"id", "text", "source": [start, end], "target": [start, end]}'
                report.reject(Rejection(f"{file}:{number}", "read", f"not a pair: {expected}, got {error!r}"))
                continue
            stream.write(json.dumps({"id": name, "types": types}, ensure_ascii=False).encode("utf-8") + b"\n")


def _read_lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from (line for line in sys.stdin.buffer if line.strip())
        return
    try:
        with Path(file).open("rb") as stream:
            yield from (line for line in stream if line.strip())
    except OSError as error:
        raise SettingsError("cannot be opened", where=file, got=error.strerror or str(error)) from error


def _read_pair(line: bytes) -> tuple[object, Pair]:
    entry = json.loads(line)
    (source_start, source_end), (target_start, target_end) = entry["source"], entry["target"]
    source, target = Span(int(source_start), int(source_end)), Span(int(target_start), int(target_end))
    return entry.get("id"), Pair(str(entry["text"]), source, target)


def train_reader(corpus: Path, shared: Path, output: Path, recipe: Recipe) -> None:
    """Train a reader, with its progress on standard error."""
    try:
        from dragoman.train.train import train
    except ImportError as error:
        raise MissingExtra(f"{error.name} is not installed", fix="run: pip install 'dragoman[train]'") from error

    def tell(line: str) -> None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    train(corpus, output, recipe, tell=tell, shared=shared)


def ingest_paths(
    store: Store, articles: Iterable[Article | Rejection], settings: Settings, workers: int, report: Report
) -> Kept:
    """Code and keep the articles, telling of progress and rejections; return how much was kept."""
    kept = Kept()
    for step in ingest(store, articles, settings, workers=workers):
        for rejection in step.rejections:
            report.reject(rejection)
        kept += step.kept
        report.advance(step.kept.n_coded + step.kept.n_known + step.kept.n_rejected)
    return kept


def plan_ingest(paths: list[str], limit: int | None, workers: int | None) -> tuple[int | None, int]:
    """Return about how many articles there are to do, None where that is not known, and with how many processes to do them."""
    total = estimate_articles(paths)
    total = total if limit is None else min(limit, total if total is not None else limit)
    return total, workers or choose_workers(total)


def describe_kept(kept: Kept) -> str:
    """Return what an ingest did, in one line."""
    return (
        f"{kept.n_coded} coded into {kept.n_records} records, {kept.n_known} skipped as known, "
        f"{kept.n_copies} copies, {kept.n_rejected} rejected"
    )
