"""How other event data writes what PLOVER writes, as data, and the letters of CAMEO's actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from dragoman.ontology.countries import find_country

UNKNOWN = "UNK"
_LETTERS = 3
_MOST_SECTORS = 3


@cache
def load_dialects() -> Mapping[str, Any]:
    """Return ``dialects.yaml``: for each format, the words that it has for ours."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("dragoman.ontology").joinpath("dialects.yaml").read_text("utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, whichever of the two
    return raw


def cameo_actor(code: str, sectors: Iterable[str]) -> str:
    """Return an actor in CAMEO's letters (``PRK`` with ``GOV`` is ``PRKGOV``), "" where nothing is known of him."""
    return cameo_country(code) + "".join(cameo_roles(sectors))


def cameo_country(code: str) -> str:
    """Return CAMEO's letters for one of our codes, "" for ``UNK``."""
    if code == UNKNOWN:
        return ""
    known: str | None = load_dialects()["cameo"]["international"].get(code)
    return known or _countries_out().get(code, code)


def cameo_roles(sectors: Iterable[str]) -> tuple[str, ...]:
    """Return CAMEO's letters for at most three sectors, those that CAMEO lacks left out."""
    out = load_dialects()["cameo"]["sectors_out"]
    return tuple(dict.fromkeys(out[sector] for sector in sectors if sector in out))[:_MOST_SECTORS]


@lru_cache(maxsize=4096)
def read_cameo_actor(letters: str) -> tuple[str, tuple[str, ...]]:
    """Return our code and sectors for an actor in CAMEO's letters: ``PRKGOV`` is ``PRK`` with ``GOV``; what tells nothing is ``UNK``."""
    parts = [letters[start : start + _LETTERS] for start in range(0, len(letters.strip("-")), _LETTERS)]
    cameo = load_dialects()["cameo"]
    code = next(_codes_of(parts, cameo), UNKNOWN)
    known = cameo["sectors_in"]
    sectors = tuple(dict.fromkeys(known[part] for part in parts if part in known and part not in _NOT_SECTORS))
    return code, sectors or _usual_sector(code)


_NOT_SECTORS = ("NGO", "NGM", "MNC")
"""Letters that are a code with us, and a sector only where a country stands before them."""


def _codes_of(parts: list[str], cameo: Mapping[str, Any]) -> Iterator[str]:
    yield from (one for part in parts[:1] if (one := read_cameo_country(part)))
    yield from (code for letters, code in cameo["codes"].items() if letters in parts)
    yield from ("IGO" for part in parts if part in cameo["bodies"])
    yield from (one for part in parts[1:] if (one := read_cameo_country(part)))


def read_cameo_country(letters: str) -> str | None:
    """Return our code for CAMEO's letters of a country, None where they name none."""
    letters = load_dialects()["cameo"]["countries"].get(letters, letters)
    country = find_country(letters)
    return country.code if country else None


def _usual_sector(code: str) -> tuple[str, ...]:
    """A state as such is its government; of bodies and strangers the letters alone do not tell."""
    return ("GOV",) if find_country(code) or code in ("UNO", "EUR", "IGO") else (UNKNOWN,)


@cache
def _countries_out() -> Mapping[str, str]:
    return dict(load_dialects()["cameo"]["countries_out"])


@lru_cache(maxsize=4096)
def read_icews_sectors(words: str) -> tuple[str, ...]:
    """Return our sectors for a comma-separated list of ICEWS's, in its order; ``UNK`` where none is known."""
    table = load_dialects()["icews"]["sectors_in"]
    found = (next((sector for part, sector in table if part in word), None) for word in words.lower().split(","))
    return tuple(dict.fromkeys(sector for sector in found if sector)) or (UNKNOWN,)
