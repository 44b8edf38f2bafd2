from dataclasses import replace

import pytest

from dragoman.records import RoleKind
from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.coreference import trace_mentions
from dragoman.resolve.left_out import find_left_out
from dragoman.resolve.resolver import load_resolver
from tests.resolve.readings import make_reading


def left_out(marked, *links, kind="ACCUSE"):
    reading = make_reading(marked, *links)
    reading = replace(reading, triggers=tuple(replace(one, type=kind) for one in reading.triggers))
    found = find_left_out(reading, trace_mentions(reading, load_gazetteer()))
    text = reading.document.text
    return {part: reading.mentions[one].span.quote(text) for (_, part), (one, _) in found.items()}


@pytest.mark.parametrize(
    ("marked", "links", "found"),
    [
        ("[state:Kenya] [act:blamed] [state:Chad].", ((0, "A", 0),), {RoleKind.RECIPIENT: "Chad"}),
        ("[state:Kenya] [act:blamed] [state:Chad].", ((0, "R", 1),), {RoleKind.ACTOR: "Kenya"}),
        ("Aid was [act:cut] by [state:Kenya].", (), {RoleKind.ACTOR: "Kenya"}),
        ("[state:Kenya] was [act:blamed].", (), {}),
        ("[state:Kenya] [act:blamed] him; [state:Chad] slept.", ((0, "A", 0),), {}),
        ("[state:Kenya] [act:blamed] him and [act:fed] [state:Chad].", ((0, "A", 0), (1, "R", 1)), {}),
        ("[state:Kenya] [act:blamed] on [time:Monday] somebody.", ((0, "A", 0),), {}),
        ("[state:Kenya] [act:blamed] [group:villagers].", ((0, "A", 0),), {}),
    ],
)
def test_who_stands_beside_an_act_and_plays_no_part_is_its_party(marked, links, found):
    assert left_out(marked, *links) == found


def test_a_meeting_gets_no_recipient():
    assert left_out("[state:Kenya] [act:met] [state:Chad].", (0, "A", 0), kind="CONSULT") == {}


def test_the_reason_says_that_nobody_else_stands_there():
    (act,) = load_resolver().resolve(make_reading("[state:Kenya] [act:blamed] [state:Chad].", (0, "A", 0))).acts
    assert act.recipients[0].code == "TCD"
    assert act.recipients[0].why[0] == "nobody else stands behind 'blamed'"
