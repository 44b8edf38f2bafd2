import json
import re
from pathlib import Path

from dragoman.export.record import event_to_line, event_to_record
from tests.export.sample import BARE, FULL

PAGE = Path(__file__).parents[2] / "docs" / "record.md"


def documented_record():
    return json.loads(re.search(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1])


def keys(value):
    if isinstance(value, dict):
        return {key: keys(inner) for key, inner in value.items()}
    return keys(value[0]) if isinstance(value, list) and value else None


def test_keys_and_their_order_are_those_of_the_contract():
    record, contract = event_to_record(FULL), documented_record()
    assert list(record) == list(contract)
    for part in ("actor", "evidence"):
        assert list(record[part][0]) == list(contract[part][0])
    for part in ("event_loc", "cite"):
        assert list(record[part]) == list(contract[part])


def test_types_are_those_of_the_contract():
    record, contract = event_to_record(FULL), documented_record()
    for key, value in contract.items():
        if value is not None and record[key] is not None:
            assert type(record[key]) is type(value), key


def test_missing_facts_are_null_or_empty():
    record = event_to_record(BARE)
    assert record["date"] is None
    assert record["recipient"] == []
    assert record["event_loc"] is None
    assert record["actor"][0]["start"] is None


def test_a_line_is_utf8_json_without_line_breaks():
    line = event_to_line(FULL)
    assert "\n" not in line
    assert json.loads(line) == event_to_record(FULL)
