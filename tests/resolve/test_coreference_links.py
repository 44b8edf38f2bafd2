"""Which mention stands for which, without any knowledge of who they are."""

import pytest

from dragoman.records import MentionKind
from dragoman.resolve.coreference_links import link_mentions
from tests.resolve.readings import make_reading


def chains_of(marked, apart=()):
    reading = make_reading(marked)
    return link_mentions(reading.document, reading.mentions, apart=apart)


@pytest.mark.parametrize(
    ("marked", "one", "other"),
    [
        ("[person:Ramon Dizon] spoke.\n[person:Mr Dizon] left.", 0, 1),
        ("[organisation:The Election Commission] met.\n[organisation:The commission] rose.", 0, 1),
        ("[role:Prime Minister Jonah Maragau] spoke.\n[role:The prime minister] left.", 0, 1),
        ("[person:Maria Lopez] met [person:Juan Perez].\n[pronoun:She] left.", 0, 2),
        ("[person:Bhim Thakuri], [role:the mayor], spoke.", 0, 1),
        ("[group:Chadian rebels] fled.\n[group:The rebels] came back.", 0, 1),
        ("[organisation:Kenya Election Commission] met.\n[organisation:KEC] rose.", 0, 1),
    ],
)
def test_later_mentions_stand_for_earlier_ones(marked, one, other):
    assert chains_of(marked).are_joined(one, other)


@pytest.mark.parametrize(
    "marked",
    [
        "[person:Ramon Dizon] spoke.\n[person:Ana Dizon] left.",
        "[role:The foreign minister] spoke.\n[role:The interior minister] left.",
        "[group:Three soldiers] fled.\n[group:Five soldiers] came.",
        "[person:Maria Lopez] spoke.\n[pronoun:He] left.",
    ],
)
def test_different_entities_stay_apart(marked):
    assert not chains_of(marked).are_joined(0, 1)


def test_both_sides_are_the_parties_of_the_story():
    chains = chains_of("[state:Chad] shelled [state:Sudan].\n[pronoun:Both sides] lost men.")
    assert chains.links[2].antecedents == (0, 1)


def test_who_acts_is_not_who_is_acted_upon():
    marked = "[state:Kenya] spoke of [state:Sudan].\n[state:Kenya] hit [pronoun:it]."
    assert not chains_of(marked, apart=[(2, 3)]).are_joined(2, 3)


@pytest.mark.parametrize(
    ("marked", "voice"),
    [
        ("“[pronoun:We] saw it,” said [role:the mayor].", "the mayor"),
        ("[role:The mayor] told [person:Ana]: “[pronoun:We] saw it.”", "The mayor"),
        ("[role:The mayor] said it burned.\n“Nobody came. [pronoun:I] saw it.”", "The mayor"),
        ("[person:Ana Ruiz] runs a clinic.\nQ: Who came?\nA: [pronoun:We] saw nobody.", "Ana Ruiz"),
        ("[role:The mayor] slept while [pronoun:we] ran.", None),
    ],
)
def test_i_and_we_are_whose_words_are_told(marked, voice):
    reading = make_reading(marked)
    text = reading.document.text
    links = link_mentions(reading.document, reading.mentions).links
    (number,) = [at for at, one in enumerate(reading.mentions) if one.kind is MentionKind.PRONOUN]
    found = links.get(number)
    assert (None if found is None else reading.mentions[found.antecedents[0]].span.quote(text)) == voice
