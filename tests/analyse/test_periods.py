from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analyse.periods import UNITS, Unit, end_period, list_periods, next_period, read_unit, start_period
from dragoman.errors import SettingsError

days = st.dates(date(1900, 1, 8), date(2100, 1, 1))


@given(days, st.sampled_from(UNITS))
def test_a_day_lies_in_its_period(day: date, unit: Unit) -> None:
    start = start_period(day, unit)
    assert start <= day <= end_period(start, unit) < next_period(start, unit)
    assert start_period(start, unit) == start


def test_weeks_begin_on_monday_and_months_end_on_their_last_day() -> None:
    assert list_periods(date(2024, 2, 28), date(2024, 3, 5), "week") == (date(2024, 2, 26), date(2024, 3, 4))
    assert end_period(date(2024, 2, 1), "month") == date(2024, 2, 29)


def test_another_unit_is_refused() -> None:
    with pytest.raises(SettingsError, match="day, week, month"):
        read_unit("decade")
