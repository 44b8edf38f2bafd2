"""Which records are wanted, said once for lists, counts, facets and series."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which records are wanted. Fields left empty ask for nothing; several values in one field mean "any of these".

    Left as it is, a filter means what counts: each article's latest run, reprints left out.

    ``since`` and ``until`` are the first and last day on which an event may begin. ``actor`` and ``recipient`` are country or
    PLOVER codes ("PRK", "UNO"), ``actor_sector`` and ``recipient_sector`` PLOVER sectors; code and sector must meet in one party.
    With both ``actor`` and ``recipient``, records without a recipient whose several actors hold both sides also fit: those who
    meet or fight one another are all actors in PLOVER. ``is_either_way`` also takes the two sides the other way round.
    ``speaker`` is the code of who vouches. ``event``, ``mode``, ``status``, ``context``, ``quad`` are PLOVER's. ``country`` is where it
    happened. ``outlet`` as the article names it. ``min_confidence`` is in 0..1. ``text`` is a search over the articles' words
    (``docs/store.md`` tells how it is written). ``source`` is "" for our own coding, else whose event data it is ("gdelt").
    ``run`` is a run's id and shows its records even where a later run replaced them. ``article``, ``story``, ``ids`` (of records) are ids.
    ``with_copies`` also takes the records of reprints, ``with_struck`` those that a user struck out, ``with_older`` older runs'.
    ``is_story_best`` takes one record a story, the best; ``min_reports`` only events that so many independent reports tell.
    """

    since: date | None = None
    until: date | None = None
    actor: Codes = ()
    actor_sector: Codes = ()
    recipient: Codes = ()
    recipient_sector: Codes = ()
    is_either_way: bool = False
    speaker: Codes = ()
    event: Codes = ()
    mode: Codes = ()
    status: Codes = ()
    context: Codes = ()
    quad: tuple[int, ...] = ()
    country: Codes = ()
    outlet: tuple[str, ...] = ()
    min_confidence: float | None = None
    text: str = ""
    source: tuple[str, ...] = ()
    run: str | None = None
    article: str | None = None
    story: str | None = None
    ids: tuple[str, ...] = ()
    with_copies: bool = False
    with_struck: bool = False
    with_older: bool = False
    is_story_best: bool = False
    min_reports: int | None = None

    def asks(self) -> frozenset[str]:
        """Return the names of the fields that ask for something."""
        return frozenset(field.name for field in fields(self) if getattr(self, field.name) != field.default)
