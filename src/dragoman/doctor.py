"""What is installed, which model, which knowledge date, and whether all works."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from dragoman import __version__
from dragoman.pipeline import Coder, load_coder

_EXTRAS = {"pyarrow": "Parquet export", "pandas": "to_pandas()", "polars": "to_polars()"}
_PROBE = "Hungary expelled two Serbian diplomats on Monday."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what, what was found, and whether that is well."""

    what: str
    found: str
    is_well: bool = True

    def __str__(self) -> str:
        return f"{'ok ' if self.is_well else 'BAD'}  {self.what}: {self.found}"


def examine() -> Iterator[Finding]:
    """Yield the findings, the vital ones first. A part that fails yields a finding that is not well; nothing is raised."""
    yield Finding("dragoman", f"{__version__} on Python {platform.python_version()}")
    try:
        coder = load_coder()
    except Exception as error:  # noqa: BLE001 - the doctor tells of any illness
        yield Finding("parts", f"cannot be loaded: {type(error).__name__}: {error}", is_well=False)
        return
    yield Finding("model", coder.reader.name)
    yield Finding("codebook", coder.ontology.name)
    yield Finding("knowledge as of", coder.resolver.knowledge_as_of.isoformat())
    yield _try_coding(coder)
    for library, use in _EXTRAS.items():
        yield Finding(f"{library} ({use})", _version(library))


def _try_coding(coder: Coder) -> Finding:
    events = coder.code(_PROBE, published="2024-03-06")
    shown = ", ".join(f"{event.event} {event.actor[0].code}" for event in events)
    return Finding("a sentence coded", shown or "nothing", is_well=bool(events) and events[0].actor[0].code == "HUN")


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not installed, not needed otherwise"
