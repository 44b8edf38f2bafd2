"""What a format of records offers, and how the formats are found: every module in ``formats`` is one."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from dragoman.errors import SettingsError
from dragoman.export import formats
from dragoman.records import Event


class Format(Protocol):
    """A module in ``formats``: its file name is the format's name."""

    SUMMARY: str
    """What the format is for, in one line."""

    def write(self, events: Iterable[Event], stream: BinaryIO) -> None:
        """Write the events to the stream, as they come where the format allows it."""
        ...


def list_formats() -> tuple[str, ...]:
    """Return the names of all formats, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def find_format(name: str) -> Format:
    """Return the format of that name. Raises SettingsError if there is none."""
    if name not in list_formats():
        raise SettingsError("unknown format", where="--format", expected=", ".join(list_formats()), got=name)
    return cast(Format, import_module(f"{formats.__name__}.{name}"))
