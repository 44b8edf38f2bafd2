import pytest

from dragoman.ontology import load_ontology
from dragoman.read.lexicon import find_entries, load_lexicon


def found(sentence):
    words = sentence.lower().split()
    return {
        (match.entry.type, " ".join(words[match.first : match.last + 1]))
        for matches in find_entries(words, load_lexicon())
        for match in matches[:1]
    }


def test_every_entry_names_a_type_and_modes_of_the_ontology():
    types = load_ontology().types
    for entries in load_lexicon().by_first_form.values():
        for entry in entries:
            assert entry.type in types, entry.words
            assert set(entry.modes) <= set(types[entry.type].modes), entry.words
            assert 0 < entry.score < 1


def test_every_type_has_words():
    named = {entry.type for entries in load_lexicon().by_first_form.values() for entry in entries}
    assert named == set(load_ontology().types)


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("the ministers held two hours of talks", "CONSULT", "held two hours of talks"),
        ("the army pulled out", "RETREAT", "pulled out"),
        ("the envoy was expelled with other diplomats", "SANCTION", "expelled"),
        ("he denies it", "REJECT", "denies"),
        ("they shot dead a guard", "ASSAULT", "shot dead"),
        ("allies imposed tough new sanctions", "SANCTION", "imposed tough new sanctions"),
    ],
)
def test_inflected_and_split_words_are_found(sentence, kind, words):
    assert (kind, words) in found(sentence)


def test_a_guarded_word_needs_its_company():
    assert not any(kind == "RETREAT" for kind, _ in found("the band released an album"))
    assert any(kind == "RETREAT" for kind, _ in found("the band released its hostages"))
