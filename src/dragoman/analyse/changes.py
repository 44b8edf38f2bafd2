"""Days on which a series changed its level, seen afterwards: exact segmentation of counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dragoman.analyse.forecast import Array

_PENALTY = 1.5
"""Cost of a change, in units of log(periods) and of the series' over-dispersion; see docs/decisions/0009-alerts.md."""
_SHORTEST = 3
"""Periods that a level must last."""
_PRIOR = 0.5
_STEPS = 25
_STEEPEST = 5.0
"""The logarithm of what a trend may grow or decline by from the middle of a series to its end."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of level: from ``start`` on the mean count a period is ``after``, where it was ``before``.

    ``gain`` is how much better the counts are explained with it than without (log likelihood over what a change costs; above 1).
    """

    start: date
    before: float
    after: float
    gain: float


def find_changes(
    counts: Sequence[int] | Array, starts: Sequence[date], *, penalty: float = _PENALTY
) -> tuple[Change, ...]:
    """Return the changes of level of a series, in order.

    A steady growth or decline is no change: levels are told against a trend where one explains the series better than steps do.
    The division into levels with the lowest cost: quasi-Poisson likelihood, scaled by the over-dispersion that neighbouring periods show,
    and a penalty a change (optimal partitioning, Jackson 2005, with the pruning of PELT, Killick 2012). Exact and without chance.
    """
    series: Array = np.asarray(counts, dtype=np.float64)
    if len(series) < 2 * _SHORTEST:
        return ()
    price = penalty * _guess_overdispersion(series) * np.log(len(series))
    level, trend = (_divide(series, expected, price) for expected in (np.ones(len(series)), _fit_trend(series)))
    # A trend is one more number to fit, and costs as much as a change.
    chosen = trend if trend.cost + price < level.cost else level
    bounds = chosen.bounds
    return tuple(_describe(chosen, bounds[place - 1 : place + 2], starts, price) for place in range(1, len(bounds) - 1))


@dataclass(frozen=True, slots=True)
class _Division:
    """A series cut into levels, where a level is so many times the ``expected`` course; both as running sums from 0."""

    sums: Array
    expected: Array
    bounds: list[int]
    cost: float


def _divide(series: Array, expected: Array, price: float) -> _Division:
    sums, courses = (np.concatenate([[0.0], np.cumsum(one)]) for one in (series, expected))
    bounds, cost = _partition(sums, courses, price)
    return _Division(sums, courses, bounds, cost - float((series * np.log(expected)).sum()))


def _fit_trend(series: Array) -> Array:
    """Return the course of steady growth or decline that fits the whole series best (Poisson regression on time), of mean 1."""
    time = np.linspace(-1.0, 1.0, len(series))
    slope = 0.0
    for _ in range(_STEPS):
        shares = np.exp(slope * time)
        shares /= shares.sum()
        centre = (shares * time).sum()
        spread = (shares * (time - centre) ** 2).sum()
        wanted = (series * time).sum() / max(series.sum(), 1.0)
        slope = float(np.clip(slope + np.clip((wanted - centre) / max(spread, 1e-9), -1, 1), -_STEEPEST, _STEEPEST))
    course = np.exp(slope * time)
    return np.asarray(course / course.mean())


def _guess_overdispersion(series: Array) -> float:
    """Return variance over mean, from differences of neighbours, which a change of level hardly moves; at least 1.

    Steps are compared with the level around them, and the median guards against the steps at changes.
    """
    steps = np.diff(series) ** 2
    levels = (series[:-1] + series[1:]) + 0.5
    overall = steps.sum() / max(levels.sum(), 1e-9)
    return float(max(1.0, overall))


def _partition(sums: Array, expected: Array, price: float) -> tuple[list[int], float]:
    n_periods = len(sums) - 1
    best = np.full(n_periods + 1, np.inf)
    best[0] = -price
    previous = [0] * (n_periods + 1)
    candidates = [0]
    for end in range(_SHORTEST, n_periods + 1):
        begins = np.array(candidates)
        costs = best[begins] + _cost(sums, expected, begins, end) + price
        winner = int(np.argmin(costs))
        best[end], previous[end] = costs[winner], int(begins[winner])
        # PELT's pruning: a beginning that is already dearer by the price of a change can never win again.
        kept = costs - price <= best[end]
        candidates = [*begins[kept].tolist(), end - _SHORTEST + 1]
    bounds = [n_periods]
    while bounds[-1] > 0:
        bounds.append(previous[bounds[-1]])
    return bounds[::-1], float(best[n_periods])


def _cost(sums: Array, expected: Array, begins: np.ndarray, end: int) -> Array:
    """Return minus the log likelihood of one Poisson level from each beginning to the end, terms that no level changes left out."""
    total, length = sums[end] - sums[begins], expected[end] - expected[begins]
    mean = (total + _PRIOR) / (length + _PRIOR)
    return np.asarray(length * mean - total * np.log(mean))


def _describe(division: _Division, bounds: list[int], starts: Sequence[date], price: float) -> Change:
    first, middle, last = bounds
    sums, expected = division.sums, division.expected
    begins = np.array([first])
    alone = _cost(sums, expected, begins, last)[0]
    parted = _cost(sums, expected, begins, middle)[0] + _cost(sums, expected, np.array([middle]), last)[0]
    return Change(
        start=starts[middle],
        before=round(float((sums[middle] - sums[first]) / (middle - first)), 3),
        after=round(float((sums[last] - sums[middle]) / (last - middle)), 3),
        gain=round(float((alone - parted) / price), 2),
    )
