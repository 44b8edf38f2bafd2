import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read import LexicalReader
from dragoman.records import Article, Document, MentionKind, RoleKind, Sentence, Span, Status

NAMES = {
    "Kenya": MentionKind.STATE,
    "Sudan": MentionKind.STATE,
    "Chad": MentionKind.STATE,
    "Mali": MentionKind.STATE,
    "police": MentionKind.ORGANISATION,
    "protesters": MentionKind.GROUP,
    "Amina Exemplo": MentionKind.PERSON,
    "Nairobi": MentionKind.PLACE,
}
TIMES = ["Monday", "last week"]


def find_names(text, span):
    pattern = "|".join(NAMES)
    return [
        (Span(*match.span()), NAMES[match[0]]) for match in re.compile(pattern).finditer(text, span.start, span.end)
    ]


def find_times(text, span):
    return [Span(*match.span()) for match in re.compile("|".join(TIMES)).finditer(text, span.start, span.end)]


READER = LexicalReader(find_names, find_times)


def read(text):
    document = Document(Article(text), text, (Sentence(0, Span(0, len(text)), 0),))
    (reading,) = READER.read([document])
    return reading


def acts(text):
    """Return each trigger as (type, status, {role: words})."""
    reading = read(text)
    result = []
    for number, trigger in enumerate(reading.triggers):
        roles = {}
        for role in RoleKind:
            words = [reading.mentions[index].span.quote(text) for index in reading.mentions_in_role(number, role)]
            if words:
                roles[role.value] = words
        result.append((trigger.type, trigger.status, roles))
    return result


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Kenya condemned Sudan on Monday.", "ACCUSE", ["Kenya"], ["Sudan"]),
        ("Sudan was condemned by Kenya.", "ACCUSE", ["Kenya"], ["Sudan"]),
        ("Kenya, Chad and Mali urged Sudan to wait.", "REQUEST", ["Kenya", "Chad", "Mali"], ["Sudan"]),
        ("Kenya’s threat to Sudan was clear.", "THREATEN", ["Kenya"], ["Sudan"]),
        ("In Nairobi, police arrested protesters.", "COERCE", ["police"], ["protesters"]),
        ("Kenya hosted Amina Exemplo.", "CONSULT", ["Amina Exemplo"], ["Kenya"]),
    ],
)
def test_actor_and_recipient_by_word_order(text, kind, actor, recipient):
    found = [roles for type_, _, roles in acts(text) if type_ == kind]
    assert found
    assert found[0]["actor"] == actor
    assert found[0]["recipient"] == recipient


def test_parties_of_a_meeting_are_all_actors():
    ((kind, _, roles),) = acts("Kenya held talks with Sudan.")
    assert (kind, roles["actor"]) == ("CONSULT", ["Kenya", "Sudan"])
    assert "recipient" not in roles


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya expelled two diplomats of Sudan.", Status.ACTUAL),
        ("Kenya did not expel the diplomats of Sudan.", Status.NEGATED),
        ("Kenya may expel the diplomats of Sudan.", Status.HYPOTHETICAL),
        ("Kenya will expel the diplomats of Sudan.", Status.FUTURE),
    ],
)
def test_status_by_the_words_before(text, status):
    assert [found for kind, found, _ in acts(text) if kind == "SANCTION"] == [status]


def test_time_place_and_speaker_are_linked():
    ((_, _, roles),) = acts("Amina Exemplo said that police arrested protesters in Nairobi on Monday.")
    assert roles == {
        "actor": ["police"],
        "recipient": ["protesters"],
        "place": ["Nairobi"],
        "time": ["Monday"],
        "speaker": ["Amina Exemplo"],
    }


@pytest.mark.parametrize(
    "text", ["Shares fell for a fourth day.", "The striker scored twice in Nairobi.", "It rained on Monday."]
)
def test_text_without_an_act_has_no_trigger(text):
    assert read(text).triggers == ()


def test_contexts_come_from_the_sentences_words():
    (trigger,) = read("Kenya condemned the nuclear test of Sudan’s army.").triggers[:1]
    assert {"military", "cbrn"} <= set(trigger.contexts)


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_span_lies_within_it(text):
    reading = read(text)
    for trigger in reading.triggers:
        assert 0 <= trigger.span.start < trigger.span.end <= len(text)
        assert trigger.phrase.covers(trigger.span)
    for role in reading.roles:
        assert role.trigger < len(reading.triggers)
        assert role.mention < len(reading.mentions)
