"""The ontology as typed data, and the loader that reads it from YAML.

Source: PLOVER 2.0, Open Event Data Alliance; see ``docs/coding-rules.md`` for the contradictions settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

QUAD_CODES = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of an event type: its code, and its score on the 2024 expert scale (-10..10)."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's event types.

    ``quad`` is the quad class's name, ``quad_code`` its number 1..4. ``score`` is the conflict-cooperation score of the 2024
    expert scale, ``score_2022`` that of the CAMEO-weighted scale, both on -10..10. ``modes`` maps mode codes to modes.
    """

    code: str
    quad: str
    quad_code: int
    score: float
    score_2022: float
    modes: Mapping[str, Mode]
    needs_recipient: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """What can happen and who can act: event types, statuses, contexts, sectors, codes of international actors."""

    types: Mapping[str, EventType]
    statuses: tuple[str, ...]
    contexts: tuple[str, ...]
    sectors: Mapping[str, str]
    international: Mapping[str, str]


def _read_type(code: str, entry: Mapping[str, Any]) -> EventType:
    return EventType(
        code=code,
        quad=entry["quad"],
        quad_code=QUAD_CODES.index(entry["quad"]) + 1,
        score=float(entry["score"]),
        score_2022=float(entry["score_2022"]),
        modes={mode: Mode(mode, float(score)) for mode, score in entry["modes"].items()},
        needs_recipient=entry.get("recipient") == "required",
    )


@cache
def load_ontology() -> Ontology:
    """Return the built-in ontology, PLOVER 2.0."""
    raw = yaml.safe_load(resources.files("dragoman.ontology").joinpath("plover.yaml").read_text("utf-8"))
    return Ontology(
        types={code: _read_type(code, entry) for code, entry in raw["types"].items()},
        statuses=tuple(raw["status"]),
        contexts=tuple(raw["contexts"]),
        sectors={**raw["sectors"]["frequent"], **raw["sectors"]["other"]},
        international=dict(raw["international"]),
    )
