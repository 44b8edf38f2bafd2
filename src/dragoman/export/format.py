"""What a format of records offers, and how the formats are found: every module in ``formats`` is one."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
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
        """Write the events to the stream, as they come where the format allows it.

        A format that cannot tell of every event (of one that was only feared, say) passes over those, and has ``fits(event)``.
        """
        ...


def list_formats() -> tuple[str, ...]:
    """Return the names of all formats, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def find_format(name: str, *, option: str = "--format") -> Format:
    """Return the format of that name; hyphens do for underscores. Raises SettingsError, which names the option, if there is none."""
    if (module := name.replace("-", "_")) not in list_formats():
        raise SettingsError("unknown format", where=option, expected=", ".join(list_formats()), got=name)
    return cast(Format, import_module(f"{formats.__name__}.{module}"))


def fits_format(name: str) -> Callable[[Event], bool]:
    """Return the test whether a format can tell of an event; a format that says nothing can tell of all."""
    tests: Callable[[Event], bool] = getattr(find_format(name), "fits", _fits_always)
    return tests


def _fits_always(_: Event) -> bool:
    return True
