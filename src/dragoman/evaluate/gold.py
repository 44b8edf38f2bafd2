"""Gold records: what careful readers agreed that an article says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import SettingsError
from dragoman.records import Status


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One agreed event. Each field holds every value that counts as right.

    ``types`` are the type and its alternatives, ``sentences`` the numbers of the gold sentences that tell of it.
    ``actors`` and ``recipients`` hold sets of codes, ``dates`` first days. ``place`` and ``speaker`` are a country and an
    actor code, or None.
    """

    types: tuple[str, ...]
    modes: frozenset[str]
    statuses: frozenset[Status]
    sentences: frozenset[int]
    actors: frozenset[frozenset[str]]
    recipients: frozenset[frozenset[str]]
    dates: frozenset[date]
    place: str | None
    speaker: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article's gold: its day of publication, its sentences as the gold counts them, and its events."""

    id: str
    published: date
    sentences: tuple[str, ...]
    events: tuple[GoldEvent, ...]


def load_gold(path: Path) -> GoldArticle:
    """Return the gold of a file in the form of ``seed/gold.json``. Raises SettingsError where it cannot be read."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError("gold file", where=str(path), got=str(error), fix="name its folder with --data") from error
    events = tuple(_read_event(entry) for entry in raw["events"])
    return GoldArticle(raw["id"], date.fromisoformat(raw["published"]), tuple(raw["sentences"]), events)


def _read_event(entry: dict[str, Any]) -> GoldEvent:
    also = entry.get("also", {})
    return GoldEvent(
        types=(entry["type"], *entry["alt"]),
        modes=frozenset(entry["modes"]),
        statuses=frozenset(Status(status) for status in (entry["status"], also.get("status", entry["status"]))),
        sentences=frozenset(mention["s"] for mention in entry["mentions"]),
        actors=_code_sets(entry["actors"], also.get("actors")),
        recipients=_code_sets(entry["recipients"], also.get("recipients")),
        dates=frozenset(_first_day(day) for day in (entry["date"], also.get("date", entry["date"]))),
        place=entry["place"]["country"] if entry["place"] else None,
        speaker=entry["speaker"]["code"] if entry["speaker"] else None,
        anchor=entry["mentions"][0]["anchor"],
    )


def _code_sets(parties: list[dict[str, Any]], also: list[str] | None) -> frozenset[frozenset[str]]:
    first = frozenset(party["code"] for party in parties)
    return frozenset({first} if also is None else {first, frozenset(also)})


def _first_day(written: str) -> date:
    """Gold writes a month as 2017-08, a year as 2017, and a range as start/end."""
    year, *rest = written.partition("/")[0].split("-")
    month, day = [*rest, "01", "01"][:2]
    return date(int(year), int(month), int(day))
