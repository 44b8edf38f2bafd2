from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluate.match import Score, assign

weights = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.sampled_from([0, 0, 9, 12, 17]), min_size=width, max_size=width), max_size=5)
)


@given(weights)
def test_assignment_is_the_best_of_all(table):
    width = len(table[0]) if table else 0
    seats = [*range(width), *[-1] * len(table)]
    best = max(
        (
            sum(table[row][seat] for row, seat in enumerate(chosen) if seat >= 0)
            for chosen in permutations(seats, len(table))
        ),
        default=0,
    )
    pairs = assign(table)
    assert sum(table[row][column] for row, column in pairs) == best
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_figures_follow_from_the_counts():
    score = Score(n_right=6, n_found=8, n_gold=12)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.5, 0.6)
    assert Score(0, 0, 0).f1 == 0.0
