"""An article's text cut into pieces that a page can mark, made safe to show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

MOST_SHOWN = 120_000
"""Characters of an article that a page shows; the rest can be downloaded."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_ALLOWED = frozenset("\n\t\u00ad\u200c\u200d")
_ORDER = ("act", "actor", "recipient", "speaker", "time", "place")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a record: their place in the text, what part they play, and the record's number on the page."""

    start: int
    end: int
    kind: str
    record: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks throughout. ``parts`` are pairs of text and whether it is a sign for a hidden character."""

    start: int
    parts: tuple[tuple[str, bool], ...]
    kinds: tuple[str, ...]
    marks: str
    sentences: str


def list_marks(record: dict[str, Any], number: int) -> Iterator[Mark]:
    """Yield the words that a record rests on, its sentences too."""
    for one in record["evidence"]:
        yield Mark(one["anchor_start"], one["anchor_end"], "act", number)
        yield Mark(one["start"], one["end"], "sentence", number)
    parties = [("actor", record["actor"]), ("recipient", record["recipient"])]
    parties += [("speaker", [record["speaker"]])] if record["speaker"] else []
    parties += [("place", [record["event_loc"]])] if record["event_loc"] else []
    for kind, entities in parties:
        for one in entities:
            if one.get("start") is not None and one["end"] > one["start"]:
                yield Mark(one["start"], one["end"], kind, number)


def cut_text(text: str, marks: Sequence[Mark]) -> list[list[Piece]]:
    """Return the text's paragraphs, each in pieces that begin and end where a mark does. Marks beyond what is shown are left out."""
    shown = text[:MOST_SHOWN]
    return [list(_cut(shown, start, end, marks)) for start, end in _paragraphs(shown)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for block in text.split("\n\n"):
        if block.strip():
            yield start, start + len(block)
        start += len(block) + 2


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end} | {place for mark in here for place in (mark.start, mark.end) if start < place < end}
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        on = [mark for mark in here if mark.start <= left and right <= mark.end]
        yield Piece(left, tuple(show(text[left:right])), _kinds(on), _names(on), _sentences(on))


def _kinds(marks: Sequence[Mark]) -> tuple[str, ...]:
    there = {mark.kind for mark in marks}
    return tuple(kind for kind in _ORDER if kind in there)


def _names(marks: Sequence[Mark]) -> str:
    return " ".join(dict.fromkeys(f"{mark.kind}:{mark.record}" for mark in marks if mark.kind != "sentence"))


def _sentences(marks: Sequence[Mark]) -> str:
    return " ".join(dict.fromkeys(str(mark.record) for mark in marks if mark.kind == "sentence"))


def show(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in stretches; characters that hide or turn other text come alone, as their code point, and True."""
    start = 0
    for place, character in enumerate(text):
        if character.isascii() and character >= " ":
            continue
        if character not in _ALLOWED and unicodedata.category(character) in _HIDDEN:
            if start < place:
                yield text[start:place], False
            yield f"U+{ord(character):04X}", True
            start = place + 1
    if start < len(text):
        yield text[start:], False


def tame(text: str | None, most: int = 300) -> str:
    """Return a short text for a title or a cell: one line, hidden characters written out, cut where it is too long."""
    line = " ".join((text or "")[: most * 2].split())
    shown = "".join(f"⟨{part}⟩" if is_sign else part for part, is_sign in show(line))
    return shown if len(shown) <= most else shown[: most - 1] + "…"
