"""The gazetteer's files as typed rows: countries, organisations, persons, roles. The only part that knows their columns."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import yaml

from dragoman.errors import SettingsError
from dragoman.ontology.ontology import load_ontology

Via = Literal[
    "country", "adjective", "people", "capital", "seat", "organisation", "person", "community", "decoy", "direction"
]

_SECTIONS = {"code", "name", "aliases", "sectors", "from", "to"}
_ALPHA_3 = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the gazetteer knows: a state, an organisation, a person in one office, a seat of government.

    ``entity`` is the same for all rows about one thing ("state:RUS", "person:Q58217"). ``start`` and ``end`` bound the time for
    which the row holds, both inclusive, None where open. ``office`` and ``post`` are filled for persons: the office's own
    name, and the plain post that it is ("foreign minister"). ``rank`` orders rows that fit equally, smallest first.
    """

    entity: str
    via: Via
    name: str
    code: str
    sectors: tuple[str, ...]
    wikidata: str | None = None
    office: str | None = None
    post: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    rank: int = 5
    source: str = ""

    def holds(self, on: datetime.date | None) -> bool:
        """Return whether the row holds on a day. Every row holds on an unknown day."""
        if on is None:
            return True
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """What a role noun says: the sectors it stands for, and what it takes from the body it belongs to.

    ``inherits`` is "always" (a spokesman is what he speaks for), "armed" (fighters of a rebel group are rebels, of a state soldiers)
    or "never". ``is_transparent`` marks words that only count or group ("members", "dozens"). ``effect`` is how the noun changes a
    noun after it: "add" its sectors, "replace" the other's, make it a "former" one, or "none".
    """

    phrase: str
    sectors: tuple[str, ...]
    inherits: str = "never"
    effect: str = "add"
    post: str | None = None
    office: str | None = None
    is_title: bool = False
    is_transparent: bool = False
    is_body: bool = False
    code: str | None = None


def read_text(name: str) -> str:
    """Return one file of the gazetteer as text."""
    return resources.files("dragoman.resolve").joinpath("gazetteer", name).read_text("utf-8")


def read_bytes(name: str) -> bytes:
    """Return one file of the gazetteer as it lies on the disk."""
    return resources.files("dragoman.resolve").joinpath("gazetteer", name).read_bytes()


def list_files(folder: str) -> list[str]:
    """Return the names of the CSV files in a folder of the gazetteer, sorted."""
    found = resources.files("dragoman.resolve").joinpath("gazetteer", folder).iterdir()
    return sorted(f"{folder}/{item.name}" for item in found if item.name.endswith(".csv"))


def read_rows(text: str, where: str, needed: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a CSV text with its "file:line", having checked that the columns ``needed`` are there."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    columns = next(reader, [])
    missing = [column for column in needed if column not in columns]
    if missing:
        raise SettingsError(
            "columns are missing",
            where=f"{where}:1",
            expected=", ".join(needed),
            got=", ".join(columns or ["an empty file"]),
            fix="add the columns to the first line",
        )
    for fields in reader:
        if not fields:
            continue
        place = f"{where}:{reader.line_num}"
        if len(fields) != len(columns):
            raise SettingsError(
                "a row has more or fewer fields than the first line",
                where=place,
                expected=f"{len(columns)} fields",
                got=str(len(fields)),
                fix="put quotation marks around fields that hold commas",
            )
        yield place, dict(zip(columns, fields, strict=True))


def split_list(field: str) -> tuple[str, ...]:
    """Return the parts of a field whose parts stand between bars."""
    return tuple([bare for part in field.split("|") if (bare := part.strip())]) if field else ()


_MONTHS_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_date(field: str, where: str, *, is_end: bool = False) -> datetime.date | None:
    """Return the day that ``2017``, ``2017-08`` or ``2017-08-31`` bounds (first or last day of the period), None if empty."""
    if not field:
        return None
    try:
        return _bound(field, is_end=is_end)
    except ValueError as wrong:
        raise SettingsError(
            "not a date", where=where, expected="2017, 2017-08 or 2017-08-31", got=repr(field), fix="correct the date"
        ) from wrong


@cache
def _bound(field: str, *, is_end: bool) -> datetime.date:
    parts = [int(part) for part in field.split("-")]
    if is_end and len(parts) == 1:
        return datetime.date(parts[0], 12, 31)
    if is_end and len(parts) == 2:  # noqa: PLR2004  year and month
        return datetime.date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1) - datetime.timedelta(days=1)
    year, month, day = [*parts, 1, 1][:3]
    return datetime.date(year, month, day)


