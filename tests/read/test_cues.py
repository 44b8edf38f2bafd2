"""The hints that the network gets from word lists."""

from dragoman.ontology import load_ontology
from dragoman.read.cues import NO_CUE, find_cues
from dragoman.read.labels import make_labels
from dragoman.read.lexicon import Lexicon, load_cue_words, load_lexicon
from dragoman.read.windows import Window
from dragoman.records import Span

TYPES = make_labels(load_ontology()).types


def name_cues(text: str, lexicon: Lexicon) -> dict[str, str]:
    """Return the words of one sentence that have a hint, with its type."""
    words, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        words.append(Span(start, place))
    window = Window(words=tuple(words), sentences=(0,) * len(words), pieces=(), first_piece=())
    cues = find_cues(window, text, TYPES, lexicon)
    return {word.quote(text): TYPES[cue - 1] for word, cue in zip(words, cues, strict=True) if cue != NO_CUE}


def test_the_wide_list_knows_words_that_the_first_lexicon_does_not() -> None:
    text = "Gunmen torpedoed a ferry and the ministry commuted nine terms"
    assert not {"torpedoed", "commuted"} & set(name_cues(text, load_lexicon()))
    wide = name_cues(text, load_cue_words())
    assert (wide.get("torpedoed"), wide.get("commuted")) == ("ASSAULT", "CONCEDE")


def test_the_longer_entry_decides() -> None:
    cues = name_cues("The union called off the strike and called off talks with the mayor", load_cue_words())
    assert cues["strike"] == "CONCEDE"
    assert cues["talks"] == "REJECT"


def test_each_hint_is_a_type_of_the_ontology() -> None:
    types = {entry.type for entries in load_cue_words().by_first_form.values() for entry in entries}
    assert types == set(TYPES)
