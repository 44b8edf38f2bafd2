"""CAMEO's event codes, their Goldstein values, and what each is in PLOVER."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dragoman.errors import OntologyError

_QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
_DIGITS = re.compile(r"\d{2,6}")
_ROOT_DIGITS = 2
_BASE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class CameoTarget:
    """What a CAMEO code is in PLOVER: a type, its modes and contexts.

    ``is_host`` says that actor and recipient change places: who hosts a visit is CAMEO's source, but PLOVER's recipient.
    """

    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    is_host: bool = False


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A code of CAMEO 1.1b3.

    ``code`` keeps its leading zero. ``target`` is None for public statements, which PLOVER does not count as events.
    ``goldstein`` is on the Goldstein scale, -10..10, None where unknown. ``quad`` is the quad class's name and ``quad_code`` its
    number 1..4, as GDELT groups the roots.
    """

    code: str
    title: str
    target: CameoTarget | None
    goldstein: float | None
    quad: str

    @property
    def root(self) -> str:
        """The code's two-digit root, such as ``14`` for ``1411``."""
        return self.code[:_ROOT_DIGITS]

    @property
    def base(self) -> str:
        """The code's first three digits (two where it has no more), GDELT's base code."""
        return self.code[:_BASE_DIGITS]

    @property
    def quad_code(self) -> int:
        """The number 1..4 of the quad class."""
        return _QUADS.index(self.quad) + 1


@cache
def load_cameo() -> Mapping[str, CameoCode]:
    """Return all CAMEO codes from root 01 to 20, in order, as a mapping from code to what it means."""
    raw = read_cameo_file()["codes"]
    return {code: _read_code(code, entry, raw[code[:_ROOT_DIGITS]]["quad"]) for code, entry in raw.items()}


def read_cameo_file() -> dict[str, Any]:
    """Return ``cameo.yaml`` as it stands, with the reasons for what differs from the table of 2021."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("dragoman.ontology").joinpath("cameo.yaml").read_text("utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, whichever of the two
    return raw


def find_cameo(code: str) -> CameoCode:
    """Return the CAMEO code's entry, or its nearest ancestor's where the list does not go that deep (``1119`` -> ``111``).

    The marks that ICEWS puts behind some codes (``138i``) are understood. Raises OntologyError for what is no CAMEO code.
    """
    codes = load_cameo()
    known = _load_aliases().get(code, code)
    if isinstance(known, str) and _DIGITS.fullmatch(known) and known.isascii():
        for length in range(len(known), 1, -1):
            if known[:length] in codes:
                return codes[known[:length]]
    raise OntologyError(
        "CAMEO code",
        expected='a code from 01 to 20, such as "0311" or "145"',
        got=repr(code)[:40],
        fix="read the codes as text, so that the leading zero stays",
    )


def cameo_to_plover(code: str) -> CameoTarget:
    """Return what a CAMEO code is in PLOVER; the nearest ancestor's meaning where the code is unknown.

    Raises OntologyError for what is no CAMEO code, and for public statements (most of root 01), which are no events in PLOVER.
    """
    found = find_cameo(code)
    if found.target is None:
        raise OntologyError(
            "CAMEO code",
            expected="a code that PLOVER counts as an event",
            got=f"{code} ({found.title.lower()})",
            fix="leave the record out",
        )
    return found.target


@cache
def _load_aliases() -> Mapping[str, str]:
    aliases: dict[str, str] = read_cameo_file()["aliases"]
    return aliases


def _read_code(code: str, entry: Mapping[str, Any], quad: str) -> CameoCode:
    return CameoCode(code, entry["title"], _read_target(entry), entry.get("goldstein"), quad)


def _read_target(entry: Mapping[str, Any]) -> CameoTarget | None:
    if "type" not in entry:
        return None
    modes, contexts = tuple(entry.get("modes", ())), tuple(entry.get("contexts", ()))
    return CameoTarget(entry["type"], modes, contexts, entry.get("host", False))