def check_code(code: str, where: str, known: Iterable[str]) -> str:
    """Return ``code`` if it is an ISO 3166 alpha-3 code that the gazetteer knows or an international code of PLOVER."""
    if code not in known:
        raise SettingsError(
            "not a code of an actor",
            where=where,
            expected="an ISO 3166 alpha-3 code, or one of UNO EUR IGO NGO MNC IMG ISM UNK",
            got=repr(code),
            fix="correct the code",
        )
    return code


def check_sectors(field: str, where: str) -> tuple[str, ...]:
    """Return the PLOVER sectors that a field lists between bars."""
    sectors, is_legal = _split_sectors(field)
    if not is_legal:
        legal = load_ontology().sectors
        raise SettingsError(
            "not a sector",
            where=where,
            expected=f"one or more of {' '.join(legal)}",
            got=repr(field),
            fix="correct the sectors",
        )
    return sectors


@cache
def _split_sectors(field: str) -> tuple[tuple[str, ...], bool]:
    sectors = tuple(field.split("|"))
    return sectors, set(sectors) <= set(load_ontology().sectors)


def read_entry(
    row: Mapping[str, str], where: str, known: Iterable[str], via: Via, rank: int, *, unknown_as: str | None = None
) -> Entry:
    """Return a row of organisations, seats, territories, persons or a user's own actors as an entry, having checked every field.

    ``unknown_as`` is what the entity without a Wikidata number is told apart by, if not its name.
    """
    start = read_date(row["from"], where)
    end = read_date(row["to"], where, is_end=True)
    if start and end and start > end:
        raise SettingsError(
            "the dates are out of order",
            where=where,
            expected="from before to",
            got=f"{start} and {end}",
            fix="swap them",
        )
    wikidata = row.get("wikidata") or None
    name = row["name"].strip()
    if not name:
        raise SettingsError(
            "a row without a name", where=where, expected="a name", got="nothing", fix="fill in the name"
        )
    return Entry(
        entity=f"{'person' if via == 'person' else 'org'}:{wikidata or unknown_as or name}",
        via=via,
        name=name,
        code=check_code(row["code"], where, known),
        sectors=check_sectors(row["sectors"], where),
        wikidata=wikidata,
        office=row.get("office") or None,
        post=row.get("post") or None,
        start=start,
        end=end,
        rank=rank,
        source=row.get("source") or where,
    )


def read_own_text(path: Path) -> str:
    """Return the text of a user's own list of actors. Raises SettingsError where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise SettingsError(
            "the list of actors cannot be read",
            where=str(path),
            expected="a CSV file or a PETRARCH dictionary, in UTF-8",
            got=str(wrong),
            fix="name another file",
        ) from wrong


def read_extra(text: str, file: str, known: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Yield the aliases and the entry of each row of a user's own list of actors (columns name, aliases, code, sectors, from, to)."""
    for where, row in read_rows(text, file, sorted(_SECTIONS)):
        via: Via = "person" if row.get("office") or row.get("kind") == "person" else "organisation"
        entry = read_entry(row, where, known, via, rank=0)
        yield (entry.name, *split_list(row["aliases"])), entry


def read_roles(raw: Mapping[str, Any]) -> Iterator[RoleNoun]:
    """Yield every role noun of ``roles.yaml``: its groups share what is said once at the head of the group."""
    for group in raw["groups"]:
        shared = {key: value for key, value in group.items() if key != "words"}
        for word in group["words"]:
            entry = {**shared, "phrase": word} if isinstance(word, str) else {**shared, **word}
            yield RoleNoun(
                phrase=entry["phrase"],
                sectors=tuple(entry.get("sectors", ())),
                inherits=entry.get("inherits", "never"),
                effect=entry.get("effect", "add"),
                post=entry.get("post"),
                office=entry.get("office"),
                is_title=bool(entry.get("title", False)),
                is_transparent=bool(entry.get("transparent", False)),
                is_body=bool(entry.get("body", False)),
                code=entry.get("code"),
            )


def load_yaml(name: str) -> Any:
    """Return one YAML file of the gazetteer, read by the fast loader where it is built in."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(read_text(name), Loader=loader)  # noqa: S506  both are safe loaders
