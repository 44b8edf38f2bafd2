"""Persons and the offices that they held on a day: by name, by surname and title, and by the post alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from dragoman.resolve.actor_phrase import Piece
from dragoman.resolve.actor_setting import OFFICIAL, Identity, Setting
from dragoman.resolve.actor_tables import Entry, RoleNoun
from dragoman.resolve.actor_words import make_key

DAYS_BEFORE_OFFICE = 120


def rows_of(entries: tuple[Entry, ...], words: str, setting: Setting) -> list[Entry]:
    """Return all rows about the persons of a name: those found, and their other offices in the long file."""
    found = list(entries)
    keys = dict.fromkeys(
        [
            make_key(words, setting.gazetteer.spellings),
            *(make_key(e.name, setting.gazetteer.spellings) for e in entries),
        ]
    )
    entities = {entry.entity for entry in entries}
    for key in keys:
        found += [
            row for row in setting.gazetteer.office_holders.find(key) if row.entity in entities and row not in found
        ]
    return found


def best_person(rows: list[Entry], hint: str, setting: Setting) -> list[Entry] | None:
    """Return the rows of the one person meant, None where two fit equally well."""
    people: dict[str, list[Entry]] = {}
    for row in rows:
        people.setdefault(row.entity, []).append(row)
    of_code = {entity: own for entity, own in people.items() if any(row.code == (hint or setting.home) for row in own)}
    fitting = of_code or people
    ranked = sorted(fitting.values(), key=lambda own: _fit(own, setting.on))
    if len(ranked) > 1 and _fit(ranked[0], setting.on) == _fit(ranked[1], setting.on):
        return None
    return ranked[0] if ranked else None


def _fit(own: list[Entry], on: datetime.date | None) -> tuple[int, int, int]:
    """Return how badly a person's rows fit a day: not in office then; how long since; how minor the office."""
    holding = [row.rank for row in own if row.holds(on)]
    if holding:
        return (0, 0, min(holding))
    away = min(_years_away(row, on) for row in own)
    return (1, away, min(row.rank for row in own))


def _years_away(row: Entry, on: datetime.date | None) -> int:
    if on is None:
        return 0
    ends = [abs(on.year - day.year) for day in (row.start, row.end) if day is not None]
    return min(ends, default=0)


def person_on_day(rows: list[Entry], words: str, nouns: Sequence[RoleNoun], setting: Setting) -> Identity:
    """Return a known person with the office of the day, or as a former official; ``nouns`` are the titles that the text gives."""
    on = setting.on
    name = rows[0].name
    holding = [row for row in rows if row.holds(on)]
    titles = [noun for noun in nouns if noun.sectors and noun.effect != "former" and not noun.is_transparent]
    if holding and on is None:
        open_rows = [row for row in holding if row.end is None]
        holding = open_rows or [max(holding, key=lambda row: row.end or datetime.date.max)]
    if holding:
        titled = [row for row in holding if any(_is_office_of(row, noun) for noun in titles)]
        row = min(titled or holding, key=lambda row: (row.rank, -(row.start or datetime.date.min).toordinal()))
        return _add_party(_in_office(row, words, setting), titles)
    past = [row for row in rows if row.end is not None and on is not None and row.end < on]
    if titles:
        row = max(past or rows, key=lambda row: row.end or datetime.date.max)
        why = f"'{words}' is {name}; the text's own title '{titles[-1].phrase}' gives the office, for none is known on {on}"
        found = Identity(row.code, titles[-1].sectors, name, titles[-1].office, row.wikidata, (why,), 0.8, row.entity)
        was_official = any(one.sectors[0] in OFFICIAL or one.sectors[0] == "ELI" for one in past)
        is_candidate = found.sectors[:1] == ("PTY",) and "ELI" not in found.sectors
        return replace(found, sectors=(*found.sectors, "ELI")) if was_official and is_candidate else found
    if past:
        return _out_of_office(max(past, key=lambda row: row.end or datetime.date.min), words, setting)
    row = min(rows, key=lambda row: row.start or datetime.date.max)
    soon = row.start is not None and on is not None and (row.start - on).days <= DAYS_BEFORE_OFFICE
    sectors = row.sectors if soon else ("UNK",)
    why = f"'{words}' is {name}, who held no office known to us on {on}; later {row.office} (from {row.start})"
    return Identity(row.code, sectors, name, None, row.wikidata, (why,), 0.6, row.entity)


