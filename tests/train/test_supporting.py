"""The treebank's facts arrive at the words they are about, and the warm-up learns them."""

import gzip
import json

import pytest

from dragoman.ontology import load_ontology
from dragoman.read.labels import make_labels

torch = pytest.importorskip("torch", reason="training is an extra: pip install 'dragoman[train]'")

from dragoman.read.neural import load_tokenizer
from dragoman.train.batches import make_batch
from dragoman.train.encoder import find_minilm
from dragoman.train.network import ReaderNetwork
from dragoman.train.recipe import Recipe
from dragoman.train.supporting import FACTUALITY_FILE, PROPBANK_FILE, load_supporting
from dragoman.train.warm_up import warm_up

LABELS = make_labels(load_ontology())
TOKENS = "Troops from the north never shelled the old town on Monday .".split()
SENTENCE = {
    "tok": TOKENS,
    "upos": "NOUN ADP DET NOUN ADV VERB DET ADJ NOUN ADP PROPN PUNCT".split(),
    "head": [6, 4, 4, 1, 6, 0, 9, 9, 6, 11, 6, 6],
    "dep": "nsubj case det nmod:from advmod root det amod obj case obl:on punct".split(),
    "frames": [
        {"i": 5, "sense": "shell.01", "args": [[0, 4, "ARG0"], [6, 9, "ARG1"], [9, 11, "ARGM-TMP"], [4, 5, "ARGM-NEG"]]}
    ],
}


@pytest.fixture
def shared(tmp_path):
    propbank, factuality = tmp_path / PROPBANK_FILE, tmp_path / FACTUALITY_FILE
    factuality.parent.mkdir(parents=True)
    with gzip.open(propbank, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(SENTENCE) + "\n" for _ in range(4)))
    judged = {"text": " ".join(TOKENS), "targets": [{"span1": [5, 6], "label": -3.0}]}
    factuality.write_text(json.dumps(judged) + "\n", "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer(find_minilm() / "tokenizer.json")


def word_at(example, place):
    return next(word.quote(example.text) for word in example.window.words if word.start == place)


def test_heads_arguments_and_factuality_stand_at_their_words(shared, tokenizer):
    (one,) = load_supporting(shared, LABELS, tokenizer)
    assert len(one.facts) == 4
    facts = one.facts[1]  # offsets are moved along with the text
    heads = {word_at(one.example, token.start): word_at(one.example, token.head) for token in facts.tokens}
    assert heads["north"] == "Troops"
    assert heads["shelled"] == "shelled"
    assert {token.relation for token in facts.tokens} >= {"nmod", "obl"}
    told = {argument.label: word_at(one.example, argument.filler) for argument in facts.arguments}
    assert told == {"ARG0": "Troops", "ARG1": "town", "ARGM-TMP": "Monday", "ARGM-NEG": "never"}
    ((place, surely),) = facts.happened
    assert (word_at(one.example, place), surely) == ("shelled", -3.0)


def test_nothing_is_learnt_where_the_corpora_are_absent(tmp_path, tokenizer):
    assert list(load_supporting(tmp_path, LABELS, tokenizer)) == []


def test_the_warm_up_lowers_its_losses(shared, tokenizer):
    torch.manual_seed(3)
    told = []
    examples = list(load_supporting(shared, LABELS, tokenizer)) * 4
    warm_up(ReaderNetwork(LABELS), examples, LABELS, Recipe(warm_up_rounds=12), told.append)
    arcs = [float(line.partition("arcs ")[2].partition(",")[0]) for line in told]
    assert arcs[-1] < arcs[0] / 2


def test_hidden_words_lose_their_pieces_and_cues_but_not_the_markers(shared, tokenizer):
    import random

    (one,) = load_supporting(shared, LABELS, tokenizer)
    plain = make_batch([one.example], LABELS)
    hidden = make_batch([one.example], LABELS, 1.0, random.Random(1))
    window = one.example.window
    assert (hidden.pieces[0, list(window.first_piece)] == 103).all()
    markers = (plain.pieces == 101) | (plain.pieces == 102)
    assert (hidden.pieces[markers] == plain.pieces[markers]).all()
    assert hidden.cues.sum() == 0
    assert (hidden.tags == plain.tags).all()
