"""The supporting tasks, which teach the network who does what to whom before it meets our own corpus: PropBank roles, the syntax
of Universal Dependencies and, where they were judged, whether what is told happened.

Sources: PropBank release on the English Web Treebank and the treebank itself (CC BY-SA 4.0), UDS event factuality (CC BY-SA 4.0) on the
same sentences, all read from the shared data where they are present. Only weights that learnt from them ship, never their text.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.read.labels import Labels
from dragoman.read.windows import MAX_PIECES, PiecedSentence, pack_windows, piece_sentence
from dragoman.records import RoleKind, Span
from dragoman.train.examples import Example, GoldMention, GoldTrigger

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PROPBANK_FILE = "data/srl_ewt_propbank_train.jsonl.gz"
FACTUALITY_FILE = "data/factuality_uds/train.jsonl"
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
class Token:
    """A token of the treebank: where it begins, its part of speech, its governor's begin (its own for the root), and how it depends."""

    start: int
    part_of_speech: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A predicate's token and the head token of one argument, by where they begin, with the argument's PropBank label."""

    predicate: int
    filler: int
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the treebank, PropBank and UDS know of a sentence. ``happened`` holds (begin of a token, -3 for "certainly not" .. 3)."""

    tokens: tuple[Token, ...]
    arguments: tuple[Argument, ...]
    happened: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class SupportingExample:
    """A window with its roles as our own tasks have them, and with the supporting facts of its sentences."""

    example: Example
    facts: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class _RoleSentence:
    text: str
    frames: tuple[_Frame, ...]
    facts: Facts


def load_supporting(shared: Path, labels: Labels, tokenizer: Tokenizer) -> Iterator[SupportingExample]:
    """Yield windows of treebank sentences with their facts; nothing where the shared data is not present."""
    path = shared / PROPBANK_FILE
    if not path.is_file():
        return
    text = ""
    sentences: list[PiecedSentence] = []
    frames: list[list[_Frame]] = []
    facts: list[Facts] = []
    for sentence in _read_sentences(path, _read_happened(shared / FACTUALITY_FILE)):
        start = len(text)
        text += sentence.text + " "
        sentences.append(piece_sentence(text, len(sentences), Span(start, start + len(sentence.text)), tokenizer))
        frames.append([_shift(frame, start) for frame in sentence.frames])
        facts.append(_shift_facts(sentence.facts, start))
    for example in _make_windows(text, sentences, frames, labels, tokenizer):
        yield SupportingExample(example, tuple(facts[number] for number in dict.fromkeys(example.window.sentences)))


def _read_happened(path: Path) -> Mapping[str, Sequence[tuple[int, float]]]:
    """Return for each judged sentence its tokens' numbers with how surely they happened."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8") as stream:
        entries = [json.loads(line) for line in stream]
    return {entry["text"]: [(one["span1"][0], one["label"]) for one in entry["targets"]] for entry in entries}


def _read_sentences(path: Path, happened: Mapping[str, Sequence[tuple[int, float]]]) -> Iterator[_RoleSentence]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            entry = json.loads(line)
            frames = tuple(
                _read_frame(frame, entry) for frame in entry["frames"] if not frame["sense"].startswith(_EMPTY_VERBS)
            )
            told = tuple(frame for frame in frames if frame.arguments)
            if len(entry["tok"]) >= _SHORTEST:
                text = " ".join(entry["tok"])
                yield _RoleSentence(text, told, _read_facts(entry, happened.get(text, ())))


def _read_facts(entry: Mapping[str, Any], happened: Sequence[tuple[int, float]]) -> Facts:
    starts = [_token_span(entry["tok"], number, number + 1).start for number in range(len(entry["tok"]))]
    tokens = tuple(
        Token(starts[number], entry["upos"][number], starts[head - 1 if head else number], relation.partition(":")[0])
        for number, (head, relation) in enumerate(zip(entry["head"], entry["dep"], strict=True))
    )
    arguments = tuple(
        Argument(starts[frame["i"]], starts[_find_top(entry["head"], first, stop)], name)
        for frame in entry["frames"]
        for first, stop, name in frame["args"]
    )
    return Facts(tokens, arguments, tuple((starts[number], surely) for number, surely in happened))


def _find_top(heads: Sequence[int], first: int, stop: int) -> int:
    """Return the token of the run whose governor lies outside of it."""
    return next((number for number in range(first, stop) if not first <= heads[number] - 1 < stop), first)


def _shift_facts(facts: Facts, by: int) -> Facts:
    return Facts(
        tuple(replace(one, start=one.start + by, head=one.head + by) for one in facts.tokens),
        tuple(replace(one, predicate=one.predicate + by, filler=one.filler + by) for one in facts.arguments),
        tuple((start + by, surely) for start, surely in facts.happened),
    )


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
