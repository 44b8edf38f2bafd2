"""Known places are found in a text, common words and surnames are not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Span
from dragoman.resolve.place_finder import find_places


def names(text):
    return [found.span.quote(text) for found in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shelling hit Hama and Khan Sheikhoun.", ["Hama", "Khan Sheikhoun"]),
        ("The test at Punggye-ri was felt in China.", ["Punggye-ri", "China"]),
        ("Ships passed the Strait of Hormuz near Bandar Abbas.", ["Strait of Hormuz", "Bandar Abbas"]),
        ("They met in Port-au-Prince, in Cote d'Ivoire.", ["Port-au-Prince", "Cote d'Ivoire"]),
        ("Police fired in Paris. London was calm.", ["Paris", "London"]),
        ("Talks failed in Aleppo's old town.", ["Aleppo"]),
    ],
)
def test_places_are_found(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reading the report, officials said nothing.",
        "Of the 20 dead, most were soldiers.",
        "Mobile phones were cut off.",
        "Nice words will not do.",
        "President Jackson warned the army.",
        "Mr. Paris Hilton and Denzel Washington came.",
        "Police and the Army met on Sunday in May.",
        "The Union of Journalists protested.",
    ],
)
def test_words_and_surnames_are_no_places(text):
    assert names(text) == []


@given(st.text(max_size=200))
def test_spans_stand_in_order_within_the_text(text):
    found = find_places(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) and one.toponyms for one in found)
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(found))


def test_a_stretch_is_searched_alone():
    text = "In Hama. In Homs. In Idlib."
    assert [one.span.quote(text) for one in find_places(text, Span(9, 18))] == ["Homs"]
