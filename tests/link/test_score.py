from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.link.compare import FEATURES, compare, measure_km
from dragoman.link.facts import Facts, Spot, gather_facts
from dragoman.link.score import load_scorer, read_scorer
from tests.link.reports import make_place, make_report
from tests.link.test_link import NEWS

FACTS = [gather_facts(report) for report in NEWS]


@given(st.sampled_from(FACTS), st.sampled_from(FACTS))
def test_the_score_is_symmetric_and_a_probability(one: Facts, other: Facts) -> None:
    scorer = load_scorer()
    assert compare(one, other) == pytest.approx(compare(other, one))
    assert scorer.score(one, other) == pytest.approx(scorer.score(other, one))
    assert 0 <= scorer.score(one, other) <= 1
    assert len(compare(one, other)) == len(FEATURES)


def test_weights_that_miss_a_feature_are_refused() -> None:
    with pytest.raises(SettingsError, match="type same"):
        read_scorer({"bias": 0, "threshold": 0.5, "weights": {name: 0 for name in FEATURES if name != "type same"}})


def test_places_are_measured_along_the_earth() -> None:
    seoul, pyongyang = (gather_facts(make_report("p", "x", event_loc=make_place(*spot))).spot for spot in (
        ("Seoul", 37.57, 126.98), ("Pyongyang", 39.03, 125.75)))  # fmt: skip
    assert seoul and pyongyang and measure_km(seoul, pyongyang) == pytest.approx(194, abs=5)
    assert measure_km(seoul, Spot("x", None, None, None, None, False)) is None


def test_reasons_carry_their_effect() -> None:
    reasons = load_scorer().explain(FACTS[0], FACTS[1])
    assert reasons and all("(" in reason and reason[-1] == ")" for reason in reasons)
