"""What can be wrong with an ontology file, and the error that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an ontology file: the key it stands at, what was expected and found there, and what to do."""

    key: str
    expected: str
    got: str
    fix: str

    def __str__(self) -> str:
        return f"{self.key}: expected {self.expected}, got {self.got}; {self.fix}"


class FaultyOntology(OntologyError):
    """An ontology file with faults. The message tells the first; ``faults`` holds all, in the order of the checks."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        others = len(self.faults) - 1
        more = f" ({others} more fault{'s' if others > 1 else ''} in this file)" if others else ""
        super().__init__(first.key, where=where, expected=first.expected, got=first.got, fix=first.fix + more)


def show(value: object) -> str:
    """Return a value as a message quotes it: short, on one line, as the YAML has it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping"
        case list():
            return "a list"
    if isinstance(value, int) and value.bit_length() > _LARGEST_NUMBER:
        return "a huge number"
    shown = " ".join(str(value).split()) if isinstance(value, str | int | float) else type(value).__name__
    return shown if len(shown) <= _LONGEST_QUOTE else shown[:_LONGEST_QUOTE] + "..."


_LONGEST_QUOTE = 60
_LARGEST_NUMBER = 64
