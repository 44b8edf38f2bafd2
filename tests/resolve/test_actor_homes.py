import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.records import Dateline
from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.actor_homes import find_homes, load_signs
from dragoman.resolve.actor_identity import identify
from tests.resolve.readings import make_reading

GAZETTEER = load_gazetteer()


def homes_of(marked, *, outlet=None, dateline=None):
    reading = make_reading(marked)
    article = dataclasses.replace(reading.document.article, outlet=outlet)
    line = None if dateline is None else Dateline(dateline, place=dateline)
    document = dataclasses.replace(reading.document, article=article, dateline=line)
    reading = dataclasses.replace(reading, document=document)
    told = [identify(m.span.quote(reading.document.text), m.kind, gazetteer=GAZETTEER) for m in reading.mentions]
    return find_homes(reading, told, GAZETTEER)


def codes(marked, **settings):
    return [home.code if home else None for home in homes_of(marked, **settings)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[organisation:Police] fired at [group:protesters] in [place:Mutare].", ["ZWE", "ZWE", None]),
        ("[state:Kenya] closed a border.\n[role:The president] spoke.", [None, "KEN"]),
        ("In [place:Tripoli] [group:gunmen] waited, [state:Libya] said.", [None, "LBY", None]),
        ("In [place:Tripoli] [group:gunmen] waited, [state:Lebanon] said.", [None, "LBN", None]),
        (
            "[state:France] and [state:Germany] met. [organisation:Kenyan police] sang.\n[organisation:police] ate in [place:Nairobi].",
            [None, None, None, "KEN", None],
        ),
    ],
)
def test_the_story_gives_the_country(marked, expected):
    assert codes(marked) == expected


def test_a_silent_story_gives_none():
    assert codes("[organisation:Police] fired at [group:protesters].") == [None, None]


def test_two_countries_on_a_level_give_none():
    assert codes("[organisation:Police] watched as [state:Chad] met [state:Niger].")[0] is None


def test_the_dateline_tells():
    assert codes("[organisation:Police] fired.", dateline="NAIROBI, Kenya") == ["KEN"]
    assert codes("[organisation:Police] fired.", dateline="BOGOTA") == ["COL"]


@pytest.mark.parametrize(
    ("outlet", "code"),
    [
        ("Kenya Daily", "KEN"),
        ("Manila Brief", "PHL"),
        ("Harbour Times", None),
        ("Franco-German Post", "DEU"),
        ("", None),
    ],
)
def test_the_outlet_tells_only_where_nothing_else_does(outlet, code):
    assert codes("[organisation:Police] fired.", outlet=outlet) == [code]
    assert codes("[organisation:Police] fired in [place:Lima].", outlet=outlet)[0] == "PER"


def test_the_reason_is_in_words():
    home = homes_of("[organisation:Police] fired in [place:Mutare].")[0]
    assert home.why == "places in it are named, as 'Mutare', and the first sentence names it"
    assert 0.5 < home.score <= 1


def test_every_sign_has_words_for_the_analyst():
    assert all(load_signs().words[name] for name in load_signs().weights)


@given(st.permutations(["[state:Kenya] spoke.", "[organisation:Police] fired.", "[state:Kenya] won."]))
@settings(max_examples=6)
def test_one_country_alone_is_the_home_wherever_it_stands(lines):
    assert "KEN" in codes("\n".join(lines))
