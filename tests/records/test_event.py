from datetime import date

import pytest

from dragoman.records import Moment


@pytest.mark.parametrize(
    ("granularity", "first", "enddate", "last"),
    [
        ("day", date(2017, 8, 29), None, date(2017, 8, 29)),
        ("week", date(2017, 8, 28), None, date(2017, 9, 3)),
        ("month", date(2016, 2, 1), None, date(2016, 2, 29)),
        ("month", date(2017, 12, 1), None, date(2017, 12, 31)),
        ("year", date(2017, 1, 1), None, date(2017, 12, 31)),
        ("range", date(2017, 8, 1), date(2017, 8, 9), date(2017, 8, 9)),
    ],
)
def test_last_day_of_a_period(granularity, first, enddate, last):
    assert Moment(first, granularity, "text", enddate).last_day == last
