"""What a count should be, by its own past: a negative-binomial regression with trend, weekdays and seasons.

Each period is forecast from the periods before it alone. The logarithm of the mean has a level, a trend, for days the day of the week,
and where the past holds two years a yearly wave. Recent periods weigh more. The forecast is a whole distribution: it carries that level,
trend and over-dispersion are themselves only estimated. Log-linear outbreak detection in the manner of Farrington (1996) and Noufal
(2013), with Firth's (1993) correction for sparse counts and a grid over the over-dispersion in place of one estimate of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dragoman.analyse.periods import Unit

Array = np.ndarray[Any, np.dtype[np.float64]]

_WINDOW: dict[Unit, int] = {"day": 182, "week": 104, "month": 60}
"""Periods that the forecast looks back at most."""
_LEAST: dict[Unit, int] = {"day": 56, "week": 26, "month": 18}
"""Periods of past that a forecast needs."""
_TWO_YEARS: dict[Unit, int] = {"day": 730, "week": 104, "month": 24}
_DAYS_A_YEAR = 365.25
_TREND_PRIOR, _WAVE_PRIOR = 1.0, 4.0
"""Precisions of the coefficients' normal priors: a trend of e-fold over the window, a weekday or season of e^0.5, are ordinary."""
_DISPERSIONS = np.array([0.0, 0.03, 0.08, 0.2, 0.4, 0.8, 1.6, 3.2])
"""Grid of the over-dispersion a: the variance is mean + a * mean^2."""
_STEPS = 8
_MOST_LOG_MEAN = 16.0
_N_BATCH = 512


@dataclass(frozen=True, slots=True)
class Forecast:
    """For each period what its past led to expect; all arrays have one entry a period, NaN where the past is too short.

    ``expected`` is the mean. ``p_rise`` is the probability of so high a count or a higher one, ``p_fall`` of so low a one or a lower, half
    the probability of the count itself in each (mid-p, so that the rate of false alarms is the asked one on counts too). ``shape`` and
    ``weights`` hold the forecast distribution: a mixture of negative binomials of that mean, one a column.
    """

    expected: Array
    p_rise: Array
    p_fall: Array
    shape: Array
    weights: Array

    def interval(self, period: int, rate: float) -> tuple[int, int]:
        """Return the lowest and highest count of a period that is no alarm at ``rate`` (the share of periods, both sides together)."""
        mean, shapes, weights = self.expected[period], self.shape[period], self.weights[period]
        highest = 16
        while True:
            mass = _mass_up_to(highest, mean, shapes, weights)
            below = np.cumsum(mass)
            usual = np.flatnonzero((below - mass / 2 >= rate / 2) & (1 - below + mass / 2 >= rate / 2))
            if below[-1] > 1 - rate / 4 or highest > _HIGHEST:
                return (int(usual[0]), int(usual[-1])) if len(usual) else (0, 0)
            highest *= 4


_HIGHEST = 4_000_000


def forecast_counts(counts: Sequence[int] | Array, starts: Sequence[date], unit: Unit, *, first: int = 0) -> Forecast:
    """Return the forecast of every period of a series from the one numbered ``first``, each from its own past alone.

    ``counts`` are the counts of the periods that begin on ``starts``, in order and without gaps. What lies before ``first`` (from 0) stays
    NaN; the other forecasts are the same whatever it is.
    """
    series: Array = np.asarray(counts, dtype=np.float64)
    n_periods, least = len(series), _LEAST[unit]
    forecast = _make_blank(n_periods)
    causes = _describe_periods(starts, unit)
    for begin in range(least, n_periods, _N_BATCH):
        targets = np.arange(max(begin, first), min(begin + _N_BATCH, n_periods))
        if not len(targets):
            continue
        mean, shapes, weights = _forecast_batch(series, causes, targets, unit, has_wave=begin >= _TWO_YEARS[unit])
        forecast.expected[targets], forecast.shape[targets], forecast.weights[targets] = mean, shapes, weights
        tails = [
            _find_tails(int(series[target]), mean[place], shapes[place], weights[place])
            for place, target in enumerate(targets)
        ]
        forecast.p_rise[targets], forecast.p_fall[targets] = np.array(tails).T
    return forecast


