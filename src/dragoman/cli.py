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
                coder = load_coder(actors=actors, ontology=ontology, model=model)
                n_left = write_events(report.watch(coder.code_articles(articles)), output, output_format)
                if n_left and not quiet:
                    _tell(f"{n_left} records left out, of which {output_format} cannot tell")
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
    link: Annotated[
        bool, typer.Option("--link/--no-link", help="Link the store's records into stories at the end.")
    ] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors only.")] = False,
) -> int:
    """Read articles, code them and keep all in a store; go on where an earlier run stopped."""
    from itertools import islice

    from dragoman.analyse import is_linked, relink_store
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
        n_stories = relink_store(store) if link and not is_linked(store) else None
    if not quiet:
        _tell(describe_kept(kept))
        if n_stories is not None:
            _tell(f"{n_stories} stories")
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


_Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", help="table, jsonl, json, csv or parquet. [default: table on a terminal, else jsonl]"
    ),
]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
_Actor = Annotated[str | None, typer.Option("--actor", help="One side: PRK, PRK/MIL, PRK,CHN or a group, @EU.")]
_Recipient = Annotated[str | None, typer.Option("--recipient", help="The other side, in the same form.")]
_Groups = Annotated[Path | None, typer.Option("--groups", help="A YAML file of your own groups.")]
_Since = Annotated[str | None, typer.Option("--since", help="From this day on.", metavar="YYYY-MM-DD")]
_Until = Annotated[str | None, typer.Option("--until", help="Up to this day.", metavar="YYYY-MM-DD")]
_Status = Annotated[list[str] | None, typer.Option("--status", help="Statuses that count. [default: actual]")]
_Unit = Annotated[str, typer.Option("--unit", help="day, week or month.")]


@app.command()
def stories(
    db: _Db,
    actor: _Actor = None,
    recipient: _Recipient = None,
    groups: _Groups = None,
    since: _Since = None,
    until: _Until = None,
    least: Annotated[int, typer.Option("--reports", min=1, help="Only events told in so many reports.")] = 1,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    relink: Annotated[bool, typer.Option("--relink", help="Link all records anew first.")] = False,
    output_format: _Format = None,
    output: _Output = None,
) -> None:
    """List the events of a store with all their reports, the most reported first."""
    from dragoman.analyse import relink_store
    from dragoman.analyse.answers import STORY_COLUMNS, STORY_SHOWN, tell_stories
    from dragoman.console import narrow_filter, write_answer
    from dragoman.store import open_store

    sides, wanted = narrow_filter(actor, recipient, groups, _parse_date(since), _parse_date(until), None)
    del sides
    with open_store(db) as store:
        if relink or not any(True for _ in store.stories()):
            _tell(f"{relink_store(store)} stories")
        rows = tell_stories(store, wanted, least=least, limit=limit)
        write_answer(rows, STORY_COLUMNS, STORY_SHOWN, output, output_format)


@app.command()
def dyads(
    db: _Db,
    actor: _Actor = None,
    recipient: _Recipient = None,
    groups: _Groups = None,
    since: _Since = None,
    until: _Until = None,
    status: _Status = None,
    unit: _Unit = "month",
    by: Annotated[list[str] | None, typer.Option("--by", help="Split by event, quad or status.")] = None,
    least: Annotated[
        int, typer.Option("--reports", min=1, help="Count events told in so many reports, each once.")
    ] = 1,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many dyads.")] = 100,
    output_format: _Format = None,
    output: _Output = None,
) -> None:
    """Say who acts on whom; with --actor and --recipient, the series of that pair both ways."""
    from dragoman.analyse import answers
    from dragoman.analyse.periods import read_unit
    from dragoman.console import narrow_filter, write_answer
    from dragoman.store import open_store

    sides, wanted = narrow_filter(actor, recipient, groups, _parse_date(since), _parse_date(until), status)
    wanted, periods = answers.narrow_to_reports(wanted, least), read_unit(unit)
    with open_store(db) as store:
        if sides is None:
            rows, columns = answers.tell_network(store, wanted, limit=limit), answers.EDGE_COLUMNS
        else:
            wanted = answers.forget_sides(wanted)
            rows, columns = answers.tell_dyad(store, sides, wanted, periods, by or ()), answers.SERIES_COLUMNS
            _tell(answers.describe_reciprocity(store, sides, wanted, periods))
        write_answer(rows, columns, columns, output, output_format)


