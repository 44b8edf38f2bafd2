"""Phoenix and PETRARCH dictionaries of actors and agents, read as our own rows: ``HAMID_KARZAI_ [AFGGOV >011222]``, ``FARMER [~AGR]``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.errors import SettingsError
from dragoman.resolve.actor_tables import Entry, RoleNoun, Via, load_yaml

_CODE = re.compile(r"\[([^\]\n]{0,80})\]")
_SET = re.compile(r"(![A-Z_]+!)\s*=\s*(.+)")
_NAME = re.compile(r"[A-Z0-9+!\s\[]")
_ISO_LETTERS = 3
_SHORT_DATE = 6
RANK_DATED, RANK_DEFAULT = 0, 1


@dataclass(frozen=True, slots=True)
class _Block:
    """One entry of a dictionary: where it begins, its names, and what stands between its square brackets."""

    where: str
    names: tuple[str, ...]
    codes: tuple[str, ...]


@cache
def _load_crosswalk() -> Mapping[str, Any]:
    crosswalk: Mapping[str, Any] = load_yaml("petrarch.yaml")
    return crosswalk


def is_petrarch(text: str) -> bool:
    """Return whether a text looks like a dictionary of actors or agents, and not like a table: its first entry bears a code in brackets."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    head = [line for line in lines if line and not _SET.match(line)][:20]
    return bool(head) and "," not in head[0] and any(_CODE.search(line) for line in head)


