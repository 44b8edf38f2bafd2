"""The grammar of time expressions: the words and rules under ``time/``, made ready to match.

A rule is tried only where a word of its own stands, and nothing in a rule repeats without a bound: the time to read a text
grows with its length and no faster, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import yaml

_SPACE: Final = r"\s{1,3}"
_SPACE_OR_NONE: Final = r"\s{0,3}"
_MARKS: Final[Mapping[str, str]] = MappingProxyType({" ": _SPACE, "-": "[-‐‑–—]", "'": "['’]"})
_HOLE: Final = re.compile(r"\{([a-z_]+\d?)(?::([a-z_]+))?\}")
_TOKEN: Final = re.compile(r"[a-z]+|\d+|-")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of ``rules.yaml``: what it matches, what must and must not stand around, and which meaning it has."""

    number: int
    means: str
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The whole grammar. ``words`` gives each class its words; ``openers`` gives each word the rules it can begin."""

    words: Mapping[str, Mapping[str, Any]]
    openers: Mapping[str, tuple[Rule, ...]]
    digits: tuple[Rule, ...]
    counted: re.Pattern[str]
    ahead: re.Pattern[str]
    ahead_words: frozenset[str]


@cache
def load_grammar() -> Grammar:
    """Return the grammar of the package, read once."""
    words, book = _read("words.yaml"), _read("rules.yaml")
    classes = {name: words[name] for name in words if isinstance(words[name], dict)}
    shapes = {name: _alternatives(classes[name]) for name in classes}
    shapes.update({name: _soften(_fill(shape, shapes)) for name, shape in book["shapes"].items()})
    rules = tuple(_compile(number, entry, shapes) for number, entry in enumerate(book["rules"]))
    vocabularies = {rule.number: _vocabulary(rule.pattern.pattern) for rule in rules}
    vocabulary = sorted(set().union(*vocabularies.values()))
    openers = {word: tuple(rule for rule in rules if word in vocabularies[rule.number]) for word in vocabulary}
    return Grammar(
        words=MappingProxyType(classes),
        openers=MappingProxyType(openers),
        digits=tuple(rule for rule in rules if _has_digit(rule.pattern.pattern)),
        counted=re.compile(rf"\s{{1,3}}(?:{_any_of(words['counted'])})(?!\w)", re.IGNORECASE),
        ahead=re.compile(rf"(?<!\w)(?:{_any_of([*words['ahead'], *words['behind']])}|[a-z]{{2,20}}ed)(?!\w)"),
        ahead_words=frozenset(words["ahead"]),
    )


def _read(name: str) -> Any:
    path = files("dragoman.resolve").joinpath("time", name)
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _any_of(words: list[str]) -> str:
    return "|".join(_escape(word) for word in sorted(words, key=len, reverse=True))


def _alternatives(words: Mapping[str, Any]) -> str:
    return _any_of([str(word) for word in words])


def _escape(word: str) -> str:
    return "".join(_MARKS.get(letter, re.escape(letter)) for letter in word)


def _fill(pattern: str, shapes: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: f"(?:{shapes[hole[2] or hole[1]]})", pattern)


def _fill_named(pattern: str, shapes: Mapping[str, str]) -> str:
    """Fill the holes; a hole that stands in a group of another name of its own stays nameless."""

    def fill(hole: re.Match[str]) -> str:
        inner = shapes[hole[2] or hole[1]]
        is_named = pattern[: hole.start()].endswith(">")
        return inner if is_named else f"(?P<{hole[1]}>{inner})"

    return _HOLE.sub(fill, pattern)


def _soften(pattern: str) -> str:
    """Let a space stand for any white space, a hyphen for any dash, an apostrophe for any apostrophe; not inside [...]."""
    pieces = re.split(r"(\[[^\]]*\]|\\.|\(\?P<[a-z_\d]+>|\{[^}]*\})", pattern)
    return "".join(piece if i % 2 else _soften_plain(piece) for i, piece in enumerate(pieces))


def _soften_plain(piece: str) -> str:
    dashed = piece.replace("-", _MARKS["-"]).replace("'", _MARKS["'"])
    return dashed.replace(" ?", _SPACE_OR_NONE).replace(" ", _SPACE)


def _compile(number: int, entry: Mapping[str, Any], shapes: Mapping[str, str]) -> Rule:
    body = _fill_named(_soften(entry["pattern"]), shapes)
    return Rule(
        number=number,
        means=entry["means"],
        pattern=re.compile(rf"(?:{body})(?!\w)"),
        after=_around(entry.get("after"), "(?:{})$"),
        not_after=_around(entry.get("not_after"), "(?:{})$"),
        before=_around(entry.get("before"), "(?:{})"),
        not_before=_around(entry.get("not_before"), "(?:{})"),
        extra=MappingProxyType({key: str(value) for key, value in entry.get("with", {}).items()}),
    )


def _around(pattern: str | None, frame: str) -> re.Pattern[str] | None:
    return None if pattern is None else re.compile(frame.format(_soften(pattern)))


def _vocabulary(pattern: str) -> set[str]:
    """Return every word that occurs in a pattern: a superset of the words that can open it."""
    plain = re.sub(r"\(\?P<[a-z_\d]+>|\\[sdwb]|\[[^\]]*\]", " ", pattern.replace("\\d0", " "))
    words = set(re.findall(r"[a-z]+", plain))
    return words | {word[:-1] for word in re.findall(r"([a-z]{2,})\?", plain)}


def _has_digit(pattern: str) -> bool:
    """Return whether a digit may stand in what a pattern matches; counts in braces and names of groups are none."""
    return bool(re.search(r"\\d|\d", re.sub(r"\{[\d,]*\}|\(\?P<[a-z_\d]+>", "", pattern)))
