from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.casualties import count_casualties


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A car bomb killed at least 12 people and wounded 30.", {"killed": 12, "injured": 30}),
        ("Seventeen people were killed on February 4.", {"killed": 17}),
        ("The death toll rose to 1,204.", {"killed": 1204}),
        ("Twelve missiles were fired; nobody was killed.", {}),
        ("It was the first death in 20 days.", {}),
        ("Dozens were killed in 2017.", {}),
        ("Two soldiers died after three days of shelling.", {"killed": 2}),
        ("He spoke for 40 minutes.", {}),
        ("", {}),
    ],
)
def test_counts(sentence: str, expected: dict[str, int]) -> None:
    assert count_casualties([sentence]) == expected


def test_the_highest_of_several_sentences_counts() -> None:
    assert count_casualties(["At least 10 died.", "17 people were killed."]) == {"killed": 17}


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    assert all(0 <= number < 1_000_000 for number in count_casualties([text]).values())
