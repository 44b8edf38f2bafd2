import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.segment import split_sentences

# "|" stands where a sentence must end; the text is the line without it.
LINES = [
    "He left the U.S. on Friday.| The U.N. agreed.",
    "It is based in the U.S.| The company said so.",
    "It did not stop threatening the U.S.| North Korea responded to that.",
    "The U.S. Iran envoy spoke.| He left.",
    "U.S. President Jane Roe met Gen. Li.| Lt. Col. A. Doe came too.",
    "J. R. Smith and George W. Bush met Dr. No. in St. Petersburg.",
    "Talks begin at 9 a.m. Monday and end at 5 p.m.| Nobody knows why.",
    "They met on Jan. 5 and again in Feb.| Then they parted.",
    "It broke Art. 5 of the pact.| No. 7 was kept.| He said no.| She did not.",
    "Acme Corp. Chief Executive Al Roe resigned.| He worked for Acme Corp.| It is closed.",
    "Prices rose 3.5 percent, e.g. in Bonn.| At 10.30 the shop closed.",
    "“We won.| We lost,” she said.| “Both at once.”",
    "She said, “We won. We lost,” before she left.| He wept.",
    "“Will they sign?” Ms. Roe asked.| “Never!” he cried.| “Go.”",
    "He called it “a joke.”| The rebels agreed.",
    "Did it end?| Yes!| It did.",
    "It was … odd.| It ended...| Nobody came.",
    "The war ended.The minister wept.",
    "See www.example.org/a.b?c=1.| Write to j.doe@example.org.| Then wait.",
    "Both sides (the army said so. The rebels did not) agreed.| It held.",
    "GEN. ZORN LEFT.| THE ARMY STAYED IN THE U.S.| IT DID NOT MOVE.",
    "1. The border reopens.| 2. Trade resumes.",
    "The accord holds.[12]| It was signed in May.[3][4]| Nobody broke it.",
    "He died.| al-Masri was his deputy.| iPhone sales rose.",
    "总统来了。|他走了！|为什么？",
    "هل انتهت الحرب؟| نعم.",
    "वे आए।| वे गए।",
    "Он приехал в Киев.| Он уехал.",
    "It cost $5 vs. $4 before.| Mr. Roe paid.",
    "Is this No. 10?| It is.| 12 people came.",
    "They left. . . .| Nobody saw them.",
    "It fell to $2.10.",
    "It is version 2.5",
    "Ministers meet in Zenda",
]


@pytest.mark.parametrize("line", LINES)
def test_sentences_end_where_a_reader_ends_them(line: str):
    line = line.replace("The war ended.The", "The war ended.|The")
    text = line.replace("|", "")
    assert [span.quote(text) for span in split_sentences(text)] == [piece.strip() for piece in line.split("|")]


def test_a_line_break_ends_a_sentence():
    text = "Ministers meet\nThey met in Zenda\n\n\nThe end"
    assert [span.quote(text) for span in split_sentences(text)] == ["Ministers meet", "They met in Zenda", "The end"]


def test_a_long_quotation_inside_a_sentence_is_cut():
    text = "He said, “" + "We shall go on to the end of the road. " * 12 + "It is far.”"
    assert len(split_sentences(text)) == 13


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0"])
def test_nothing_but_white_space_has_no_sentence(text: str):
    assert split_sentences(text) == []


NEWSY = st.text(st.sampled_from(string.ascii_letters[20:32] + " .!?…\"'“”‘’()[]\n1,-—:。؟aAI"), max_size=200)


@given(st.one_of(st.text(max_size=200), NEWSY))
@settings(max_examples=400)
def test_sentences_cover_all_but_white_space_in_order_without_overlap(text: str):
    position = 0
    for span in split_sentences(text):
        assert span.start >= position
        assert text[position : span.start].strip() == ""
        assert span.quote(text).strip() == span.quote(text) != ""
        position = span.end
    assert text[position:].strip() == ""


@given(NEWSY, NEWSY)
def test_lines_are_cut_independently(one: str, other: str):
    first, second = split_sentences(one + "\n"), split_sentences(other)
    both = split_sentences(one + "\n" + other)
    shift = len(one) + 1
    assert [(s.start, s.end) for s in both] == [(s.start, s.end) for s in first] + [
        (s.start + shift, s.end + shift) for s in second
    ]


@pytest.mark.parametrize(
    "unit",
    ["a", ".", ". ", '"', 'a "b. ', "(A. ", "U.S. ", "Aa ", "a.[1]", ".x", "。", "' ", "x" + " " * 50, "•\u2003"],
)
def test_two_megabytes_in_one_line_take_linear_time(unit: str):
    text = unit * (2_000_000 // len(unit))
    begun = time.process_time()
    split_sentences(text)
    assert time.process_time() - begun < 30  # about 8 s at most on two slow cores; a quadratic rule takes hours
