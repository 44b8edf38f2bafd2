"""``dragoman import``, run as a user would, and what then works on the store."""

import json
from datetime import date, timedelta

import pytest

from dragoman.cli import run
from dragoman.intake import IMPORT_BATCH, import_events
from dragoman.store import Filter, open_store
from tests.export.test_foreign import GDELT
from tests.imports.sample import GDELT_ROW, files, tabs


@pytest.fixture
def folder(tmp_path):
    for name, content in files().items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


@pytest.fixture
def db(folder):
    path = folder / "world.db"
    for name in files():
        assert run(["import", str(folder / name), "--from", name, "--db", str(path), "--release", "2024", "-q"]) == 0
    return path


def test_all_data_sets_lie_in_one_store_each_a_run_of_its_own(db):
    with open_store(db) as store:
        assert store.check() == ()
        assert [(one.key.source, one.key.model, one.n_records) for one in store.runs()] == [
            (name, "2024", 2) for name in files()
        ]
        assert store.count(Filter(source=("acled",))) == 2
        for record in store.records():
            assert record.article is None
            row = store.find_imported(record.number)
            assert row is not None
            assert row.raw


def test_again_changes_nothing(db, folder, capsys):
    before = open_store(db).info()
    assert run(["import", str(folder / "icews"), "--from", "icews", "--db", str(db), "--release", "2024"]) == 0
    assert "0 events kept, 2 skipped as known, 0 left out, 0 rejected" in capsys.readouterr().err
    assert open_store(db).info() == before


def test_series_network_and_export_work_on_imported_data(db, folder, capfd):
    assert run(["dyads", "--db", str(db), "--format", "jsonl"]) == 0
    edges = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {(edge["actor"], edge["recipient"]): edge["n"] for edge in edges}[("PRK", "JPN")] == 2
    series = ["dyads", "--db", str(db), "--actor", "PRK", "--recipient", "JPN", "--unit", "day", "--format", "jsonl"]
    assert run(series) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(row["start"], row["n"]) for row in rows if row["actor"] == "PRK" and row["n"]] == [("2017-08-29", 2)]
    fighting = ["dyads", "--db", str(db), "--actor", "UGA/GOV", "--recipient", "UGA/REB", "--format", "jsonl"]
    assert run(fighting) == 0
    assert json.loads(capfd.readouterr().out.splitlines()[0])["n"] == 2
    for name in (
        "plover",
        "polecat",
        "gdelt",
        "gdelt-mentions",
        "icews",
        "phoenix",
        "petrarch",
        "acled",
        "csv",
        "table",
        "parquet",
    ):
        assert run(["export", "--db", str(db), "--to", name, str(folder / "out"), "-q"]) == 0


def test_alerts_and_stories_work_on_imported_data(folder, capfd):
    days = [f"{date(2016, 1, 4) + timedelta(3 * step):%Y%m%d}" for step in range(150)] + ["20170329"] * 90
    rows = [{**GDELT_ROW, "GLOBALEVENTID": number, "SQLDATE": day} for number, day in enumerate(days)]
    (folder / "many").write_text(tabs(GDELT, *rows, header=False), "utf-8")
    db = str(folder / "many.db")
    assert run(["import", str(folder / "many"), "--from", "gdelt", "--db", db, "-q", "--no-rows"]) == 0
    assert (
        run(["alerts", "--db", db, "--actor", "PRK", "--recipient", "JPN", "--unit", "week", "--format", "jsonl"]) == 0
    )
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(one["direction"], one["start"]) for one in found if one["actor"] == "PRK"] == [("rise", "2017-03-27")]
    assert run(["stories", "--db", db, "--relink", "--format", "jsonl"]) == 0
    assert capfd.readouterr().out
    with open_store(db) as store:
        assert store.find_imported(1).raw == {}


PAGES = [
    "/",
    "/search",
    "/timeline",
    "/network",
    "/map",
    "/pair?actor=PRK&recipient=JPN",
    "/changes",
    "/api/series",
    "/api/map",
]


def test_the_desk_shows_imported_records(db):
    pytest.importorskip("fastapi")
    from fastapi.testclient import TestClient

    from dragoman.intake import Settings
    from dragoman.serve.app import make_app
    from dragoman.serve.desk import Desk

    with open_store(db) as store:
        desk = Desk(store, settings=Settings(model="lexical"), token="t" * 24)
        client = TestClient(make_app(desk), base_url="http://127.0.0.1:8000")
        records = list(store.records())
        for address in PAGES:
            assert client.get(address).status_code == 200, address
        for one in records:
            assert client.get(f"/api/records/{one.record['id']}").json() == one.record
            page = client.get(f"/record/{one.record['id']}")
            assert page.status_code == 200
            assert "imported" in page.text
        assert len(client.get("/api/records").json()["records"]) == len(records)
        assert "Government of Uganda" in client.get("/search?source=ucdp").text


def test_bad_rows_are_named_and_the_rest_kept(folder, capsys):
    content = (
        tabs(GDELT, GDELT_ROW, {**GDELT_ROW, "GLOBALEVENTID": 2, "EventCode": "777"}, header=False) + "short\trow\n"
    )
    content += tabs(GDELT, {**GDELT_ROW, "GLOBALEVENTID": 3, "EventCode": "010"}, header=False)
    (folder / "bad").write_text(content, "utf-8")
    db, errors = folder / "bad.db", folder / "errors.jsonl"
    assert run(["import", str(folder / "bad"), "--from", "gdelt", "--db", str(db), "--error-file", str(errors)]) == 1
    told = capsys.readouterr().err
    assert "bad:2: CAMEO code: expected" in told
    assert "bad:3: row: expected 61 or 58 or 57 columns, got 2" in told
    assert "1 events kept, 0 skipped as known, 1 left out, 2 rejected" in told
    assert "left out: 1 x CAMEO 010" in told
    assert [json.loads(line)["origin"].rsplit("/", 1)[1] for line in errors.read_text("utf-8").splitlines()] == [
        "bad:2",
        "bad:3",
    ]
    with open_store(db) as store:
        assert len(list(store.rejections())) == 2


def test_wrong_use(folder, capsys):
    assert run(["import", "x", "--from", "phoenix", "--db", str(folder / "a.db")]) == 2
    assert "--from: unknown data set" in capsys.readouterr().err
    assert not (folder / "a.db").exists()
    assert run(["import", str(folder / "none"), "--from", "gdelt", "--db", str(folder / "a.db"), "-q"]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_an_import_broken_off_goes_on_to_the_same_store(folder):
    rows = [{**GDELT_ROW, "GLOBALEVENTID": number} for number in range(1, 2501)]
    path = folder / "long"
    path.write_text(tabs(GDELT, *rows, header=False), "utf-8")

    def dump(name, *, broken):
        with open_store(folder / name, create=True) as store:
            if broken:
                next(import_events(store, str(path), "gdelt"))
                assert store.count() == IMPORT_BATCH
            kept = sum(step.kept.n_coded for step in import_events(store, str(path), "gdelt"))
            assert kept == len(rows) - (IMPORT_BATCH if broken else 0)
            return [(one.number, one.line) for one in store.records()], store.dyads()

    assert dump("broken.db", broken=True) == dump("whole.db", broken=False)
