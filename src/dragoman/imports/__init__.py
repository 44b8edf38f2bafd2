"""Other people's event data -> our records: one file a format in ``formats``; rows stream, bad ones are told and passed over."""

from dragoman.imports.building import NO_RELEASE
from dragoman.imports.outcome import ForeignEvent, LeftOut, Outcome
from dragoman.imports.reading import find_importer, list_importers, read_foreign

__all__ = ["NO_RELEASE", "ForeignEvent", "LeftOut", "Outcome", "find_importer", "list_importers", "read_foreign"]
