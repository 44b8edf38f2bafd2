"""Who is meant by "PRK", "PRK/MIL" or "@EU": one side of a dyad."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import SettingsError
from dragoman.store import Filter

_FORM = re.compile(r"@(\w{1,40})|([A-Z]{3}(?:,[A-Z]{3})*)?(?:/([A-Z]{3}(?:,[A-Z]{3})*))?")
Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dyad: any of these codes, and where ``sectors`` are named, any of these sectors. Empty means anybody."""

    name: str
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


def read_side(written: str, groups: Groups | None = None) -> Side:
    """Return the side that words name: ``PRK``, ``PRK,CHN``, ``PRK/MIL``, ``/REB`` (rebels of any country), ``@EU`` (a group).

    Raises SettingsError for words of another form and for an unknown group.
    """
    found = _FORM.fullmatch(written)
    if found is None or not written:
        expected = "a code such as PRK, with a sector PRK/MIL, or a group @EU"
        raise SettingsError("party", expected=expected, got=repr(written)[:60])
    if found[1] is None:
        return Side(written, *(tuple(part.split(",")) if part else () for part in (found[2], found[3])))
    known = load_groups() if groups is None else groups
    if found[1] not in known:
        expected = ", ".join(f"@{name}" for name in known)
        raise SettingsError("group", expected=expected, got=written, fix="name your own file with --groups")
    return Side(written, tuple(known[found[1]]))


def load_groups(path: Path | None = None) -> Groups:
    """Return the groups by name: ours, and those of a user's YAML file of the same form, which go before ours.

    Raises SettingsError where the file is no mapping from names to lists of codes.
    """
    ours = _read_groups(resources.files("dragoman.analyse").joinpath("groups.yaml").read_text("utf-8"), "groups.yaml")
    if path is None:
        return ours
    try:
        return {**ours, **_read_groups(path.read_text("utf-8"), str(path))}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("cannot be read", where=str(path), got=str(error)) from error


def _read_groups(text: str, where: str) -> dict[str, tuple[str, ...]]:
    try:
        raw: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SettingsError("groups", where=where, expected="YAML", got=str(error)) from error
    if not isinstance(raw, dict) or not all(isinstance(codes, list) for codes in raw.values()):
        raise SettingsError(
            "groups", where=where, expected="names with lists of codes, as in EU: [AUT, BEL]", got=str(raw)[:60]
        )
    return {str(name): tuple(str(code) for code in codes) for name, codes in raw.items()}


def choose_dyad(actor: Side | None, recipient: Side | None, wanted: Filter) -> Filter:
    """Return the filter narrowed to what one side does, or does to the other; None means anybody."""
    if actor is not None:
        wanted = replace(wanted, actor=actor.codes, actor_sector=actor.sectors)
    if recipient is not None:
        wanted = replace(wanted, recipient=recipient.codes, recipient_sector=recipient.sectors)
    return wanted
