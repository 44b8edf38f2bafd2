"""A table for people: one block an article, one row an event, with the words that each event rests on."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from dragoman.export.printable import escape_controls
from dragoman.records import Actor, Event, Status

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SUMMARY = "a table for a terminal"

_QUAD_STYLES = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}
_STATUS_MARKS = {
    Status.ACTUAL: "",
    Status.FUTURE: "planned",
    Status.HYPOTHETICAL: "supposed",
    Status.NEGATED: "not done",
    Status.HISTORICAL: "past",
}
_PLAIN_WIDTH = 160
"""Columns where there is no terminal to ask."""


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write a table for each article as soon as its events are there; coloured on a terminal."""
    from rich.console import Console

    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
    console = Console(
        file=text, width=None if text.isatty() else _PLAIN_WIDTH, highlight=False, markup=False, emoji=False
    )
    for _, group in groupby(events, key=lambda event: event.article_id):
        console.print(build_table(list(group)))
        console.print()
    text.detach()


def build_table(events: list[Event]) -> Table:
    """Return a ``rich.table.Table`` of one article's events."""
    from rich.table import Table

    table = Table(
        title=_title(events[0]), title_justify="left", title_style="bold", show_lines=False, pad_edge=False, expand=True
    )
    table.add_column("date", no_wrap=True)
    table.add_column("who", ratio=4)
    table.add_column("did what", ratio=4)
    table.add_column("to whom", ratio=4)
    table.add_column("where", ratio=2)
    table.add_column("status", no_wrap=True)
    table.add_column("who says so", ratio=3)
    table.add_column("in the words", ratio=8)
    table.add_column("sure", justify="right", no_wrap=True)
    for event in events:
        table.add_row(*_cells(event))
    return table


def _cells(event: Event) -> list[Text]:
    from rich.text import Text

    kind = event.event + "".join(f" {mode}" for mode in event.mode)
    place = event.event_loc
    more = f" (+{len(event.evidence) - 1})" if len(event.evidence) > 1 else ""
    words = f"“{escape_controls(event.evidence[0].event_text)}”" if event.evidence else ""
    return [
        Text(_date(event)),
        Text(_parties(event.actor)),
        Text(kind, style=_QUAD_STYLES.get(event.quad_code, "")),
        Text(_parties(event.recipient)),
        Text(
            escape_controls(place.name or place.text) + (f" {place.country}" if place.country else "") if place else ""
        ),
        Text(_STATUS_MARKS[event.status]),
        Text(_parties((event.speaker,)) if event.speaker else ""),
        Text(f"{words}{more}"),
        Text(f"{event.confidence:.2f}"),
    ]


def _title(event: Event) -> str:
    cite = event.cite
    day = cite.published.isoformat() if cite.published else "no date"
    parts = [cite.title or "untitled", cite.publication, day, cite.source_id]
    return escape_controls(" · ".join(part for part in parts if part))


def _date(event: Event) -> str:
    moment = event.moment
    if moment is None:
        return "?"
    shown = {"year": moment.date.strftime("%Y"), "month": moment.date.strftime("%Y-%m")}.get(
        moment.granularity, moment.date.isoformat()
    )
    if moment.granularity == "week":
        shown += " wk"
    # A date that only stands in for a silent text must not look like one that was told.
    return f"({shown})" if moment.basis == "publication" else shown


def _parties(parties: Iterable[Actor]) -> str:
    return ", ".join(
        f"{party.code} {party.sector[0]}"
        + (f" {escape_controls(party.name or party.text)}" if party.name or party.text else "")
        for party in parties
    )
