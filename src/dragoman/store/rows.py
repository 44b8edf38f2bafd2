"""What goes into a store and comes out of it. All frozen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dragoman.records import Article, Event, Record, Span, parse_record
from dragoman.store.schema import COPY, STRUCK, SUPERSEDED

_ID_DIGITS = 16
NO_ANCHOR = -1
"""Stands for the words of a record that rests on none, as imported ones do."""
BY_HAND = "by hand"
"""The model of a record that an analyst added."""


@dataclass(frozen=True, slots=True)
class RunKey:
    """What makes a run: the same key is the same run, whenever it goes on.

    ``knowledge`` is the ISO date up to which actors are known. ``options`` are pairs of strings that change what is coded, such
    as the hash of a user's list of actors. ``source`` is "" for our own coding, else whose event data was imported.
    """

    coder: str
    model: str
    codebook: str
    knowledge: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    source: str = ""

    @property
    def id(self) -> str:
        """``r-`` and 16 hexadecimal digits of the key's content."""
        parts = [self.source, self.coder, self.model, self.codebook, self.knowledge, sorted(self.options)]
        return "r-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_ID_DIGITS]


@dataclass(frozen=True, slots=True)
class Run:
    """One run and how much it has done so far. A higher ``number`` is a later run."""

    number: int
    id: str
    key: RunKey
    n_articles: int = 0
    n_records: int = 0
    n_rejections: int = 0


@dataclass(frozen=True, slots=True)
class Coding:
    """One coded article to keep: ``text`` is the cleaned text that the events' offsets point into, ``sketch`` its wording's sketch."""

    article: Article
    article_id: str
    text: str
    events: tuple[Event, ...]
    sketch: bytes | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """One record of others' event data to keep: the source's own id, the event in our terms, and the row as it was."""

    key: str
    event: Event
    raw: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much was kept: coded articles, those there already, reprints among the new ones, records, rejections."""

    n_coded: int = 0
    n_known: int = 0
    n_copies: int = 0
    n_records: int = 0
    n_rejected: int = 0

    def __add__(self, other: Kept) -> Kept:
        """Return both together."""
        return Kept(
            self.n_coded + other.n_coded,
            self.n_known + other.n_known,
            self.n_copies + other.n_copies,
            self.n_records + other.n_records,
            self.n_rejected + other.n_rejected,
        )


@dataclass(frozen=True, slots=True)
class RecordKey:
    """What names a record across runs: its article and the words that it rests on, or its id where it has none or was added by hand."""

    article: str
    start: int
    end: int

    def __str__(self) -> str:
        """Return the key as one word, ``a-51c0d3e8f7a2b946@1268-1293``."""
        return self.article if self.start == NO_ANCHOR else f"{self.article}@{self.start}-{self.end}"


def key_of(record: Record) -> RecordKey:
    """Return the key that names a record across runs."""
    # What an analyst added stands in no run of its article: its id alone tells it from what a coder finds on the same words.
    if not record["evidence"] or record["model"] == BY_HAND:
        return RecordKey(record["id"], NO_ANCHOR, NO_ANCHOR)
    first = record["evidence"][0]
    return RecordKey(record["article_id"], first["anchor_start"], first["anchor_end"])


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record as it counts, with the corrections in it.

    ``number`` is its place in this store. ``record`` has the keys of ``docs/record.md``. ``run`` and ``article`` are ids;
    ``article`` is None for imported records. ``corrected`` names the fields that a user changed.
    """

    number: int
    record: Record
    run: str
    source: str
    article: str | None
    view: int
    corrected: tuple[str, ...] = ()

    @property
    def event(self) -> Event:
        """The record as an event."""
        return parse_record(self.record)

    @property
    def key(self) -> str:
        """What names the record across runs."""
        return str(key_of(self.record))

    @property
    def line(self) -> str:
        """The record as one line of JSON."""
        return json.dumps(self.record, ensure_ascii=False)

    @property
    def is_copy(self) -> bool:
        """Whether it comes from a reprint."""
        return self.view == COPY

    @property
    def is_latest(self) -> bool:
        """Whether it comes from the latest run over its article."""
        return self.view != SUPERSEDED

    @property
    def is_struck(self) -> bool:
        """Whether a user struck it out."""
        return self.view == STRUCK


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, and the cursor of the next page; None at the end."""

    records: tuple[StoredRecord, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many records have a value."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over records: their number, confidences, PLOVER scores and Goldstein values."""

    n: int
    weight: float
    scale: float
    goldstein: float


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One period of a series: ``keys`` are the values of the fields that it was split by."""

    start: date
    keys: tuple[str, ...]
    n: int
    weight: float
    scale: float
    goldstein: float


@dataclass(frozen=True, slots=True)
class DyadRow:
    """How often and how one party acts on another; ``recipient`` is "" where there is none."""

    actor: str
    recipient: str
    n: int
    weight: float
    scale: float
    goldstein: float


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as kept. ``text`` is the cleaned text of its latest run, ``family`` the ids of all articles of this wording."""

    id: str
    text: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    language: str
    source_id: str | None
    origin: str
    is_copy: bool
    family: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found: the stretch worth showing and the words found in it, as offsets into the text."""

    article: StoredArticle
    excerpt: Span
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StoredRejection:
    """An input that could not be coded, and in which run."""

    run: str
    origin: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A user's change to one field of a record. ``before`` and ``after`` are JSON values; ``undone`` is when it was taken back."""

    number: int
    made: str
    who: str
    key: str
    record_id: str
    field: str
    before: Any
    after: Any
    note: str = ""
    undone: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A record's place in a story: the record's number, how well it fits (0..1), and why."""

    record: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class StoredStory:
    """One event in many reports. ``best`` is a record's number; ``body`` is whatever else the linker tells, as JSON types."""

    id: str
    best: int
    members: tuple[Member, ...]
    date: str
    enddate: str
    event: str
    n_reports: int
    n_outlets: int
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """A user's word that two records do or do not tell of one event."""

    number: int
    made: str
    who: str
    action: Literal["join", "split"]
    first: str
    second: str
    note: str = ""
    undone: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A record that two runs over one article code differently. ``fields`` names what differs in a changed one."""

    kind: Literal["added", "removed", "changed"]
    article: str
    before: Record | None
    after: Record | None
    fields: tuple[str, ...] = ()
