"""What the store takes: series over a million records, ingest, kill -9, and how well copies are told.

    python benchmarks/store.py series [--records 1000000] [--db URL]    pages, counts and series over so many records
    python benchmarks/store.py ingest [--articles 10000] [--model lexical] [--workers 2] [--db URL]
    python benchmarks/store.py kill [--times 20] [--articles 400]     kills `dragoman ingest` in the middle, resumes, compares all tables
    python benchmarks/store.py copies [--texts 2000]                    recall and false alarms of the sketches on changed texts

All articles and records are drawn from fixed seeds; nothing is read from outside.
"""
# ruff: noqa: S603 - our own command

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from dragoman.records import Actor, Citation, Evidence, Moment, Provenance, Span, Status
from dragoman.records.event import Event
from dragoman.store import Filter, Imported, RunKey, Store, open_store, sketch_text
from dragoman.store.copies import bands_of, is_copy
from dragoman.store.schema import metadata

CODES = [f"{first}{second}{third}" for first in "ABCDE" for second in "FGHIJ" for third in "KLMNO"]
KINDS = (("CONSULT", 1, 2.5, "040"), ("AID", 2, 7.0, "070"), ("ACCUSE", 3, -2.0, "110"), ("ASSAULT", 4, -9.0, "190"))
PLACES = ("Chad", "Mali", "Poland", "Russia", "France", "Japan", "China", "Niger", "Kenya", "Ghana", "Iran", "Turkey")
VERBS = ("condemned", "thanked", "attacked", "met officials of", "imposed sanctions on", "sent aid to", "warned")
WORDS = [
    f"{head}{tail}" for head in "ba ce di fo gu ha ki lo mu ne".split() for tail in "ran sel tor ving mal der".split()
]


def draw_records(n_records: int, seed: int = 1) -> Iterator[Imported]:
    """Ten years of invented events; a tenth of the parties hold most of them, as in real data."""
    drawn = random.Random(seed)
    for number in range(n_records):
        kind, quad, scale, cameo = drawn.choice(KINDS)
        parties = [CODES[int(drawn.random() ** 3 * len(CODES))] for _ in range(2)]
        day = date(2014, 1, 1) + timedelta(drawn.randrange(3650))
        yield Imported(
            str(number),
            Event(
                id=f"e-{number:016x}",
                article_id=f"a-{number:016x}",
                event=kind,
                mode=(),
                status=Status.ACTUAL,
                context=(),
                quad_code=quad,
                event_scale=scale,
                cameo=cameo,
                moment=Moment(day, "day", "text"),
                actor=(Actor(parties[0], ("GOV",)),),
                recipient=(Actor(parties[1], ("GOV",)),),
                event_loc=None,
                speaker=None,
                evidence=(Evidence(0, Span(0, 1), Span(0, 1), "x"),),
                confidence=0.9,
                why=(),
                cite=Citation(None, None, "Gazette", None, day, "en"),
                provenance=Provenance("benchmark", "none", "plover-2.0"),
            ),
        )


def timed(name: str, ask: Callable[[], object]) -> None:
    """Time a question three times; processor time is this process's own, so it tells of SQLite, not of a PostgreSQL server."""
    seconds, busy = [], []
    for _ in range(3):
        start, begin = time.perf_counter(), time.process_time()
        ask()
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - begin)
    print(
        f"{name:<58} first {seconds[0] * 1000:8.1f} ms   best {min(seconds) * 1000:8.1f} ms   "
        f"processor {min(busy) * 1000:8.1f} ms",
        flush=True,
    )


