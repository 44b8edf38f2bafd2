"""What the words stand for, and the event record itself."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal

from dragoman.records.reading import Reading, Status
from dragoman.records.text import Span

Granularity = Literal["day", "week", "month", "year", "range"]
DateBasis = Literal["text", "publication"]
Resolution = Literal["country", "admin1", "city", "feature"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, is acted upon or vouches: who they are, and the words that say so.

    ``code`` is an ISO 3166 alpha-3 code or one of PLOVER's international codes, ``UNK`` where unknown. ``sector``
    lists PLOVER sectors, the main one first. ``name`` is the canonical name, ``office`` the office held at the time.
    ``span`` is None where no words stand for the actor. ``why`` gives the reasons for code and sector.
    """

    code: str
    sector: tuple[str, ...]
    name: str | None = None
    office: str | None = None
    wikidata: str | None = None
    text: str = ""
    span: Span | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened.

    ``date`` is the first day of the period that ``granularity`` names; ``enddate`` closes a range. ``basis`` says whether
    the text gave the time or the publication date stands in for it.
    """

    date: datetime.date
    granularity: Granularity
    basis: DateBasis
    enddate: datetime.date | None = None
    span: Span | None = None
    why: tuple[str, ...] = ()

    @property
    def last_day(self) -> datetime.date:
        """The last day of the period."""
        if self.enddate is not None:
            return self.enddate
        if self.granularity == "week":
            return self.date + datetime.timedelta(days=6)
        if self.granularity == "month":
            return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])
        if self.granularity == "year":
            return self.date.replace(month=12, day=31)
        return self.date


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened. Degrees are WGS 84. Facts that are not known are None."""

    text: str
    span: Span
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    resolution: Resolution | None = None
    why: tuple[str, ...] = ()


Range = tuple[int, int | None]
"""The least and the most; None for the most where the words set no limit ("at least twelve")."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many were killed, hurt or arrested and took part, as ranges of whole numbers; None where the text names no number."""

    dead: Range | None = None
    injured: Range | None = None
    arrested: Range | None = None
    participants: Range | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A trigger with its parts found out: who, to whom, when, where, and who vouches for it.

    ``trigger`` indexes the reading's triggers. A part that the text leaves open is empty or None; ``moment`` is None only where
    neither the text nor the article gives a day.
    """

    trigger: int
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    moment: Moment | None
    place: Place | None = None
    speaker: Actor | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reading whose words have been traced to actors, days and places: one act for each trigger, in order."""

    reading: Reading
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that an event record rests on: the sentence, and within it the words that name the act."""

    sentence: int
    span: Span
    anchor: Span
    event_text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an event was reported."""

    source_id: str | None
    title: str | None
    publication: str | None
    url: str | None
    published: datetime.date | None
    language: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a record: the coder's version, the reader's model, and the codebook."""

    coder: str
    model: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Event:
    """One distinct event of one article: the record that Dragoman exists for (``docs/record.md``).

    ``event_scale`` is on -10..10, ``confidence`` in 0..1. ``cameo`` is a CAMEO code as a string with its leading zero.
    """

    id: str
    article_id: str
    event: str
    mode: tuple[str, ...]
    status: Status
    context: tuple[str, ...]
    quad_code: int
    event_scale: float
    cameo: str
    moment: Moment | None
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    event_loc: Place | None
    speaker: Actor | None
    evidence: tuple[Evidence, ...]
    confidence: float
    why: tuple[str, ...]
    cite: Citation
    provenance: Provenance
    size: Size | None = None
