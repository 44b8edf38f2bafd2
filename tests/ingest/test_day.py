from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.ingest.day import is_missing, parse_day

DAY = date(2017, 8, 31)


@pytest.mark.parametrize(
    "written",
    [
        "2017-08-31",
        "2017-08-31T23:59:59-08:00",
        "2017-08-31T00:10:00+14:00",
        "2017-08-31T00:00:00.000Z",
        "2017-08-31 04:05",
        "2017/08/31",
        "2017.8.31",
        "2017年8月31日",
        "20170831",
        "20170831120000",
        "20170831T120000Z",
        "Thu, 31 Aug 2017 01:00:00 +0900",
        "31 Aug 2017 01:00 GMT",
        "31 August 2017",
        "31st of August, 2017",
        "Thursday, August 31, 2017",
        "Aug. 31, 2017 at 9:15 a.m. EDT",
        "Thursday 31 August 2017",
        "Thu Aug 31 12:00:00 +0000 2017",
        "31-Aug-2017",
        "31.8.2017",
        "31/08/2017",
        "8/31/2017",
        1504137600,
        1504137600000,
        1504137600.5,
        "1504137600",
        20170831,
    ],
)
def test_forms_of_one_day(written: object) -> None:
    assert parse_day(written) == DAY


@pytest.mark.parametrize(
    "written",
    ["soon", "2017", "2017-08", "2017-13-45", "2017-02-29", "1799-12-31", "2201-01-01", "0000-00-00", "99999999",
     "31 Brumaire 2017", "2017-08-31 to 2017-09-02", "1504", True, [], {}, "9" * 500, float("nan"), float("inf"), "Tuesday"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_field_and_value(written: object) -> None:
    with pytest.raises(InputError, match=r"pubdate is no date: expected a day between 1800 and 2200"):
        parse_day(written, "pubdate")


def test_two_readings_are_refused() -> None:
    with pytest.raises(InputError, match=r'two readings: .* got "8/9/2017"'):
        parse_day("8/9/2017")
    assert parse_day("8/8/2017") == date(2017, 8, 8)


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_every_day_survives_writing(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day:%Y%m%d}".zfill(8)) == day
    assert parse_day(f"{day:%a, %d %b %Y} 12:00:00 +0000") == day
    assert parse_day(f"{day:%B} {day.day}, {day.year}") == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.binary()))
def test_anything_else_is_a_day_or_an_input_error(value: object) -> None:
    try:
        assert 1800 <= parse_day(value).year <= 2200
    except InputError as error:
        assert "published" in str(error)


@pytest.mark.parametrize("value", [None, "", " ", "None", "NaN", "n/a", "null"])
def test_missing_dates(value: object) -> None:
    assert is_missing(value)
