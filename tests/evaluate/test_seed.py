"""The seed article is the measure of everything: its F1 may not fall below what the README claims."""

from pathlib import Path

import pytest

from dragoman.evaluate import run_benchmarks

SHARED = Path(__file__).parents[2].parent / "shared"
FLOOR = 0.50


@pytest.mark.skipif(
    not (SHARED / "seed" / "gold.json").exists(), reason="the seed article lies beside the project, not in it"
)
def test_seed_f1_stays_above_the_floor():
    lines = list(run_benchmarks(["seed"], SHARED, details=True))
    f1 = float(next(line for line in lines if " F1 " in line).rsplit(" ", 1)[1])
    assert f1 >= FLOOR
