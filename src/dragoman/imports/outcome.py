"""What comes of a row: an event, a rejection, or nothing because PLOVER knows no such event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dragoman.errors import InputError, OntologyError
from dragoman.records import Event, Rejection

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ForeignEvent:
    """An event of others' data in our terms: the source's own ``key``, and the row as it was, empty cells left out."""

    key: str
    event: Event
    raw: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A good row that tells of no event in PLOVER, such as a public statement (CAMEO 010)."""

    reason: str


Outcome = ForeignEvent | LeftOut | Rejection


class NotAnEvent(Exception):
    """Raised where a row tells of what PLOVER does not count as an event."""


def attempt(origin: str, make: Callable[[Row], ForeignEvent], row: Row) -> Outcome:
    """Return the event that ``make`` makes of a row, or why there is none."""
    try:
        return make(row)
    except NotAnEvent as left:
        return LeftOut(str(left))
    except (InputError, OntologyError) as error:
        return Rejection(origin, "ingest", str(error))
