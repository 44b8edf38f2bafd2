"""Namesakes are told apart by what stands around them; nothing is guessed where nothing speaks for a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Span
from dragoman.resolve.place_choice import locate, measure_distance, survey


def place_of(text, words, codes=()):
    start = text.index(words)
    return locate(text, Span(start, start + len(words)), survey(text, codes))


@pytest.mark.parametrize(
    ("text", "words", "country", "admin1", "resolution"),
    [
        ("A man was shot in Paris, Texas, on Monday.", "Paris", "USA", "Texas", "city"),
        ("A man was shot in Paris on Monday.", "Paris", "FRA", "Île-de-France", "city"),
        ("Talks in Washington failed.", "Washington", "USA", "District of Columbia", "city"),
        ("Shelling hit Hama province in Syria.", "Hama", "SYR", "Hamah", "admin1"),
        ("Shelling hit the city of Hama in Syria.", "Hama", "SYR", "Hamah", "city"),
        ("Protesters in Tbilisi, Georgia, marched.", "Georgia", "GEO", None, "country"),
        ("A jury in Atlanta, Georgia, convicted him.", "Georgia", "USA", "Georgia", "admin1"),
        ("Troops left the Golan Heights.", "the Golan Heights", "SYR", None, "feature"),
        ("The missile flew over Hokkaido.", "the missile flew over Hokkaido"[-8:], "JPN", "Hokkaido", "admin1"),
        ("Rebels hold northern Syria.", "northern Syria", "SYR", None, "country"),
        ("Mexico, China, Japan and Brazil signed.", "China", "CHN", None, "country"),
        ("The dam in Birmingham, Alabama, broke.", "Birmingham", "USA", "Alabama", "city"),
    ],
)
def test_the_words_around_a_name_decide(text, words, country, admin1, resolution):
    place = place_of(text, words)
    assert (place.country, place.admin1, place.resolution) == (country, admin1, resolution)
    assert place.span.quote(text) == place.text == words
    assert place.lat is not None and place.lon is not None and len(place.why) == 1


@pytest.mark.parametrize(("story", "country"), [("ESP", "ESP"), ("VEN", "VEN")])
def test_the_storys_country_decides_between_namesakes(story, country):
    assert place_of("The mayor of Valencia was arrested.", "Valencia", [story] * 3).country == country


def test_a_larger_place_named_once_serves_the_whole_story():
    text = "A bomb went off in Paris, Texas. Hours later the streets of Paris were empty."
    start = text.rindex("Paris")
    assert locate(text, Span(start, start + 5), survey(text)).admin1 == "Texas"


def test_an_unknown_village_takes_the_place_that_the_text_puts_it_in():
    place = place_of("They fled Qwzxville in Idlib province, Syria.", "Qwzxville")
    assert (place.country, place.resolution, place.name) == ("SYR", "admin1", "Idlib")
    assert "'Qwzxville' is not known" in place.why[0]
    assert place_of("They fled Qwzxville in Idlib province.", "Qwzxville in Idlib province").country == "SYR"


@pytest.mark.parametrize("words", ["Qwzxville", "the embassy", "there", "Abu Qwzx"])
def test_nothing_is_guessed_of_what_is_not_known(words):
    place = place_of(f"They met at {words} again.", words)
    assert (place.country, place.lat, place.geonameid, place.resolution) == (None, None, None, None)


def test_a_place_that_several_states_claim_has_no_country_alone():
    place = place_of("Ships crossed the Strait of Hormuz.", "Strait of Hormuz")
    assert (place.country, place.resolution, place.lat) == (None, "feature", 26.57)


@given(st.text("ab AB,.'é\n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_span_of_any_text_gets_an_answer(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert locate(text, Span(start, end), survey(text)).text == text[start:end]


point = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(point, point)
def test_distance_is_the_same_both_ways(one, other):
    assert measure_distance(one, other) == pytest.approx(measure_distance(other, one), abs=1e-6)
    assert 0 <= measure_distance(one, other) <= 20_038


def test_distance_in_km():
    assert measure_distance((48.85, 2.35), (51.51, -0.13)) == pytest.approx(344, abs=3)
