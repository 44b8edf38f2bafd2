"""What a benchmark offers, and how benchmarks are found: every module in ``benchmarks`` is one."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from dragoman.errors import SettingsError
from dragoman.evaluate import benchmarks


class Benchmark(Protocol):
    """A module in ``benchmarks``: its file name is the benchmark's name."""

    def run(self, folder: Path, *, details: bool) -> Iterator[str]:
        """Yield the report's lines. ``folder`` holds the gold files. Raises SettingsError where they are missing."""
        ...


def list_benchmarks() -> tuple[str, ...]:
    """Return the names of all benchmarks, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__)))


def run_benchmarks(names: Sequence[str], folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the report's lines of the named benchmarks, or of all.

    Raises SettingsError for a name that is none, and where a named benchmark's data is missing; where all are run, one whose
    data is missing is said to be.
    """
    for name in names:
        if name not in list_benchmarks():
            raise SettingsError("unknown benchmark", where=name, expected=", ".join(list_benchmarks()), got=name)
        yield from _find_benchmark(name).run(folder, details=details)
    for name in () if names else list_benchmarks():
        try:
            yield from _find_benchmark(name).run(folder, details=details)
        except SettingsError as error:
            yield f"{name}: not run: {error}"


def _find_benchmark(name: str) -> Benchmark:
    return cast(Benchmark, import_module(f"{benchmarks.__name__}.{name}"))
