"""The formats that articles come in: one module a format, found by scanning this folder.

A module is a format if it has what ``Format`` lists. ``docs/howto/add-a-format.md`` shows how to add one.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from dragoman.errors import SettingsError, UnknownFormat
from dragoman.ingest.characters import quoted
from dragoman.ingest.source import Source
from dragoman.records import Article, Rejection

_SUFFIX_WEIGHT = 0.5


@runtime_checkable
class Format(Protocol):
    """A format: how to know its files, and how to read them.

    ``name`` is what ``format=`` takes, ``suffixes`` the endings of its files in lower case, ``.gz`` left out.
    """

    name: str
    suffixes: tuple[str, ...]

    def sniff(self, head: str) -> float:
        """Return how surely a file that begins with ``head`` is of this format: 0 not at all, 1 surely."""

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        """Return the articles of an input, and a rejection for each that cannot be read. May raise InputError."""


def all_formats() -> tuple[Format, ...]:
    """Return every format in this folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return tuple(sorted((cast(Format, module) for module in modules), key=lambda found: found.name))


def format_named(name: str) -> Format:
    """Return the format of that name; raises SettingsError where there is none."""
    formats = all_formats()
    for found in formats:
        if found.name == name.lower():
            return found
    names = ", ".join(found.name for found in formats)
    raise SettingsError(
        "unknown format", expected=f"one of {names}", got=quoted(name), fix="leave it out to have it guessed"
    )


def format_of(name: str, head: str) -> Format:
    """Return the format that fits an input best, by its first characters and then by its file name.

    Raises UnknownFormat where none fits at all.
    """
    scored = [(_score(found, name.lower(), head), found) for found in all_formats()]
    best = max(score for score, _ in scored)
    if best <= 0:
        raise UnknownFormat(
            "unknown format",
            expected="a news text in a format we read",
            got=quoted(head.strip()),
            fix="name the format",
        )
    return next(found for score, found in scored if score == best)


def _score(found: Format, name: str, head: str) -> float:
    return found.sniff(head) + (_SUFFIX_WEIGHT if name.endswith(found.suffixes) else 0)
