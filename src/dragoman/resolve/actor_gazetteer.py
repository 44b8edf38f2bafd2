"""The gazetteer: all names that Dragoman knows, filed so that the longest one at a place in a text is found at once."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dragoman.ontology.ontology import load_ontology
from dragoman.resolve.actor_persons import RANKS, OfficeHolders, load_office_holders
from dragoman.resolve.actor_petrarch import is_petrarch, read_actors, read_agents
from dragoman.resolve.actor_tables import (
    Entry,
    RoleNoun,
    Via,
    list_files,
    load_yaml,
    read_date,
    read_entry,
    read_extra,
    read_own_text,
    read_roles,
    read_rows,
    read_text,
    split_list,
)
from dragoman.resolve.actor_words import Word, list_keys, make_key, spell, split_words

LONGEST_PERSON = 6
_SHORT_ACRONYM = 5
_COUNTRY_COLUMNS = (
    "code",
    "name",
    "official",
    "aliases",
    "adjectives",
    "people",
    "capitals",
    "wikidata",
    "from",
    "to",
    "source",
)
_ROW_COLUMNS = ("name", "aliases", "code", "sectors", "wikidata", "from", "to", "source")


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to write an entry's name: which of its words must be capitals, and whether it is an acronym."""

    entry: Entry
    capitals: tuple[bool, ...]
    is_acronym: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A declared tie-break: the name ``key`` means ``code`` where the story's home is ``home``, or on days up to ``before``."""

    key: str
    code: str
    via: str
    homes: tuple[str, ...]
    before: datetime.date | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything that is known about who is who. Made by ``load_gazetteer``; never changes."""

    as_of: datetime.date
    codes: frozenset[str]
    states: dict[str, Entry]
    names: dict[str, tuple[Alias, ...]]
    longest: dict[str, int]
    roles: dict[str, RoleNoun]
    longest_role: dict[str, int]
    choices: dict[str, tuple[Choice, ...]]
    spellings: dict[str, str]
    words: dict[str, frozenset[str]]
    posts: dict[tuple[str, str], tuple[Entry, ...]]
    surnames: dict[str, tuple[Entry, ...]]
    office_holders: OfficeHolders

    def key(self, words: Sequence[Word]) -> str:
        """Return the comparable form of a run of words."""
        return " ".join([self.spellings.get(word.key, word.key) for word in words])

    def find_key(self, name: str) -> tuple[Entry, ...]:
        """Return every entry that is filed under a name, however it is written."""
        return tuple(alias.entry for alias in self.names.get(make_key(name, self.spellings), ()))

    def match_name(self, words: Sequence[Word], at: int, *, strict: bool) -> tuple[int, tuple[Entry, ...]]:
        """Return how many words from ``at`` on make the longest known name, and what it can stand for; (0, ()) if none."""
        first = self.spellings.get(words[at].key, words[at].key)
        reach = self.longest.get(first, 0)
        if strict and words[at].is_capital:
            reach = max(reach, 2)
        if not reach:
            return 0, ()
        return self._match(words, at, max(reach, LONGEST_PERSON), strict=strict)

    def _match(self, words: Sequence[Word], at: int, reach: int, *, strict: bool) -> tuple[int, tuple[Entry, ...]]:
        stop = _unbroken(words, at, reach)
        key = self.key(words[at:stop])
        for end in range(stop, at, -1):
            run = words[at:end]
            found = tuple(alias.entry for alias in self.names.get(key, ()) if _fits(alias, run, strict=strict))
            if found or self._is_office_holder(key, run):
                return end - at, found or self.office_holders.find(key)
            key = key[: key.rfind(" ")] if " " in key else ""
        return 0, ()

    def _is_office_holder(self, key: str, run: Sequence[Word]) -> bool:
        if len(run) < 2 or not run[0].is_capital or not run[-1].is_capital:  # noqa: PLR2004  a first name and a surname
            return False
        return self.office_holders.has(key)

    def match_role(self, words: Sequence[Word], at: int) -> tuple[int, RoleNoun | None]:
        """Return how many words from ``at`` on make the longest known role noun, and the noun; (0, None) if none."""
        reach = self.longest_role.get(words[at].key, 0)
        stop = _unbroken(words, at, reach)
        for end in range(stop, at, -1):
            noun = self.roles.get(" ".join([word.key for word in words[at:end]]))
            if noun is not None:
                return end - at, noun
        return 0, None


def _unbroken(words: Sequence[Word], at: int, reach: int) -> int:
    """Return where a name that starts at ``at`` must stop: at a break, or after ``reach`` words."""
    stop = at + 1
    while stop < min(at + reach, len(words)) and not words[stop].breaks:
        stop += 1
    return stop


def _fits(alias: Alias, run: Sequence[Word], *, strict: bool) -> bool:
    if alias.is_acronym:
        # "Unita" and "Unifil" are written so too; shorter ones may be other words ("Who", "Mend").
        return run[0].is_upper or (len(run[0].key) >= _SHORT_ACRONYM and run[0].is_capital)
    if not strict:
        return True
    return all(word.is_capital or not capital for word, capital in zip(run, alias.capitals, strict=True))


def _strip_article(name: str) -> str:
    return name[4:] if name[:4].lower() == "the " else name


def _alias(name: str, entry: Entry, spellings: dict[str, str]) -> tuple[str, Alias]:
    bare = _strip_article(name)
    spaced = bare.replace("-", " ")
    if spaced.replace(" ", "").isalpha():
        words = spaced.split()  # most names are plain, and loading has to be quick
        low = list_keys(bare)
        key = " ".join([spellings.get(word, word) for word in low])
        is_acronym = len(words) == 1 and 1 < len(low[0]) <= _SHORT_ACRONYM and words[0].isupper()
        return key, Alias(entry, tuple([word[0].isupper() for word in words]), is_acronym)
    parts = split_words(bare)
    key = " ".join([spellings.get(word.key, word.key) for word in parts])
    is_acronym = len(parts) == 1 and parts[0].is_upper and len(parts[0].key) <= _SHORT_ACRONYM
    return key, Alias(entry, tuple([word.is_capital for word in parts]), is_acronym)


def _country_entries(row: dict[str, str]) -> Iterable[tuple[tuple[str, ...], Entry]]:
    def enter(via: Via, rank: int, sector: str = "GOV") -> Entry:
        return Entry(
            entity=f"state:{row['code']}",
            via=via,
            name=row["name"],
            code=row["code"],
            sectors=(sector,),
            wikidata=row["wikidata"] or None,
            rank=rank,
            source=row["source"],
        )

    yield (row["name"], row["official"], *split_list(row["aliases"])), enter("country", 1)
    yield split_list(row["adjectives"]), enter("adjective", 2)
    yield split_list(row["people"]), enter("people", 3, "CVL")
    yield split_list(row["capitals"]), enter("capital", 2)


def _row_entries(file: str, via: Via, rank: int, known: frozenset[str]) -> Iterable[tuple[tuple[str, ...], Entry]]:
    for where, row in read_rows(read_text(file), file, _ROW_COLUMNS):
        entry = read_entry(row, where, known, via, rank)
        yield (entry.name, *split_list(row["aliases"])), entry


def _person_entries(known: frozenset[str]) -> Iterable[tuple[tuple[str, ...], Entry]]:
    """Yield the rows of persons; the aliases of one row serve all rows of that person in its file.

    Rows of one comparable name are of one person: "Lech Walesa" is "Lech Wałęsa".
    """
    columns = (*_ROW_COLUMNS, "office", "post")
    files = [
        [(where, row, make_key(row["name"].strip(), {})) for where, row in read_rows(read_text(file), file, columns)]
        for file in list_files("persons")
    ]
    ids: dict[str, dict[str, None]] = {}
    for _, row, key in (one for rows in files for one in rows):
        own = ids.setdefault(key, {})
        if row["wikidata"]:
            own[row["wikidata"]] = None
    for rows in files:
        aliases: dict[str, tuple[str, ...]] = {}
        for _, row, _ in rows:
            if row["aliases"]:
                person = row["wikidata"] or row["name"].strip()
                aliases[person] = (*aliases.get(person, ()), *split_list(row["aliases"]))
        for where, row, key in rows:
            names = aliases.get(row["wikidata"] or row["name"].strip(), ())
            if not row["wikidata"] and len(ids[key]) == 1:
                row["wikidata"] = next(iter(ids[key]))
            entry = read_entry(row, where, known, "person", RANKS.get(row["post"], 4), unknown_as=key)
            yield (entry.name, *names), entry


def _territory_entries(known: frozenset[str]) -> Iterable[tuple[tuple[str, ...], Entry]]:
    for where, row in read_rows(
        read_text("territories.csv"), "territories.csv", (*_ROW_COLUMNS, "adjectives", "people", "capitals")
    ):
        entry = replace(read_entry(row, where, known, "country", 2), entity=f"territory:{row['name']}")
        yield (entry.name, *split_list(row["aliases"])), entry
        yield split_list(row["adjectives"]), replace(entry, via="adjective", rank=3)
        yield split_list(row["people"]), replace(entry, via="people", sectors=("CVL", *entry.sectors[1:]), rank=3)
        # A former state's capital is its own while it lasts, before the present state's.
        yield split_list(row["capitals"]), replace(entry, via="capital", rank=3 if entry.end is None else 1)


def _all_entries(known: frozenset[str], rows: list[dict[str, str]]) -> Iterable[tuple[tuple[str, ...], Entry]]:
    for row in rows:
        yield from _country_entries(row)
    yield from _territory_entries(known)
    yield from _row_entries("seats.csv", "seat", 2, known)
    yield from _row_entries("communities.csv", "community", 3, known)
    yield from _row_entries("decoys.csv", "decoy", 1, known)
    for file in list_files("organisations"):
        yield from _row_entries(file, "organisation", 2, known)
    yield from _person_entries(known)


def _file_names(
    entries: Iterable[tuple[tuple[str, ...], Entry]], spellings: dict[str, str]
) -> tuple[dict[str, tuple[Alias, ...]], dict[str, int]]:
    filed: dict[str, list[Alias]] = {}
    for names, entry in entries:
        for name in names:
            key, alias = _alias(name, entry, spellings) if name else ("", None)
            own = filed.get(key)
            if key and alias is not None and own is None:
                filed[key] = [alias]
            elif alias is not None and own is not None and alias not in own:
                own.append(alias)
    longest: dict[str, int] = {}
    for key in filed:
        first, n_words = key.partition(" ")[0], key.count(" ") + 1
        if n_words > longest.get(first, 0):
            longest[first] = n_words
    ranked = {key: tuple(sorted(found, key=_rank_of) if len(found) > 1 else found) for key, found in filed.items()}
    return ranked, longest


def _rank_of(alias: Alias) -> int:
    return alias.entry.rank


def _plural(phrase: str) -> str:
    if phrase.endswith(("man", "men")):
        return phrase[:-3] + "men"
    if phrase.endswith("y") and phrase[-2] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("s", "x", "ch", "sh")) else "s")


def _singular(phrase: str) -> str:
    if phrase.endswith("ies"):
        return phrase[:-3] + "y"
    if phrase.endswith("men"):
        return phrase[:-3] + "man"
    return phrase[:-1] if phrase.endswith("s") and not phrase.endswith(("ss", "us", "is")) else phrase


def _file_roles(nouns: Iterable[RoleNoun]) -> tuple[dict[str, RoleNoun], dict[str, int]]:
    roles: dict[str, RoleNoun] = {}
    plurals: list[tuple[str, RoleNoun]] = []
    for noun in nouns:
        key = noun.phrase if noun.phrase.replace(" ", "").isalpha() else make_key(noun.phrase, {})
        roles[key] = noun
        is_plain = noun.post is None and noun.office is None and not noun.is_title
        plurals.append((_plural(key), noun if is_plain else replace(noun, post=None, office=None, is_title=False)))
    for key, noun in plurals:
        roles.setdefault(key, noun)
    for key, noun in list(roles.items()):
        roles.setdefault(_singular(key), noun)
    longest: dict[str, int] = {}
    for key in roles:
        first = key.partition(" ")[0]
        longest[first] = max(longest.get(first, 0), key.count(" ") + 1)
    return roles, longest


def _file_states(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the states by code, those included that exist no more but have a code of their own (SUN, YUG)."""
    listed = [entry for entry in entries if entry.via == "country"]
    former = {entry.code: entry for entry in reversed(listed) if entry.end is not None}
    return former | {entry.code: entry for entry in listed if entry.entity == f"state:{entry.code}"}