def run_series(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(options.db or f"{folder}/series.db", create=True) as store:
        run = store.start_run(RunKey("benchmark", "none", "plover-2.0", source="benchmark"))
        start, begin = time.perf_counter(), time.process_time()
        store.keep_imported(run, draw_records(options.records))
        seconds, busy = time.perf_counter() - start, time.process_time() - begin
        print(
            f"{options.records} records kept in {seconds:.1f} s ({busy:.1f} s of processor time), "
            f"{options.records / seconds:.0f} a second, {peak_memory()}",
            flush=True,
        )
        tell_size(folder)
        ask_questions(store)


def ask_questions(store: Store) -> None:
    first, second = CODES[0], CODES[1]
    dyad = Filter(actor=(first,), recipient=(second,))
    timed("dyad series by month and quad class", lambda: store.series(dyad, unit="month", by=("quad",)))
    timed("dyad series by day and type", lambda: store.series(dyad, unit="day", by=("event",)))
    either = replace(dyad, is_either_way=True)
    timed("either way", lambda: store.series(either, unit="month"))
    timed("either way (through the records)", lambda: store.series(replace(either, min_confidence=0), unit="month"))
    timed(
        "the same with a least confidence (through the records)",
        lambda: store.series(replace(dyad, min_confidence=0.5)),
    )
    timed("series of one actor", lambda: store.series(Filter(actor=(first,)), unit="month"))
    timed("series of all", lambda: store.series(unit="month", by=("quad",)))
    timed("the 100 busiest dyads", store.dyads)
    timed("page of 50, newest first", store.page)
    timed("page of 50 of a dyad", lambda: store.page(dyad))
    timed("count of a dyad", lambda: store.count(dyad))
    timed("count of a dyad either way", lambda: store.count(either))
    timed("facets of types and years of a dyad", lambda: store.facets(dyad, ("event", "year")))
    timed("the same through the records", lambda: store.facets(replace(dyad, min_confidence=0), ("event", "year")))
    timed("all facets of a dyad", lambda: store.facets(dyad))
    timed("facets of types and years of all", lambda: store.facets(names=("event", "year")))


def draw_articles(n_articles: int, seed: int = 2) -> Iterator[dict[str, str]]:
    drawn = random.Random(seed)
    for number in range(n_articles):
        sentences = []
        for _ in range(12):
            one, other = drawn.sample(PLACES, 2)
            tail = " ".join(drawn.choice(WORDS) for _ in range(drawn.randrange(3, 12)))
            sentences.append(f"{one} {drawn.choice(VERBS)} {other} on Monday over the {tail}.")
        day = date(2024, 1, 1) + timedelta(drawn.randrange(300))
        yield {
            "title": f"Report {number}",
            "text": " ".join(sentences),
            "date": day.isoformat(),
            "url": f"https://example.org/{number}",
        }


def write_articles(path: Path, n_articles: int) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in draw_articles(n_articles)), "utf-8")
    return path


def command(inputs: Path, db: str, options: argparse.Namespace) -> list[str]:
    program = str(Path(sys.executable).parent / "dragoman")
    model = ["--model", options.model] if options.model else []
    return [program, "ingest", str(inputs), "--db", db, "-j", str(options.workers), *model]


