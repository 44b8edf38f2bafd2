import pytest

from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.bystanders import drop_bystanders
from dragoman.resolve.coreference import trace_mentions
from tests.resolve.readings import make_reading


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        ("[state:Germany] gave [organisation:the African Union] money for [group:radios].", ["the African Union"]),
        ("[state:Germany] stopped [organisation:military] aid to [state:Sri Lanka].", ["Sri Lanka"]),
        ("[state:Kenya] freed [group:rebels] and [group:villagers].", ["rebels", "villagers"]),
        ("[state:Kenya] warned [state:Chad] and [group:the rebels].", ["Chad", "the rebels"]),
        ("[state:Kenya] warned [state:Chad]'s [group:rebels].", ["Chad", "rebels"]),
        ("[state:Kenya] warned [state:Chad] about [state:Sudan].", ["Chad", "Sudan"]),
        ("[state:Kenya] freed [group:villagers].", ["villagers"]),
    ],
)
def test_where_a_state_is_named_bare_words_apart_from_it_go(marked, kept):
    reading = make_reading(marked + "\n[state:Kenya] slept.")
    numbers = range(1, len(reading.mentions) - 1)
    found = drop_bystanders(reading, numbers, trace_mentions(reading, load_gazetteer()))
    assert [reading.mentions[one].span.quote(reading.document.text) for one in found] == kept


def test_nobody_is_dropped_from_an_empty_part():
    assert drop_bystanders(make_reading("[state:Kenya] slept."), (), ()) == ()
