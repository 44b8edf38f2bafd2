"""PETRARCH's input XML: sentences or whole stories between ``<Sentences>`` tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dragoman.errors import EmptyArticle, UnreadableInput
from dragoman.ingest.characters import clean, clean_line, printable, quoted
from dragoman.ingest.fields import attempt, day_of
from dragoman.ingest.markup import forget, local_name, parse_xml
from dragoman.ingest.source import Source
from dragoman.records import Article, Rejection

name = "petrarch"
suffixes = (".xml",)

_ROOT = re.compile(r"<Sentences\b", re.IGNORECASE)
_RECORDS = frozenset(("sentence",))
_NUMBER = re.compile(r"[_-][0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``<Sentence>``: a sentence with the id of its story, or a whole story."""

    story: str | None
    is_sentence: bool
    day: str | None
    outlet: str | None
    url: str | None
    text: str
    number: int
    line: int

    @property
    def key(self) -> tuple[object, ...]:
        """What the sentences of one story have in common; a story by itself shares it with nothing."""
        together = self.is_sentence and self.story is not None
        return (self.story, self.day, self.outlet) if together else (self.number,)


def sniff(head: str) -> float:
    """Return 1 for XML whose first element is ``<Sentences>``."""
    return 1.0 if head.lstrip("\ufeff \t\r\n").startswith("<") and _ROOT.search(head[:5000]) else 0.0


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return one article for each story; neighbouring sentences with the same story id and date make one story."""
    for _, entries in groupby(_entries(source), key=lambda entry: entry.key):
        story = tuple(entries)
        origin = f"{source.origin}:{story[0].line}"
        yield attempt(origin, _read_story, story, origin)


def _read_story(story: tuple[Entry, ...], origin: str) -> Article:
    first = story[0]
    # A blank line after each sentence keeps the cuts that whoever made the file decided on.
    text = clean("\n\n".join(entry.text for entry in story if entry.text))
    if not text:
        raise EmptyArticle("empty text", expected="words between <Text> tags", got="nothing", fix="leave it out")
    return Article(
        text=text,
        published=day_of(first.day, "date"),
        outlet=first.outlet,
        url=first.url,
        source_id=first.story,
        origin=printable(origin),
    )


def _entries(source: Source) -> Iterator[Entry]:
    number = 0
    for event, element in parse_xml(source, _RECORDS):
        tag = local_name(element)
        if event == "start" and element.getparent() is None and tag != "sentences":
            raise UnreadableInput(
                "no PETRARCH input", expected="<Sentences>", got=quoted(f"<{tag}>"), fix="name the right format"
            )
        if event == "end" and tag in _RECORDS:
            number += 1
            yield _entry(element, number)
            forget(element)


def _entry(element: Any, number: int) -> Entry:
    is_sentence = (element.get("sentence") or "").strip().lower() == "true"
    words = next((child for child in element if local_name(child) == "text"), None)
    text = "" if words is None else "".join(words.itertext())
    identity = clean_line(element.get("id") or "") or None
    return Entry(
        story=_NUMBER.sub("", identity) if identity and is_sentence else identity,
        is_sentence=is_sentence,
        day=element.get("date"),
        outlet=clean_line(element.get("source") or "") or None,
        url=clean_line(element.get("url") or "") or None,
        text=clean_line(text) if is_sentence else clean(text),
        number=number,
        line=element.sourceline or 0,
    )