def run_ingest(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inputs, db = write_articles(Path(folder) / "news.jsonl", options.articles), options.db or f"{folder}/news.db"
        start = time.perf_counter()
        subprocess.run(command(inputs, db, options), check=True)
        seconds = time.perf_counter() - start
        rate = options.articles / seconds
        print(
            f"{options.articles} articles in {seconds:.1f} s, {rate:.1f} a second with {options.workers} workers, {peak_memory()}"
        )
        tell_size(folder)


def peak_memory() -> str:
    """The largest memory of this process and of the largest of those it started."""
    own, others = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"memory {own} MB here, {others} MB in the largest process started"


def tell_size(folder: str) -> None:
    files = sorted(path for path in Path(folder).iterdir() if ".db" in path.name)
    print("; ".join(f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in files))


def run_kill(options: argparse.Namespace) -> None:
    """Each time a new store: killed at a moment drawn at random, resumed, compared with an undisturbed run's."""
    drawn, n_same, n_middle = random.Random(3), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        inputs, whole = write_articles(Path(folder) / "news.jsonl", options.articles), f"{folder}/whole.db"
        subprocess.run([*command(inputs, whole, options), "-q"], check=True)
        expected = dump(whole)
        for number in range(options.times):
            db = f"{folder}/killed{number}.db"
            process = subprocess.Popen([*command(inputs, db, options), "-q"])
            target = drawn.randrange(options.articles - 64)
            while process.poll() is None and count_articles(db) < target:
                time.sleep(0.02)
            time.sleep(drawn.uniform(0, 0.2))
            process.kill()
            process.wait()
            n_there = count_articles(db)
            n_middle += 0 < n_there < options.articles
            subprocess.run([*command(inputs, db, options), "-q"], check=True)
            n_same += dump(db) == expected
            print(
                f"kill {number + 1}: {n_there} of {options.articles} articles were kept; {n_same} resumed to the same",
                flush=True,
            )
    print(
        f"{options.times} kills, {n_middle} of them between the first and the last article kept: {n_same} resumed to the same content"
    )


def count_articles(db: str) -> int:
    if not Path(db).exists():
        return 0
    with open_store(db) as store:
        return int(store.info()["articles"])


def dump(db: str) -> dict[str, list[str]]:
    with open_store(db) as store, store._reads() as connection:
        assert store.check() == ()  # noqa: S101
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            for name, table in metadata.tables.items()
        }


def run_copies(options: argparse.Namespace) -> None:
    drawn = random.Random(4)
    texts = [" ".join(drawn.choice(WORDS) for _ in range(drawn.randrange(80, 600))) for _ in range(options.texts)]
    start = time.perf_counter()
    sketches = [sketch_text(text) for text in texts]
    print(f"{options.texts / (time.perf_counter() - start):.0f} texts sketched a second")
    for name, change in CHANGES.items():
        pairs = [(sketch, sketch_text(change(text, drawn))) for text, sketch in zip(texts, sketches, strict=True)]
        found = [bool(set(bands_of(one)) & set(bands_of(other))) and is_copy(one, other) for one, other in pairs]
        print(f"{name:<44} taken for a copy: {100 * sum(found) / len(found):6.2f} %")
    buckets: dict[int, list[int]] = {}
    n_candidates, n_wrong = 0, 0
    for number, sketch in enumerate(sketches):
        met = {other for key in bands_of(sketch) for other in buckets.get(key, [])}
        n_candidates += len(met)
        n_wrong += sum(is_copy(sketch, sketches[other]) for other in met)
        for key in bands_of(sketch):
            buckets.setdefault(key, []).append(number)
    print(f"{n_candidates / len(texts):.3f} strangers met a text, {n_wrong} of them wrongly taken for copies")


def _change_words(share: float) -> Callable[[str, random.Random], str]:
    def change(text: str, drawn: random.Random) -> str:
        return " ".join("other" if drawn.random() < share else word for word in text.split())

    return change


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "the same": lambda text, _: text,
    "2 % of words changed": _change_words(0.02),
    "5 % of words changed": _change_words(0.05),
    "10 % of words changed": _change_words(0.1),
    "cut to three quarters": lambda text, _: text[: len(text) * 3 // 4],
    "cut to half": lambda text, _: text[: len(text) // 2],
    "a third added": lambda text, drawn: (
        text + " " + " ".join(drawn.choice(WORDS) for _ in range(len(text.split()) // 3))
    ),
    "half of the words changed (no copy)": _change_words(0.5),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("series", "ingest", "kill", "copies"))
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--model")
    parser.add_argument("--db", help="a URL or path instead of a temporary file")
    options = parser.parse_args()
    options.articles = options.articles or (400 if options.what == "kill" else 10_000)
    options.workers = options.workers or (1 if options.what == "kill" else 2)
    options.model = options.model or ("lexical" if options.what == "kill" else None)
    {"series": run_series, "ingest": run_ingest, "kill": run_kill, "copies": run_copies}[options.what](options)


if __name__ == "__main__":
    main()
