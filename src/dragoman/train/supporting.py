"""The supporting task: PropBank roles, which teach the network who does what to whom before it meets our own corpus.

Source: PropBank release on the English Web Treebank (CC BY-SA 4.0), read from the shared data where it is present. Only weights that
learnt from it ship, never its text.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.read.labels import Labels
from dragoman.read.windows import MAX_PIECES, PiecedSentence, pack_windows, piece_sentence
from dragoman.records import RoleKind, Span
from dragoman.train.examples import Example, GoldMention, GoldTrigger

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PROPBANK_FILE = "data/srl_ewt_propbank_train.jsonl.gz"
_ROLE_OF_ARGUMENT = {
    "ARG0": RoleKind.ACTOR,
    "ARG1": RoleKind.RECIPIENT,
    "ARGM-LOC": RoleKind.PLACE,
    "ARGM-TMP": RoleKind.TIME,
}
_SHORTEST = 8
_EMPTY_VERBS = ("be.", "have.", "do.")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A predicate and its arguments as spans of code points within the sentence."""

    predicate: Span
    arguments: tuple[tuple[Span, RoleKind], ...]


@dataclass(frozen=True, slots=True)
class _RoleSentence:
    text: str
    frames: tuple[_Frame, ...]


def load_role_examples(shared: Path, labels: Labels, tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield windows of PropBank sentences with their roles; nothing where the shared data is not present."""
    path = shared / PROPBANK_FILE
    if not path.is_file():
        return
    text = ""
    sentences: list[PiecedSentence] = []
    frames: list[list[_Frame]] = []
    for sentence in _read_sentences(path):
        start = len(text)
        text += sentence.text + " "
        sentences.append(piece_sentence(text, len(sentences), Span(start, start + len(sentence.text)), tokenizer))
        frames.append([_shift(frame, start) for frame in sentence.frames])
    yield from _make_windows(text, sentences, frames, labels, tokenizer)


def _read_sentences(path: Path) -> Iterator[_RoleSentence]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            entry = json.loads(line)
            frames = tuple(
                _read_frame(frame, entry) for frame in entry["frames"] if not frame["sense"].startswith(_EMPTY_VERBS)
            )
            told = tuple(frame for frame in frames if frame.arguments)
            if told and len(entry["tok"]) >= _SHORTEST:
                yield _RoleSentence(" ".join(entry["tok"]), told)


def _read_frame(frame: Mapping[str, Any], entry: Mapping[str, Any]) -> _Frame:
    arguments = []
    for first, stop, name in frame["args"]:
        kind = _ROLE_OF_ARGUMENT.get(name)
        # Our mentions leave the preposition out: "in | the capital".
        start = first + 1 if entry["upos"][first] == "ADP" and stop - first > 1 else first
        if kind is not None:
            arguments.append((_token_span(entry["tok"], start, stop), kind))
    return _Frame(_token_span(entry["tok"], frame["i"], frame["i"] + 1), tuple(arguments))


def _token_span(tokens: Sequence[str], first: int, stop: int) -> Span:
    start = sum(len(token) + 1 for token in tokens[:first])
    return Span(start, start + len(" ".join(tokens[first:stop])))


def _shift(frame: _Frame, by: int) -> _Frame:
    arguments = tuple((Span(span.start + by, span.end + by), kind) for span, kind in frame.arguments)
    return _Frame(Span(frame.predicate.start + by, frame.predicate.end + by), arguments)


def _make_windows(
    text: str,
    sentences: Sequence[PiecedSentence],
    frames: Sequence[Sequence[_Frame]],
    labels: Labels,
    tokenizer: Tokenizer,
) -> Iterator[Example]:
    for window in pack_windows(sentences, tokenizer, MAX_PIECES):
        here = [frame for number in dict.fromkeys(window.sentences) for frame in frames[number]]
        place = {span: number for number, span in enumerate(window.words)}
        spans = sorted({span for frame in here for span, _ in frame.arguments})
        mentions = [(span, run) for span in spans if (run := _find_run(place, span)) is not None]
        triggers = tuple(
            _make_trigger(run[0], frame, [span for span, _ in mentions], labels)
            for frame in here
            if (run := _find_run(place, frame.predicate)) is not None
        )
        yield Example(window, text, tuple(GoldMention(*run, 0) for _, run in mentions), triggers)


def _find_run(place: Mapping[Span, int], span: Span) -> tuple[int, int] | None:
    covered = [number for word, number in place.items() if span.covers(word)]
    return (covered[0], covered[-1]) if covered else None


def _make_trigger(word: int, frame: _Frame, spans: Sequence[Span], labels: Labels) -> GoldTrigger:
    own = dict(frame.arguments)
    rows = tuple(
        tuple(int(span in own and own[span].value == role) for role in labels.roles)
        for span in spans
    )  # fmt: skip
    return GoldTrigger(word, word, type=1, status=0, modes=(), contexts=(), roles=rows)
