"""Paragraphs -> the report, and the furniture set aside: captions, credits, bylines, teasers, adverts.

What the rules are is in ``furniture.yaml``; how they work together is here. The rules lean to leaving things in: a caption that
stays costs a little accuracy, a sentence of news that goes is lost for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dragoman.records import Dateline
from dragoman.records.text import FurnitureKind
from dragoman.segment.dateline import DatelineReader

Where = Literal["whole", "head", "tail", "close", "section"]

_LONGEST = 700  # characters; nothing longer is furniture as a whole
_CREDIT_REACH = 240  # characters at the end of a paragraph in which a credit is looked for
_CAPTION_WORDS = 60  # a paragraph that ends in a credit is a caption up to this length
_ENTRY_WORDS = 30  # a link under "External links" or "Related stories" is no longer than this
_ALT_TEXT_WORDS = (3, 30)  # a line without a full stop above a caption or a credit
_HEAD = 3  # paragraphs that may carry section labels, titles of office and datelines

_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-Ž"
_CAP = rf"[{_CAPITAL}][\w.'’-]*+"
_NAME = rf"{_CAP}(?: (?:{_CAP}|de|da|di|du|van|von|der|den|bin|al|el|la|le)){{%s,4}}"
_ENDS_LIKE_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of ``furniture.yaml``."""

    kind: FurnitureKind
    where: Where
    pattern: str
    max_words: int = 60
    only_if: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def allows(self, paragraph: str) -> bool:
        """Return whether the rule's side conditions hold for a paragraph that its pattern matched."""
        if len(paragraph.split()) > self.max_words:
            return False
        if self.only_if and not self.only_if.search(paragraph):
            return False
        return not (self.unless and self.unless.search(paragraph))


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one: of the report where ``kind`` is None, else furniture.

    ``glued``: it stands directly below the piece before it, without the blank line that parts the article's paragraphs.
    ``fixed``: it repeats the article's title, and no rule may take it away.
    """

    text: str
    kind: FurnitureKind | None = None
    glued: bool = False
    fixed: bool = False


class RuleBook:
    """The rules of ``furniture.yaml``, ready to be asked."""

    __slots__ = ("_joined", "_rules", "datelines")

    def __init__(self, lists: dict[str, Any]) -> None:
        self.datelines = DatelineReader(lists["agency"], lists["not_places"], lists["known_places"])
        self._rules: dict[Where, list[tuple[Rule, re.Pattern[str]]]] = {}
        for entry in lists["rules"]:
            rule = _read_rule(entry, lists["agency"])
            self._rules.setdefault(rule.where, []).append((rule, re.compile(rule.pattern)))
        # One pass over all patterns of a kind tells that none matches, which is so for nearly every paragraph.
        self._joined = {where: _join(rule.pattern for rule, _ in rules) for where, rules in self._rules.items()}

    def judge(self, paragraph: str, where: Where) -> FurnitureKind | None:
        """Return the kind of furniture that the whole paragraph is by the rules for ``where``, or None if it is none."""
        if len(paragraph) > _LONGEST or not self._joined[where].fullmatch(paragraph):
            return None
        matching = (rule for rule, pattern in self._rules[where] if pattern.fullmatch(paragraph))
        return next((rule.kind for rule in matching if rule.allows(paragraph)), None)

    def credit_start(self, paragraph: str, end: int) -> int:
        """Return where the credits at the end of ``paragraph[:end]`` begin, or ``end`` if there are none."""
        start = max(0, end - _CREDIT_REACH)
        tail = paragraph[start:end]
        if not self._joined["close"].search(tail):
            return end
        starts = [start + found.start() for found in self._credits(tail) if _stands_apart(tail, found.start())]
        return min(starts, default=end)

    def _credits(self, tail: str) -> Iterable[re.Match[str]]:
        """Yield for each rule that finds a credit at the end of ``tail`` what it found."""
        for rule, pattern in self._rules["close"]:
            found = pattern.search(tail)
            if found and rule.allows(found.group()):
                yield found


def _read_rule(entry: dict[str, Any], agency: str) -> Rule:
    """Return one rule of the file, with the names of its placeholders filled in."""
    pattern = entry["pattern"].replace("{agency}", agency)
    pattern = pattern.replace("{cap}", _CAP).replace("{name}", _NAME % 0).replace("{full}", _NAME % 1)
    flags = "" if entry.get("case") else "i"
    anchored = rf"(?{flags}:{pattern})" + (r"\Z" if entry["where"] == "close" else "")
    only_if, unless = (re.compile(entry[key], re.I) if key in entry else None for key in ("only_if", "unless"))
    return Rule(entry["kind"], entry["where"], anchored, entry.get("max_words", 60), only_if, unless)


def _join(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _stands_apart(tail: str, position: int) -> bool:
    """Return whether a credit that begins here is no part of a word or of an open clause."""
    return position == 0 or tail[position] in "[(|" or tail[position - 1] in ' .!?"”’)'


@cache
def load_rules() -> RuleBook:
    """Return the rules that come with the package."""
    import yaml

    return RuleBook(yaml.safe_load((files(__package__) / "furniture.yaml").read_text(encoding="utf-8")))


def set_furniture_aside(blocks: Sequence[Sequence[str]], title: str | None) -> tuple[list[Piece], Dateline | None]:
    """Return the article's pieces in order, those of the report with ``kind`` None, and its dateline if it has one.

    ``blocks`` holds the paragraphs, those in one block with no blank line between them. A first paragraph that repeats ``title`` is
    left out, since the title stands above the text anyway.
    """
    pieces = [piece for block in blocks for piece in _sort_block(block, title, parted=len(blocks) > 1)]
    pieces = _mark_alt_texts(_mark_sections(pieces))
    pieces, datelines = _clear_head(pieces)
    return _clear_tail(pieces), _merge(datelines)


def _sort_block(block: Sequence[str], title: str | None, *, parted: bool) -> Iterable[Piece]:
    for number, paragraph in enumerate(block):
        glued = parted and number > 0
        if title is not None and same_words(paragraph, title):
            yield Piece(paragraph, None, glued, fixed=True)
        else:
            yield from _sort_paragraph(paragraph, glued)


def _sort_paragraph(paragraph: str, glued: bool) -> Iterable[Piece]:
    """Yield the paragraph as one piece of the report or of furniture, or as a piece of each where a credit ends it."""
    rules = load_rules()
    kind = rules.judge(paragraph, "whole")
    if kind or rules.judge(paragraph, "section"):
        yield Piece(paragraph, kind, glued)
        return
    body = _without_credits(paragraph)
    if len(body) == len(paragraph):
        yield Piece(paragraph, None, glued)
    elif not body:
        yield Piece(paragraph, "credit", glued)
    elif len(body.split()) <= _CAPTION_WORDS:
        yield Piece(paragraph, "caption", glued)
    else:
        yield Piece(body, rules.judge(body, "whole"), glued)
        yield Piece(paragraph[len(body) :].strip(), "credit", glued=True)


def _without_credits(paragraph: str) -> str:
    """Return the paragraph up to the credits that end it."""
    rules, end = load_rules(), len(paragraph)
    while end and (start := rules.credit_start(paragraph, end)) < end:
        end = start
        while end and paragraph[end - 1] == " ":
            end -= 1
    return paragraph[:end]


def _mark_sections(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with headings such as "External links", and the entries below them, as furniture."""
    marked: list[Piece] = []
    in_section = False
    for piece in pieces:
        heading = piece.kind in {None, "teaser"} and not piece.fixed and bool(load_rules().judge(piece.text, "section"))
        in_section = heading or (in_section and (piece.kind is not None or _is_entry(piece)))
        marked.append(replace(piece, kind="teaser") if in_section and piece.kind is None else piece)
    return marked


