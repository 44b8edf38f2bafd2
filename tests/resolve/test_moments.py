from datetime import date

import pytest

from dragoman.records import Status
from dragoman.resolve.moments import find_moments
from tests.resolve.readings import make_reading


def test_a_weekday_is_the_last_one_before_publication():
    (moment,) = find_moments(make_reading("It [act:began] on [time:Tuesday].", (0, "T", 0)))
    assert (moment.date, moment.basis, moment.granularity) == (date(2017, 8, 29), "text", "day")


def test_a_planned_act_lies_ahead():
    (moment,) = find_moments(make_reading("It will [act:begin] on [time:Tuesday].", (0, "T", 0), status=Status.FUTURE))
    assert moment.date == date(2017, 9, 5)


def test_a_silent_text_gives_the_day_of_publication():
    (moment,) = find_moments(make_reading("It [act:began]."))
    assert (moment.date, moment.basis) == (date(2017, 8, 31), "publication")


@pytest.mark.parametrize(("words", "expected"), [("29 August 2017", date(2017, 8, 29)), ("Tuesday", None)])
def test_without_a_day_of_publication_only_full_dates_are_known(words, expected):
    (moment,) = find_moments(make_reading(f"It [act:began] on [time:{words}].", (0, "T", 0), published=None))
    assert (moment.date if moment else None) == expected


def test_days_after_something_count_back_from_what_was_told_before():
    marked = "It [act:fell] on [time:Tuesday].\nThis came [time:three days after] others had been [act:fired]."
    first, second = find_moments(make_reading(marked, (0, "T", 0), (1, "T", 1)))
    assert (first.date, second.date) == (date(2017, 8, 29), date(2017, 8, 26))


def test_an_anchor_of_long_ago_in_the_text_does_not_count():
    marked = "It [act:fell] on [time:Tuesday].\nOne.\nTwo.\nIt [act:rose] [time:three days later]."
    assert find_moments(make_reading(marked, (0, "T", 0), (1, "T", 1)))[1].basis == "publication"
