"""Event -> other people's formats: the record as JSON, and one file a format in ``formats``."""

from dragoman.export.events import Events
from dragoman.export.format import Format, find_format, fits_format, list_formats
from dragoman.export.record import event_to_record
from dragoman.export.schema import build_schema

__all__ = ["Events", "Format", "build_schema", "event_to_record", "find_format", "fits_format", "list_formats"]
