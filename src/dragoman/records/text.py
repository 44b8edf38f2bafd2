"""Text as it comes in: spans, articles, and documents cut into sentences.

All offsets in Dragoman count Unicode code points, start inclusive and end exclusive, so that ``text[start:end]``
is exactly the quoted string.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points ``start`` (inclusive) to ``end`` (exclusive)."""

    start: int
    end: int

    def quote(self, text: str) -> str:
        """Return the words of ``text`` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def gap(self, other: Span) -> int:
        """Return how many code points lie between the two spans, 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as the outlet published it, before anything was taken out of its text.

    ``text`` is the body as read from the input, without the title. ``published`` is the calendar day in the outlet's
    own time zone. ``source_id`` is the id that the input gave its article. ``origin`` names file and place for messages to
    people ("news.jsonl:17"); it is no part of the article's identity.
    """

    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    source_id: str | None = None
    language: str = "en"
    origin: str = "<text>"


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that could not be coded: where it came from, which stage refused it, and why, in one line."""

    origin: str
    stage: Literal["ingest", "segment", "read", "resolve", "code"]
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document.

    ``index`` counts from 0 over the document. ``paragraph`` counts from 0; sentences of one paragraph share it.
    ``is_headline`` marks the article's title, which is sentence 0 where the article has one.
    """

    index: int
    span: Span
    paragraph: int
    is_headline: bool = False


FurnitureKind = Literal[
    "caption", "credit", "byline", "dateline", "teaser", "advert", "newsletter", "boilerplate", "contact"
]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of the page that is no part of the report: a caption, a photo credit, a byline, a "Read more" line.

    ``text`` is the removed piece. ``position`` is the code point of the document's text before which it stood.
    """

    kind: FurnitureKind
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """A report's dateline ("SEOUL, South Korea, Aug 29 (Reuters) -"), taken out of the text and kept apart.

    ``place``, ``day`` and ``agency`` are its parts as written, or None.
    """

    text: str
    place: str | None = None
    day: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article made ready for reading: its cleaned text, cut into sentences, with the furniture set aside.

    ``text`` is the headline (where there is one), a blank line, and the body's paragraphs, blank lines between them.
    It is what ``dragoman code --text`` writes out and what every offset of every later stage points into. Sentences are
    in text order, do not overlap, and cover everything but white space.
    """

    article: Article
    text: str
    sentences: tuple[Sentence, ...]
    furniture: tuple[Furniture, ...] = ()
    dateline: Dateline | None = None

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the code point at ``offset``, or None between sentences."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].span.start <= offset:
            return self.sentences[low]
        return None
