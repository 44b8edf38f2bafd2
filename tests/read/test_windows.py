from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dragoman.read.neural import load_tokenizer
from dragoman.read.windows import LONGEST_SENTENCE, MAX_PIECES, pack_windows, piece_sentence, split_words
from dragoman.records import Span


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory) -> Tokenizer:
    """A word-piece tokenizer of single letters: small, and with BERT's markers."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,"
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
    for letter in letters:
        vocabulary.setdefault(letter, len(vocabulary))
        vocabulary.setdefault(f"##{letter}", len(vocabulary))
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word piece, no secret
    made.normalizer = BertNormalizer()
    made.pre_tokenizer = BertPreTokenizer()
    path: Path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(path))
    return load_tokenizer(path)


def test_words_keep_acronyms_together_and_signs_apart():
    text = "The U.S. can’t wait, Mr. O'Neil-Smith: 3.5%!"
    words = [word.quote(text) for word in split_words(text, Span(0, len(text)))]
    assert words[:6] == ["The", "U.S.", "can", "’", "t", "wait"]
    assert "%" in words


@given(texts=st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=12), first=st.integers(8, MAX_PIECES))
def test_windows_cover_all_words_in_order_once(tokenizer, texts, first):
    text, sentences = "", []
    for number, one in enumerate(texts):
        span = Span(len(text), len(text) + len(one))
        text += one + " "
        sentences.append(piece_sentence(text, number, span, tokenizer))
    windows = list(pack_windows(sentences, tokenizer, first))
    packed = [(number, word) for window in windows for number, word in zip(window.sentences, window.words, strict=True)]
    assert packed == [(sentence.index, word) for sentence in sentences for word in sentence.words]
    for window in windows:
        assert len(window.first_piece) == len(window.words)
        assert all(0 < piece < len(window.pieces) for piece in window.first_piece)
        assert len(set(window.sentences)) == 1 or len(window.pieces) <= MAX_PIECES + 2


def test_an_endless_sentence_is_cut_and_an_endless_word_does_no_harm(tokenizer):
    text = "abc " * 5000 + "x" * 100_000
    sentence = piece_sentence(text, 0, Span(0, len(text)), tokenizer)
    assert 0 < sentence.n_pieces <= LONGEST_SENTENCE
