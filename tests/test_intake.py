import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from dragoman import intake
from dragoman.errors import SettingsError
from dragoman.intake import Settings, choose_workers, estimate_articles, ingest
from dragoman.records import Article, Rejection
from dragoman.store import Kept, open_store
from dragoman.store.schema import metadata

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "docs" / "samples"
LEXICAL = Settings(model="lexical")
COUNTRIES = ("Chad", "Mali", "Poland", "Russia", "France", "Japan", "China", "Niger", "Kenya", "Ghana")


def make_articles(n_articles):
    for number in range(n_articles):
        one, other = COUNTRIES[number % 10], COUNTRIES[(number // 10 + number + 1) % 10]
        text = f"{one} expelled {number + 2} diplomats of {other} on Monday. {other} condemned {one} on Tuesday."
        yield {"text": text, "title": f"Row {number}", "date": "2024-03-06", "url": f"https://example.org/{number}"}


def write_articles(path, n_articles):
    path.write_text("".join(json.dumps(one) + "\n" for one in make_articles(n_articles)), "utf-8")
    return path


def fill(where, articles, workers=1, settings=LEXICAL):
    with open_store(where, create=True) as store:
        return sum((step.kept for step in ingest(store, articles, settings, workers=workers)), Kept())


def dump(where):
    """Return everything in the store."""
    with open_store(where) as store, store._reads() as connection:
        return {
            name: sorted(map(tuple, connection.execute(sa.select(table)).all()), key=repr)
            for name, table in metadata.tables.items()
        }


def read(n_articles):
    from datetime import date

    for number, one in enumerate(make_articles(n_articles)):
        yield Article(one["text"], one["title"], date(2024, 3, 6), url=one["url"], origin=f"news.jsonl:{number + 1}")


def command(inputs, db, *options):
    program = str(Path(sys.executable).parent / "dragoman")
    return [program, "ingest", str(inputs), "--db", str(db), "--model", "lexical", *map(str, options)]


def call(*arguments, **given):
    return subprocess.run(command(*arguments), capture_output=True, check=False, cwd=ROOT, timeout=180, **given)


def test_the_store_is_the_same_with_any_number_of_workers_and_any_batch(tmp_path, monkeypatch):
    given = [*read(70), Rejection("bad.txt", "ingest", "empty file")]
    kept = fill(tmp_path / "one.db", given)
    assert kept == fill(tmp_path / "two.db", given, workers=2)
    monkeypatch.setattr(intake, "BATCH", 7)
    assert kept == fill(tmp_path / "small.db", given)
    assert dump(tmp_path / "one.db") == dump(tmp_path / "two.db") == dump(tmp_path / "small.db")
    assert (kept.n_coded, kept.n_rejected) == (70, 1)
    assert kept.n_records > 70


def test_ingesting_again_changes_nothing(tmp_path):
    fill(tmp_path / "a.db", read(40))
    before = dump(tmp_path / "a.db")
    assert fill(tmp_path / "a.db", read(40)) == Kept(n_known=40)
    assert dump(tmp_path / "a.db") == before


def test_another_address_is_a_copy(tmp_path):
    fill(tmp_path / "a.db", read(3))
    moved = [replace(one, url=one.url + "?mirror") for one in read(3)]
    assert fill(tmp_path / "a.db", moved) == Kept(n_known=3, n_copies=3)


def test_other_settings_are_another_run(tmp_path):
    actors = tmp_path / "actors.csv"
    actors.write_text("name,aliases,code,sectors,from,to\nFreedonian Front,,MLI,REB,,\n", "utf-8")
    fill(tmp_path / "a.db", read(2))
    assert fill(tmp_path / "a.db", read(2), settings=replace(LEXICAL, actors=actors)).n_coded == 2
    with open_store(tmp_path / "a.db") as store:
        assert [dict(run.key.options).keys() for run in store.runs()] == [{}.keys(), {"actors": 0}.keys()]


def test_faulty_settings_are_told_with_many_workers_too(tmp_path):
    faulty = tmp_path / "mine.yaml"
    faulty.write_text("types: 3\n", "utf-8")
    for workers in (1, 2):
        with pytest.raises(SettingsError):
            fill(tmp_path / "a.db", read(1), workers, Settings(model="lexical", ontology=faulty))


def test_an_article_that_kills_its_process_is_rejected_and_the_others_are_coded(tmp_path, monkeypatch):
    given = list(read(3))
    monkeypatch.setattr(intake, "_code_batch", die_of_the_second)
    kept = fill(tmp_path / "a.db", given, workers=2)
    assert (kept.n_coded, kept.n_rejected) == (2, 1)
    with open_store(tmp_path / "a.db") as store:
        (rejection,) = store.rejections()
    assert (rejection.origin, "died" in rejection.reason) == ("news.jsonl:2", True)


def die_of_the_second(settings, inputs):
    if any(one.origin == "news.jsonl:2" for one in inputs):
        os.kill(os.getpid(), signal.SIGKILL)
    return intake._code_batch(settings, inputs)


def test_killed_again_and_again_it_resumes_to_the_same_store(tmp_path):
    """Kill -9 at moments spread over a run; each time what was there stays, and the end is that of an undisturbed run."""
    inputs, whole, killed = write_articles(tmp_path / "news.jsonl", 200), tmp_path / "whole.db", tmp_path / "killed.db"
    assert call(inputs, whole).returncode == 0
    n_before, n_kills = 0, 0
    for _ in range(4):
        process = subprocess.Popen(command(inputs, killed, "-j", "1", "-q"), cwd=ROOT)
        deadline = time.monotonic() + 60
        while process.poll() is None and count_articles(killed) <= n_before and time.monotonic() < deadline:
            time.sleep(0.005)
        n_kills += process.poll() is None
        process.kill()
        process.wait()
        n_after = count_articles(killed)
        assert n_after >= n_before
        n_before = n_after
    assert n_kills, "it was killed in the middle at least once"
    assert call(inputs, killed).returncode == 0
    assert dump(killed) == dump(whole)
    with open_store(killed) as store:
        assert store.check() == ()


def count_articles(path):
    if not path.exists():
        return 0
    with open_store(path) as store:
        return store.info()["articles"]


def test_workers_end_with_a_killed_parent(tmp_path):
    inputs = write_articles(tmp_path / "news.jsonl", 2000)
    process = subprocess.Popen(command(inputs, tmp_path / "a.db", "-j", "2", "-q"), cwd=ROOT, start_new_session=True)
    deadline = time.monotonic() + 60
    while count_articles(tmp_path / "a.db") == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    group = os.getpgid(process.pid)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and is_alive(group):
        time.sleep(0.1)
    assert not is_alive(group)


def is_alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_command_tells_what_it_did(tmp_path):
    inputs = write_articles(tmp_path / "news.jsonl", 5)
    with inputs.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    done = call(inputs, tmp_path / "a.db", "--error-file", tmp_path / "errors.jsonl")
    assert done.returncode == 1
    assert done.stdout == b""
    assert "5 coded into " in done.stderr.decode()
    assert "0 skipped as known, 0 copies, 1 rejected" in done.stderr.decode()
    assert "news.jsonl:6" in (tmp_path / "errors.jsonl").read_text("utf-8")
    again = call(inputs, tmp_path / "a.db", "--quiet")
    assert "coded" not in again.stderr.decode()


def test_a_foreign_store_is_told_in_one_line(tmp_path):
    (tmp_path / "a.db").write_text("no store", "utf-8")
    done = call(SAMPLES, tmp_path / "a.db")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_store_commands(tmp_path):
    program = str(Path(sys.executable).parent / "dragoman")
    fill(tmp_path / "a.db", read(2))
    for name, wanted in (("info", "articles: 2"), ("check", "all is well"), ("runs", "2 articles")):
        done = subprocess.run(
            [program, "store", name, "--db", str(tmp_path / "a.db")], capture_output=True, check=False
        )
        assert (done.returncode, wanted in done.stdout.decode()) == (0, True), done
    with open_store(tmp_path / "a.db") as store:
        (run,) = store.runs()
    compare = [program, "store", "compare", run.id, run.id, "--db", str(tmp_path / "a.db")]
    assert subprocess.run(compare, capture_output=True, check=True).stdout == b""


def test_the_number_of_articles_is_estimated(tmp_path):
    write_articles(tmp_path / "a.jsonl", 12)
    (tmp_path / "b.txt").write_text("One.", "utf-8")
    (tmp_path / "c.csv").write_text('text,date\n"two\nlines",2024-01-01\nmore,2024-01-02\n', "utf-8")
    assert estimate_articles([str(tmp_path)]) == 15
    assert estimate_articles([str(tmp_path / "a.jsonl"), "-"]) is None
    (tmp_path / "d.warc").write_bytes(b"WARC/1.0")
    assert estimate_articles([str(tmp_path)]) is None
    assert choose_workers(3) == 1
    assert choose_workers(None) >= 1