def _add_party(found: Identity, titles: Sequence[RoleNoun]) -> Identity:
    """Return a candidate or party figure who holds an office: the office's sector first, then PTY (and OPP), in this order always."""
    told = next((noun.sectors for noun in titles if noun.sectors[:1] == ("PTY",)), ())
    return replace(found, sectors=(*found.sectors, *(one for one in told if one not in found.sectors)))


def _is_office_of(row: Entry, noun: RoleNoun) -> bool:
    """Return whether a title names an office: of several held together, the text means this one."""
    return (noun.post is not None and noun.post == row.post) or (row.office or "").lower() == noun.phrase


def _in_office(row: Entry, words: str, setting: Setting) -> Identity:
    day = "with no day given" if setting.on is None else f"on {setting.on}"
    since = "" if row.start is None else f" since {row.start}"
    what = row.office or "known in public affairs"
    why = [f"'{words}' is {row.name} -> {row.code} {' '.join(row.sectors)}: {what} {day}{since} ({row.source})"]
    score = 0.95
    if row.end is None and setting.on is not None and setting.on > setting.gazetteer.as_of:
        why.append(
            f"the day is later than what is known (to {setting.gazetteer.as_of}): the office may have changed hands"
        )
        score = 0.75
    return Identity(row.code, row.sectors, row.name, row.office, row.wikidata, tuple(why), score, row.entity)


def _out_of_office(row: Entry, words: str, setting: Setting) -> Identity:
    sectors = ("ELI",) if row.sectors[0] in OFFICIAL else row.sectors
    what = f"formerly {row.office}" if row.office else "formerly in public affairs"
    past = f"{what} (until {row.end}), out of office on {setting.on} ({row.source})"
    why = f"'{words}' is {row.name} -> {row.code} {' '.join(sectors)}: {past}"
    return Identity(row.code, sectors, row.name, None, row.wikidata, (why,), 0.85, row.entity)


# --- roles


def find_by_surname(noun: RoleNoun, piece: Piece, owner: Identity | None, setting: Setting) -> Identity | None:
    """Return who of that surname held the titled office on the day, None where nobody or several did."""
    key = make_key(piece.quote(setting.text), setting.gazetteer.spellings)
    code = owner.code if owner else setting.home
    if setting.on is None:
        return None
    known = (*setting.gazetteer.surnames.get(key, ()), *setting.gazetteer.office_holders.find_surname(key))
    rows = [row for row in known if row.holds(setting.on)]
    fitting = [row for row in rows if (noun.post and row.post == noun.post) or row.code == code] if noun.sectors else []
    fitting = [row for row in fitting if code is None or row.code == code] or [
        row for row in fitting if owner is None and noun.post
    ]
    if noun.post:
        fitting = [row for row in fitting if row.post == noun.post] or fitting
    best = best_person(fitting, code or "", setting)
    if best is None or (noun.sectors and best[0].sectors[0] != noun.sectors[0]):
        return None
    found = person_on_day(best, piece.quote(setting.text), (noun,), setting)
    return replace(found, why=(*found.why, f"told by surname and title '{noun.phrase}'"), score=0.8)


def find_holder(code: str, noun: RoleNoun, setting: Setting) -> Entry | None:
    """Return who held a post in a state on the day, None if that is not known for certain."""
    if setting.on is None or noun.post is None:
        return None
    own = [row for row in setting.gazetteer.posts.get((code, noun.post), ()) if row.holds(setting.on)]
    rows = own or [row for row in setting.gazetteer.office_holders.find_post(code, noun.post) if row.holds(setting.on)]
    if noun.post == "head of state":
        word = noun.phrase.split()[-1]
        rows = [row for row in rows if word in (row.office or "").lower() or word in ("state", "monarch", "pres")]
    people = {make_key(row.name, setting.gazetteer.spellings): row for row in rows}
    return next(iter(people.values())) if len(people) == 1 else None


def name_holder(noun: RoleNoun, found: Identity, owner: Identity | None, setting: Setting) -> Identity:
    """Return a role with the name of who held it on the day, where the post has one holder."""
    if owner is not None and owner.entity.startswith("org:") and found.code != "UNO":
        return found
    row = find_holder(found.code, noun, setting)
    if row is None:
        return replace(found, office=noun.office)
    why = (*found.why, f"{row.office} on {setting.on} was {row.name} ({row.source})")
    return replace(found, name=row.name, office=row.office, wikidata=row.wikidata, why=why, entity=row.entity)