def _is_entry(piece: Piece) -> bool:
    short = len(piece.text) <= _LONGEST and len(piece.text.split()) <= _ENTRY_WORDS
    return short and not piece.fixed and not _ENDS_LIKE_SENTENCE.search(piece.text)


def _mark_alt_texts(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with lines that only describe a picture as captions: those right above a caption or a credit."""
    marked = list(pieces)
    for number in range(len(pieces) - 2, 0, -1):
        below = pieces[number + 1]
        belongs = (below.glued and below.kind == "caption") or (below.kind == "credit" and (below.glued or number > 1))
        if belongs and _is_alt_text(pieces[number]):
            marked[number] = replace(pieces[number], kind="caption")
    return marked


def _is_alt_text(piece: Piece) -> bool:
    if piece.kind is not None or piece.fixed or len(piece.text) > _LONGEST or _ENDS_LIKE_SENTENCE.search(piece.text):
        return False
    fewest, most = _ALT_TEXT_WORDS
    return fewest <= len(piece.text.split()) <= most


def _clear_head(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Dateline]]:
    """Return the pieces with labels and datelines out of the first paragraphs, and those datelines."""
    rules = load_rules()
    cleared: list[Piece] = []
    datelines: list[Dateline] = []
    kept = 0
    for piece in pieces:
        if piece.kind is not None or kept == _HEAD:
            cleared.append(piece)
        elif not (piece.fixed and kept == 0):
            found, rest = ([], piece.text) if piece.fixed else rules.datelines.strip(piece.text)
            datelines += found
            cleared += [Piece(dateline.text, "dateline") for dateline in found]
            if rest:
                kind = None if piece.fixed else rules.judge(rest, "whole") or rules.judge(rest, "head")
                cleared.append(replace(piece, text=rest, kind=kind))
                kept += kind is None
    return cleared, datelines


def _clear_tail(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with notes on the author out of the end."""
    cleared = list(pieces)
    for number in range(len(cleared) - 1, -1, -1):
        piece = cleared[number]
        if piece.kind is None:
            kind = None if piece.fixed else load_rules().judge(piece.text, "tail")
            if kind is None:
                break
            cleared[number] = replace(piece, kind=kind)
    return cleared


def _merge(datelines: Sequence[Dateline]) -> Dateline | None:
    """Return one dateline: the first that names a place, else the first, with the parts that it lacks from the others."""
    if not datelines:
        return None
    main = next((dateline for dateline in datelines if dateline.place), datelines[0])
    day = main.day or next((dateline.day for dateline in datelines if dateline.day), None)
    agency = main.agency or next((dateline.agency for dateline in datelines if dateline.agency), None)
    return replace(main, day=day, agency=agency)


def same_words(one: str, other: str) -> bool:
    """Return whether two lines hold the same letters and digits, whatever their case, quotes and dashes."""
    return _letters(one) == _letters(other) if _letters(one) else one == other


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line)).casefold()
