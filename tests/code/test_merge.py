from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.code.merge import is_same_event, merge_drafts
from dragoman.records import Actor, Span, Status
from tests.code.drafts import CHAD, KENYA, PLAIN, SUDAN, evidence, on, vary

LATER = (evidence(4, 10),)
MINISTER = Actor("KEN", ("GOV",), "Amina Exemplo", text="Exemplo")
REBELS = Actor("KEN", ("REB",), text="rebels")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"recipients": ()},
        {"actors": (MINISTER,)},
        {"actors": (KENYA, CHAD)},
        {"moment": on(date(2022, 6, 13))},
        {"modes": ("allege",)},
    ],
)
def test_mentions_that_contradict_nothing_are_one_event(changes):
    (merged,) = merge_drafts([PLAIN, vary(evidence=LATER, **changes)])
    assert len(merged.evidence) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "THREATEN"},
        {"status": Status.NEGATED},
        {"actors": (CHAD,)},
        {"actors": (REBELS,)},
        {"recipients": (CHAD,)},
        {"actors": ()},
    ],
)
def test_mentions_that_contradict_are_two_events(changes):
    assert len(merge_drafts([PLAIN, vary(evidence=LATER, **changes)])) == 2


def test_two_days_are_two_events_and_a_month_holds_its_days():
    monday, tuesday, june = on(date(2022, 6, 13)), on(date(2022, 6, 14)), on(date(2022, 6, 1), "month")
    assert not is_same_event(vary(moment=monday), vary(moment=tuesday))
    assert is_same_event(vary(moment=monday), vary(moment=june))


def test_the_merged_record_takes_what_the_later_mention_knows():
    first = vary(recipients=(), modes=(), in_headline=True)
    later = vary(evidence=LATER, modes=("allege",), moment=on(date(2022, 6, 13)), place=None, speaker=CHAD)
    (merged,) = merge_drafts([first, later])
    assert (merged.recipients, merged.modes, merged.speaker) == ((SUDAN,), ("allege",), CHAD)
    assert merged.moment.basis == "text"
    assert merged.score == pytest.approx(0.96)


def test_what_the_report_tells_plainly_too_needs_no_voice():
    plain, voiced = vary(), vary(evidence=LATER, speaker=CHAD)
    assert [one.speaker for one in merge_drafts([plain, voiced])] == [None]
    assert [one.speaker for one in merge_drafts([voiced, replace(plain, evidence=LATER)])] == [None]
    assert [one.speaker for one in merge_drafts([voiced, replace(voiced, evidence=LATER)])] == [CHAD]


@given(
    st.lists(
        st.tuples(st.sampled_from(["ACCUSE", "REJECT"]), st.sampled_from([KENYA, CHAD, SUDAN]), st.integers(0, 5)),
        max_size=8,
    )
)
def test_merging_loses_no_evidence_and_is_idempotent(acts):
    drafts = [
        replace(PLAIN, type=kind, actors=(actor,), recipients=(), evidence=(evidence(number, 3),))
        for kind, actor, number in acts
    ]
    merged = merge_drafts(drafts)
    assert {one for draft in merged for one in draft.evidence} == {one for draft in drafts for one in draft.evidence}
    assert merge_drafts(merged) == merged


def test_one_party_told_as_government_and_as_army_is_one_event():
    army = Actor("KEN", ("MIL",), text="the army", span=Span(440, 448))
    joined = merge_drafts([PLAIN, vary(evidence=(evidence(1, 10),), actors=(army,))])
    assert [one.actors for one in joined] == [(KENYA,)]


def test_the_state_and_its_people_are_never_one_party():
    people = Actor("KEN", ("CVL",), text="residents", span=Span(140, 149))
    assert len(merge_drafts([PLAIN, vary(evidence=(evidence(1, 10),), actors=(people,))])) == 2
