import datetime

from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.coreference import identify_mentions
from tests.resolve.readings import make_reading


def identify(marked, published=datetime.date(2017, 8, 31)):
    return identify_mentions(make_reading(marked, published=published), load_gazetteer())


def test_a_surname_alone_is_whom_the_story_calls_by_it():
    full, short = identify("[person:President Sebastián Noriega] of [state:Ecuador] spoke.\n[person:Mr Noriega] left.")[
        ::2
    ]
    assert full.code == "ECU"
    assert short.code == "ECU"
    assert short.name == full.name


def test_a_surname_alone_stays_the_known_person_where_the_story_names_him_in_full():
    full, short = identify("[person:Vladimir Putin] spoke.\n[person:Putin] left.")
    assert full.wikidata == short.wikidata == "Q7747"


def test_a_surname_alone_stays_the_known_person_where_nobody_else_bears_it():
    assert identify("[person:Putin] left.")[0].wikidata == "Q7747"


def test_namesakes_in_one_story_are_two_persons():
    first, second = identify("[person:Vladimir Putin] spoke.\n[person:Igor Putin], [role:a Chadian poet], sang.")[:2]
    assert first.code == "RUS"
    assert second is None or second.entity != first.entity
