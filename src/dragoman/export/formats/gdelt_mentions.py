"""GDELT 2.0 mentions: tab-separated, 16 columns, no header, one row for each place in an article that tells of an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dragoman.export.formats.gdelt import identify
from dragoman.export.rows import dated, fits, pairs, write_tabs
from dragoman.records import Actor, Event

SUMMARY = "GDELT 2.0 mentions, 16 columns without a header, for the rows of format gdelt"

COLUMNS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras"
).split()
_WEB, _CITATION = 1, 2
_NOWHERE = -1

__all__ = ["COLUMNS", "SUMMARY", "fits", "write"]


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a row for each piece of evidence of each row that format ``gdelt`` writes, as they come."""
    write_tabs(stream, (row for event, day in dated(events) for row in _rows(event, day)))


def _rows(event: Event, day: date) -> Iterator[list[object]]:
    cite = event.cite
    times = [f"{day:%Y%m%d}000000", f"{cite.published or day:%Y%m%d}000000"]
    report = [_WEB if cite.url else _CITATION, cite.publication, cite.url or cite.title or event.article_id]
    confidence = max(10, min(100, round(event.confidence * 10) * 10))
    for number, (source, target) in enumerate(pairs(event)):
        for evidence in event.evidence:
            offsets = [_start(source), _start(target), evidence.anchor.start]
            where = [evidence.sentence + 1, *offsets, 1, confidence]
            yield [identify(event, number), *times, *report, *where, "", "", "", ""]


def _start(party: Actor | None) -> int:
    return party.span.start if party and party.span else _NOWHERE