def _file_posts(entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    posts: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.post is not None:
            posts.setdefault((entry.code, entry.post), []).append(entry)
    return {key: tuple(found) for key, found in posts.items()}


def _read_choices(spellings: dict[str, str]) -> dict[str, tuple[Choice, ...]]:
    choices: dict[str, list[Choice]] = {}
    for where, row in read_rows(
        read_text("ambiguous.csv"), "ambiguous.csv", ("alias", "code", "via", "homes", "before", "note")
    ):
        key = make_key(_strip_article(row["alias"]), spellings)
        before = read_date(row["before"], where, is_end=True)
        choices.setdefault(key, []).append(Choice(key, row["code"], row["via"], split_list(row["homes"]), before))
    return {key: tuple(found) for key, found in choices.items()}


def _file_surnames(persons: Iterable[Entry], spellings: dict[str, str]) -> dict[str, tuple[Entry, ...]]:
    surnames: dict[str, list[Entry]] = {}
    for person in persons:
        surname = spell(person.name.rpartition(" ")[2])
        surnames.setdefault(spellings.get(surname, surname), []).append(person)
    return {surname: tuple(found) for surname, found in surnames.items()}


def _direction_entries(choices: dict[str, tuple[Choice, ...]]) -> list[tuple[tuple[str, ...], Entry]]:
    """Return "North" and "South", which name a state only where a story's home country says which."""
    keys = [key for key, listed in choices.items() if listed[0].via == "direction"]
    return [((key.capitalize(),), Entry(f"direction:{key}", "direction", key, "UNK", ("GOV",))) for key in keys]


def _read_spellings(raw: dict[str, list[str]]) -> dict[str, str]:
    return {variant: spelling for spelling, variants in raw.items() for variant in variants}


def _read_own(path: Path, known: frozenset[str]) -> tuple[list[tuple[tuple[str, ...], Entry]], list[RoleNoun]]:
    """Return the names and role nouns of a user's own lists: a table, a dictionary, or a folder of them."""
    entries: list[tuple[tuple[str, ...], Entry]] = []
    nouns: list[RoleNoun] = []
    for file in sorted(path.glob("*.txt")) + sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        text = read_own_text(file)
        if is_petrarch(text):
            entries += read_actors(text, str(file), known)
            nouns += read_agents(text, str(file))
        else:
            entries += read_extra(text, str(file), known)
    return entries, nouns


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking again and again over thousands of rows that all stay: a sixth of the time of loading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@cache
def load_gazetteer(extra: Path | None = None) -> Gazetteer:
    """Return the gazetteer that ships with Dragoman, with a user's own list of actors over it.

    ``extra`` is a CSV file with the columns name, aliases (between bars), code, sectors (between bars), from, to; ``kind``
    ("person"), ``office`` and ``wikidata`` are optional. Or it is a Phoenix or PETRARCH dictionary of actors or agents, or a folder of such
    files. Its rows win over ours. Raises ``SettingsError`` that names file, line, what was expected and what was found.
    """
    with _without_collecting():
        return _load(extra)


def _load(extra: Path | None) -> Gazetteer:
    words = load_yaml("words.yaml")
    spellings = _read_spellings(words["spellings"])
    rows = [row for _, row in read_rows(read_text("countries.csv"), "countries.csv", _COUNTRY_COLUMNS)]
    own = {row["code"] for row in rows}
    known = frozenset(own | set(words["codes_without_row"]) | set(load_ontology().international) | {"UNK"})
    entries = list(_all_entries(known, rows))
    own_entries, own_nouns = ([], []) if extra is None else _read_own(extra, known)
    entries = [*own_entries, *entries]
    choices = _read_choices(spellings)
    entries += _direction_entries(choices)
    names, longest = _file_names(entries, spellings)
    roles, longest_role = _file_roles([*read_roles(load_yaml("roles.yaml")), *own_nouns])
    return Gazetteer(
        as_of=words["knowledge_as_of"],
        codes=known,
        states=_file_states(entry for _, entry in entries),
        names=names,
        longest=longest,
        roles=roles,
        longest_role=longest_role,
        choices=choices,
        spellings=spellings,
        words={name: frozenset(listed) for name, listed in words["words"].items()},
        posts=_file_posts(entry for _, entry in entries),
        surnames=_file_surnames((entry for _, entry in entries if entry.via == "person"), spellings),
        office_holders=load_office_holders(),
    )
