"""The names behind the network's numbers. Their order is part of the weights: it is stored with them and checked on loading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.ontology import Ontology
from dragoman.records import MentionKind, RoleKind, Status

OUTSIDE = "O"
INSIDE = "I"


@dataclass(frozen=True, slots=True)
class Labels:
    """Kinds of mentions, tags of trigger words, statuses, modes ("ASSAULT.aerial"), contexts, roles and types, each in order.

    Kind 0 is "none"; tag 0 is outside, the last tag is a trigger's later word, and those between begin a trigger of a type.
    """

    kinds: tuple[str, ...]
    tags: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    roles: tuple[str, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The event types, in the order of their tags."""
        return self.tags[1:-1]

    def to_json(self) -> dict[str, list[str]]:
        """Return the names as JSON types."""
        return {name: list(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Labels:
        """Return the names that ``to_json`` stored."""
        return cls(**{name: tuple(stored[name]) for name in cls.__dataclass_fields__})


def make_labels(ontology: Ontology) -> Labels:
    """Return the names that a reader trained on this ontology uses."""
    return Labels(
        kinds=("none", *(kind.value for kind in MentionKind)),
        tags=(OUTSIDE, *ontology.types, INSIDE),
        statuses=tuple(status.value for status in Status),
        modes=tuple(f"{code}.{mode}" for code, kind in ontology.types.items() for mode in kind.modes),
        contexts=tuple(ontology.contexts),
        roles=tuple(role.value for role in RoleKind),
    )
