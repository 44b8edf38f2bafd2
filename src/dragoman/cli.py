"""The command line: one command a verb. Records go to standard output, everything else to standard error.

Exit codes: 0 done; 1 some input could not be read; 2 wrong usage or settings; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from dragoman import __version__
from dragoman.errors import DragomanError, OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.records import Article, Rejection

EXIT_DONE = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

app = typer.Typer(
    name="dragoman",
    help="Reads political news and writes down who did what to whom, when, where, and who says so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
corpus_app = typer.Typer(help="Annotated text: check it, count it.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
store_app = typer.Typer(
    help="A store: what it holds, whether it is whole, what differs between runs.", no_args_is_help=True
)
app.add_typer(store_app, name="store")


def main() -> NoReturn:
    """Run the command line and exit with the code that tells how it went."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    # Imported late: the command line must answer --help before the parts are loaded.
    from dragoman.ontology.faults import FaultyOntology

    try:
        outcome = app(arguments, prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else EXIT_DONE
    except typer.Exit as ended:
        return ended.exit_code
    except TyperException as error:
        _tell(f"{error.format_message()} Try 'dragoman --help'.")
        return EXIT_USAGE
    except FaultyOntology as error:
        for fault in error.faults:
            _tell(
                str(OntologyError(fault.key, where=error.where, expected=fault.expected, got=fault.got, fix=fault.fix))
            )
        return EXIT_USAGE
    except DragomanError as error:
        _tell(str(error))
        return EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort):
        _tell("interrupted")
        return EXIT_INTERRUPTED


def _tell(message: str) -> None:
    typer.echo(f"dragoman: {message}", err=True)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version


def _parse_date(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"expected an ISO date such as 2017-08-31, got {value!r}") from None


