"""Series of a pair or group of actors: counts by quad class and type, mean and sum of scores, by day, week or month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from dragoman.analyse.periods import Unit, list_periods, start_period
from dragoman.store import Filter, SeriesRow, Store

ACTUAL = ("actual",)
"""What counts unless somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a series. ``keys`` are the values of the fields that it is split by.

    ``n`` is the number of records, ``weight`` the sum of their confidences. ``scale_sum`` and ``scale_mean`` are on PLOVER's event scale,
    ``goldstein_sum`` and ``goldstein_mean`` on Goldstein's, -10..10; means are None where there are no records.
    """

    start: date
    keys: tuple[str, ...]
    n: int
    weight: float
    scale_sum: float
    goldstein_sum: float

    @property
    def scale_mean(self) -> float | None:
        """The mean score on PLOVER's scale."""
        return round(self.scale_sum / self.n, 4) if self.n else None

    @property
    def goldstein_mean(self) -> float | None:
        """The mean score on Goldstein's scale."""
        return round(self.goldstein_sum / self.n, 4) if self.n else None


def count_actual(wanted: Filter) -> Filter:
    """Return the filter with status ``actual`` where it names no status."""
    return wanted if wanted.status else replace(wanted, status=ACTUAL)


def build_series(store: Store, wanted: Filter, unit: Unit, by: Sequence[str] = ()) -> tuple[Period, ...]:
    """Return the series of what is wanted, periods without records included, by period and then by ``by`` (event, status, quad).

    Only ``actual`` counts unless the filter names statuses. The series runs from ``wanted.since`` to ``wanted.until``, or where these are
    open from its first to its last record.
    """
    rows = store.series(count_actual(wanted), unit=unit, by=by)
    return fill_gaps(rows, unit, since=wanted.since, until=wanted.until)


def fill_gaps(
    rows: Iterable[SeriesRow], unit: Unit, *, since: date | None = None, until: date | None = None
) -> tuple[Period, ...]:
    """Return the rows as periods, with zeros where a value of the split has no records."""
    found = {(row.start, row.keys): row for row in rows}
    if not found:
        return ()
    first = start_period(since, unit) if since else min(start for start, _ in found)
    last = start_period(until, unit) if until else max(start for start, _ in found)
    keys = sorted({keys for _, keys in found})
    return tuple(_fill(found.get(cell), *cell) for cell in product(list_periods(first, last, unit), keys))


def _fill(row: SeriesRow | None, start: date, keys: tuple[str, ...]) -> Period:
    if row is None:
        return Period(start, keys, 0, 0.0, 0.0, 0.0)
    return Period(start, keys, row.n, round(row.weight, 4), round(row.scale, 4), round(row.goldstein, 4))


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """How two sides answer one another, over the periods of a series.

    ``n_forth`` and ``n_back`` are counts in either direction. ``balance`` in 0..1 is the smaller over the larger. ``correlation`` is
    that of the two sides' mean scores over the periods in which both act (None for fewer than three). ``lag`` is the number of periods,
    -3..3, by which the second side follows the first where sums of scores correlate most.
    """

    n_forth: int
    n_back: int
    balance: float
    correlation: float | None
    lag: int | None


_MOST_LAG = 3
_FEWEST = 3


def measure_reciprocity(forth: Sequence[Period], back: Sequence[Period]) -> Reciprocity:
    """Return how two directions of one dyad answer one another. Both series must not be split and have the same unit."""
    n_forth, n_back = sum(period.n for period in forth), sum(period.n for period in back)
    both = max(n_forth, n_back)
    means = {period.start: period.scale_mean for period in back}
    pairs = [
        (period.scale_mean, means[period.start])
        for period in forth
        if period.scale_mean is not None and means.get(period.start) is not None
    ]
    correlation = correlate([one for one, _ in pairs], [float(other or 0) for _, other in pairs])
    balance = round(min(n_forth, n_back) / both, 4) if both else 0.0
    return Reciprocity(n_forth, n_back, balance, correlation, _find_lag(forth, back))


def correlate(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Pearson's correlation, None for fewer than three pairs or where one side never changes."""
    n_pairs = len(one)
    if n_pairs < _FEWEST:
        return None
    mean_one, mean_other = sum(one) / n_pairs, sum(other) / n_pairs
    shared = sum((left - mean_one) * (right - mean_other) for left, right in zip(one, other, strict=True))
    size = sum((left - mean_one) ** 2 for left in one) * sum((right - mean_other) ** 2 for right in other)
    return round(shared / size**0.5, 4) if size > 1e-12 else None  # noqa: PLR2004 - rounding errors are no change


def _find_lag(forth: Sequence[Period], back: Sequence[Period]) -> int | None:
    first = {period.start: period.scale_sum for period in forth}
    second = {period.start: period.scale_sum for period in back}
    starts = sorted({*first, *second})
    one, other = [first.get(start, 0.0) for start in starts], [second.get(start, 0.0) for start in starts]
    found = {lag: correlate(*_shift(one, other, lag)) for lag in range(-_MOST_LAG, _MOST_LAG + 1)}
    known = {lag: value for lag, value in found.items() if value is not None}
    return min(known, key=lambda lag: (-known[lag], abs(lag), lag)) if known else None


def _shift(one: list[float], other: list[float], lag: int) -> tuple[list[float], list[float]]:
    return (one[: len(one) - lag], other[lag:]) if lag >= 0 else (one[-lag:], other[: len(other) + lag])
