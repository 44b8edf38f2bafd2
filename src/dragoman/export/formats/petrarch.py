"""PETRARCH2's ``evts`` files: tab-separated, no header, one row for each source and target; the address stands only where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dragoman.export.rows import dated, fits, pairs, write_tabs
from dragoman.ontology.dialects import cameo_actor
from dragoman.records import Actor, Event

SUMMARY = "PETRARCH2's evts, without a header; what happened only"

COLUMNS = "date source target code issues ids url source_name".split()
"""What the columns are called; ``url`` is left out of a row that has none, and the file itself has no header."""
_NOBODY = "---"

__all__ = ["COLUMNS", "SUMMARY", "fits", "write"]


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a row for each source and target of each event that happened, as they come."""
    write_tabs(stream, (row for event, day in dated(events) for row in _rows(event, day)))


def _rows(event: Event, day: date) -> Iterator[list[object]]:
    issues = ";".join(f"{context},1" for context in event.context)
    ids = ";".join(f"{event.article_id}_{one.sentence + 1}" for one in event.evidence) or event.article_id
    url = [event.cite.url] if event.cite.url else []
    for source, target in pairs(event):
        yield [f"{day:%Y%m%d}", _code(source), _code(target), event.cameo, issues, ids, *url, event.cite.publication]


def _code(party: Actor | None) -> str:
    return (cameo_actor(party.code, party.sector) if party else "") or _NOBODY
