"""JSON: an object, an array of objects, an object with a list ``articles``, or several of these one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dragoman.errors import UnreadableInput
from dragoman.ingest.encoding import transcoded
from dragoman.ingest.fields import attempt, field_named
from dragoman.ingest.objects import DECODER, article_of, invalid_json, object_of
from dragoman.ingest.source import Source, too_large
from dragoman.records import Article, Rejection

name = "json"
suffixes = (".json",)

_START = re.compile(r"[\ufeff\s]*(?:\{\s*(?:\"|\})|\[\s*(?:\{|\]))")
_LISTS = frozenset(("articles", "items", "results", "documents", "docs"))
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_NEAR, _BEFORE = 80, 20
_MARGIN = 32
Element = tuple[int, object]


def sniff(head: str) -> float:
    """Return a high score for what begins like a JSON object or a list of objects."""
    return 0.8 if _START.match(head) else 0.0


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return one article or rejection for each object; raises UnreadableInput where the JSON breaks."""
    text = _Text(source)
    while text.peek():
        for line, value in _top(text):
            origin = f"{source.origin}:{line}"
            yield attempt(origin, article_of, value, origin)


def _top(text: _Text) -> Iterator[Element]:
    """Return the articles of the next value, each with the line at which it begins."""
    first = text.peek()
    if first == "[":
        return _listed(text)
    return _object(text) if first == "{" else iter([text.value()])


def _listed(text: _Text) -> Iterator[Element]:
    """Return the elements of a list, one by one: a list of any length takes no more memory than its largest element."""
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.take(",", "]") == "]":
            return


def _object(text: _Text) -> Iterator[Element]:
    """Return the elements of the object's list of articles, or the object itself where it has none."""
    line = text.line
    text.take("{")
    pairs: list[tuple[str, object]] = []
    is_envelope = False
    closed = text.peek() == "}" and text.take("}") == "}"
    while not closed:
        key = text.key()
        if text.peek() == "[" and key.casefold() in _LISTS:
            is_envelope = True
            yield from _listed(text)
        else:
            pairs.append((key, text.value()[1]))
        closed = text.take(",", "}") == "}"
    if not is_envelope or _has_text(pairs):
        yield line, object_of(pairs)


def _has_text(pairs: list[tuple[str, object]]) -> bool:
    return any(field_named(key) == "text" for key, _ in pairs)


class _Text:
    """A JSON text of any length, of which only as much is held as the value at hand needs."""

    def __init__(self, source: Source) -> None:
        self.line = 1
        self._limit = source.limit
        self._chunks = transcoded(source.chunks(), source.encoding)
        self._held = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no white space, or nothing at the end."""
        while True:
            self._move(_SPACE.match(self._held, self._at).end())  # type: ignore[union-attr]  # it matches the empty string
            if self._at < len(self._held):
                return self._held[self._at]
            if self._ended:
                return ""
            self._grow()

    def take(self, *expected: str) -> str:
        """Return the next character and step over it; raises UnreadableInput where it is none of those expected."""
        found = self.peek()
        if found not in expected or not found:
            raise self._invalid(f"expected {' or '.join(expected)}")
        self._move(self._at + 1)
        return found

    def key(self) -> str:
        """Return the next key of an object and step over its colon."""
        _, key = self.value()
        if not isinstance(key, str):
            raise self._invalid("a key is no string")
        self.take(":")
        return key

    def value(self) -> Element:
        """Return the next value and the line at which it begins; reads on until the value is whole."""
        self.peek()
        line = self.line
        while True:
            try:
                value, end = DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not self._is_cut(error):
                    raise self._invalid(error.msg, error.pos) from error
            else:
                if end - self._at > self._limit:
                    raise too_large(self._limit)
                if end < len(self._held) or self._ended:
                    self._move(end)
                    return line, value
            self._grow()

    def _move(self, end: int) -> None:
        self.line += self._held.count("\n", self._at, end)
        self._at = end

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Return whether the parser may only have run out of what is held."""
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._held) - _MARGIN

    def _grow(self) -> None:
        """Hold at least twice as much, so that the work of trying again stays linear in the value's length."""
        n_held = len(self._held) - self._at
        if n_held > self._limit:
            raise too_large(self._limit)
        pieces, n_wanted = [self._held[self._at :]], 2 * n_held + 1
        while n_held < n_wanted and not self._ended:
            piece = next(self._chunks, b"").decode("utf-8")
            self._ended = not piece
            pieces.append(piece)
            n_held += len(piece)
        self._held, self._at = "".join(pieces), 0

    def _invalid(self, problem: str, at: int | None = None) -> UnreadableInput:
        position = self._at if at is None else at
        line = self.line + self._held.count("\n", self._at, position)
        return invalid_json(f"line {line}: {problem}", self._held[max(0, position - _BEFORE) :][:_NEAR])
