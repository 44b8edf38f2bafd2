import inspect

import pytest

from dragoman import errors
from dragoman.errors import DragomanError, InputError


def test_message_tells_where_what_expected_got_and_what_to_do():
    error = InputError(
        "publication date", where="news.csv:3", expected="an ISO date", got="'yesterday'", fix="use --date"
    )
    assert str(error) == "news.csv:3: publication date: expected an ISO date, got 'yesterday'; use --date"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "broken"),
        ({"got": "junk"}, "broken: got junk"),
        ({"where": "a.txt"}, "a.txt: broken"),
        ({"fix": "mend it"}, "broken; mend it"),
    ],
)
def test_parts_may_be_missing(given, message):
    assert str(DragomanError("broken", **given)) == message


def test_message_stays_on_one_line_whatever_the_input_held():
    assert "\n" not in str(DragomanError("bad", got="a\nb\r\n\tc"))


def test_every_error_is_in_the_tree_that_the_docstring_draws():
    named = {name for name, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, DragomanError)}
    drawn = {word for word in errors.__doc__.split() if word in named}
    assert drawn == named
