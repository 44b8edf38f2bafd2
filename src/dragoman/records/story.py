"""A story: one event, and all the reports of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from dragoman.records.event import Actor, Place
from dragoman.records.reading import Status

DisputedFact = Literal["date", "type", "actor", "recipient", "place", "killed", "injured", "status", "denied by"]


@dataclass(frozen=True, slots=True)
class Account:
    """One version of a fact: the value told, the records that tell it, and their outlets."""

    value: str
    records: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact on which the reports of one event differ; the version told by most records comes first.

    ``denied by`` lists who denies the event, and needs no second version.
    """

    about: DisputedFact
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Why a record stands in a story: its closest record in the story, how sure (0..1) that both are one event, and why.

    ``score`` is 1 where a person joined them.
    """

    record: str
    closest: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One event and the records of different articles that report it.

    ``id`` is ``s-`` and a content hash of the record reported first, so it stays when later reports come in. ``best`` is the id of
    the record that agrees most with the others and tells most; type, parties, place and status are that record's. ``date`` is the
    day told by most reports (None where none gives a day), ``first_day`` to ``last_day`` the spread of the days told.
    ``records`` and ``articles`` are in order of publication. ``n_reports`` counts independent articles: reprints count once.
    ``vouchers`` are those who vouch for the event. ``cohesion`` in 0..1 is the mean score of its pairs, 1 for a single record.
    """

    id: str
    best: str
    records: tuple[str, ...]
    articles: tuple[str, ...]
    event: str
    mode: tuple[str, ...]
    status: Status
    quad_code: int
    event_scale: float
    date: datetime.date | None
    first_day: datetime.date | None
    last_day: datetime.date | None
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    place: Place | None
    n_reports: int
    outlets: tuple[str, ...]
    vouchers: tuple[Actor, ...]
    disagreements: tuple[Disagreement, ...]
    joins: tuple[Join, ...]
    cohesion: float
