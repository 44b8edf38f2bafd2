"""The alerts' false-alarm rate and delay on simulated series, and what they would have flagged in the UCDP events of Syria.

python benchmarks/alerts.py [--series 200] [--ucdp FILE.csv.gz]
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from dragoman.analyse.alerts import find_alarms
from dragoman.analyse.changes import find_changes
from dragoman.analyse.periods import Unit, list_periods, start_period

MONTHS = list_periods(date(2010, 1, 1), date(2019, 12, 31), "month")
RATES = (0.01, 0.05)
CHANGE, FIRST = 80, 18
KINDS = {
    "Poisson, mean 10": (10.0, 0.0, 0.0, 0.0),
    "over-dispersed, mean 5, a 0.3": (5.0, 0.3, 0.0, 0.0),
    "over-dispersed, mean 20, a 0.5": (20.0, 0.5, 0.0, 0.0),
    "trending, doubles in 5 years, a 0.2": (5.0, 0.2, 60.0, 0.0),
    "seasonal, e^0.5 either way, a 0.1": (8.0, 0.1, 0.0, 0.5),
    "sparse, mean 0.2": (0.2, 0.0, 0.0, 0.0),
    "sparse, mean 0.5, a 1": (0.5, 1.0, 0.0, 0.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=200)
    parser.add_argument("--ucdp", type=Path, default=Path("/work/shared/data/eventdata/ucdp_ged_191_syria.csv.gz"))
    arguments = parser.parse_args()
    print(
        f"{arguments.series} simulated series of 120 months each; false alarms a month, then how soon a doubling in month {CHANGE} is caught.\n"
    )
    print(
        "| series | asked 1 per 100 | asked 5 per 100 | doubling caught within 12 months (at 5 per 100) | median delay | false change point |"
    )
    print("|---|---|---|---|---|---|")
    for name, form in KINDS.items():
        print(describe(name, form, arguments.series))
    show_finer_units(arguments.series // 4)
    if arguments.ucdp.exists():
        show_ucdp(arguments.ucdp)


def simulate(form: tuple[float, float, float, float], seed: int, factor: float = 1.0) -> np.ndarray:
    mean, dispersion, doubling, season = form
    draw, months = np.random.default_rng(seed), np.arange(len(MONTHS))
    level = (
        mean
        * np.exp(months * np.log(2) / doubling if doubling else 0.0)
        * np.exp(season * np.sin(2 * np.pi * months / 12))
    )
    level = np.where(months >= CHANGE, level * factor, level)
    return draw.poisson(level * draw.gamma(1 / dispersion, dispersion, len(MONTHS)) if dispersion else level)


def describe(name: str, form: tuple[float, float, float, float], n_series: int) -> str:
    flat = [simulate(form, seed) for seed in range(n_series)]
    judged = n_series * (len(MONTHS) - FIRST)
    rates = [
        sum(one.n_periods for counts in flat for one in find_alarms(counts, MONTHS, "month", rate)) / judged
        for rate in RATES
    ]
    delays = [find_delay(simulate(form, 10_000 + seed, 2.0)) for seed in range(n_series)]
    caught = sorted(delay for delay in delays if delay is not None)
    changed = sum(bool(find_changes(counts, MONTHS)) for counts in flat) / n_series
    delay = f"{caught[len(caught) // 2]} months" if caught else "-"
    return f"| {name} | {100 * rates[0]:.2f} | {100 * rates[1]:.2f} | {100 * len(caught) / n_series:.0f} % | {delay} | {100 * changed:.1f} % |"


def find_delay(counts: np.ndarray) -> int | None:
    """Return the months from the doubling to the first rise, 0 for the same month; None where it takes a year or more."""
    for alarm in find_alarms(counts, MONTHS, "month", RATES[1]):
        month = MONTHS.index(alarm.start)
        if alarm.direction == "rise" and CHANGE <= month < CHANGE + 12:
            return month - CHANGE
    return None


FINER: dict[str, tuple[Unit, int, int]] = {
    "weekly, five years": ("week", 260, 26),
    "daily, two years": ("day", 730, 56),
}


def show_finer_units(n_series: int) -> None:
    print(f"\n{n_series} series each by week and by day; days with a weekday wave (Sundays half as busy).\n")
    print(
        "| series | asked 1 per 100 | asked 5 per 100 | doubling caught within 30 periods (at 5 per 100) | median delay |"
    )
    print("|---|---|---|---|---|")
    for name, (unit, n_periods, first) in FINER.items():
        for mean, dispersion in ((0.3, 0.0), (3.0, 0.0), (3.0, 0.5), (20.0, 0.3)):
            print(
                describe_finer(
                    f"{name}, mean {mean:g}, a {dispersion:g}", unit, n_periods, first, (mean, dispersion), n_series
                )
            )


def describe_finer(name: str, unit: Unit, n_periods: int, first: int, form: tuple[float, float], n_series: int) -> str:
    starts = list_periods(date(2018, 1, 1), date(2022, 12, 31), unit)[:n_periods]
    at = n_periods * 3 // 4

    def draw_counts(seed: int, factor: float) -> np.ndarray:
        draw, (mean, dispersion) = np.random.default_rng(seed), form
        week = np.array([0.5 if unit == "day" and day.weekday() == 6 else 1.0 for day in starts])
        level = mean * week * np.where(np.arange(n_periods) >= at, factor, 1.0)
        return draw.poisson(level * draw.gamma(1 / dispersion, dispersion, n_periods) if dispersion else level)

    judged = n_series * (n_periods - first)
    rates = [
        100
        * sum(
            one.n_periods for seed in range(n_series) for one in find_alarms(draw_counts(seed, 1.0), starts, unit, rate)
        )
        / judged
        for rate in RATES
    ]
    caught: list[int] = []
    for seed in range(n_series):
        alarms = find_alarms(draw_counts(10_000 + seed, 2.0), starts, unit, RATES[1])
        rises = [starts.index(one.start) - at for one in alarms if one.direction == "rise"]
        caught += [delay for delay in rises if 0 <= delay < 30][:1]
    delay = str(sorted(caught)[len(caught) // 2]) if caught else "-"
    return f"| {name} | {rates[0]:.2f} | {rates[1]:.2f} | {100 * len(caught) / n_series:.0f} % | {delay} |"


def show_ucdp(path: Path) -> None:
    csv.field_size_limit(10_000_000)
    weeks: dict[str, Counter[date]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            day = date(1970, 1, 1) + timedelta(days=int(float(row["date_start"])))
            weeks.setdefault(row["dyad_name"], Counter())[start_period(day, "week")] += 1
    first, last = min(map(min, weeks.values())), max(map(max, weeks.values()))
    starts = list_periods(first, last, "week")
    print(
        f"\nUCDP GED 19.1, Syria: {sum(map(sum, (one.values() for one in weeks.values())))} events, {first} to {last}, weekly, 1 per 100 dyad-weeks.\n"
    )
    print("| dyad | direction | from | to | observed | expected | p |\n|---|---|---|---|---|---|---|")
    changes: list[str] = []
    for name, found in sorted(weeks.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:6]:
        counts = [found.get(start, 0) for start in starts]
        alarms = sorted(find_alarms(counts, starts, "week", 0.01), key=lambda one: (one.p, one.start))[:4]
        for one in sorted(alarms, key=lambda one: one.start):
            print(
                f"| {name} | {one.direction} | {one.start} | {one.end} | {one.observed} | {one.expected:.0f} | {one.p:.1g} |"
            )
        changes += [
            f"| {name} | {one.start} | {one.before:.1f} | {one.after:.1f} |" for one in find_changes(counts, starts)[:6]
        ]
    print(
        "\nThe four clearest alerts of each of the six busiest dyads. Changes of level seen afterwards, events a week:\n"
    )
    print("| dyad | from | before | after |\n|---|---|---|---|")
    print("\n".join(changes))


if __name__ == "__main__":
    main()