def read_actors(text: str, file: str, known: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Yield the names and one entry for each dated code of each actor. Raises SettingsError that names file and line.

    Codes without a state or organisation that we know, with impossible dates, and ``[---]`` are left out.
    """
    codes = frozenset(known)
    for block in _read_blocks(text, file):
        plain = tuple(_spell_name(name) for name in block.names)
        is_person = any(" " in code.strip() or "ELI" in code for code in block.codes)
        for raw in block.codes:
            if not raw.startswith("~") and raw.strip("-"):
                entry = _read_entry(raw, plain[0], block.where, codes, is_person=is_person)
                if entry is not None:
                    yield plain, entry


def read_agents(text: str, file: str) -> Iterator[RoleNoun]:
    """Yield a role noun for each agent and each of its written-out forms: ``HERDS!PERSON! [~AGR]`` gives "herdsman", "herdswoman" ..."""
    sets = _read_sets(text)
    for block in _read_blocks(text, file):
        sectors = _read_sectors(next((code[1:] for code in block.codes if code.startswith("~")), ""))
        for name in block.names if sectors else ():
            for form in _write_out(name, sets):
                yield RoleNoun(_plain(form).lower(), sectors)


def _read_blocks(text: str, file: str) -> Iterator[_Block]:
    """Yield the entries; aliases and dated codes stand on the lines after the first name."""
    where, names, codes = "", list[str](), list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].rstrip()
        if not bare.strip() or _SET.match(bare):
            continue
        if not _NAME.match(bare):
            raise _fault(f"{file}:{number}", bare)
        is_more = bare[0] in "+[ \t"
        if not is_more and names:
            yield _Block(where, tuple(names), tuple(codes))
        if not is_more:
            where, names, codes = f"{file}:{number}", [], []
        if not names and is_more:
            raise _fault(f"{file}:{number}", bare)
        names += _names_of(bare)
        codes += _CODE.findall(bare)
    if names:
        yield _Block(where, tuple(names), tuple(codes))


def _names_of(line: str) -> list[str]:
    """Return the name at the head of a line, and the irregular plural in braces."""
    head, _, rest = line.partition("[")[0].partition("{")
    return [name.strip().lstrip("+").strip() for name in (head, rest.partition("}")[0]) if name.strip("+ \t")]


def _fault(where: str, got: str) -> SettingsError:
    return SettingsError(
        "not an entry of a dictionary of actors",
        where=where,
        expected="NAME_ [CODE], +ALIAS_ or [CODE dates] under a name",
        got=repr(got[:60]),
        fix="correct the line, or give a CSV table",
    )


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _spell_name(name: str) -> str:
    """Return a name as people write it: "HAMID_KARZAI_" -> "Hamid Karzai"."""
    small = _load_crosswalk()["small_words"]
    words = _plain(name).split()
    return " ".join(
        word.lower() if at and word.lower() in small else word[:1].upper() + word[1:].lower()
        for at, word in enumerate(words)
    )


def _read_entry(raw: str, name: str, where: str, known: frozenset[str], *, is_person: bool) -> Entry | None:
    letters, *dates = raw.split()
    code, bounds = _find_code(letters, known), _read_dates("".join(dates))
    if code is None or bounds is None:
        return None
    start, end = bounds
    is_state = len(letters) == _ISO_LETTERS and code == letters and not is_person
    via: Via = "person" if is_person else "country" if is_state else "organisation"
    sectors = _read_sectors(letters) or (
        ("GOV",) if len(letters) <= _ISO_LETTERS or code in ("UNO", "EUR", "IGO") else ("UNK",)
    )
    return Entry(
        entity=f"state:{code}" if is_state else f"user:{name}",
        via=via,
        name=name,
        code=code,
        sectors=sectors,
        start=start,
        end=end,
        rank=RANK_DATED if dates else RANK_DEFAULT,
        source=where,
    )


def _find_code(letters: str, known: frozenset[str]) -> str | None:
    """Return our code for a string of CAMEO triples: the most telling of an organisation's, else the state it begins with."""
    named = _load_crosswalk()["codes"]
    triples = _triples(letters)
    for special in ("UNO", "EUR", "EEC"):
        if special in triples[:2]:
            return str(named[special])
    first = triples[0] if triples else ""
    code = first if first in known else named.get(first)
    return None if code is None or code == "UNK" else str(code)


def _triples(letters: str) -> list[str]:
    return [letters[at : at + _ISO_LETTERS] for at in range(0, len(letters), _ISO_LETTERS)]


def _read_sectors(letters: str) -> tuple[str, ...]:
    named: Mapping[str, str] = _load_crosswalk()["sectors"]
    states = () if letters[:_ISO_LETTERS] in named and letters[:_ISO_LETTERS] != "NGO" else (letters[:_ISO_LETTERS],)
    rest = _triples(letters)[len(states) :]
    return tuple(dict.fromkeys(named[triple] for triple in rest if triple in named))


def _read_dates(field: str) -> tuple[datetime.date | None, datetime.date | None] | None:
    """Return the first and the last day of ``>011222``, ``<061231`` or ``010416-011113``; None where they are no dates."""
    if not field:
        return None, None
    try:
        if field[0] in "<>":
            day = _read_day(field[1:])
            return (day, None) if field[0] == ">" else (None, day)
        first, _, last = field.partition("-")
        return _read_day(first), _read_day(last)
    except ValueError:  # the published dictionaries hold some hundred slips of the pen; one must not lose the rest
        return None


def _read_day(field: str) -> datetime.date:
    if len(field) == _SHORT_DATE:
        short = int(field[:2])
        field = f"{2000 + short if short <= _load_crosswalk()['century'] else 1900 + short}{field[2:]}"
    return datetime.date(int(field[:4]), int(field[4:6]), int(field[6:]))


def _read_sets(text: str) -> dict[str, Sequence[str]]:
    found = (_SET.match(line.partition("#")[0].strip()) for line in text.splitlines())
    return {one[1]: [word.strip() for word in one[2].split(",")] for one in found if one is not None}


def _write_out(name: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the forms of a name in which a set such as ``!PERSON!`` stands; at most one set a name is in use."""
    for mark, words in sets.items():
        if mark in name:
            return [name.replace(mark, word) for word in words]
    return [] if "!" in name else [name]
