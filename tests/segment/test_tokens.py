import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.records import Span
from dragoman.segment import tokenize

SENTENCES = [
    "Kim|Jong|Un|’s |U.S.|-style",
    "Kim|'s |U.S.|/|South |Korea |pact|.",
    "The |U.S.-led |force |left |Gangwon-do |at |9:30 |a.m.",
    "Gen. |Li |and |Lt. |Col. |A. |Roe |paid |$|3.5 |million|, |i.e. |1,000|.",
    "He |said |no|.",
    "No. |5 |of |Art. |7",
    "O'Neil |don't |go |— |“|stop|,|”|he|...",
    "See |https://example.org/a.b?c=1|, |j.doe@example.org|, |@potus |#news|.",
    "27|%| |of |the |workers|' |pay|; |the |1990s|.",
    "राष्ट्रपति |दिल्ली |पहुँचे|।",
    "Cafe\u0301 |São |Paulo",
]


@pytest.mark.parametrize("line", SENTENCES[1:])
def test_tokens_are_words_numbers_and_marks(line: str):
    text = line.replace("|", "")
    expected = [piece.strip() for piece in line.split("|") if piece.strip()]
    assert [span.quote(text) for span in tokenize(text, Span(0, len(text)))] == expected


def test_a_typographic_possessive_is_cut_off():
    text = "Kim Jong Un’s regime"
    assert [span.quote(text) for span in tokenize(text, Span(0, len(text)))] == ["Kim", "Jong", "Un", "’s", "regime"]


@given(st.text(max_size=200), st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=300)
def test_tokens_cover_all_but_white_space_within_the_span(text: str, left: int, right: int):
    whole = Span(min(left, len(text)), max(min(left, len(text)), len(text) - right))
    position = whole.start
    for span in tokenize(text, whole):
        assert position <= span.start < span.end <= whole.end
        assert text[position : span.start].strip() == ""
        assert not any(character.isspace() for character in span.quote(text))
        position = span.end
    assert text[position : whole.end].strip() == ""


@pytest.mark.parametrize("unit", ["a", "a.", "'", "a-", "1.", "x@", "ab@cd.", "www.", "😀", "e\u0301"])
def test_a_megabyte_takes_linear_time(unit: str):
    text = unit * (1_000_000 // len(unit))
    begun = time.process_time()
    tokenize(text, Span(0, len(text)))
    assert time.process_time() - begun < 20
