"""The event record as plain data, under the name by which the formats know it."""

from __future__ import annotations

from dragoman.records.wire import Record, event_to_line, event_to_record, parse_line, parse_record

__all__ = ["Record", "event_to_line", "event_to_record", "parse_line", "parse_record"]
