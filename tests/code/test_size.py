import pytest

from dragoman.code.size import find_counts, read_count
from dragoman.records import Span


@pytest.mark.parametrize(
    ("sentence", "part", "count"),
    [
        ("Gunmen killed 12 villagers near Jos.", "dead", (12, 12)),
        ("At least twelve soldiers were killed.", "dead", (12, None)),
        ("The blast killed three people and wounded dozens.", "injured", (24, 99)),
        ("More than 300 people were injured.", "injured", (301, None)),
        ("Police arrested 40 to 50 students.", "arrested", (40, 50)),
        ("Up to 20 activists were detained on Monday.", "arrested", (0, 20)),
        ("Tens of thousands of protesters filled the square.", "participants", (20000, 99999)),
        ("About 1,500 people marched.", "participants", (1500, 1500)),
        ("Twenty-five workers went on strike.", "participants", (25, 25)),
        ("The death toll rose to 31.", "dead", (31, 31)),
    ],
)
def test_numbers_are_read_with_the_range_that_the_words_allow(sentence, part, count):
    found = {one.part: one.count for one in find_counts(sentence, Span(0, len(sentence)))}
    assert found[part] == count


@pytest.mark.parametrize(
    "sentence",
    [
        "He was killed in 2017.",
        "The talks lasted three hours.",
        "Prices rose 12 percent.",
        "Police arrested him 3 times.",
    ],
)
def test_other_numbers_are_no_sizes(sentence):
    assert not list(find_counts(sentence, Span(0, len(sentence))))


def test_a_year_is_no_number_of_people_and_a_range_does_not_run_backwards():
    assert read_count(None, "2017") is None
    assert read_count(None, "50", "40") is None
    assert read_count("more than", "2,000") == (2001, None)