def _make_blank(n_periods: int) -> Forecast:
    lines = [np.full(n_periods, np.nan) for _ in range(3)]
    tables = [np.full((n_periods, len(_DISPERSIONS)), np.nan) for _ in range(2)]
    return Forecast(lines[0], lines[1], lines[2], tables[0], tables[1])


def _describe_periods(starts: Sequence[date], unit: Unit) -> Array:
    """Return the columns that move with the calendar: weekdays for days, then the yearly wave."""
    ordinals = np.array([start.toordinal() for start in starts], dtype=np.float64)
    angle = 2 * np.pi * ordinals / _DAYS_A_YEAR
    columns = [np.cos(angle), np.sin(angle)]
    if unit == "day":
        columns = [((ordinals % 7) == weekday) - 1 / 7 for weekday in range(7)] + columns
    return np.stack(columns, axis=1)


def _forecast_batch(
    series: Array, causes: Array, targets: Any, unit: Unit, *, has_wave: bool
) -> tuple[Array, Array, Array]:
    """Return mean, shapes and weights for each target period; arrays below are (targets, window, columns)."""
    window = _WINDOW[unit]
    lags = np.arange(window, 0, -1)
    past = targets[:, None] - lags[None, :]
    seen = (past >= 0).astype(np.float64)
    history = series[np.maximum(past, 0)] * seen
    seen *= 0.5 ** (lags / (window / 2))[None, :]
    n_waves = 2 if has_wave else 0
    kept = causes[:, : causes.shape[1] - 2 + n_waves]
    trend = np.broadcast_to((-lags / window)[None, :, None], (len(targets), window, 1))
    design = np.concatenate([np.ones_like(trend), trend, kept[np.maximum(past, 0)]], axis=2)
    ahead = np.concatenate([np.ones((len(targets), 1)), np.zeros((len(targets), 1)), kept[targets]], axis=1)
    priors = np.array([0.0, _TREND_PRIOR] + [_WAVE_PRIOR] * kept.shape[1])
    fitted, spread, dispersion_weights = _fit(history, seen, design, ahead, priors)
    shapes = (1 + _DISPERSIONS[None, :]) * np.exp(np.minimum(spread, 3.0))[:, None] - 1
    return fitted, shapes, dispersion_weights


def _fit(history: Array, seen: Array, design: Array, ahead: Array, priors: Array) -> tuple[Array, Array, Array]:
    """Return the mean ahead, the variance of its logarithm, and the weights of the over-dispersions."""
    n_columns = design.shape[2]
    dispersion = np.zeros(len(history))
    beta = np.zeros((len(history), n_columns))
    beta[:, 0] = np.log((np.sum(history * seen, axis=1) + 0.5) / np.sum(seen, axis=1))
    leverage = np.full_like(history, 0.0)
    for step in range(_STEPS):
        mean = np.exp(np.clip(np.einsum("twc,tc->tw", design, beta), -_MOST_LOG_MEAN, _MOST_LOG_MEAN))
        if step == _STEPS // 2:
            dispersion = _guess_dispersion(history, mean, seen, n_columns)
        damping = 1 + dispersion[:, None] * mean
        precision = seen * mean / damping
        hessian = np.einsum("twc,tw,twd->tcd", design, precision, design) + np.diag(priors + 1e-9)
        covariance = np.linalg.inv(hessian)
        leverage = np.einsum("twc,tcd,twd->tw", design, covariance, design) * precision
        residual = seen * (history - mean) / damping + leverage / 2
        gradient = np.einsum("twc,tw->tc", design, residual) - priors * beta
        beta = beta + np.clip(np.einsum("tcd,td->tc", covariance, gradient), -2.0, 2.0)
    mean = np.exp(np.clip(np.einsum("twc,tc->tw", design, beta), -_MOST_LOG_MEAN, _MOST_LOG_MEAN))
    ahead_mean = np.exp(np.clip(np.einsum("tc,tc->t", ahead, beta), -_MOST_LOG_MEAN, _MOST_LOG_MEAN))
    spread = np.einsum("tc,tcd,td->t", ahead, covariance, ahead)
    return ahead_mean, spread, _weigh_dispersions(history, mean, seen, n_columns)


