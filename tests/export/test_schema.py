import copy

import jsonschema
import pytest

from dragoman.export import build_schema, event_to_record
from dragoman.ontology import load_ontology
from tests.export.sample import BARE, FULL

VALIDATOR = jsonschema.Draft202012Validator(build_schema(load_ontology()))


def test_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(build_schema(load_ontology()))


@pytest.mark.parametrize("event", [FULL, BARE])
def test_records_validate(event):
    VALIDATOR.validate(event_to_record(event))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("event", "FIGHT"),
        ("mode", ["phone"]),
        ("status", "likely"),
        ("cameo", 195),
        ("cameo", "95"),
        ("date", "2021-5-3"),
        ("confidence", 1.5),
        ("actor", []),
        ("evidence", []),
        ("event_loc", {}),
        ("id", "9f2c"),
        ("surprise", 1),
    ],
)
def test_faulty_records_do_not_validate(key, value):
    record = copy.deepcopy(event_to_record(FULL))
    record[key] = value
    assert not VALIDATOR.is_valid(record)


def test_every_key_is_required():
    for key in event_to_record(FULL):
        record = event_to_record(FULL)
        del record[key]
        assert not VALIDATOR.is_valid(record), key
