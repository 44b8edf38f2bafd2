import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.characters import clean, clean_line, printable, quoted


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("a\u2028b\u2029c\x85d", "a\nb\n\nc\nd"),
        ("a\0b\x07c\x9bd\x7f", "abcd"),
        ("\ufeffa\tb", "a\tb"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\ud800b", "a\ufffdb"),
        ("so\u00adft “quote” Ã© zero\u200bwidth", "so\u00adft “quote” Ã© zero\u200bwidth"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text())
def test_cleaned_text_can_be_written_and_holds_no_controls(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(ord(char) < 32 and char not in "\t\n" for char in cleaned)
    assert clean(cleaned) == cleaned


def test_runs_of_combining_marks_take_linear_time() -> None:
    start = time.perf_counter()
    clean("a" + "\u0301\u0316" * 500_000)  # plain normalisation of this takes ten minutes
    assert time.perf_counter() - start < 10


def test_clean_line_is_one_line() -> None:
    assert clean_line(" a\n\n b\u2029c ") == "a b c"


@given(st.text())
def test_printable_is_printable(text: str) -> None:
    assert printable(text).isprintable()
    assert len(quoted(text)) <= 82


def test_quoted_escapes_and_cuts() -> None:
    assert quoted("\x1b[31m\u202ered") == '"\\x1b[31m\\u202ered"'
    assert quoted("x" * 100) == '"' + "x" * 79 + '…"'
    assert quoted(None) == '"None"'
