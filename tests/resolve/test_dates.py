import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.records import Moment, Span
from dragoman.resolve import date_calendar as calendar
from dragoman.resolve.date_grammar import load_grammar
from dragoman.resolve.date_meanings import MEANINGS
from dragoman.resolve.dates import (
    TimeExpression,
    find_times,
    is_historical,
    reckon_time,
    resolve_other_end,
    resolve_time,
)

THURSDAY = datetime.date(2017, 8, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
any_days = st.dates()
weekdays = st.sampled_from(WEEKDAYS)
VOCABULARY = (
    *WEEKDAYS, *MONTHS, "last", "next", "the", "this", "past", "two", "a", "few", "weeks", "days", "ago", "later", "since", "until",
    "in", "on", "of", "to", "and", "between", "from", "2016", "31", "3", "12:30", "p.m.", "early", "late", "mid", "-", ",", ".",
    "'s", "century", "BC", "9999", "0", "00", "quarter", "half", "summer", "Ramadan", "eve", "every", "İ", "\u00a0", "\n",
)  # fmt: skip
time_like = st.lists(st.sampled_from(VOCABULARY), max_size=25).map(" ".join)


def the_time(text: str) -> TimeExpression:
    (expression,) = find_times(text)
    return expression


def resolved(text: str, published: datetime.date, **frame: object) -> Moment:
    moment = resolve_time(the_time(text), published=published, **frame)  # type: ignore[arg-type]
    assert moment is not None
    return moment


# Finding


@given(st.text() | time_like)
@example("İ on Tuesday")
@example("On TUESDAY ﬃ last week")
def test_expressions_quote_the_text_in_order_without_overlap(text: str) -> None:
    found = find_times(text)
    for expression in found:
        assert expression.core.quote(text) == expression.text
        assert expression.span.covers(expression.core)
        assert all(expression.span.covers(end.core) and end.core.quote(text) == end.text for end in expression.ends)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(st.text() | time_like, any_days, st.sampled_from(("past", "future", "present", None)), any_days | st.none())
def test_nothing_makes_it_raise_and_ranges_never_run_backwards(
    text: str, published: datetime.date, tense: object, anchor: datetime.date | None
) -> None:
    moment_before = Moment(anchor, "day", "text") if anchor else None
    for expression in find_times(text):
        moment = resolve_time(expression, published=published, tense=tense, anchor=moment_before)  # type: ignore[arg-type]
        if moment is not None:
            assert moment.basis == "text"
            assert moment.last_day >= moment.date
            assert (moment.granularity == "range") == (moment.enddate is not None)
            assert is_historical(moment, published) in (True, False)


@given(time_like)
def test_finding_is_repeatable(text: str) -> None:
    assert find_times(text) == find_times(text)


def test_a_span_limits_the_search_and_offsets_stay_those_of_the_text() -> None:
    text = "He left on Monday. She came on Tuesday. They met on Friday."
    (expression,) = find_times(text, Span(19, 39))
    assert expression.text == "Tuesday"
    assert expression.span.quote(text) == "Tuesday"


def test_since_and_until_belong_to_the_span_but_not_to_the_core() -> None:
    expression = the_time("It has been at war since 2011.")
    assert (expression.text, expression.lead) == ("2011", "since")
    assert expression.span == Span(19, 29)


def test_other_prepositions_are_told_but_stay_outside() -> None:
    expression = the_time("He must go by Friday.")
    assert (expression.text, expression.lead, expression.span) == ("Friday", "by", expression.core)


@pytest.mark.parametrize(
    ("text", "outlook"),
    [
        ("He said on Tuesday that he will resign.", "past"),
        ("He will resign on Tuesday, he said.", "future"),
        ("On Tuesday, he will resign.", "future"),
        ("On Tuesday, he resigned.", "past"),
        ("Tuesday, Tuesday.", None),
        ("He will go. On Tuesday came the answer.", "past"),
    ],
)
def test_outlook_is_that_of_the_nearest_telling_word(text: str, outlook: str | None) -> None:
    assert find_times(text)[0].outlook == outlook


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on Tuesday", "date"),
        ("at 5 p.m. sharp", "time"),
        ("for six months", "duration"),
        ("every Friday", "set"),
        ("from 2009 to 2011", "range"),
        ("It has recently changed", "reference"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert the_time(text).kind == kind


def test_a_range_keeps_its_two_ends() -> None:
    expression = the_time("between 3 and 5 May 2016")
    assert [end.text for end in expression.ends] == ["3", "5 May 2016"]


# References without a date


@pytest.mark.parametrize("words", ["in the past", "decades ago", "several years ago", "long ago", "centuries ago"])
def test_beyond_the_six_month_line_without_a_date(words: str) -> None:
    expression = the_time(f"It had failed {words}.")
    assert expression.is_past_reference
    assert expression.is_historical_reference


@pytest.mark.parametrize("words", ["recently", "a few days ago", "in recent weeks", "weeks ago"])
def test_past_without_a_date_but_not_beyond_the_line(words: str) -> None:
    expression = the_time(f"It had failed {words}.")
    assert expression.is_past_reference
    assert not expression.is_historical_reference


@pytest.mark.parametrize(
    "words", ["now", "in the coming days", "two years ago", "a year later", "on Tuesday", "three days ago"]
)
def test_not_a_past_reference(words: str) -> None:
    expression = the_time(f"It failed {words}.")
    assert not expression.is_past_reference
    assert not expression.is_historical_reference


@pytest.mark.parametrize(
    ("words", "offset"),
    [
        ("Three days earlier", (-3.0, "D")),
        ("two weeks after", (2.0, "W")),
        ("a mere three days after", (3.0, "D")),
        ("A year later", (1.0, "Y")),
        ("Tuesday", None),
        ("days ago", None),
        ("six months", None),
    ],
)
def test_offset(words: str, offset: tuple[float, str] | None) -> None:
    assert the_time(f"{words} it fell.").offset == offset


def test_the_other_end_of_an_offset_is_counted_the_other_way() -> None:
    anchor = Moment(datetime.date(2017, 8, 29), "day", "text")
    other = resolve_other_end(the_time("This came a mere three days after the launch."), anchor=anchor)
    assert other is not None
    assert (other.date, other.granularity) == (datetime.date(2017, 8, 26), "day")
    assert resolve_other_end(the_time("It came on Tuesday."), anchor=anchor) is None


@given(days, st.integers(1, 300))
def test_there_and_back_again(day: datetime.date, count: int) -> None:
    expression = the_time(f"It came {count} days after the launch.")
    there = resolved(f"It came {count} days after the launch.", THURSDAY, anchor=Moment(day, "day", "text"))
    back = resolve_other_end(expression, anchor=there)
    assert back is not None
    assert back.date == day


# Weekdays


@given(days, weekdays)
def test_a_past_weekday_lies_within_the_week_up_to_publication(published: datetime.date, weekday: str) -> None:
    day = resolved(f"on {weekday}", published, tense="past").date
    assert datetime.timedelta(0) <= published - day < datetime.timedelta(days=7)
    assert WEEKDAYS[day.weekday()] == weekday


@given(days, weekdays)
def test_a_weekday_ahead_lies_within_the_week_from_publication(published: datetime.date, weekday: str) -> None:
    day = resolved(f"on {weekday}", published, tense="future").date
    assert datetime.timedelta(0) <= day - published < datetime.timedelta(days=7)
    assert WEEKDAYS[day.weekday()] == weekday


@given(days, weekdays)
def test_last_and_next_never_mean_the_day_itself(published: datetime.date, weekday: str) -> None:
    last = resolved(f"It came last {weekday}", published).date
    coming = resolved(f"It comes next {weekday}", published).date
    assert datetime.timedelta(days=1) <= published - last <= datetime.timedelta(days=7)
    assert datetime.timedelta(days=1) <= coming - published <= datetime.timedelta(days=7)


@given(days, weekdays)
def test_a_weekday_of_last_week_lies_in_last_week(published: datetime.date, weekday: str) -> None:
    day = resolved(f"on {weekday} last week", published).date
    week = resolved("last week", published)
    assert week.date <= day <= week.last_day


# Periods


@given(days)
def test_weeks_begin_on_monday_and_follow_each_other(published: datetime.date) -> None:
    last, this, coming = (resolved(f"{word} week", published) for word in ("last", "this", "next"))
    assert this.date <= published <= this.last_day
    assert this.date - last.date == coming.date - this.date == datetime.timedelta(days=7)
    assert this.date.weekday() == 0


@given(days)
def test_week_values_are_those_of_iso(published: datetime.date) -> None:
    reckoning = reckon_time(the_time("this week"), published=published)
    assert reckoning is not None
    assert reckoning.value == published.strftime("%G-W%V")


@given(days)
def test_months_and_years_follow_each_other(published: datetime.date) -> None:
    for unit in ("month", "year"):
        last, this, coming = (resolved(f"{word} {unit}", published) for word in ("last", "this", "next"))
        assert last.last_day + datetime.timedelta(days=1) == this.date <= published <= this.last_day
        assert this.last_day + datetime.timedelta(days=1) == coming.date


@given(days, st.sampled_from(MONTHS))
def test_a_month_without_a_year_follows_the_tense(published: datetime.date, month: str) -> None:
    past, ahead = (resolved(f"in {month}", published, tense=tense) for tense in ("past", "future"))
    assert past.date <= published < past.date.replace(year=past.date.year + 1)
    assert ahead.last_day >= published
    assert ahead.date.month == past.date.month == MONTHS.index(month) + 1
    assert ahead.date.year - past.date.year in (0, 1)


@given(days)
def test_a_day_written_out_comes_back(day: datetime.date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.month}/{day.day}/{day.year}",
    ):
        assert resolved(f"on {text} it fell", THURSDAY).date == day


@given(days, st.integers(1, 400))
def test_days_ago_and_later_are_counted_in_days(day: datetime.date, count: int) -> None:
    assert resolved(f"It fell {count} days ago", day).date == day - datetime.timedelta(days=count)
    anchor = Moment(day, "day", "text")
    assert resolved(f"It fell {count} days later", THURSDAY, anchor=anchor).date == day + datetime.timedelta(days=count)


@given(days, st.integers(-5000, 5000))
def test_moving_by_months_keeps_the_day_or_takes_the_last(day: datetime.date, count: int) -> None:
    try:
        moved = calendar.move(day, count, "M")
    except ValueError:
        assert not datetime.MINYEAR <= day.year + (day.month - 1 + count) // 12 <= datetime.MAXYEAR
        return
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == count
    assert moved.day == day.day or (moved + datetime.timedelta(days=1)).day == 1


# Easter by the tables of the Book of Common Prayer; Ramadan as kept in Saudi Arabia, a day off either way.
@pytest.mark.parametrize(
    "iso",
    ["2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27", "2017-04-16", "2019-04-21", "2024-03-31", "2038-04-25"],
)
def test_easter(iso: str) -> None:
    day = datetime.date.fromisoformat(iso)
    assert calendar.easter(day.year) == day


@pytest.mark.parametrize(
    "iso", ["2003-10-27", "2010-08-11", "2015-06-18", "2017-05-27", "2020-04-24", "2023-03-23", "2024-03-11"]
)
def test_ramadan_begins_within_a_day_of_what_was_kept(iso: str) -> None:
    day = datetime.date.fromisoformat(iso)
    assert abs(calendar.ramadan(day.year).first - day) <= datetime.timedelta(days=1)


@given(st.integers(700, 9900))
def test_ramadan_is_the_first_that_begins_in_the_year_and_lasts_a_month(year: int) -> None:
    period = calendar.ramadan(year)
    assert period.first.year == year
    assert 29 <= (period.last - period.first).days + 1 <= 30


# Explanations and the six-month line


def test_why_tells_words_day_and_reason() -> None:
    assert resolved("on Tuesday", THURSDAY).why == ("'Tuesday' -> 2017-08-29: last Tuesday before publication",)


def test_the_moment_points_at_its_words() -> None:
    text = "In a statement Tuesday, Russia warned."
    span = resolved(text, THURSDAY).span
    assert span is not None
    assert span.quote(text) == "Tuesday"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2016", True),
        ("in 2017", False),
        ("in February 2017", True),
        ("in March 2017", False),
        ("on February 28, 2017", True),
        ("on March 1, 2017", False),
        ("in the 1990s", True),
        ("since 2011", False),
        ("last week", False),
        ("a year ago", True),
    ],
)
def test_the_six_month_line(text: str, expected: bool) -> None:
    assert is_historical(resolved(text, THURSDAY), THURSDAY) is expected


