"""By what names, letters and numbers others call the countries of our records: FIPS 10-4, Correlates of War, ISO."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Country:
    """A country under the code of our records.

    ``fips`` and ``iso_number`` list the state's own code first, then those of its dependencies. ``cow`` is None where the Correlates
    of War project lists no such state. ``other_codes`` are the ISO letters of dependencies, ``names`` further names.
    """

    code: str
    name: str
    fips: tuple[str, ...]
    cow: int | None
    iso_numbers: tuple[int, ...]
    other_codes: tuple[str, ...]
    names: tuple[str, ...]


@cache
def load_countries() -> Mapping[str, Country]:
    """Return all countries by our code, which is ISO 3166 alpha-3 but for Kosovo (``KOS``), in alphabetical order."""
    text = resources.files("dragoman.ontology").joinpath("countries.csv").read_text("utf-8")
    found = {row["code"]: _read_country(row) for row in csv.DictReader(text.splitlines())}
    return MappingProxyType(found)


def _read_country(row: Mapping[str, str]) -> Country:
    return Country(
        code=row["code"],
        name=row["name"],
        fips=_parts(row["fips"]),
        cow=int(row["cow"]) if row["cow"] else None,
        iso_numbers=tuple(int(number) for number in _parts(row["iso_number"])),
        other_codes=_parts(row["other_codes"]),
        names=_parts(row["names"]),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def find_country(code: str) -> Country | None:
    """Return the country of one of our codes, or of a dependency's ISO letters (``GUM`` is the United States)."""
    return load_countries().get(code) or _index_letters().get(code)


def country_of_fips(code: str) -> Country | None:
    """Return the country of a FIPS 10-4 code, which GDELT uses for places (``KN`` is North Korea)."""
    return _index_fips().get(code)


def country_of_cow(number: int) -> Country | None:
    """Return the country of a Correlates of War number; Gleditsch and Ward's, which UCDP uses, are understood too."""
    return _index_cow().get(number)


def country_of_name(name: str) -> Country | None:
    """Return the country of a full name as ICEWS, UCDP or ACLED write it; case and a leading "the" do not matter."""
    return _index_names().get(name_key(name))


def name_key(name: str) -> str:
    """Return the form of a name in which spellings are compared."""
    return " ".join(name.casefold().split()).removeprefix("the ")


@cache
def _index_letters() -> Mapping[str, Country]:
    return _index(lambda one: one.other_codes)


@cache
def _index_fips() -> Mapping[str, Country]:
    return _index(lambda one: one.fips)


@cache
def _index_names() -> Mapping[str, Country]:
    return _index(lambda one: tuple(name_key(name) for name in (one.name, *one.names)))


def _index(keys: Callable[[Country], Iterable[str]]) -> Mapping[str, Country]:
    return {key: one for one in load_countries().values() for key in keys(one)}


# Where Gleditsch and Ward number a state otherwise: Germany, Serbia, Vietnam, Yemen, Kiribati, Nauru, Tonga, Tuvalu.
_GLEDITSCH_WARD = {260: "DEU", 340: "SRB", 817: "VNM", 678: "YEM", 680: "YEM", 972: "TON", 973: "TUV", 971: "NRU"}


@cache
def _index_cow() -> Mapping[int, Country]:
    countries = load_countries()
    others = {number: countries[code] for number, code in _GLEDITSCH_WARD.items()}
    return others | {one.cow: one for one in countries.values() if one.cow is not None}
