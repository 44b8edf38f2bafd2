import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluate.chains import score_b_cubed, score_ceaf, score_chains, score_muc


def chains(*groups):
    return [frozenset(group) for group in groups]


def test_the_textbook_example():
    # Vilain et al. 1995: one of three links of {1,2,3,4} is missing where it is split in two halves.
    gold, found = chains({1, 2, 3, 4}), chains({1, 2}, {3, 4})
    assert score_muc(gold, found).f1 == pytest.approx(0.8)
    assert score_b_cubed(gold, found).f1 == pytest.approx(2 / 3)
    assert score_ceaf(gold, found).f1 == pytest.approx(2 * (2 / 3) * (1 / 3) / 1, abs=1e-5)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12))
def test_gold_against_itself_is_perfect_unless_nothing_is_linked(labels):
    groups = {label: {at for at, own in enumerate(labels) if own == label} for label in labels}
    gold = chains(*groups.values())
    expected = 1.0 if any(len(chain) > 1 for chain in gold) else 0.0
    assert score_chains([(gold, gold)])["CoNLL"] == pytest.approx(expected)