@app.command()
def alerts(
    db: _Db,
    actor: _Actor = None,
    recipient: _Recipient = None,
    groups: _Groups = None,
    since: _Since = None,
    until: _Until = None,
    status: _Status = None,
    unit: _Unit = "month",
    false_alarms: Annotated[
        str, typer.Option("--false-alarms", help='False alarms to bear, such as "1 per 100 dyad-months".')
    ] = "1 per 100",
    changes: Annotated[bool, typer.Option("--changes", help="Changes of level seen afterwards instead.")] = False,
    fewest: Annotated[int, typer.Option("--fewest", min=1, help="Watch dyads with so many records.")] = 20,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Watch at most so many dyads.")] = 100,
    output_format: _Format = None,
    output: _Output = None,
) -> None:
    """List rises and falls of conflict and cooperation that a dyad's own past does not explain."""
    from dragoman.analyse import Watch, answers, find_alerts, find_dyad_changes, list_dyads, read_rate
    from dragoman.analyse.periods import read_unit
    from dragoman.console import narrow_filter, write_answer
    from dragoman.store import open_store

    sides, wanted = narrow_filter(actor, recipient, groups, None, None, status)
    periods = read_unit(unit)
    watch = Watch(periods, read_rate(false_alarms, periods), _parse_date(since), _parse_date(until), fewest)
    with open_store(db) as store:
        pairs = (sides, sides[::-1]) if sides else list_dyads(store, wanted, watch, limit=limit)
        base = answers.forget_sides(wanted)
        if changes:
            rows = map(answers.write_change, find_dyad_changes(store, pairs, watch, base))
            write_answer(rows, answers.CHANGE_COLUMNS, answers.CHANGE_COLUMNS, output, output_format)
        else:
            rows = map(answers.write_alert, find_alerts(store, pairs, watch, base))
            write_answer(rows, answers.ALERT_COLUMNS, answers.ALERT_COLUMNS[:-1], output, output_format)


@app.command("import")
def import_data(
    files: Annotated[
        list[str],
        typer.Argument(help="Files of event data, plain, .gz or .zip; - for standard input.", metavar="FILE..."),
    ],
    data_set: Annotated[str, typer.Option("--from", help="gdelt, icews, polecat, ucdp, acled or plover.")],
    db: _Db,
    release: Annotated[str, typer.Option("--release", help="The data set's version, for the records to tell.")] = "",
    rows: Annotated[bool, typer.Option("--rows/--no-rows", help="Keep each row as it was beside its record.")] = True,
    error_file: Annotated[
        Path | None, typer.Option("--error-file", help="Also write what could not be read to this file, as JSON Lines.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors only.")] = False,
) -> int:
    """Take event data that already exists into a store, so that series, alerts and the desk work on it."""
    from dragoman.console import Report, describe_import, import_files
    from dragoman.imports import find_importer
    from dragoman.store import open_store

    find_importer(data_set)
    with open_store(db, create=True) as store, Report(error_file, quiet=quiet, unit="rows") as report:
        kept, left_out = import_files(store, files, data_set, release, report, with_rows=rows)
    for line in () if quiet else describe_import(kept, left_out):
        _tell(line)
    return EXIT_SOME_FAILED if kept.n_rejected else EXIT_DONE


@app.command("export")
def export_records(
    output: Annotated[Path, typer.Argument(help="The file to write; - for standard output.", metavar="OUT")],
    db: _Db,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="plover, polecat, gdelt, gdelt-mentions, icews, phoenix, petrarch, acled, parquet, csv, jsonl, json or table.",
        ),
    ],
    actor: _Actor = None,
    recipient: _Recipient = None,
    groups: _Groups = None,
    since: _Since = None,
    until: _Until = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="Only these statuses. [default: all]")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary; errors only.")] = False,
) -> int:
    """Write the records of a store in other people's formats."""
    from dragoman.console import export_store, narrow_filter
    from dragoman.store import open_store

    _, wanted = narrow_filter(actor, recipient, groups, _parse_date(since), _parse_date(until), status)
    with open_store(db) as store:
        try:
            n_written, n_left = export_store(store, wanted, to, None if str(output) == "-" else output)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_BROKEN_PIPE
    if not quiet:
        left = f", {n_left} left out, of which {to} cannot tell" if n_left else ""
        _tell(f"{n_written} records written{left}")
    return EXIT_DONE


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
def serve(
    db: Annotated[str, typer.Option("--db", help="The store: a file, or a postgresql:// URL.")],
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    token: Annotated[
        str | None, typer.Option("--token", help="What lets a browser write; needed with another --host.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="A folder of weights, or lexical.")] = None,
) -> None:
    """Open the desk, a web page to read, check and correct a store, and its HTTP API. Needs the extra 'desk'."""
    from dragoman.intake import Settings
    from dragoman.serve.server import serve_desk

    serve_desk(
        db, Settings(model=model), host=host, port=port, token=token, tell=lambda line: typer.echo(line, err=True)
    )


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


@corpus_app.command("from-corrections")
def corpus_from_corrections(
    store: Annotated[str, typer.Argument(help="The store that was corrected.", metavar="STORE")],
    output: Annotated[Path, typer.Argument(help="Where to write the documents.", metavar="OUT")],
) -> int:
    """Turn an analyst's corrections into annotated documents, for dragoman corpus check and dragoman train."""
    from dragoman.annotate.writer import write_documents
    from dragoman.serve.teach import teach
    from dragoman.store import open_store

    with open_store(store) as opened:
        taught = teach(opened)
    output.write_text(write_documents(taught.documents), "utf-8")
    for line in taught.left_out:
        typer.echo(f"left out: {line}", err=True)
    typer.echo(f"{len(taught.documents)} documents, {len(taught.left_out)} left out")
    return EXIT_SOME_FAILED if taught.left_out else EXIT_DONE


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
