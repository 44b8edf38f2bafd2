import random

import pytest

from dragoman.annotate.form import parse_documents
from dragoman.annotate.split import Part, choose_part
from dragoman.ontology import load_ontology
from dragoman.read.labels import make_labels
from dragoman.records import MentionKind
from tests.annotate.example import example_text

pytest.importorskip("torch", reason="training is an extra: pip install 'dragoman[train]'")

from dragoman.read.neural import load_tokenizer
from dragoman.train.encoder import find_minilm
from dragoman.train.examples import IGNORED, NameSwapper, make_examples, piece_document, quote_words

LABELS = make_labels(load_ontology())
(DOCUMENT,) = parse_documents(example_text(), "x.txt")


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer(find_minilm() / "tokenizer.json")


@pytest.fixture(scope="module")
def examples(tokenizer):
    return list(make_examples(DOCUMENT, piece_document(DOCUMENT, tokenizer), LABELS, tokenizer))


def test_no_mention_and_no_trigger_is_lost_on_the_way(examples):
    assert sum(len(example.mentions) for example in examples) == len(DOCUMENT.mentions)
    assert sum(len(example.triggers) for example in examples) == len(DOCUMENT.triggers)


def test_gold_words_quote_what_was_marked(examples):
    marked = sorted(mention.span.quote(DOCUMENT.text) for mention in DOCUMENT.mentions)
    found = sorted(
        quote_words(example, mention.first, mention.last) for example in examples for mention in example.mentions
    )
    assert found == marked


def test_roles_lead_to_the_nearest_mention_of_the_entity(examples):
    (example,) = examples
    fired = next(one for one in example.triggers if quote_words(example, one.first, one.last) == "fired")
    actors = [
        quote_words(example, mention.first, mention.last)
        for mention, row in zip(example.mentions, fired.roles, strict=True)
        if row[LABELS.roles.index("actor")] == 1
    ]
    assert actors == ["Chinese coast guard"]


def test_other_mentions_of_a_roles_entity_are_neither_right_nor_wrong(examples):
    (example,) = examples
    refused = next(one for one in example.triggers if quote_words(example, one.first, one.last) == "withdraw")
    column = LABELS.roles.index("actor")
    dizons = {
        quote_words(example, mention.first, mention.last): row[column]
        for mention, row in zip(example.mentions, refused.roles, strict=True)
        if row[column] != 0
    }
    assert sorted(dizons.values()) == [IGNORED, 1]


def test_swapping_names_changes_pieces_the_same_way_everywhere_and_words_nowhere(tokenizer):
    sentences = piece_document(DOCUMENT, tokenizer)
    swapper = NameSwapper([["China", "Peru"], ["Chinese", "Peruvian"]], [], random.Random(3))
    swapped = swapper.swap(DOCUMENT, sentences, tokenizer)
    assert [sentence.words for sentence in swapped] == [sentence.words for sentence in sentences]
    pieces = {
        (word.quote(DOCUMENT.text), ids)
        for sentence in swapped
        for word, ids in zip(sentence.words, sentence.pieces, strict=True)
        if word.quote(DOCUMENT.text) in ("China", "Chinese")
    }
    assert len(pieces) == 2


def test_parts_are_fixed_by_the_id_and_near_their_shares():
    parts = [choose_part(f"inv-x-{number:04}") for number in range(2000)]
    assert choose_part("inv-af-0001") is choose_part("inv-af-0001")
    assert 0.07 < parts.count(Part.DEV) / 2000 < 0.13
    assert 0.07 < parts.count(Part.HELD_BACK) / 2000 < 0.13


def test_every_kind_of_mention_has_a_label():
    assert {kind.value for kind in MentionKind} == set(LABELS.kinds) - {"none"}