@app.command()
def code(
    files: Annotated[
        list[str], typer.Argument(help="Articles: files, folders, or - for standard input.", metavar="FILE...")
    ],
    published: Annotated[
        str | None, typer.Option("--date", help="Publication date of inputs that carry none.", metavar="YYYY-MM-DD")
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Outlet of inputs that name none.")] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", help="table, jsonl, json, csv or parquet. [default: table on a terminal, else jsonl]"
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    input_format: Annotated[
        str | None, typer.Option("--input-format", "-i", help="Read inputs as this format instead of finding out.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Write the cleaned text that offsets point into, and code nothing.")
    ] = False,
    actors: Annotated[
        Path | None, typer.Option("--actors", help="A CSV of your own actors, which win over ours.")
    ] = None,
    ontology: Annotated[
        Path | None, typer.Option("--ontology", help="Your own ontology file, in the form of plover.yaml.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", help="A folder of weights, or lexical. [default: the embedded English reader]"),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Stop after this many articles.")] = None,
    error_file: Annotated[
        Path | None, typer.Option("--error-file", help="Also write what could not be read to this file, as JSON Lines.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress; errors only.")] = False,
) -> int:
    """Read articles and write their event records."""
    from itertools import islice

    from dragoman.console import Report, write_events, write_texts
    from dragoman.ingest import read_articles
    from dragoman.pipeline import load_coder

    day = _parse_date(published)
    articles: Iterator[Article | Rejection] = read_articles(files, published=day, outlet=outlet, format=input_format)
    articles = islice(articles, limit)
    with Report(error_file, quiet=quiet) as report:
        try:
            if text:
                write_texts(articles, output, output_format, report)
            else:
                write_events(
                    report.watch(load_coder(actors=actors, ontology=ontology, model=model).code_articles(articles)),
                    output,
                    output_format,
                )
        except BrokenPipeError:
            # Whoever read our output has had enough (`dragoman code ... | head`); nothing may be flushed into the closed pipe at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_BROKEN_PIPE
        return EXIT_SOME_FAILED if report.n_rejected else EXIT_DONE


_Db = Annotated[
    str, typer.Option("--db", help="The store: a file, or postgresql://user@host/database.", envvar="DRAGOMAN_DB")
]


@app.command()
def ingest(
    paths: Annotated[
        list[str], typer.Argument(help="Articles: files, folders, or - for standard input.", metavar="PATH...")
    ],
    db: _Db,
    published: Annotated[
        str | None, typer.Option("--date", help="Publication date of inputs that carry none.", metavar="YYYY-MM-DD")
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Outlet of inputs that name none.")] = None,
    input_format: Annotated[
        str | None, typer.Option("--input-format", "-i", help="Read inputs as this format instead of finding out.")
    ] = None,
    actors: Annotated[
        Path | None, typer.Option("--actors", help="A CSV of your own actors, which win over ours.")
    ] = None,
    ontology: Annotated[
        Path | None, typer.Option("--ontology", help="Your own ontology file, in the form of plover.yaml.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", help="A folder of weights, or lexical. [default: the embedded English reader]"),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, help="Processes that code. [default: one a core]")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Stop after this many articles.")] = None,
    error_file: Annotated[
        Path | None, typer.Option("--error-file", help="Also write what could not be read to this file, as JSON Lines.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors only.")] = False,
) -> int:
    """Read articles, code them and keep all in a store; go on where an earlier run stopped."""
    from itertools import islice

    from dragoman.console import Report, describe_kept, ingest_paths, plan_ingest
    from dragoman.ingest import read_articles
    from dragoman.intake import Settings
    from dragoman.store import open_store

    day = _parse_date(published)
    articles = islice(read_articles(paths, published=day, outlet=outlet, format=input_format), limit)
    total, n_workers = plan_ingest(paths, limit, workers)
    settings = Settings(ontology=ontology, actors=actors, model=model)
    with open_store(db, create=True) as store, Report(error_file, quiet=quiet, total=total) as report:
        kept = ingest_paths(store, articles, settings, n_workers, report)
    if not quiet:
        _tell(describe_kept(kept))
    return EXIT_SOME_FAILED if kept.n_rejected else EXIT_DONE


@store_app.command("info")
def show_store(db: _Db) -> None:
    """Say how much of everything a store holds."""
    from dragoman.store import open_store

    with open_store(db) as store:
        for name, value in store.info().items():
            typer.echo(f"{name}: {value}")


@store_app.command("check")
def check_store(db: _Db) -> int:
    """Say whether a store is whole and its counts agree. Exit code 1 if not."""
    from dragoman.store import open_store

    with open_store(db) as store:
        faults = store.check()
    for fault in faults or ("all is well",):
        typer.echo(fault)
    return EXIT_SOME_FAILED if faults else EXIT_DONE


@store_app.command("runs")
def list_runs(db: _Db) -> None:
    """List the runs, the oldest first: which coder, model, codebook and knowledge made what."""
    from dragoman.store import open_store

    with open_store(db) as store:
        for run in store.runs():
            key = run.key
            made_by = ", ".join(
                (key.source or key.coder, key.model, key.codebook, key.knowledge or "no knowledge date")
            )
            counts = f"{run.n_articles} articles, {run.n_records} records, {run.n_rejections} rejections"
            typer.echo(f"{run.id}: {made_by}: {counts}")


@store_app.command("compare")
def compare_store_runs(
    before: Annotated[str, typer.Argument(help="The id of a run.")],
    after: Annotated[str, typer.Argument(help="The id of a later run.")],
    db: _Db,
) -> None:
    """Show what one run added, removed and changed against another, as JSON Lines."""
    import json

    from dragoman.store import open_store

    with open_store(db) as store:
        for change in store.compare_runs(before, after):
            entry = {"kind": change.kind, "article": change.article, "fields": change.fields}
            typer.echo(json.dumps({**entry, "before": change.before, "after": change.after}, ensure_ascii=False))


@app.command()
def relate(
    file: Annotated[
        str, typer.Argument(help="JSON Lines of id, text, source, target; - for standard input.", metavar="FILE")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="A folder of weights.")] = None,
) -> int:
    """Give the probability of each of the 16 types for marked pairs of spans."""
    from dragoman.console import Report, relate_pairs

    with Report(None, quiet=True) as report:
        relate_pairs(file, output, model, report)
        return EXIT_SOME_FAILED if report.n_rejected else EXIT_DONE


@app.command()
def schema(
    ontology: Annotated[Path | None, typer.Option("--ontology", help="Your own ontology file.")] = None,
) -> None:
    """Print the JSON Schema of the event record."""
    import json

    from dragoman.export import build_schema
    from dragoman.ontology import load_ontology

    typer.echo(json.dumps(build_schema(load_ontology(ontology)), indent=2))


@app.command()
def evaluate(
    benchmarks: Annotated[
        list[str] | None, typer.Argument(help="Names of benchmarks; all if none is named.", metavar="[BENCHMARK]...")
    ] = None,
    data: Annotated[
        Path, typer.Option("--data", help="The folder that holds the gold files.", envvar="DRAGOMAN_DATA")
    ] = Path("../shared"),
    details: Annotated[bool, typer.Option("--details", help="Also list what was missed, invented and wrong.")] = False,
) -> None:
    """Measure the coder against gold and print the table."""
    from dragoman.evaluate import run_benchmarks

    for line in run_benchmarks(benchmarks or [], data, details=details):
        typer.echo(line)


@app.command()
def train(
    output: Annotated[Path, typer.Argument(help="The folder to write the new reader to.")],
    corpus: Annotated[Path, typer.Option("--corpus", help="Annotated documents.")] = Path("corpus"),
    shared: Annotated[
        Path, typer.Option("--data", help="The folder of open corpora; used where present.", envvar="DRAGOMAN_DATA")
    ] = Path("../shared"),
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="Times over the corpus.")] = 12,
    limit_minutes: Annotated[
        float | None, typer.Option("--limit-minutes", help="Start no epoch that would end later.")
    ] = None,
    start: Annotated[
        Path | None, typer.Option("--start", help="Start from the weights of an earlier checkpoint.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The seed of all that is drawn.")] = 2026,
) -> None:
    """Train a reader on annotated documents. Goes on from its checkpoint after a stop. Needs the extra 'train'."""
    from dragoman.console import train_reader
    from dragoman.train.recipe import Recipe

    train_reader(corpus, shared, output, Recipe(epochs=epochs, limit_minutes=limit_minutes, seed=seed, start=start))


@app.command()
def doctor() -> None:
    """Say what is installed, which model, which knowledge date, and whether all works."""
    from dragoman.doctor import examine

    healthy = True
    for finding in examine():
        typer.echo(str(finding))
        healthy = healthy and finding.is_well
    if not healthy:
        raise typer.Exit(EXIT_SOME_FAILED)


@corpus_app.command("check")
def check_corpus(
    paths: Annotated[list[Path], typer.Argument(help="Corpus files or folders.", metavar="PATH...")],
    balance: Annotated[bool, typer.Option("--balance", help="Also print how the corpus is balanced.")] = False,
) -> int:
    """Check annotated documents: form, legal codes, links, dates, duplicates."""
    from dragoman.annotate import check_files, describe_balance

    outcome = check_files(paths)
    for problem in outcome.problems:
        typer.echo(problem, err=True)
    if balance:
        for line in describe_balance(outcome.documents):
            typer.echo(line)
    n_sentences = sum(len(document.sentences) for document in outcome.documents)
    typer.echo(f"{len(outcome.documents)} good documents, {n_sentences} sentences, {len(outcome.problems)} problems")
    return EXIT_SOME_FAILED if outcome.problems else EXIT_DONE
