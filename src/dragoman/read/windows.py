"""Documents cut into windows of words and word pieces: the one form in which text enters the network, in training and at run time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import SettingsError
from dragoman.records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_PIECES = 128
"""A window takes sentences up to this many word pieces, and at least one sentence."""
LONGEST_SENTENCE = 384
"""A sentence of more word pieces than this is read up to here; no real one is."""
MAX_WORD = 64
"""Code points of a word that the network sees; news has no longer ones, and hostile text must not slow it down."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Window:
    """Some consecutive sentences as the network sees them.

    ``words`` are spans in the document's text; ``sentences[i]`` is the number of the sentence of word i. ``pieces`` are the ids of all
    word pieces, with the markers at both ends and between sentences; ``first_piece[i]`` is where word i begins in them.
    """

    words: tuple[Span, ...]
    sentences: tuple[int, ...]
    pieces: tuple[int, ...]
    first_piece: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PiecedSentence:
    """A sentence's words, and the word pieces of each."""

    index: int
    words: tuple[Span, ...]
    pieces: tuple[tuple[int, ...], ...]

    @property
    def n_pieces(self) -> int:
        """How many word pieces the sentence has."""
        return sum(len(pieces) for pieces in self.pieces)


def split_words(text: str, span: Span) -> tuple[Span, ...]:
    """Return the words of a stretch of text: acronyms with dots, runs of letters and digits, single signs."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text, span.start, span.end))


def piece_sentence(text: str, index: int, span: Span, tokenizer: Tokenizer) -> PiecedSentence:
    """Return the sentence cut into words and word pieces; what lies beyond the longest sentence is left out."""
    words = split_words(text, span)
    encodings = tokenizer.encode_batch([word.quote(text)[:MAX_WORD] for word in words], add_special_tokens=False)
    unknown = _special(tokenizer, "[UNK]")
    pieces = [tuple(encoding.ids) or (unknown,) for encoding in encodings]
    kept, total = 0, 0
    while kept < len(words) and total + len(pieces[kept]) <= LONGEST_SENTENCE:
        total += len(pieces[kept])
        kept += 1
    return PiecedSentence(index, words[:kept], tuple(pieces[:kept]))


def pack_windows(
    sentences: Sequence[PiecedSentence], tokenizer: Tokenizer, first_size: int = MAX_PIECES
) -> Iterator[Window]:
    """Yield windows that cover the sentences in order without overlap. ``first_size`` bounds the first one (training varies it)."""
    group: list[PiecedSentence] = []
    room = first_size
    for sentence in sentences:
        if group and sum(one.n_pieces + 1 for one in group) + sentence.n_pieces > room:
            yield _make_window(group, tokenizer)
            group, room = [], MAX_PIECES
        group.append(sentence)
    if group:
        yield _make_window(group, tokenizer)


def _special(tokenizer: Tokenizer, marker: str) -> int:
    number = tokenizer.token_to_id(marker)
    if number is None:
        raise SettingsError("the tokenizer is not BERT's", expected=f"a marker {marker}", got="none")
    return number


def _make_window(group: Sequence[PiecedSentence], tokenizer: Tokenizer) -> Window:
    pieces: list[int] = [_special(tokenizer, "[CLS]")]
    words: list[Span] = []
    numbers: list[int] = []
    first_piece: list[int] = []
    for sentence in group:
        for word, ids in zip(sentence.words, sentence.pieces, strict=True):
            words.append(word)
            numbers.append(sentence.index)
            first_piece.append(len(pieces))
            pieces += ids
        pieces.append(_special(tokenizer, "[SEP]"))
    return Window(tuple(words), tuple(numbers), tuple(pieces), tuple(first_piece))
