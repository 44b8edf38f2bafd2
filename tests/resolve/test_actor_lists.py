from datetime import date

import pytest

from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.actor_identity import identify
from dragoman.resolve.actor_lists import identify_list
from dragoman.resolve.coreference import trace_mentions
from tests.resolve.readings import make_reading


def codes(text, kind=MentionKind.STATE):
    return [one.code for one in identify_list(text, kind, gazetteer=load_gazetteer())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Britain, France and the United States", ["GBR", "FRA", "USA"]),
        ("Uzbekistan and Tajikistan", ["UZB", "TJK"]),
        ("NATO and the European Union", ["IGO", "EUR"]),
        ("Trinidad and Tobago", []),
        ("France and its neighbour", []),
        ("France", []),
        ("", []),
    ],
)
def test_a_list_of_names_is_several_parties_and_nothing_else_is(text, found):
    assert codes(text) == found


def test_one_mention_of_two_states_stands_for_both():
    reading = make_reading("[state:Uzbekistan and Tajikistan] [act:seized] opium.", (0, "A", 0))
    (parties,) = trace_mentions(reading, load_gazetteer())
    assert [one.code for one in parties] == ["UZB", "TJK"]


def test_both_sides_are_of_two_countries_where_the_story_names_two():
    marked = (
        "[state:Japan] met [state:China].\n[state:Japan] told [state:China] so.\n"
        "[role:The Chinese envoy] and [role:the Chinese minister] left.\n[pronoun:Both sides] [act:agreed]."
    )
    parties = trace_mentions(make_reading(marked), load_gazetteer())[-1]
    assert sorted(one.code for one in parties) == ["CHN", "JPN"]


@pytest.mark.parametrize(
    ("words", "code"), [("Wisconsin", "USA"), ("Madhya Pradesh", "IND"), ("the Emirates", "ARE"), ("Bonn", "DEU")]
)
def test_a_province_or_seat_that_acts_is_of_its_state(words, code):
    reading = make_reading(f"[state:{words}] [act:protested].", published=date(1985, 5, 1))
    assert trace_mentions(reading, load_gazetteer())[0][0].code == code


@pytest.mark.parametrize(("words", "is_known"), [("Unita", True), ("UNITA", True), ("unita", False)])
def test_long_acronyms_may_be_written_as_names(words, is_known):
    reading = make_reading(f"[organisation:{words}] [act:protested].")
    assert bool(trace_mentions(reading, load_gazetteer())[0]) == is_known


@pytest.mark.parametrize(
    ("words", "kind", "code", "sector"),
    [
        ("a Dutch couple", MentionKind.GROUP, "NLD", "CVL"),
        ("a BBC crew", MentionKind.GROUP, "GBR", "JRN"),
        ("a French energy group", MentionKind.ORGANISATION, "FRA", "UNK"),
    ],
)
def test_words_that_only_group_people_are_of_their_nationality(words, kind, code, sector):
    found = identify(words, kind, gazetteer=load_gazetteer())
    assert (found.code, found.sectors[0]) == (code, sector)


def test_a_bare_group_is_nobody_s():
    assert identify("the group", MentionKind.ORGANISATION, gazetteer=load_gazetteer()) is None
