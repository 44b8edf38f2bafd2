"""Rises and falls that a dyad's own past does not explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from dragoman.analyse.forecast import Array, Forecast, forecast_counts
from dragoman.analyse.periods import Unit, end_period

Direction = Literal["rise", "fall"]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A period, or a run of them, in which a count left what its past had led to expect.

    ``start`` and ``end`` are its first and last day. ``observed`` and ``expected`` are sums over the run; ``low`` and ``high`` bound what
    would have been no alarm in its first period. ``p`` is the smallest probability of its periods, one-sided.
    """

    direction: Direction
    start: date
    end: date
    n_periods: int
    observed: int
    expected: float
    low: int
    high: int
    p: float


def find_alarms(
    counts: Sequence[int] | Array, starts: Sequence[date], unit: Unit, rate: float, *, first: int = 0
) -> tuple[Alarm, ...]:
    """Return the alarms of one series, in order; periods in a row that leave in the same direction are one alarm.

    ``rate`` is the expected share of periods with a false alarm where nothing changes, rises and falls together. Each period is judged by
    the periods before it alone, so the answer for a period never changes when later ones come in.

    Only periods from the one numbered ``first`` (from 0) are judged, which is quicker where only the latest are asked for; an alarm that
    began before begins there.
    """
    forecast = forecast_counts(counts, starts, unit, first=first)
    signs = np.where(forecast.p_rise < rate / 2, 1, np.where(forecast.p_fall < rate / 2, -1, 0))
    runs: list[tuple[int, int]] = []
    for period in np.flatnonzero(signs).tolist():
        if runs and runs[-1][1] == period and signs[period - 1] == signs[period]:
            runs[-1] = (runs[-1][0], period + 1)
        else:
            runs.append((period, period + 1))
    series: Array = np.asarray(counts, dtype=np.float64)
    return tuple(_describe(run, int(signs[run[0]]), series, starts, unit, forecast, rate) for run in runs)


def _describe(
    run: tuple[int, int], sign: int, series: Array, starts: Sequence[date], unit: Unit, forecast: Forecast, rate: float
) -> Alarm:
    periods = slice(*run)
    low, high = forecast.interval(run[0], rate)
    return Alarm(
        direction="rise" if sign > 0 else "fall",
        start=starts[run[0]],
        end=end_period(starts[run[1] - 1], unit),
        n_periods=run[1] - run[0],
        observed=int(series[periods].sum()),
        expected=round(float(forecast.expected[periods].sum()), 2),
        low=low,
        high=high,
        p=float(f"{float((forecast.p_rise if sign > 0 else forecast.p_fall)[periods].min()):.3g}"),
    )
