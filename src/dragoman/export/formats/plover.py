"""PLOVER JSON Lines: the record itself, whose names are those of PLOVER's data interchange chapter."""

from dragoman.export.formats.jsonl import write

SUMMARY = "PLOVER 2.0 as JSON Lines, one record a line, nothing left out"

__all__ = ["SUMMARY", "write"]
