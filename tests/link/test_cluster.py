from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.cluster import cluster, find_components


def test_average_link_keeps_a_weak_third_out() -> None:
    assert cluster([0, 1, 2], {(0, 1): 0.9, (1, 2): 0.6}, 0.5) == [[0, 1], [2]]
    assert cluster([0, 1, 2], {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.5}, 0.5) == [[0, 1, 2]]


def test_ties_fall_to_the_lowest() -> None:
    assert cluster([0, 1, 2], {(0, 1): 0.6, (1, 2): 0.6}, 0.5) == [[0, 1], [2]]


def test_those_apart_never_meet_through_a_third() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9}
    assert cluster([0, 1, 2], scores, 0.5, apart=[(0, 2)]) == [[0, 1], [2]]


def test_those_together_stand_without_a_score() -> None:
    assert cluster([0, 1, 2], {}, 0.5, together=[[0, 2]]) == [[0, 2], [1]]


def test_chains_make_components() -> None:
    assert find_components(6, [(4, 5), (0, 2), (2, 3)]) == [[0, 2, 3], [1], [4, 5]]


pairs = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), st.floats(0, 1)
)


@given(pairs, st.floats(0.05, 0.95), st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=4))
def test_groups_part_the_members_and_respect_the_bans(
    scores: dict[tuple[int, int], float], threshold: float, bans: set[tuple[int, int]]
) -> None:
    apart = [(one, other) for one, other in bans if one < other]
    groups = cluster(range(8), scores, threshold, apart=apart)
    assert sorted(member for group in groups for member in group) == list(range(8))
    assert not any(one in group and other in group for group in groups for one, other in apart)


@given(pairs)
def test_a_lower_threshold_never_makes_more_groups(scores: dict[tuple[int, int], float]) -> None:
    assert len(cluster(range(8), scores, 0.2)) <= len(cluster(range(8), scores, 0.8))
