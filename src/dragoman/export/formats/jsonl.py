"""JSON Lines: one record a line, UTF-8."""

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.export.record import event_to_line
from dragoman.records import Event

SUMMARY = "JSON Lines, one record a line: the contract for other programs"


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write one line an event, as they come."""
    for event in events:
        stream.write(event_to_line(event).encode("utf-8") + b"\n")
        stream.flush()
