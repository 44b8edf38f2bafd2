import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.records import Dateline, MentionKind
from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.actor_home_signs import CLASSES, class_of, load_signs, weigh_story
from dragoman.resolve.actor_homes import find_homes, make_story
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
    assert sorted(home.why.split(", and ")) == ["places in it are named, as 'Mutare'", "the first sentence names it"]
    assert 0.5 < home.score <= 1


def test_a_body_is_the_home_of_its_inspectors_but_not_of_the_police():
    line = "[organisation:The United Nations] complained to [state:Iraq] that [group:{}] had been turned back."
    assert codes(line.format("inspectors"))[2] == "UNO"
    assert codes(line.format("policemen"))[2] == "IRQ"


def test_a_weight_for_a_class_of_mentions_is_added_to_the_common_one():
    weights = load_signs().weights
    assert set(CLASSES) == set(weights["opposite"])
    assert weights["opposite"]["official"] < 0 < weights["before"]["official"]


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("the ambassador", MentionKind.ROLE, "envoy"),
        ("the president", MentionKind.ROLE, "official"),
        ("protesters", MentionKind.GROUP, "people"),
        ("Jo Bloggs", MentionKind.PERSON, "unknown"),
    ],
)
def test_bare_mentions_are_of_four_sorts(words, kind, expected):
    assert class_of(words, identify(words, kind, gazetteer=GAZETTEER)) == expected


def test_whoever_summons_a_minister_is_of_another_country():
    marked = "[state:Chad] and [state:Niger] quarrelled. [state:Chad] [act:blamed] [role:the foreign minister]."
    apart = make_reading(marked, (0, "A", 2), (0, "R", 3))
    told = [identify(m.span.quote(apart.document.text), m.kind, gazetteer=GAZETTEER) for m in apart.mentions]
    scores = [
        weigh_story(3, make_story(reading, told, GAZETTEER))[0]["TCD"] for reading in (make_reading(marked), apart)
    ]
    assert scores[1] < scores[0]


def test_every_sign_has_words_for_the_analyst():
    assert all(load_signs().words[name] for name in load_signs().weights)


@given(st.permutations(["[state:Kenya] spoke.", "[organisation:Police] fired.", "[state:Kenya] won."]))
@settings(max_examples=6)
def test_one_country_alone_is_the_home_wherever_it_stands(lines):
    assert "KEN" in codes("\n".join(lines))
