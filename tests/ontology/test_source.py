"""A YAML file is read with suspicion; each kind of bad file gets its own words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OntologyError
from dragoman.ontology import FaultyOntology, load_ontology
from dragoman.ontology.source import read_yaml

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"types: {AGREE: {}}\ntypes: {}\n", "mine.yaml: types: expected each key once, got a second types on line 2"),
        (b"types:\n  AGREE:\n    score: 1\n    score: 2\n", "types.AGREE.score: expected each key once"),
        (b"a: [{b: 1, b: 2}]", r"a\[0\]\.b: expected each key once"),
        (BOMB.encode(), r"line 2: expected plain values, got the alias \*a"),
        (b"[" * 100_000, "line 1: expected at most 12 levels"),
        (b"- " * 100_000, "line 1: expected at most 12 levels"),
        (b"name: caf\xe9", "file: expected UTF-8, got byte 0xe9 at 9; save"),
        (b"name: !!python/object/apply:os.system [echo]", "expected valid YAML"),
        (b"name: !mine x", "expected valid YAML"),
        (b"name: 'open", "expected valid YAML"),
        (b"name: \x00", "expected valid YAML"),
        (b"day: 2001-99-99", "expected valid YAML"),
        (b"score: " + b"9" * 5000, "expected valid YAML"),
        (b"a: 1\n---\nb: 2\n", "expected valid YAML"),
        (b"", "file: expected a mapping with the section types, got nothing"),
        (b"- a\n- b\n", "file: expected a mapping with the section types, got a list"),
        (b"#" * 4_000_001, "file: expected at most 4000000 bytes"),
    ],
)
def test_a_bad_file_says_what_is_bad(content: bytes, told: str) -> None:
    with pytest.raises(FaultyOntology, match=told) as caught:
        read_yaml(content, "mine.yaml")
    assert isinstance(caught.value, OntologyError)
    assert "\n" not in str(caught.value)


def test_all_repeated_keys_are_told_at_once() -> None:
    with pytest.raises(FaultyOntology) as caught:
        read_yaml(b"a: 1\na: 2\nb: {c: 1, c: 2}\n", "mine.yaml")
    assert [fault.key for fault in caught.value.faults] == ["a", "b.c"]


def test_a_missing_file_and_a_folder_are_told_with_their_path(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(FaultyOntology, match="file: expected a readable YAML file, got") as caught:
            load_ontology(path)
        assert str(path) in str(caught.value)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_yaml(b"\xef\xbb\xbfname: x", "mine.yaml") == {"name": "x"}


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!\"'\n ,0#|>?", max_size=60).map(str.encode))
def test_no_bytes_crash_the_reading(content: bytes) -> None:
    try:
        assert isinstance(read_yaml(content, "mine.yaml"), dict)
    except FaultyOntology as error:
        assert error.faults
