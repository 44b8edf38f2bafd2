"""JSON: one array of records, UTF-8."""

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.export.record import event_to_line
from dragoman.records import Event

SUMMARY = "JSON, one array of records"


def write(events: Iterable[Event], stream: BinaryIO) -> None:
    """Write an array, one record a line, as they come."""
    separator = b"[\n"
    for event in events:
        stream.write(separator + event_to_line(event).encode("utf-8"))
        separator = b",\n"
    stream.write(b"\n]\n" if separator == b",\n" else b"[]\n")
