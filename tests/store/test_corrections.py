from dataclasses import replace

import pytest

from dragoman.errors import SettingsError
from dragoman.records import Actor
from dragoman.store import Filter, Imported, RunKey
from tests.store.sample import LATER_RUN, RUN, draw_codings, make_coding, make_event

WHO = {"who": "analyst", "made": "2026-01-01T00:00:00+00:00"}


@pytest.fixture
def record(store):
    store.keep(store.start_run(RUN), [make_coding(1, [make_event(event="ASSAULT")])])
    return next(store.records()).record


def recode(store, *events):
    store.keep(store.start_run(LATER_RUN), [make_coding(1, events)])


def test_a_correction_counts_everywhere(store, record):
    correction = store.correct(record["id"], "event", "AID", note="it was help", **WHO)
    assert (correction.before, correction.after, correction.who, correction.note) == (
        "ASSAULT",
        "AID",
        "analyst",
        "it was help",
    )
    (stored,) = store.records()
    assert (stored.record["event"], stored.record["quad_code"], stored.record["cameo"][:2]) == ("AID", 2, "07")
    assert set(stored.corrected) >= {"event", "quad_code", "event_scale", "cameo"}
    assert (store.count(Filter(event=("AID",))), store.count(Filter(event=("ASSAULT",)))) == (1, 0)
    assert [row.keys for row in store.series(by=("event",))] == [("AID",)]
    assert store.check() == ()


def test_undone_it_leaves_no_trace_but_the_log(store, record):
    before = store.series(by=("event",)), store.dyads(), [stored.line for stored in store.records()]
    store.correct(record["id"], "event", "AID", **WHO)
    store.correct(record["id"], "date", None, **WHO)
    store.undo_correction(1, who="chief")
    undone = store.undo_correction(2, who="chief")
    assert (store.series(by=("event",)), store.dyads(), [stored.line for stored in store.records()]) == before
    assert undone.undone_by == "chief"
    assert [one.undone is not None for one in store.corrections()] == [True, True]
    assert store.undo_correction(2, who="another").undone_by == "chief"


def test_it_survives_coding_anew(store, record):
    store.correct(record["id"], "actor", [{**record["actor"][0], "code": "CHN"}], **WHO)
    recode(store, make_event(event="ASSAULT", id="e-new", actor=(Actor("PRK", ("GOV",)),)))
    (stored,) = store.records()
    assert [one["code"] for one in stored.record["actor"]] == ["CHN"]
    assert store.count(Filter(actor=("CHN",))) == 1
    store.undo_correction(1, who="x")
    assert store.count(Filter(actor=("PRK",))) == 1
    assert store.check() == ()


def test_of_two_records_on_the_same_words_the_right_one_is_meant(store, record):
    store.correct(record["id"], "status", "negated", **WHO)
    recode(store, make_event(event="ACCUSE", id="e-1"), make_event(event="ASSAULT", id="e-2"))
    assert {one.record["event"]: one.record["status"] for one in store.records()} == {
        "ACCUSE": "actual",
        "ASSAULT": "negated",
    }


def test_the_later_correction_wins_and_undoing_it_brings_back_the_earlier(store, record):
    store.correct(record["id"], "date", "2024-02-01", **WHO)
    later = store.correct(record["id"], "date", "2024-03-01", **WHO)
    assert (later.before, next(store.records()).record["date"]) == ("2024-02-01", "2024-03-01")
    store.undo_correction(later.number, who="x")
    assert next(store.records()).record["date"] == "2024-02-01"


def test_a_struck_record_counts_no_more(store, record):
    store.correct(record["id"], "struck", True, **WHO)
    assert (store.count(), store.count(Filter(with_struck=True)), store.series()) == (0, 1, ())
    assert store.find_record(record["id"]).is_struck
    recode(store, make_event(event="ASSAULT"))
    assert store.count() == 0
    store.correct(record["id"], "struck", False, **WHO)
    assert store.count() == 1
    assert store.check() == ()


def test_corrections_are_found_by_record_and_by_article(store, record):
    store.correct(record["id"], "cameo", "145", **WHO)
    assert (
        len(store.corrections(record_id=record["id"])) == len(store.corrections(article_id=record["article_id"])) == 1
    )
    assert store.corrections(record_id="e-none") == store.corrections(article_id="a-none") == ()


def test_imported_records_are_corrected_too(store):
    run = store.start_run(RunKey("import", "gdelt", "cameo", source="gdelt"))
    store.keep_imported(run, [Imported("1", replace(make_event(), evidence=(), id="e-imported"))])
    store.correct("e-imported", "event", "AID", **WHO)
    assert store.count(Filter(event=("AID",))) == 1
    assert next(store.records()).record["event"] == "AID"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "e-x"),
        ("confidence", 1.0),
        ("event", "FIGHT"),
        ("event", None),
        ("mode", ["nonsense"]),
        ("context", "military"),
        ("status", "likely"),
        ("date", "tomorrow"),
        ("actor", [{"code": "USA"}]),
        ("struck", "yes"),
    ],
)
def test_what_cannot_be_is_told_and_not_written(store, record, field, value):
    with pytest.raises(SettingsError, match="correction"):
        store.correct(record["id"], field, value, **WHO)
    assert store.corrections() == ()


@pytest.mark.usefixtures("record")
def test_unknown_records_and_corrections_are_told(store):
    with pytest.raises(SettingsError, match="record in the store"):
        store.correct("e-none", "event", "AID", **WHO)
    with pytest.raises(SettingsError, match="number of a correction"):
        store.undo_correction(7, who="x")


def test_other_records_stay_as_they_are(store, record):
    store.keep(store.start_run(RUN), draw_codings(10))
    others = [one.line for one in store.records() if one.record["id"] != record["id"]]
    store.correct(record["id"], "event", "AID", **WHO)
    assert [one.line for one in store.records() if one.record["id"] != record["id"]] == others
    assert store.find_record(store.find_record(record["id"]).key).record["event"] == "AID"
