from hypothesis import given
from hypothesis import strategies as st

from dragoman.segment.cleaning import clean_line, split_blocks

WRAPPED = """The government of Ruritania and the rebels of the Red Elphberg Front
signed a cease-fire on Monday night, ending eleven months of fighting in
the hills. The accord takes effect at 6 a.m. on Wednesday and is to hold
for a year."""


def test_hard_wrapped_lines_are_joined():
    assert split_blocks(WRAPPED + "\n\nBoth sides agreed.") == [[" ".join(WRAPPED.split("\n"))], ["Both sides agreed."]]


def test_a_word_broken_at_its_hyphen_is_joined_without_a_space():
    text = WRAPPED.replace(
        "the hills.", "the long-\nstanding salt hills and mines of the kingdom, which both of the\nsides claim."
    )
    assert "long-standing salt" in split_blocks(text)[0][0]


def test_lines_that_are_paragraphs_stay_apart():
    text = (
        "Ministers met on Friday in Zenda.\nThey agreed on nothing, as everybody had expected them to do.\nTalks go on."
    )
    assert split_blocks(text) == [text.split("\n")]


def test_long_lines_are_never_joined():
    text = "\n".join(["word " * 40] * 3)
    assert len(split_blocks(text)[0]) == 3


def test_white_space_and_invisible_characters():
    assert clean_line("\ufeffA\u00a0\u00a0b\u200b\u202e c\t d\u00ad\u2028e\x00") == "A b c d e"
    assert split_blocks("a\r\n\r\nb\rc\u2029d\x0ce") == [["a"], ["b", "c"], ["d"], ["e"]]


def test_surrogates():
    assert clean_line("a\ud800b") == "a\ufffdb"
    assert clean_line("\ud83d\ude00") == "😀"


@given(st.text(st.characters(), max_size=300))
def test_what_comes_out_is_clean_and_stays_so(text: str):
    lines = [line for block in split_blocks(text) for line in block]
    assert all(line and clean_line(line) == line for line in lines)
    assert split_blocks("\n\n".join(lines)) == [[line] for line in lines]
    "\n\n".join(lines).encode("utf-8")
