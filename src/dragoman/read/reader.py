"""What every reader offers, whatever is behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from dragoman.records import Document, MentionKind, Reading, Rejection, Span

NameFinder = Callable[[str, Span], Iterable[tuple[Span, MentionKind]]]
"""Finds the names that somebody else knows (states, organisations, persons) in a stretch of text, in text order."""

TimeFinder = Callable[[str, Span], Iterable[Span]]
"""Finds the time expressions in a stretch of text, in text order."""


class Reader(Protocol):
    """Finds mentions, triggers and roles in documents."""

    @property
    def name(self) -> str:
        """The reader's name and version, as records cite it."""
        ...

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Rejection]:
        """Yield one reading for each document, in order; a document that cannot be read yields a rejection."""
        ...
