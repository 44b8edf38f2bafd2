from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analyse.alerts import find_alarms
from dragoman.analyse.changes import find_changes
from dragoman.analyse.forecast import forecast_counts
from dragoman.analyse.periods import Unit, list_periods
from dragoman.analyse.rate import read_rate
from dragoman.errors import SettingsError

MONTHS = list_periods(date(2010, 1, 1), date(2019, 12, 31), "month")


def draw(mean: float, dispersion: float, n: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.poisson(mean * random.gamma(1 / dispersion, dispersion, n) if dispersion else mean, n)


@pytest.mark.parametrize(("mean", "dispersion"), [(1, 0), (10, 0), (5, 0.3), (20, 0.5)])
def test_the_realised_rate_of_false_alarms_is_near_the_asked_one(mean: float, dispersion: float) -> None:
    n_series, rate = 60, 0.02
    n_alarms = sum(
        alarm.n_periods
        for seed in range(n_series)
        for alarm in find_alarms(draw(mean, dispersion, 120, seed), MONTHS, "month", rate)
    )
    assert 0.1 * rate < n_alarms / (n_series * (120 - 18)) < 1.5 * rate


def test_a_doubling_is_caught_and_named_a_rise() -> None:
    counts = np.concatenate([draw(20, 0, 60, 1), draw(40, 0, 60, 2)])
    first = find_alarms(counts, MONTHS, "month", 0.01)[0]
    assert (first.direction, first.start) == ("rise", MONTHS[60])
    assert first.observed > first.high >= first.expected / first.n_periods > first.low


def test_a_fall_to_nothing_is_caught() -> None:
    counts = [*draw(20, 0, 60, 1), *([0] * 10)]
    assert find_alarms(counts, MONTHS[:70], "month", 0.01)[0].direction == "fall"


def test_what_grows_steadily_is_no_alarm_each_month() -> None:
    counts = np.round(20 * 2 ** (np.arange(120) / 48)).astype(int)
    assert sum(alarm.n_periods for alarm in find_alarms(counts, MONTHS, "month", 0.01)) <= 2


def test_quiet_weekends_are_no_alarms() -> None:
    days = list_periods(date(2020, 1, 1), date(2020, 12, 31), "day")
    counts = [2 if day.weekday() >= 5 else 20 for day in days]
    assert find_alarms(counts, days, "day", 0.01) == ()


@pytest.mark.parametrize("counts", [[], [3], [0] * 18, [5] * 18])
def test_a_short_past_says_nothing(counts: list[int]) -> None:
    assert find_alarms(counts, MONTHS[: len(counts)], "month", 0.1) == ()


def test_a_silent_dyad_that_speaks_up_is_an_alarm() -> None:
    (alarm,) = find_alarms([0] * 60 + [9], MONTHS[:61], "month", 0.01)
    assert (alarm.observed, alarm.low) == (9, 0) and alarm.p < 0.001


series = st.lists(st.integers(0, 400), min_size=20, max_size=60)


@given(series, st.sampled_from(["day", "week", "month"]))
@settings(max_examples=25, deadline=None)
def test_a_later_count_never_changes_an_earlier_forecast(counts: list[int], unit: Unit) -> None:
    starts = list_periods(date(2010, 1, 4), date(2019, 12, 31), unit)[: len(counts)]
    whole, part = forecast_counts(counts, starts, unit), forecast_counts(counts[:-1], starts[:-1], unit)
    assert np.allclose(whole.p_rise[:-1], part.p_rise, equal_nan=True)


@given(st.lists(st.integers(0, 1_000_000), min_size=19, max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_counts_give_probabilities(counts: list[int]) -> None:
    forecast = forecast_counts(counts, MONTHS[: len(counts)], "month")
    known = ~np.isnan(forecast.p_rise)
    assert known.sum() == len(counts) - 18
    assert np.all((forecast.p_rise[known] >= 0) & (forecast.p_rise[known] <= 1) & (forecast.p_fall[known] >= 0))
    assert np.allclose(forecast.p_rise[known] + forecast.p_fall[known], 1, atol=1e-3)


def test_a_change_of_level_is_found_on_its_month() -> None:
    counts = [*draw(5, 0, 60, 3), *draw(15, 0, 60, 4)]
    (change,) = find_changes(counts, MONTHS)
    assert abs(MONTHS.index(change.start) - 60) <= 1
    assert change.before == pytest.approx(5, abs=1) and change.after == pytest.approx(15, abs=2) and change.gain > 1


@pytest.mark.parametrize("counts", [[], [1, 2, 3], [0] * 120, [7] * 120])
def test_what_does_not_change_has_no_changes(counts: list[int]) -> None:
    assert find_changes(counts, MONTHS[: len(counts)]) == ()


def test_chance_makes_few_changes() -> None:
    assert sum(bool(find_changes(draw(10, 0.3, 120, seed), MONTHS)) for seed in range(60)) <= 5


@pytest.mark.parametrize("growth", [1.0, -1.0])
def test_a_steady_trend_is_no_change_and_a_jump_on_it_is(growth: float) -> None:
    months = np.arange(120)
    n_false, n_found = 0, 0
    for seed in range(20):
        level = 20 * np.exp(growth * np.log(4) * months / 120)
        n_false += bool(find_changes(np.random.default_rng(seed).poisson(level), MONTHS))
        jumped = np.random.default_rng(seed).poisson(np.where(months >= 80, level * 3, level))
        n_found += any(abs(MONTHS.index(one.start) - 80) <= 2 for one in find_changes(jumped, MONTHS))
    assert n_false <= 1
    assert n_found >= 18


@pytest.mark.parametrize(
    ("written", "rate"),
    [("1 per 100 dyad-months", 0.01), ("1 per 100", 0.01), ("0.5/50", 0.01), ("2 PER 10 Dyad-Month", 0.2)],
)
def test_rates_read(written: str, rate: float) -> None:
    assert read_rate(written, "month") == pytest.approx(rate)


@pytest.mark.parametrize(
    "written", ["", "often", "1 per 0", "0 per 10", "9 per 10", "1 per 100 dyad-days", "1 per 100 months"]
)
def test_rates_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="false alarms"):
        read_rate(written, "month")


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_judging_only_the_latest_periods_judges_them_alike(unit: str) -> None:
    drawn = np.random.default_rng(5)
    starts = list_periods(date(2018, 1, 1), date(2021, 12, 27), unit)
    counts = drawn.poisson(6, len(starts))
    counts[-3:-1] = 40
    first = len(starts) - 10
    whole, latest = (forecast_counts(counts, starts, unit, first=one) for one in (0, first))
    assert np.allclose(whole.p_rise[first:], latest.p_rise[first:]) and np.isnan(latest.p_rise[:first]).all()
    assert find_alarms(counts, starts, unit, 0.01, first=first)[-1] == find_alarms(counts, starts, unit, 0.01)[-1]
