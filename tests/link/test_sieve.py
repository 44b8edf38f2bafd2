"""The sieve drops no pair that could connect two reports, and drops many of the others."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.link.compare import FEATURES
from dragoman.link.facts import gather_facts
from dragoman.link.link import EDGE
from dragoman.link.score import Scorer, load_scorer
from dragoman.link.sieve import Sieve
from tests.link.reports import make_place, make_report
from tests.link.test_blocks import draw_reports


def sift_all(n_reports: int, seed: int, scorer: Scorer) -> tuple[set[tuple[int, int]], set[tuple[int, int]], int]:
    """Return the pairs that pass, those that score enough, and how many there are."""
    draw = random.Random(seed)
    facts = []
    for number, report in enumerate(draw_reports(n_reports, seed)):
        place = make_place("Aden", 12.8, 45.0) if draw.random() < 0.5 else None
        cite = replace(report.event.cite, title=" ".join(report.sentences) if number % 3 else None)
        article = f"a-{number // 2}"
        event = replace(report.event, event_loc=place, cite=cite, article_id=article, mode=("strike",) * (number % 2))
        facts.append(gather_facts(replace(report, event=event)))
    pairs = list(combinations(range(n_reports), 2))
    passed = Sieve(facts, scorer).sift(np.array(pairs, dtype=np.int64), EDGE)
    enough = {(one, other) for one, other in pairs if scorer.score(facts[one], facts[other]) >= EDGE}
    return {(one, other) for one, other in passed.tolist()}, enough, len(pairs)


@pytest.mark.parametrize("seed", range(3))
def test_what_scores_enough_passes_and_much_else_does_not(seed: int) -> None:
    passed, enough, n_pairs = sift_all(120, seed, load_scorer())
    assert enough
    assert enough <= passed
    assert len(passed) < 0.7 * n_pairs


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.lists(st.floats(-3, 3), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_bounds_hold_for_any_weights(seed: int, weights: list[float]) -> None:
    passed, enough, _ = sift_all(25, seed, Scorer(-2.0, tuple(weights), 0.5))
    assert enough <= passed


def test_one_report_without_words_makes_no_fuss() -> None:
    facts = [gather_facts(make_report("1", "")), gather_facts(make_report("2", ""))]
    sieve = Sieve(facts, load_scorer())
    assert sieve.sift(np.empty((0, 2), dtype=np.int64), EDGE).shape == (0, 2)
    assert sieve.sift(np.array([[0, 1]]), 1e-9).tolist() == [[0, 1]]
    assert Sieve([], load_scorer()).sift(np.empty((0, 2), dtype=np.int64), EDGE).shape == (0, 2)
