import copy
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.records import Actor, Citation, Event, Evidence, Moment, Place, Provenance, Span, Status
from dragoman.records.wire import event_to_line, event_to_record, parse_line, parse_record
from tests.export.sample import BARE, FULL

TEXTS = st.text(max_size=12)
MAYBE = st.none() | TEXTS
CODES = st.sampled_from(["PRK", "USA", "UNO", "UNK"])
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 999), st.integers(0, 99))
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
ACTORS = st.builds(Actor, CODES, st.lists(TEXTS, max_size=2).map(tuple), MAYBE, MAYBE, MAYBE, TEXTS, st.none() | SPANS)
MOMENTS = st.builds(
    Moment,
    DAYS,
    st.sampled_from(["day", "week", "month", "year", "range"]),
    st.sampled_from(["text", "publication"]),
    st.none() | DAYS,
)
DEGREES = st.none() | st.floats(-180, 180)
PLACES = st.builds(
    Place, TEXTS, SPANS, MAYBE, MAYBE, MAYBE, DEGREES, DEGREES, st.none() | st.integers(0), st.none() | st.just("city")
)
EVIDENCE = st.builds(Evidence, st.integers(0, 99), SPANS, SPANS, TEXTS)
EVENTS = st.builds(
    Event,
    id=TEXTS,
    article_id=TEXTS,
    event=TEXTS,
    mode=st.lists(TEXTS, max_size=2).map(tuple),
    status=st.sampled_from(Status),
    context=st.lists(TEXTS, max_size=2).map(tuple),
    quad_code=st.integers(1, 4),
    event_scale=st.floats(-10, 10),
    cameo=TEXTS,
    moment=st.none() | MOMENTS,
    actor=st.lists(ACTORS, max_size=2).map(tuple),
    recipient=st.lists(ACTORS, max_size=2).map(tuple),
    event_loc=st.none() | PLACES,
    speaker=st.none() | ACTORS,
    evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
    confidence=st.floats(0, 1),
    why=st.lists(TEXTS, max_size=2).map(tuple),
    cite=st.builds(Citation, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | DAYS, TEXTS),
    provenance=st.builds(Provenance, TEXTS, TEXTS, TEXTS),
)


@given(EVENTS)
def test_an_event_comes_back_from_its_record(event):
    assert parse_record(event_to_record(event)) == event


@given(EVENTS)
def test_a_line_comes_back_byte_by_byte(event):
    line = event_to_line(event)
    assert event_to_line(parse_line(line)) == line


@pytest.mark.parametrize("event", [FULL, BARE])
def test_the_record_of_a_parsed_record_is_the_record(event):
    record = event_to_record(event)
    assert event_to_record(parse_record(copy.deepcopy(record))) == record


def test_what_a_record_does_not_tell_is_left_empty():
    assert parse_record(event_to_record(FULL)).actor == (replace(FULL.actor[0], why=()),)


def test_unknown_keys_are_passed_over():
    assert parse_record({**event_to_record(BARE), "surprise": 1}).id == BARE.id


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("event", 3, "key 'event': expected a string, got 3"),
        ("mode", "aerial", "key 'mode'"),
        ("mode", [1], "key 'mode'"),
        ("status", "likely", "expected actual, future"),
        ("date", "5 May", "expected an ISO date"),
        ("date_basis", None, "key 'date_basis'"),
        ("quad_code", True, "expected a whole number"),
        ("confidence", "high", "expected a number"),
        ("actor", [None], "expected a list of objects"),
        ("event_loc", {"text": "Kidal"}, "key 'start': expected a whole number, got nothing"),
        ("cite", None, "key 'cite': expected an object"),
    ],
)
def test_a_faulty_key_is_told_with_the_records_id(key, value, told):
    with pytest.raises(InputError) as caught:
        parse_record({**event_to_record(FULL), key: value})
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"record {FULL.id}: ")


@pytest.mark.parametrize("key", ["id", "actor", "evidence", "coder"])
def test_a_missing_key_is_told(key):
    record = event_to_record(FULL)
    del record[key]
    with pytest.raises(InputError, match=f"key '{key}'.*got nothing"):
        parse_record(record)


@pytest.mark.parametrize("line", ["", "[1]", "{", "null", "[" * 100_000, json.dumps("x")])
def test_a_line_that_is_no_record_is_told(line):
    with pytest.raises(InputError):
        parse_line(line)
