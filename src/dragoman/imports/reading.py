"""Finds the importers, every module in ``formats``, and reads files with them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from dragoman.errors import InputError, SettingsError
from dragoman.imports import formats
from dragoman.imports.lines import DataFile, open_files
from dragoman.imports.outcome import Outcome
from dragoman.records import Rejection


class Importer(Protocol):
    """A module in ``formats``: its file name is the data set's name, as the store's records tell it."""

    SUMMARY: str
    """What is read, in one line."""
    CODER: str
    """What the records name as their coder."""
    CODEBOOK: str
    """What the data set codes by."""

    def read(self, file: DataFile, release: str) -> Iterator[Outcome]:
        """Yield what comes of each row, in order. Raises InputError for what is wrong with the file as a whole."""
        ...


def list_importers() -> tuple[str, ...]:
    """Return the names of all importers, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def find_importer(name: str) -> Importer:
    """Return the importer of that name. Raises SettingsError if there is none."""
    if name not in list_importers():
        raise SettingsError("unknown data set", where="--from", expected=", ".join(list_importers()), got=name)
    return cast(Importer, import_module(f"{formats.__name__}.{name}"))


def read_foreign(path: str, name: str, release: str = "") -> Iterator[Outcome]:
    """Yield what comes of each row of a file of others' event data (``-`` is standard input): an event, a rejection, or nothing.

    ``release`` is the data set's version, for the records to tell. What breaks a file as a whole comes out as a rejection too.
    Raises SettingsError for an unknown data set.
    """
    importer = find_importer(name)
    try:
        for file in open_files(path):
            yield from _read_file(importer, file, release)
    except InputError as error:
        yield Rejection(error.where or path, "ingest", _without_place(error))


def _read_file(importer: Importer, file: DataFile, release: str) -> Iterator[Outcome]:
    try:
        yield from importer.read(file, release)
    except InputError as error:
        yield Rejection(error.where or file.name, "ingest", _without_place(error))


def _without_place(error: InputError) -> str:
    return str(InputError(error.what, expected=error.expected, got=error.got, fix=error.fix))