def _guess_dispersion(history: Array, mean: Array, seen: Array, n_columns: int) -> Array:
    freedom = np.sum(seen, axis=1) / np.maximum(np.sum(seen, axis=1) - n_columns, 1.0)
    excess = np.sum(seen * ((history - mean) ** 2 * freedom[:, None] - mean), axis=1)
    return np.asarray(np.clip(excess / np.maximum(np.sum(seen * mean**2, axis=1), 1e-9), 0.0, 5.0))


def _weigh_dispersions(history: Array, mean: Array, seen: Array, n_columns: int) -> Array:
    """Return the posterior weight of each over-dispersion of the grid, given the means; a flat prior over the grid."""
    is_past = (seen > 0).astype(np.float64)
    n_past = np.maximum(np.sum(is_past, axis=1), 1.0)
    scores = np.stack([_score_dispersion(history, mean, is_past, one) for one in _DISPERSIONS], axis=1)
    # Fitted means lie closer to the counts than the true ones do; the likelihood is tempered by the degrees of freedom spent.
    scores *= np.maximum(1 - n_columns / n_past, 0.1)[:, None]
    scores -= scores.max(axis=1, keepdims=True)
    weights: Array = np.exp(scores)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _score_dispersion(history: Array, mean: Array, is_past: Array, dispersion: float) -> Array:
    """Return the log likelihood of each window, but for terms that no dispersion changes."""
    logarithm = np.log(np.maximum(mean, 1e-12))
    if dispersion == 0:
        return np.asarray(np.sum(is_past * (history * logarithm - mean), axis=1))
    rising = _sum_logs(history, dispersion)
    terms = rising + history * logarithm - (history + 1 / dispersion) * np.log1p(dispersion * mean)
    return np.asarray(np.sum(is_past * terms, axis=1))


def _sum_logs(counts: Array, dispersion: float) -> Array:
    """Return the sum of log(1 + a j) for j below each count: the part of the negative binomial that grows with the count."""
    whole = np.minimum(counts, _HIGHEST).astype(np.int64)
    table = np.concatenate([[0.0], np.cumsum(np.log1p(dispersion * np.arange(int(whole.max(initial=0)))))])
    return np.asarray(table[whole], dtype=np.float64)


def _mass_up_to(highest: int, mean: float, shapes: Array, weights: Array) -> Array:
    """Return the probability of each count from 0 to ``highest`` in a mixture of negative binomials."""
    counts = np.arange(highest + 1, dtype=np.float64)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.maximum(counts[1:], 1.0)))])
    total = np.zeros(highest + 1)
    for shape, weight in zip(shapes, weights, strict=True):
        if weight < 1e-6:  # noqa: PLR2004 - moves no probability that anybody looks at
            continue
        small = max(float(shape), 1e-9)
        rising = np.concatenate([[0.0], np.cumsum(np.log1p(small * counts[:-1]))])
        logs = rising + counts * np.log(mean) - log_factorial - (counts + 1 / small) * np.log1p(small * mean)
        total += weight * np.exp(logs)
    return total


def _find_tails(count: int, mean: float, shapes: Array, weights: Array) -> tuple[float, float]:
    """Return the mid-p probabilities of a count as high, and as low."""
    mass = _mass_up_to(min(count, _HIGHEST), mean, shapes, weights)
    below, own = float(mass[:-1].sum()), float(mass[-1])
    return max(0.0, 1 - below - own / 2), min(1.0, below + own / 2)
