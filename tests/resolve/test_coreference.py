import pytest

from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.coreference import identify_mentions
from tests.resolve.readings import make_reading


def codes(marked):
    return [
        identity.code if identity else None for identity in identify_mentions(make_reading(marked), load_gazetteer())
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[state:Kenya] spoke. [pronoun:It] waited.", ["KEN", "KEN"]),
        (
            "[person:Defence Secretary Ramon Dizon] of [state:the Philippines] spoke.\n[person:Dizon] left.",
            ["PHL", "PHL", "PHL"],
        ),
        ("[state:North Korea] spoke.\n[state:The regime] waited.", ["PRK", "PRK"]),
        ("[organisation:The United Nations Security Council] met.\n[organisation:The council] rose.", ["UNO", "UNO"]),
        (
            "[organisation:Police] shot at [group:protesters] in [place:Nairobi], [state:Kenya].",
            ["KEN", "KEN", "KEN", "KEN"],
        ),
        ("[person:Foreign Minister Sergei Lavrov] left.\n[pronoun:He] waved.", ["RUS", "RUS"]),
    ],
)
def test_words_stand_for_who_was_named_before(marked, expected):
    assert codes(marked) == expected


def test_nothing_is_guessed_where_the_story_is_silent():
    for code in codes("[organisation:Police] shot at [group:protesters].\n[pronoun:They] fled."):
        assert code in (None, "UNK")


def test_two_countries_named_as_often_give_no_home():
    assert codes("[organisation:Police] watched as [state:Chad] met [state:Niger].")[0] in (None, "UNK")


def test_a_pronoun_does_not_reach_over_many_sentences():
    assert codes("[state:Kenya] spoke.\nOne.\nTwo.\nThree.\n[pronoun:It] rained.")[-1] is None


def test_the_reason_names_the_words_it_rests_on():
    identity = identify_mentions(make_reading("[state:Kenya] spoke.\n[pronoun:It] waited."), load_gazetteer())[1]
    assert identity.why[0].startswith("'It' stands for 'Kenya'")
