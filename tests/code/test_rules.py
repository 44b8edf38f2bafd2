from dataclasses import replace
from datetime import date

import pytest

from dragoman.code.draft import UNKNOWN_ACTOR
from dragoman.code.rules import TWIN_MODES, VERBAL_TWINS, apply_rules
from dragoman.ontology import load_ontology
from dragoman.records import Span, Status
from tests.code.drafts import CHAD, KENYA, PUBLISHED, SUDAN, evidence, on, vary


def ruled(draft, published=PUBLISHED):
    (result,) = apply_rules([draft], published)
    return result


def test_nobody_named_is_actor_unk():
    assert ruled(vary(actors=())).actors == (UNKNOWN_ACTOR,)


def test_participants_of_a_meeting_are_all_actors():
    meeting = ruled(vary(type="CONSULT"))
    assert (meeting.actors, meeting.recipients) == ((KENYA, SUDAN), ())


def test_a_visit_keeps_visitor_and_host_apart():
    visit = ruled(vary(type="CONSULT", modes=("visit",)))
    assert (visit.actors, visit.recipients) == ((KENYA,), (SUDAN,))


@pytest.mark.parametrize(("others", "modes"), [((SUDAN,), ()), ((SUDAN, CHAD), ("multilateral",))])
def test_three_parties_make_a_meeting_multilateral(others, modes):
    assert ruled(vary(type="CONSULT", recipients=others)).modes == modes


def test_nobody_acts_upon_himself():
    again = replace(KENYA, span=Span(50, 55), text="Nairobi")
    assert ruled(vary(recipients=(again, SUDAN))).recipients == (SUDAN,)


@pytest.mark.parametrize(
    ("day", "granularity", "status"),
    [
        (date(2021, 12, 14), "day", Status.HISTORICAL),
        (date(2021, 12, 15), "day", Status.ACTUAL),
        (date(2021, 12, 1), "month", Status.ACTUAL),
        (date(2022, 1, 1), "year", Status.ACTUAL),
        (date(2021, 1, 1), "year", Status.ACTUAL),
        (date(2020, 1, 1), "year", Status.HISTORICAL),
    ],
)
def test_six_months_before_publication_begins_the_past(day, granularity, status):
    assert ruled(vary(moment=on(day, granularity))).status is status


def test_a_negated_act_of_long_ago_stays_negated():
    assert ruled(vary(status=Status.NEGATED, moment=on(date(2001, 1, 1)))).status is Status.NEGATED


@pytest.mark.parametrize(("kind", "twin"), VERBAL_TWINS.items())
@pytest.mark.parametrize("speaker", [KENYA, replace(KENYA, name="Alfred Mutua", span=Span(60, 70))])
def test_a_future_that_its_own_author_announces_is_its_verbal_twin(kind, twin, speaker):
    draft = ruled(vary(type=kind, status=Status.FUTURE, speaker=speaker))
    assert (draft.type, draft.status) == (twin, Status.ACTUAL)


@pytest.mark.parametrize("speaker", [None, CHAD, replace(KENYA, sector=("JRN",), name="A reporter", span=Span(60, 70))])
def test_a_schedule_that_others_tell_stays_future(speaker):
    draft = ruled(vary(type="CONSULT", modes=("visit",), status=Status.FUTURE, speaker=speaker))
    assert (draft.type, draft.status) == ("CONSULT", Status.FUTURE)


def test_a_future_without_twin_stays_future():
    draft = ruled(vary(type="PROTEST", status=Status.FUTURE))
    assert (draft.type, draft.status) == ("PROTEST", Status.FUTURE)


def test_twins_and_their_modes_are_in_the_ontology():
    types = load_ontology().types
    assert set(VERBAL_TWINS) | set(VERBAL_TWINS.values()) <= set(types)
    assert set(TWIN_MODES.values()) <= set(types["THREATEN"].modes)
    for key in TWIN_MODES:
        kind, _, mode = key.partition(".")
        assert not mode or mode in types[kind].modes


def test_a_speech_acts_own_actor_does_not_vouch_for_it():
    assert ruled(vary(speaker=KENYA)).speaker is None
    assert ruled(vary(speaker=CHAD)).speaker == CHAD


def test_a_mobilization_beside_the_same_assault_is_dropped():
    move, strike = vary(type="MOBILIZE", recipients=()), vary(type="ASSAULT", evidence=(evidence(0, 20),))
    assert [draft.type for draft in apply_rules([move, strike], PUBLISHED)] == ["ASSAULT"]


def test_a_mobilization_of_somebody_else_or_elsewhere_stays():
    strike = vary(type="ASSAULT", evidence=(evidence(0, 20),))
    apart = vary(type="MOBILIZE", evidence=(evidence(0, 60),))
    for move in (vary(type="MOBILIZE", actors=(CHAD,)), vary(type="MOBILIZE", evidence=(evidence(3, 0),)), apart):
        assert len(apply_rules([move, strike], PUBLISHED)) == 2


NIGER = replace(CHAD, code="NER", name="Government of Niger", text="they")


def test_an_exercise_does_not_take_in_the_state_at_which_it_is_aimed():
    exercise = vary(type="COOPERATE", contexts=("military",), actors=(KENYA, SUDAN, NIGER), recipients=())
    threats = [vary(type="THREATEN", actors=(one,), recipients=(NIGER,)) for one in (KENYA, SUDAN)]
    found, *_ = apply_rules([exercise, *threats], PUBLISHED)
    assert found.actors == (KENYA, SUDAN)
    assert "NER takes no part" in found.why[-1]


@pytest.mark.parametrize(
    "change",
    [{"contexts": ("economic",)}, {"actors": (KENYA, NIGER)}, {"actors": (KENYA, SUDAN, replace(NIGER, text="Niger"))}],
)
def test_other_cooperation_two_parties_and_named_ones_stay(change):
    exercise = replace(
        vary(type="COOPERATE", contexts=("military",), actors=(KENYA, SUDAN, NIGER), recipients=()), **change
    )
    threats = [vary(type="THREATEN", actors=(one,), recipients=(NIGER,)) for one in (KENYA, SUDAN)]
    found, *_ = apply_rules([exercise, *threats], PUBLISHED)
    assert found.actors == exercise.actors
