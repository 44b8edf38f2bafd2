"""One suite over all formats: each writes the same events in the same order, the same bytes each time, and nothing for none."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from dragoman.errors import SettingsError
from dragoman.export import Events, event_to_record, find_format, list_formats
from dragoman.records import Rejection
from tests.export.sample import BARE, FULL

EVENTS = [FULL, BARE]


def written(name, events=EVENTS):
    stream = io.BytesIO()
    find_format(name).write(iter(events), stream)
    return stream.getvalue()


READERS = {
    "jsonl": lambda raw: [json.loads(line)["id"] for line in raw.decode().splitlines()],
    "json": lambda raw: [record["id"] for record in json.loads(raw)],
    "plover": lambda raw: [json.loads(line)["id"] for line in raw.decode().splitlines()],
    "csv": lambda raw: [row["id"] for row in csv.DictReader(io.StringIO(raw.decode()))],
    "parquet": lambda raw: pq.read_table(io.BytesIO(raw)).column("id").to_pylist(),
}
FOREIGN = {"acled", "gdelt", "gdelt_mentions", "icews", "petrarch", "phoenix", "polecat"}
"""Read back in test_foreign.py: they cannot tell of every event."""


def test_every_format_but_the_table_is_read_back_here():
    assert set(READERS) == set(list_formats()) - FOREIGN - {"table"}


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize("events", [EVENTS, [BARE], []])
def test_events_come_back_in_order(name, events):
    assert READERS[name](written(name, events)) == [event.id for event in events]


@pytest.mark.parametrize("name", list_formats())
def test_same_events_give_same_bytes(name):
    assert written(name) == written(name)


@pytest.mark.parametrize("name", list_formats())
def test_every_format_says_what_it_is_for(name):
    assert find_format(name).SUMMARY


def test_unknown_format_is_told_with_those_there_are():
    with pytest.raises(SettingsError, match="jsonl"):
        find_format("xlsx")


def test_parquet_keeps_nested_fields():
    row = pq.read_table(io.BytesIO(written("parquet"))).to_pylist()[0]
    assert row["actor"][0]["code"] == "MLI"
    assert row["date"].isoformat() == "2021-05-03"
    assert list(row) == list(event_to_record(FULL))


def test_csv_cell_cannot_become_a_formula():
    row = next(csv.DictReader(io.StringIO(written("csv").decode())))
    assert row["title"] == "'=Air raid"
    assert row["event_scale"] == "-9.5"


def test_table_shows_what_an_analyst_asks_for():
    shown = written("table").decode()
    for wanted in (
        "2021-05-03",
        "MLI MIL",
        "ASSAULT aerial",
        "Kidal",
        "FRA GOV Jean",
        "Exemple",
        "bombed rebels",
        "0.75",
    ):
        assert wanted in " ".join(shown.split()), wanted


def test_table_disarms_terminal_codes():
    from dataclasses import replace

    evil = replace(FULL, evidence=(replace(FULL.evidence[0], event_text="\x1b[2J[red]boom\u202e"),))
    shown = written("table", [evil]).decode()
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    assert "[red]" in shown


def test_events_turn_into_data_frames():
    events = Events(EVENTS, [Rejection("x", "ingest", "broken")])
    assert len(events) == 2
    assert events[:1][0] is FULL
    assert list(events.to_pandas()["event"]) == ["ASSAULT", "AGREE"]
    assert events.to_polars()["event"].to_list() == ["ASSAULT", "AGREE"]
    assert events.to_arrow().num_rows == 2
    assert events.rejections[0].reason == "broken"
