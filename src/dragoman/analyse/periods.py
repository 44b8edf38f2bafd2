"""Days, weeks and months in a row: what a series counts by."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

from dragoman.errors import SettingsError

Unit = Literal["day", "week", "month"]
UNITS: tuple[Unit, ...] = ("day", "week", "month")


def read_unit(name: str) -> Unit:
    """Return the unit of that name. Raises SettingsError for another word."""
    for unit in UNITS:
        if unit == name:
            return unit
    raise SettingsError("unit", expected=", ".join(UNITS), got=name)


def start_period(day: date, unit: Unit) -> date:
    """Return the first day of the period that the day lies in; weeks begin on Monday."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def next_period(start: date, unit: Unit) -> date:
    """Return the first day of the period after the one that begins on ``start``."""
    if unit == "month":
        return start + timedelta(days=calendar.monthrange(start.year, start.month)[1])
    return start + timedelta(days=7 if unit == "week" else 1)


def end_period(start: date, unit: Unit) -> date:
    """Return the last day of the period that begins on ``start``."""
    return next_period(start, unit) - timedelta(days=1)


def list_periods(first: date, last: date, unit: Unit) -> tuple[date, ...]:
    """Return the first days of all periods from the one that holds ``first`` to the one that holds ``last``."""
    periods = []
    start, end = start_period(first, unit), start_period(last, unit)
    while start <= end:
        periods.append(start)
        start = next_period(start, unit)
    return tuple(periods)
