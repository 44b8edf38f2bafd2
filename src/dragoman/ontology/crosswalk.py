"""From PLOVER to CAMEO, and from an event's type and modes to its score."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from dragoman.errors import OntologyError
from dragoman.ontology.ontology import CameoCodes, EventType, Mode, Ontology, load_ontology

Scale = Literal["2024", "2022"]


def score_event(ontology: Ontology, type_code: str, modes: Iterable[str] = (), scale: Scale = "2024") -> float:
    """Return the conflict-cooperation score of an event, on -10 (conflict) to 10 (cooperation).

    On the expert scale of ``"2024"`` a mode's score goes before its type's; of several modes the one largest in magnitude counts,
    the more conflictual of two equals. The scale of ``"2022"`` scores types only. Raises OntologyError for a type, mode or scale
    that is unknown.
    """
    kind = _find_type(ontology, type_code)
    known = _find_modes(kind, modes)
    if scale == "2022":
        return kind.score_2022
    if scale != "2024":
        raise OntologyError("scale", expected='"2024" or "2022"', got=repr(scale), fix="name one of the two")
    return _lead(known).score if known else kind.score


def plover_to_cameo(
    type_code: str,
    modes: Iterable[str] = (),
    contexts: Collection[str] = (),
    *,
    status: str = "actual",
    is_host: bool = False,
    ontology: Ontology | None = None,
) -> str:
    """Return the CAMEO code closest to an event, as text with its leading zero.

    The mode that gives the event its score gives it its code too, refined by the contexts. A ``future`` event takes CAMEO's code
    for the intent or the threat. ``is_host`` asks for the act as seen from the recipient's side (a visit hosted, 043).
    ``ontology`` is PLOVER 2.0 where none is given. Raises OntologyError for a type or mode that is unknown.
    """
    kind = _find_type(ontology or load_ontology(), type_code)
    known = _find_modes(kind, modes)
    codes = (_lead(known).cameo if known else None) or kind.cameo
    if status == "future" and codes.future:
        return codes.future
    return codes.host if is_host and codes.host else _refine(codes, contexts)


def _refine(codes: CameoCodes, contexts: Collection[str]) -> str:
    applying = set(contexts)
    return next((code for needed, code in codes.contexts if needed <= applying), codes.default)


def _lead(modes: list[Mode]) -> Mode:
    """The mode that counts: the largest score in magnitude, then the more conflictual, then the ontology's order."""
    return max(modes, key=lambda mode: (abs(mode.score), -mode.score))


def _find_type(ontology: Ontology, code: str) -> EventType:
    if code not in ontology.types:
        raise OntologyError("type", expected=f"one of {', '.join(ontology.types)}", got=repr(code), fix="name a type")
    return ontology.types[code]


def _find_modes(kind: EventType, modes: Iterable[str]) -> list[Mode]:
    named = set(modes)
    unknown = sorted(named - set(kind.modes))
    if unknown:
        raise OntologyError(
            "mode",
            where=kind.code,
            expected=f"one of {', '.join(kind.modes)}" if kind.modes else "none",
            got=repr(unknown[0]),
            fix="name a mode of this type",
        )
    return [mode for code, mode in kind.modes.items() if code in named]
