"""``dragoman export``, run as a user would."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.cli import run
from dragoman.records import Status, event_to_line
from dragoman.store import Imported, RunKey, open_store
from tests.export.sample import BARE, FULL

DENIED = replace(FULL, id="e-00000000000000dd", status=Status.NEGATED)
KEY = RunKey("test", "none", "plover-2.0", source="test")


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "news.db"
    with open_store(path, create=True) as store:
        store.keep_imported(store.start_run(KEY), [Imported(one.id, one) for one in (FULL, BARE, DENIED)])
    return path


def test_plover_is_written_whole(db, tmp_path):
    assert run(["export", "--db", str(db), "--to", "plover", str(tmp_path / "out.jsonl")]) == 0
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert sorted(lines) == sorted(map(event_to_line, (FULL, BARE, DENIED)))


def test_what_a_format_cannot_tell_is_counted(db, tmp_path, capsys):
    out = tmp_path / "out.tsv"
    assert run(["export", "--db", str(db), "--to", "polecat", str(out)]) == 0
    assert [line.split("\t")[0] for line in out.read_text("utf-8").splitlines()] == ["Event ID", FULL.id]
    assert "1 records written, 2 left out, of which polecat cannot tell" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["gdelt", "gdelt-mentions", "icews", "phoenix", "petrarch", "acled", "csv", "parquet"])
def test_every_format_is_reached_and_repeats_itself(db, tmp_path, name):
    for out in ("one", "two"):
        assert run(["export", "--db", str(db), "--to", name, str(tmp_path / out), "-q"]) == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != b""


def test_filters_narrow(db, tmp_path):
    out = tmp_path / "out.jsonl"
    arguments = [
        "export",
        "--db",
        str(db),
        "--to",
        "plover",
        str(out),
        "-q",
        "--actor",
        "MLI/MIL",
        "--status",
        "negated",
    ]
    assert run(arguments) == 0
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == [DENIED.id]


def test_standard_output_and_wrong_use(db, tmp_path, capfd):
    assert run(["export", "--db", str(db), "--to", "jsonl", "-"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 3
    assert run(["export", "--db", str(db), "--to", "xlsx", "-"]) == 2
    assert "--to: unknown format" in capfd.readouterr().err
    assert run(["export", "--db", str(tmp_path / "none.db"), "--to", "jsonl", "-"]) == 2


def test_a_reader_who_has_had_enough_ends_it_quietly(db):
    program = Path(sys.executable).parent / "dragoman"
    command = f"{program} export --db {db} --to plover -q - | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)
    assert done.stderr == b""


def test_code_says_of_how_many_a_format_cannot_tell(tmp_path, capfd):
    text = tmp_path / "news.txt"
    text.write_text(
        "Mali denied that its army had shelled Kidal on Monday. Mali's army shelled Gao on Sunday.", "utf-8"
    )
    coded = ["code", str(text), "--date", "2024-03-06", "--model", "lexical"]
    assert run([*coded, "--format", "jsonl"]) == 0
    statuses = [json.loads(line)["status"] for line in capfd.readouterr().out.splitlines()]
    assert run([*coded, "--format", "icews"]) == 0
    told = capfd.readouterr()
    n_left = sum(status != "actual" for status in statuses)
    assert (f"{n_left} records left out, of which icews cannot tell" in told.err) == bool(n_left)
    assert len(told.out.splitlines()) > 1
