import time
from dataclasses import replace
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Document, Mention, MentionKind, Reading, Sentence, Span
from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.coreference import trace_mentions
from dragoman.resolve.resolver import load_resolver
from dragoman.resolve.speakers import find_speakers, listen
from dragoman.resolve.speakers_sayings import find_sayings
from tests.resolve.readings import make_reading


def make_attack(marked, *links, kind="ASSAULT"):
    reading = make_reading(marked, *links)
    return replace(reading, triggers=tuple(replace(one, type=kind) for one in reading.triggers))


def speakers_of(marked, *links, kind="ASSAULT"):
    reading = make_attack(marked, *links, kind=kind)
    found = find_speakers(reading, listen(reading, trace_mentions(reading, load_gazetteer())))
    text = reading.document.text
    return [None if one is None else reading.mentions[one[0]].span.quote(text) for one in found]


def sayings_of(marked):
    reading = make_reading(marked)
    text = reading.document.text
    return [
        (reading.mentions[one.voice].span.quote(text), one.cue.quote(text), one.shape)
        for one in find_sayings(reading.document, reading.mentions)
    ]


@pytest.mark.parametrize(
    ("marked", "voice", "cue", "shape"),
    [
        ("[organisation:Police] said the hall burned.", "Police", "said", "before"),
        ("The hall burned, said [organisation:police].", "police", "said", "after"),
        ("“They burned it,” said [role:a nurse] in [place:Herat].", "a nurse", "said", "after"),
        ("The hall burned, [role:a nurse] in [place:Herat] later said.", "a nurse", "said", "before"),
        ("[person:Ana Ruiz], who runs the clinic, told reporters they came.", "Ana Ruiz", "told", "before"),
        ("The hall burned, according to [organisation:police].", "police", "according to", "phrase"),
        ("The hall burned, [group:residents] reached by telephone said.", "residents", "said", "before"),
        ("By [state:Ankara]'s account the jet strayed.", "Ankara", "'s account", "phrase"),
        ("[organisation:The prefect's office]: all minors are free.", "The prefect's office", ":", "colon"),
        ("The jet strayed, if [role:the prosecutor] is right.", "the prosecutor", "if", "phrase"),
    ],
)
def test_a_voice_is_found_before_and_behind_its_verb(marked, voice, cue, shape):
    assert sayings_of(marked)[0] == (voice, cue, shape)


def test_every_word_of_the_lists_is_a_word():
    raw = yaml.safe_load(files("dragoman.resolve").joinpath("gazetteer", "speech.yaml").read_text("utf-8"))
    lists = [*raw["verbs"].values(), *(words for name, words in raw.items() if name != "verbs")]
    assert all(isinstance(word, str) for words in lists for word in words)
    forms = [form for words in raw["verbs"].values() for form in words]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    "marked",
    [
        "[state:Kenya] made the offer in reply to a report.",
        "[state:Kenya] was told to wait.",
        "[group:No group] claimed it.",
        "[organisation:The army] burned the hall.",
        "[time:Monday] said little.",
        "",
    ],
)
def test_nouns_passives_and_nobody_say_nothing(marked):
    assert sayings_of(marked) == []


def test_shared_verbs_and_papers_have_the_voice_before():
    found = sayings_of(
        "[role:The minister] met [state:Chad] and said it was over.\nThe statement also said the army left."
    )
    assert found == [("The minister", "said", "shared"), ("The minister", "said", "paper")]


@pytest.mark.parametrize(
    ("marked", "links", "speaker"),
    [
        ("[organisation:Police] said [group:a mob] [act:burned] [organisation:the hall].", ((0, "A", 1),), "Police"),
        ("[group:A mob] [act:burned] [organisation:the hall], [organisation:police] said.", ((0, "A", 0),), "police"),
        ("[group:A mob] [act:burned] [organisation:the hall].", ((0, "A", 0),), None),
    ],
)
def test_who_reports_an_act_of_others_is_its_speaker(marked, links, speaker):
    assert speakers_of(marked, *links) == [speaker]


def test_who_condemns_is_not_the_speaker_of_it():
    marked = "[role:The Kenyan president] [act:condemned] [state:Iran], [pronoun:he] said."
    assert speakers_of(marked, (0, "A", 0), (0, "R", 1), kind="ACCUSE") == [None]


def test_an_interview_s_answers_are_the_guest_s():
    answer = "A: [group:Gunmen] came.\n[pronoun:They] [act:took] [group:our men]."
    marked = "[person:Maha Sabri] runs a kitchen in [place:Hays].\nQ: Who came?\n" + answer
    assert speakers_of(marked, (0, "A", 2), (0, "R", 3)) == ["Maha Sabri"]
    assert speakers_of(marked.replace("Q:", "So:"), (0, "A", 2), (0, "R", 3)) == [None]


def test_the_reader_s_link_counts_where_no_voice_is_found():
    assert speakers_of("[group:A mob] [act:burned] [organisation:the hall] before [role:a guard].", (0, "S", 2)) == [
        "a guard"
    ]


def test_the_speaker_s_reason_names_the_saying():
    reading = make_attack("[organisation:Kenyan police] said [group:a mob] [act:burned] the hall.", (0, "A", 1))
    (act,) = load_resolver().resolve(reading).acts
    assert act.speaker.code == "KEN"
    assert act.speaker.why[0] == "speaks: 'said'"


@given(st.text(alphabet='ab said,“”";:()—.\n told according to', max_size=300), st.data())
def test_any_text_gives_sayings_within_their_sentence(text, data):
    starts = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    spans = sorted({Span(one, min(len(text), one + 4)) for one in starts if one < len(text)})
    mentions = tuple(Mention(span, 0, MentionKind.ROLE) for span in spans)
    document = Document(make_reading("[act:a]").document.article, text, (Sentence(0, Span(0, len(text)), 0),))
    for saying in find_sayings(document, Reading(document, mentions).mentions):
        assert 0 <= saying.voice < len(mentions)
        for span in (saying.cue, saying.left, saying.right):
            assert span is None or (0 <= span.start <= span.end <= len(text))


def test_a_very_long_sentence_takes_no_longer_than_its_length():
    text = "a " * 500_000 + "according to b, " * 20_000 + "said " * 100_000
    mentions = tuple(Mention(Span(at, at + 1), 0, MentionKind.ROLE) for at in range(0, 4000, 2))
    document = Document(make_reading("[act:a]").document.article, text, (Sentence(0, Span(0, len(text)), 0),))
    start = time.perf_counter()
    find_sayings(document, mentions)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("marked", "links", "actor"),
    [
        ("[role:The Kenyan president] [act:asked] pardon.", (), "The Kenyan president"),
        ("[state:Kenya] denied it and said it would [act:inquire].", (), "Kenya"),
        ("[state:Kenya] said [group:a mob] would [act:inquire].", (), "a mob"),
        ("[state:Kenya] said [state:Chad] would [act:inquire].", ((0, "A", 1),), "Chad"),
        ("[state:Kenya] said it would [act:inquire].", ((0, "R", 0),), None),
    ],
)
def test_an_act_without_an_actor_is_the_subject_s_of_saying(marked, links, actor):
    act = load_resolver().resolve(make_reading(marked, *links)).acts[0]
    assert ([one.text for one in act.actors] or [None]) == [actor]