def test_the_six_month_line_near_the_first_year_of_the_calendar() -> None:
    day = datetime.date(1, 1, 1)
    assert not is_historical(Moment(day, "day", "text"), day)


# The grammar's own files


def test_every_rule_has_a_meaning_and_every_meaning_a_rule() -> None:
    grammar = load_grammar()
    ruled = {rule.means for rules in (*grammar.openers.values(), grammar.digits) for rule in rules}
    assert ruled - {"days_of_month"} == set(MEANINGS)


def test_every_word_of_every_class_is_lower_case_text() -> None:
    for kind, words in load_grammar().words.items():
        assert all(isinstance(word, str) and word == word.lower().strip() for word in words), kind


# Hostile input

HOSTILE = (
    "the past ",
    "2017-",
    "1 ",
    "the the first half of ",
    "a",
    "Tuesday, ",
    "in the ",
    "from May 1 to ",
    "twenty-",
    " ",
    "İ",
    "12:30:",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_taken_grows_with_the_length_only(piece: str) -> None:
    def seconds(n_letters: int) -> float:
        text = piece * (n_letters // len(piece))
        begin = time.process_time()
        find_times(text)
        return time.process_time() - begin

    # Twelve times the text may take twelve times as long, not the 144 of a quadratic; the floor keeps tiny timings out.
    assert seconds(120_000) < 40 * max(seconds(10_000), 0.01)
