from dataclasses import replace

import pytest

from dragoman.code.draft import UNKNOWN_ACTOR
from dragoman.code.implied import choose, imply_parties, list_candidates, list_missing, load_weights, weigh
from dragoman.ontology import load_ontology
from dragoman.records import Actor, Span
from tests.code.drafts import CHAD, KENYA, PLAIN, SUDAN, evidence, vary

POLICE = Actor("KEN", ("COP",), text="police", span=Span(0, 6))
CROWD = Actor("KEN", ("CVL",), text="protesters", span=Span(20, 30))
FORTY = Actor("KEN", ("CVL",), text="forty", span=Span(110, 115))
RAID = vary(type="COERCE", modes=("restrict",), actors=(POLICE,), recipients=(CROWD,), evidence=(evidence(0, 8),))
ARREST = vary(
    type="COERCE", modes=("arrest",), actors=(UNKNOWN_ACTOR,), recipients=(FORTY,), evidence=(evidence(1, 20),)
)


def test_an_arrest_without_actor_is_by_whoever_acted_before():
    raid, arrest = imply_parties([RAID, ARREST])
    assert raid == RAID
    assert [one.code for one in arrest.actors] == ["KEN"]
    assert arrest.actors[0].text == "police"
    assert arrest.actors[0].why[0].startswith("actor not named here: 'police'")


def test_the_first_act_of_a_story_stays_as_it_is():
    alone = vary(actors=(UNKNOWN_ACTOR,), recipients=())
    assert imply_parties([alone]) == [alone]


def test_parties_that_the_sentence_names_stay():
    acts = [RAID, vary(evidence=(evidence(1, 10),)), vary(recipients=(CHAD,), evidence=(evidence(2, 10),))]
    assert imply_parties(acts) == acts


def test_a_party_told_far_before_is_not_looked_for():
    far = replace(ARREST, evidence=(evidence(9, 20),))
    assert imply_parties([RAID, far])[1].actors == (UNKNOWN_ACTOR,)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"recipients": ()}, ("recipient",)),
        ({"actors": (UNKNOWN_ACTOR,)}, ("actor",)),
        ({"actors": (UNKNOWN_ACTOR,), "recipients": ()}, ("actor", "recipient")),
        ({"type": "CONSULT", "recipients": ()}, ("partner",)),
        ({"type": "CONSULT", "actors": (KENYA, SUDAN), "recipients": ()}, ()),
        ({"type": "CONSULT", "modes": ("visit",), "recipients": ()}, ("recipient",)),
    ],
)
def test_what_an_act_leaves_out(changes, missing):
    assert list_missing(vary(**changes)) == missing


def test_nobody_is_both_sides_of_an_act():
    choice = list_candidates(vary(recipients=(), evidence=(evidence(1, 10),)), "recipient", [PLAIN])
    assert choice.candidates == (None, SUDAN)


def test_chances_add_up_and_who_is_unknown_is_never_taken():
    choice = list_candidates(ARREST, "actor", [RAID, vary(actors=(replace(CHAD, code="UNK"),))])
    assert sum(weigh(choice)) == pytest.approx(1)
    chances = [float(one is not None and one.code == "UNK") for one in choice.candidates]
    assert choose(choice, chances) == 0


def test_of_two_parties_of_one_country_their_chances_add_up():
    choice = list_candidates(ARREST, "actor", [RAID, vary(actors=(CHAD,), recipients=())])
    chances = [0.4 if one is None else 0.3 if one.code == "KEN" else 0.0 for one in choice.candidates]
    taken = choice.candidates[choose(choice, chances)]
    assert taken is not None
    assert taken.code == "KEN"


def test_weights_name_types_of_the_ontology():
    kinds = {name.rpartition("_")[2].partition(".")[0] for table in load_weights().values() for name in table}
    named = {kind for kind in kinds if kind.isupper() and len(kind) > 3}
    assert named <= set(load_ontology().types)
