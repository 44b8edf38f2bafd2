"""The ontology as typed data, and the loader that reads it from YAML.

Source: PLOVER 2.0, Open Event Data Alliance; see ``docs/coding-rules.md`` for the contradictions settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dragoman.ontology.faults import FaultyOntology
from dragoman.ontology.rules import QUADS, find_faults
from dragoman.ontology.source import read_file, read_yaml

BUILT_IN = "plover-2.0"


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its name in plain words and the definition that a coder goes by."""

    code: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Sector(Term):
    """A sector of actors; ``is_frequent`` marks PLOVER's main list, which carries most events."""

    is_frequent: bool = False


@dataclass(frozen=True, slots=True)
class CameoCodes:
    """The CAMEO codes closest to a type or a mode.

    ``default`` holds where nothing else does. ``contexts`` refines it: the first entry whose contexts all apply wins. ``future``
    is for events that are only announced, ``host`` for the same event seen from the recipient's side.
    """

    default: str
    contexts: tuple[tuple[frozenset[str], str], ...] = ()
    future: str | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of an event type: its score on the 2024 expert scale (-10..10) and closest CAMEO codes (None: its type's)."""

    code: str
    score: float
    definition: str = ""
    cameo: CameoCodes | None = None


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
    cameo: CameoCodes
    needs_recipient: bool = False
    definition: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeAlias:
    """A type's name in another dialect of PLOVER: the types that it may mean, likeliest first, and the mode that it implies."""

    code: str
    types: tuple[str, ...]
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Ontology:
    """What can happen and who can act. Every mapping goes from a code to its meaning, in the order of the file.

    ``name`` is what records cite as their codebook. ``countries`` holds the codes beside ISO 3166 that need a word;
    ``partially_recognised`` maps lands to the code of the state that claims them.
    """

    name: str
    quads: Mapping[str, Term]
    types: Mapping[str, EventType]
    statuses: Mapping[str, Term]
    contexts: Mapping[str, Term]
    sectors: Mapping[str, Sector]
    international: Mapping[str, Term]
    countries: Mapping[str, Term]
    partially_recognised: Mapping[str, str]
    type_aliases: Mapping[str, TypeAlias]
    mode_aliases: Mapping[str, str]

    def translate(self, type_code: str, modes: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
        """Return a type and modes of another dialect in this ontology's own words; known ones come back as they are.

        A word that neither knows comes back unchanged, so that the caller can name it.
        """
        own = tuple(modes)
        alias = self.type_aliases.get(type_code) if type_code not in self.types else None
        candidates = alias.types if alias else (type_code,)
        readings = [(one, self._own_modes(one, own)) for one in candidates]
        fitting = [reading for reading in readings if set(reading[1]) <= set(self._modes_of(reading[0]))]
        chosen, found = (fitting or readings)[0]
        return chosen, _without_repeats((alias.mode, *found) if alias and alias.mode else found)

    def _own_modes(self, type_code: str, modes: tuple[str, ...]) -> tuple[str, ...]:
        known = self._modes_of(type_code)
        return tuple(mode if mode in known else self.mode_aliases.get(mode, mode) for mode in modes)

    def _modes_of(self, type_code: str) -> Mapping[str, Mode]:
        return self.types[type_code].modes if type_code in self.types else {}


def load_ontology(path: Path | str | None = None) -> Ontology:
    """Return the built-in ontology, PLOVER 2.0, or the one that a YAML file of the same form describes.

    A file that says ``extends: plover-2.0`` holds only what it adds or changes. Raises FaultyOntology, which lists every fault.
    """
    return _load_built_in() if path is None else _load_own(Path(path))


@cache
def _load_built_in() -> Ontology:
    return _read_ontology(read_built_in())


def read_built_in() -> dict[str, Any]:
    """Return the built-in ontology's file as plain mappings."""
    content = resources.files("dragoman.ontology").joinpath("plover.yaml").read_bytes()
    return read_yaml(content, "plover.yaml")


def _load_own(path: Path) -> Ontology:
    raw = read_file(path)
    whole = _merge(read_built_in(), raw) if raw.get("extends") == BUILT_IN else raw
    faults = list(find_faults(whole))
    if faults:
        raise FaultyOntology(path.name, faults)
    return _read_ontology(whole)


def _merge(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says goes before what it extends; mappings are joined, everything else is replaced."""
    merged = dict(base)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _merge(base[key], value) if both else value
    return merged


def _read_ontology(raw: Mapping[str, Any]) -> Ontology:
    aliases = raw.get("aliases") or {}
    return Ontology(
        name=raw["name"],
        quads=_read_terms(raw["quads"]),
        types={code: _read_type(code, entry) for code, entry in raw["types"].items()},
        statuses=_read_terms(raw["statuses"]),
        contexts=_read_terms(raw["contexts"]),
        sectors={code: _read_sector(code, entry) for code, entry in raw["sectors"].items()},
        international=_read_terms(raw["international"]),
        countries=_read_terms(raw.get("countries") or {}),
        partially_recognised=dict(raw.get("partially_recognised") or {}),
        type_aliases={code: _read_alias(code, entry) for code, entry in (aliases.get("types") or {}).items()},
        mode_aliases=dict(aliases.get("modes") or {}),
    )


def _read_type(code: str, entry: Mapping[str, Any]) -> EventType:
    return EventType(
        code=code,
        quad=entry["quad"],
        quad_code=QUADS.index(entry["quad"]) + 1,
        score=float(entry["score"]),
        score_2022=float(entry["score_2022"]),
        modes={mode: _read_mode(mode, inner) for mode, inner in (entry.get("modes") or {}).items()},
        cameo=_read_cameo(entry["cameo"]),
        needs_recipient=entry.get("recipient") == "required",
        definition=entry["definition"],
        examples=tuple(entry.get("examples") or ()),
    )


def _read_mode(code: str, entry: Mapping[str, Any]) -> Mode:
    cameo = _read_cameo(entry["cameo"]) if "cameo" in entry else None
    return Mode(code, float(entry["score"]), entry["definition"], cameo)


def _read_cameo(entry: str | Mapping[str, Any]) -> CameoCodes:
    if isinstance(entry, str):
        return CameoCodes(entry)
    contexts = tuple((frozenset(key.split("+")), code) for key, code in entry.get("contexts", {}).items())
    return CameoCodes(entry["default"], contexts, entry.get("future"), entry.get("host"))


def _read_terms(entries: Mapping[str, Any]) -> dict[str, Term]:
    return {code: _read_term(code, entry) for code, entry in entries.items()}


def _read_term(code: str, entry: str | Mapping[str, str]) -> Term:
    if isinstance(entry, str):
        return Term(code, code.replace("_", " "), entry)
    return Term(code, entry["name"], entry["definition"])


def _read_sector(code: str, entry: str | Mapping[str, Any]) -> Sector:
    term = _read_term(code, entry)
    return Sector(code, term.name, term.definition, isinstance(entry, dict) and bool(entry.get("frequent")))


def _read_alias(code: str, entry: Mapping[str, Any]) -> TypeAlias:
    return TypeAlias(code, tuple(entry["types"]), entry.get("mode"))


def _without_repeats(modes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(modes))
