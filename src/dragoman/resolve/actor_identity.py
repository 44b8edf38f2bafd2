"""Who the words of a mention stand for: the head decides, owners and adjectives give the state, dates give the office."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Choice, Gazetteer
from dragoman.resolve.actor_phrase import Chunk, Piece, cut_chunks
from dragoman.resolve.actor_tables import Entry, RoleNoun
from dragoman.resolve.actor_words import make_key

OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
ARMED_NON_STATE = frozenset(("REB", "UAF", "PRM", "CRM"))
# Sectors that a qualifying noun may add behind the head's own: "opposition lawmakers" are LEG OPP, "government troops" just MIL.
ADDED = frozenset(("OPP", "PRE", "REL", "EDU", "LAB", "AGR", "MED", "REF", "ELI"))
NOT_ACTORS = frozenset((MentionKind.TIME, MentionKind.WEAPON, MentionKind.PRONOUN))
# Names written without capitals ("america") are taken for names only where the mention is said to be one.
CARELESS_KINDS = frozenset((MentionKind.STATE, MentionKind.DEMONYM, MentionKind.PERSON))
OWNING_LINKS = ("of", "for", "at", "from", "with", "within", "inside")
WEAK_LINKS = ("in", "near", "across", "throughout", "based")
DAYS_BEFORE_OFFICE = 120


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: state or kind of body (``code``), PLOVER ``sectors`` (the main one first), and the reasons in words.

    ``name``, ``office`` and ``wikidata`` are None where they are not known or there is nothing to know. ``score`` is in 0..1.
    ``entity`` is the same for all wordings of one entity ("state:RUS", "person:Q58217", "role:FRA:police").
    """

    code: str
    sectors: tuple[str, ...]
    name: str | None
    office: str | None
    wikidata: str | None
    why: tuple[str, ...]
    score: float
    entity: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a mention is read against: its text and kind, the day, the story's home country, and what is known."""

    text: str
    kind: MentionKind
    on: datetime.date | None
    home: str | None
    gazetteer: Gazetteer


def identify(
    text: str, kind: MentionKind, *, on: datetime.date | None = None, home: str | None = None, gazetteer: Gazetteer
) -> Identity | None:
    """Return who the words of a mention stand for, None where that cannot be told from these words.

    ``on`` is the day of the event or, failing that, of publication: offices are those held on that day. ``home`` is the country
    that the story gives to bare roles ("police", "the president"). Pronouns, and descriptions such as "the communist country", give None:
    whoever reads the whole text resolves them. A role whose country is open has the code ``UNK``.
    """
    if kind in NOT_ACTORS:
        return None
    setting = _Setting(text, kind, on, home if home in gazetteer.codes else None, gazetteer)
    is_careless = kind in CARELESS_KINDS and text.islower()
    chunks = cut_chunks(text, gazetteer, strict=not is_careless)
    if not chunks or _is_list(chunks) or _is_open(chunks[0], gazetteer):
        return None
    return _identify_chunks(chunks, setting)


def _is_list(chunks: Sequence[Chunk]) -> bool:
    """Return whether the mention is two states or bodies joined by "and", which is two mentions, not one."""
    if len(chunks) < 2 or chunks[1].link != "and" or len(chunks[0].pieces) != 1:  # noqa: PLR2004
        return False
    first, second = chunks[0].pieces[0].entries, chunks[1].pieces[0].entries
    adjectives = ("adjective", "community")
    return bool(first and second and first[0].entity != second[0].entity and first[0].via not in adjectives)


def _is_open(chunk: Chunk, gazetteer: Gazetteer) -> bool:
    """Return whether the head is a word such as "country", which the text before must explain; not so after a name ("the Korean side")."""
    last = chunk.pieces[-1]
    is_named = any(piece.entries for piece in chunk.pieces)
    return not last.entries and last.words[-1].key in gazetteer.words["open_heads"] and not is_named


def _identify_chunks(chunks: Sequence[Chunk], setting: _Setting) -> Identity | None:
    pieces = chunks[0].pieces
    places = [number for number, piece in enumerate(pieces) if (piece.entries or piece.noun) and not piece.is_aside]
    known = [number for number in places if not pieces[number].is_weak] or places
    if not known:
        return None
    head = pieces[known[-1]]
    before, after = pieces[: known[-1]], pieces[known[-1] + 1 :]
    if head.noun is not None:
        return _identify_role(head, before, after, chunks[1:], setting)
    return _identify_name(head, before, after, chunks[1:], setting)


# --- names


def choose(entries: Iterable[Entry], words: str, setting: _Setting) -> Entry | None:
    """Return what a name stands for here: by declared tie-breaks, then the kind of mention, the day, the home country, and rank."""
    listed = list(entries)
    choice = _declared(make_key(words, setting.gazetteer.spellings), setting)
    if choice is not None and listed:
        chosen = [entry for entry in listed if entry.code == choice.code]
        state = setting.gazetteer.states[choice.code]
        via = "country" if listed[0].via == "direction" else listed[0].via
        listed = chosen or [replace(state, via=via)]
    listed = [entry for entry in listed if entry.via != "direction"]
    listed = _of_kind(listed, setting.kind)
    listed = [entry for entry in listed if entry.holds(setting.on)] or listed
    at_home = (
        [entry for entry in listed if entry.code == setting.home] if len({entry.entity for entry in listed}) > 1 else []
    )
    return min(at_home or listed, key=lambda entry: entry.rank, default=None)


def _declared(key: str, setting: _Setting) -> Choice | None:
    """Return the first line of ``ambiguous.csv`` that decides a name here."""
    for choice in setting.gazetteer.choices.get(key, ()):
        if choice.homes and setting.home not in choice.homes:
            continue
        if choice.before is None or (setting.on is not None and setting.on <= choice.before):
            return choice
    return None


_VIAS = {
    MentionKind.PERSON: ("person",),
    MentionKind.DEMONYM: ("people", "adjective", "community"),
    MentionKind.STATE: ("country", "adjective", "capital", "seat"),
    MentionKind.PLACE: ("country", "capital"),
    MentionKind.ORGANISATION: ("organisation", "seat"),
}


def _of_kind(entries: list[Entry], kind: MentionKind) -> list[Entry]:
    return [entry for entry in entries if entry.via in _VIAS.get(kind, ())] or entries


def _identify_name(
    head: Piece, before: Sequence[Piece], after: Sequence[Piece], complements: Sequence[Chunk], setting: _Setting
) -> Identity | None:
    if any(entry.via == "person" for entry in head.entries):
        person = _identify_person(head, before, setting)
        if person is not None:
            return person
    entry = choose([entry for entry in head.entries if entry.via != "person"], head.quote(setting.text), setting)
    if entry is None or entry.via == "decoy":
        return None
    words = head.quote(setting.text)
    if after and setting.kind is MentionKind.PERSON:
        body = (
            _from_organisation(entry, words, before)
            if entry.via == "organisation"
            else _from_state(entry, words, setting)
        )
        return _member_or_citizen(_capital_run(after, setting), body, entry, setting)
    if entry.via == "organisation":
        return _from_organisation(entry, words, before)
    state = _from_state(entry, words, setting)
    if head.is_possessive and complements and not after:
        return state
    return _state_with_noun(state, entry, after, setting) if after else state


def _member_or_citizen(run: Sequence[Piece], body: Identity, entry: Entry, setting: _Setting) -> Identity | None:
    """Return an unknown person known by a body ("the State Department's Rebecca Thorne") or a nationality ("Syrian Ahmed Ali")."""
    person = _unnamed_office(run, body, setting)
    if person is None or entry.via not in ("organisation", "seat"):
        return person
    return replace(person, sectors=body.sectors)


def _from_organisation(entry: Entry, words: str, before: Sequence[Piece]) -> Identity:
    name = entry.name if words == entry.name else f"{words}' is {entry.name}, '{entry.name}"
    sectors = entry.sectors
    former = next((piece.noun for piece in before if piece.noun and piece.noun.effect == "former"), None)
    why = [f"'{name}' -> {entry.code} {' '.join(sectors)}: {entry.source}"]
    if former:
        why.append(f"'{former.phrase}' before an organisation changes nothing")
    return Identity(entry.code, sectors, entry.name, None, entry.wikidata, tuple(why), 1.0, entry.entity)


_VIA_WORDS = {
    "country": "a name of {}",
    "adjective": "belongs to {}",
    "people": "people of {}",
    "capital": "a capital that stands for the government of {}",
    "seat": "a seat or byname of the government of {}",
    "community": "a community of {}",
}


def _from_state(entry: Entry, words: str, setting: _Setting) -> Identity:
    if entry.via == "community" and entry.code == "UNK":
        code = setting.home or "UNK"
        why = f"'{words}' is a community of several countries; {code} is the story's country"
        return Identity(
            code, entry.sectors, None, None, None, (why,), 0.6 if setting.home else 0.3, f"community:{entry.name}"
        )
    is_people = setting.kind in (MentionKind.DEMONYM, MentionKind.GROUP) and entry.via in (
        "people",
        "adjective",
        "country",
    )
    sectors = ("CVL", *entry.sectors[1:]) if is_people else entry.sectors
    if entry.via == "people" and setting.kind is MentionKind.STATE:
        sectors = ("GOV", *entry.sectors[1:])
    state = setting.gazetteer.states.get(entry.code)
    place = state.name if state else entry.name
    why = f"'{words}' -> {entry.code} {' '.join(sectors)}: {_VIA_WORDS[entry.via].format(place)}"
    is_government = sectors[0] == "GOV" and entry.via != "community"
    name = f"Government of {entry.name if entry.entity.startswith('territory') else place}" if is_government else None
    wikidata = entry.wikidata if entry.via in ("country", "adjective", "capital") else None
    if entry.via == "seat":
        name = entry.name if sectors[0] != "GOV" else name
    entity = f"{'state' if is_government else sectors[0]}:{entry.code}"
    return Identity(entry.code, sectors, name, None, wikidata, (why,), 0.95 if entry.via == "country" else 0.9, entity)


def _state_with_noun(state: Identity, entry: Entry, after: Sequence[Piece], setting: _Setting) -> Identity | None:
    """Return who "Nigerian xs" are, where x is a noun that we do not know: told by the kind of mention, with little confidence."""
    noun = " ".join(piece.quote(setting.text) for piece in after)
    if setting.kind in (MentionKind.GROUP, MentionKind.DEMONYM):
        why = (*state.why, f"'{noun}' is no role that is known: taken for civilians")
        return replace(
            state,
            sectors=("CVL", *entry.sectors[1:]),
            name=None,
            wikidata=None,
            why=why,
            score=0.5,
            entity=f"CVL:{state.code}",
        )
    if setting.kind in (MentionKind.ORGANISATION, MentionKind.ROLE):
        name = (
            setting.text[after[0].words[0].start : after[-1].words[-1].end]
            if setting.kind is MentionKind.ORGANISATION
            else None
        )
        why = (*state.why, f"'{noun}' is no body or role that is known: its country is, its sector is not")
        named = None if name is None else setting.text.strip()
        return replace(
            state,
            sectors=("UNK",),
            name=named,
            wikidata=None,
            why=why,
            score=0.4,
            entity=f"name:{state.code}:{noun.lower()}",
        )
    return replace(state, score=0.6)


# --- persons


def _hint(before: Sequence[Piece], setting: _Setting) -> tuple[str | None, tuple[str, ...]]:
    """Return the code that the names before a person give, and why."""
    owner = _owner(before, setting)
    return (None, ()) if owner is None else (owner.code, owner.why)


def _identify_person(head: Piece, before: Sequence[Piece], setting: _Setting) -> Identity | None:
    words = head.quote(setting.text)
    hint, _ = _hint(before, setting)
    rows = _rows_of(tuple(entry for entry in head.entries if entry.via == "person"), words, setting)
    best = _best_person(rows, hint or "", setting)
    if best is None:
        return None
    nouns = [piece.noun for piece in before if piece.noun]
    return _person_on_day(best, words, nouns, setting)


def _rows_of(entries: tuple[Entry, ...], words: str, setting: _Setting) -> list[Entry]:
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


def _best_person(rows: list[Entry], hint: str, setting: _Setting) -> list[Entry] | None:
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


def _person_on_day(rows: list[Entry], words: str, nouns: Sequence[RoleNoun], setting: _Setting) -> Identity:
    on = setting.on
    name = rows[0].name
    holding = [row for row in rows if row.holds(on)]
    titles = [noun for noun in nouns if noun.sectors and noun.effect != "former" and not noun.is_transparent]
    if holding and on is None:
        open_rows = [row for row in holding if row.end is None]
        holding = open_rows or [max(holding, key=lambda row: row.end or datetime.date.max)]
    if holding:
        row = min(holding, key=lambda row: (row.rank, -(row.start or datetime.date.min).toordinal()))
        return _in_office(row, words, setting)
    past = [row for row in rows if row.end is not None and on is not None and row.end < on]
    if titles:
        row = max(past or rows, key=lambda row: row.end or datetime.date.max)
        why = f"'{words}' is {name}; the text's own title '{titles[-1].phrase}' gives the office, for none is known on {on}"
        return Identity(row.code, titles[-1].sectors, name, titles[-1].office, row.wikidata, (why,), 0.8, row.entity)
    if past:
        return _out_of_office(max(past, key=lambda row: row.end or datetime.date.min), words, setting)
    row = min(rows, key=lambda row: row.start or datetime.date.max)
    soon = row.start is not None and on is not None and (row.start - on).days <= DAYS_BEFORE_OFFICE
    sectors = row.sectors if soon else ("UNK",)
    why = f"'{words}' is {name}, who held no office known to us on {on}; later {row.office} (from {row.start})"
    return Identity(row.code, sectors, name, None, row.wikidata, (why,), 0.6, row.entity)


def _in_office(row: Entry, words: str, setting: _Setting) -> Identity:
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


def _out_of_office(row: Entry, words: str, setting: _Setting) -> Identity:
    sectors = ("ELI",) if row.sectors[0] in OFFICIAL else row.sectors
    what = f"formerly {row.office}" if row.office else "formerly in public affairs"
    past = f"{what} (until {row.end}), out of office on {setting.on} ({row.source})"
    why = f"'{words}' is {row.name} -> {row.code} {' '.join(sectors)}: {past}"
    return Identity(row.code, sectors, row.name, None, row.wikidata, (why,), 0.85, row.entity)


# --- roles


def _owner(before: Sequence[Piece], setting: _Setting) -> Identity | None:
    """Return whose the head is: the last name with 's, else the first name, an adjective giving way to one behind it."""
    names = [piece for piece in before if piece.entries and not piece.is_aside]
    strong = [piece for piece in names if not piece.is_weak] or names
    if not strong:
        return None
    owning = [piece for piece in strong if piece.is_possessive]
    piece = owning[-1] if owning else _first_or_last(strong)
    return _identify_name(piece, before[: before.index(piece)], (), (), replace(setting, kind=_owner_kind(piece)))


def _owner_kind(piece: Piece) -> MentionKind:
    return MentionKind.PERSON if piece.entries[0].via == "person" else MentionKind.STATE


def _first_or_last(names: list[Piece]) -> Piece:
    vias = [piece.entries[0].via for piece in names]
    if all(via in ("adjective", "community") for via in vias):
        coded = [piece for piece in names if piece.entries[0].code != "UNK"]
        return (coded or names)[-1]
    return next((piece for piece in names if piece.entries[0].code != "UNK"), names[0])


def _complement(complements: Sequence[Chunk], links: Sequence[str], setting: _Setting) -> Identity | None:
    """Return who stands after the first of the prepositions ``links``."""
    for number, chunk in enumerate(complements):
        if chunk.link in links:
            return _identify_chunks(complements[number:], setting)
        if chunk.link == ",":
            return None
    return None


def _identify_role(
    head: Piece, before: Sequence[Piece], after: Sequence[Piece], complements: Sequence[Chunk], setting: _Setting
) -> Identity | None:
    noun = head.noun
    if noun is None:
        return None
    nouns = [piece.noun for piece in before if piece.noun is not None]
    if noun.is_transparent and not nouns and not any(piece.entries for piece in before):
        return _complement(complements, ("of", "from"), setting) or _uncounted(noun, setting)
    owner, weak = _find_owner(before, complements, setting)
    name_pieces = _capital_run(after, setting)
    if name_pieces and (noun.is_title or setting.kind is MentionKind.PERSON):
        found = _titled(noun, nouns, head, name_pieces, owner, setting)
        if found is not None or not noun.sectors:
            return found
    if not noun.sectors and not nouns:
        return _complement(complements, ("of", "from"), setting) if noun.is_transparent else None
    return _role_identity(head, noun, nouns, owner, weak, setting)


def _uncounted(noun: RoleNoun, setting: _Setting) -> Identity | None:
    """Return who "thousands" are where a group is counted without saying of what: people of the story's country."""
    if setting.kind is not MentionKind.GROUP or setting.home is None:
        return None
    why = f"'{noun.phrase}' counts people: {setting.home} is the story's country"
    return Identity(setting.home, ("CVL",), None, None, None, (why,), 0.5, f"role:{setting.home}:{noun.phrase}")


def _find_owner(
    before: Sequence[Piece], complements: Sequence[Chunk], setting: _Setting
) -> tuple[Identity | None, Identity | None]:
    """Return the body or state that a role belongs to, and the state that it is merely said to be in."""
    owner = _owner(before, setting)
    owning_kind = replace(setting, kind=MentionKind.STATE)
    if owner is None or owner.code == "UNK":
        owner = _complement(complements, OWNING_LINKS, owning_kind) or owner
    aside = [piece for piece in before if piece.entries and piece.is_weak]
    weak = _complement(complements, WEAK_LINKS, owning_kind) if owner is None and not aside else None
    return owner, weak


def _capital_run(after: Sequence[Piece], setting: _Setting) -> list[Piece]:
    """Return the pieces right after a title that can be a name: capitals, with particles between."""
    run: list[Piece] = []
    for piece in after:
        if piece.noun is not None or (piece.entries and piece.entries[0].via != "person"):
            break
        is_particle = bool(run) and piece.words[0].key in setting.gazetteer.words["particles"]
        if not (piece.words[0].is_capital or is_particle):
            break
        run.append(piece)
    while run and not run[-1].words[0].is_capital:
        run.pop()
    return run


def _titled(
    noun: RoleNoun,
    nouns: Sequence[RoleNoun],
    head: Piece,
    run: Sequence[Piece],
    owner: Identity | None,
    setting: _Setting,
) -> Identity | None:
    """Return the person whom a title and a name stand for: a holder of that surname, else an unknown person of that name."""
    if len(run) == 1:
        holder = _by_surname(noun, run[0], owner, setting)
        if holder is not None:
            return holder
    if not noun.sectors and owner is None and not nouns:
        return None
    role = _role_identity(head, noun, nouns, owner, None, setting)
    return None if role is None else _unnamed_office(run, role, setting, noun)


def _by_surname(noun: RoleNoun, piece: Piece, owner: Identity | None, setting: _Setting) -> Identity | None:
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
    best = _best_person(fitting, code or "", setting)
    if best is None or (noun.sectors and best[0].sectors[0] != noun.sectors[0]):
        return None
    found = _person_on_day(best, piece.quote(setting.text), (noun,), setting)
    return replace(found, why=(*found.why, f"told by surname and title '{noun.phrase}'"), score=0.8)


def _unnamed_office(
    run: Sequence[Piece], role: Identity, setting: _Setting, noun: RoleNoun | None = None
) -> Identity | None:
    """Return a person whom the gazetteer does not know: the text's name, and what title and nationality say."""
    if not run:
        return None
    name = setting.text[run[0].words[0].start : run[-1].words[-1].end]
    is_office = (
        noun is not None
        and noun.sectors[:1] not in ((), ("MIL",))
        and (noun.is_title or noun.sectors[0] in OFFICIAL | {"PTY"})
    )
    office = (noun.office or noun.phrase) if noun is not None and is_office else None
    sectors = role.sectors if noun is not None else ("CVL",)
    why = (*role.why, f"'{name}' is nobody known to us: the words around the name tell who it is")
    return replace(
        role,
        sectors=sectors,
        name=name,
        office=office,
        wikidata=None,
        why=why,
        score=min(role.score, 0.7),
        entity=f"name:{name}",
    )


def _sectors(
    noun: RoleNoun, nouns: Sequence[RoleNoun], owner: Identity | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sectors of a role noun, given the nouns before it and whose it is; and the reasons."""
    sectors, why = noun.sectors, (f"'{noun.phrase}' -> {' '.join(noun.sectors) or 'nobody by itself'}",)
    giving = [other for other in nouns if other.sectors and other.effect not in ("former", "none")]
    source = (
        giving[-1].sectors if giving else (owner.sectors if owner and not owner.entity.startswith("state:") else ())
    )
    takes = (
        noun.inherits == "always"
        or (noun.inherits == "armed" and bool(ARMED_NON_STATE & set(source)))
        or noun.is_transparent
    )
    if takes and source:
        body = f"'{giving[-1].phrase}'" if giving else f"'{owner.name if owner else ''}'"
        sectors, why = source, (f"'{noun.phrase}' is what {body} is: {' '.join(source)}",)
    elif any(other.effect == "replace" for other in giving):
        ruling = next(other for other in reversed(giving) if other.effect == "replace")
        if noun.sectors[:1] not in (("JUD",), ("JRN",), ("MED",), ("CVL",), ("REF",)):
            sectors, why = (
                ruling.sectors,
                (f"'{ruling.phrase}' decides over '{noun.phrase}': {' '.join(ruling.sectors)}",),
            )
    more = [sector for other in giving for sector in other.sectors if sector in ADDED and sector not in sectors]
    if owner is not None and "PRE" in owner.sectors and "PRE" not in sectors:
        more.append("PRE")
    if any(other.effect == "former" for other in nouns) and sectors[:1] and sectors[0] in OFFICIAL:
        former = next(other.phrase for other in nouns if other.effect == "former")
        return ("ELI",), (*why, f"'{former}' -> ELI: no longer in office")
    return (*sectors, *dict.fromkeys(more)), why


def _role_identity(
    head: Piece,
    noun: RoleNoun,
    nouns: Sequence[RoleNoun],
    owner: Identity | None,
    weak: Identity | None,
    setting: _Setting,
) -> Identity | None:
    sectors, why = _sectors(noun, nouns, owner)
    if not sectors:
        return owner
    code, reason, score = _role_code(noun, owner, weak, setting)
    words = head.quote(setting.text)
    state = setting.gazetteer.states.get(code)
    found = Identity(code, sectors, None, None, None, (*why, *reason), score, f"role:{code}:{noun.phrase}")
    if (
        noun.phrase in setting.gazetteer.words["state_bodies"]
        and sectors[0] == "GOV"
        and state is not None
        and len(nouns) == 0
    ):
        return replace(found, name=f"Government of {state.name}", wikidata=state.wikidata, entity=f"state:{code}")
    is_former = any(other.effect == "former" for other in nouns) or sectors == ("ELI",)
    if noun.post and not is_former and words.lower() != "leaders":
        return _holder(noun, found, owner, setting)
    return found


def _role_code(
    noun: RoleNoun, owner: Identity | None, weak: Identity | None, setting: _Setting
) -> tuple[str, tuple[str, ...], float]:
    if noun.code is not None:
        return noun.code, (f"'{noun.phrase}' is of {noun.code}",), 0.9
    if owner is not None and owner.code != "UNK":
        return owner.code, owner.why, 0.9
    if weak is not None and weak.code not in ("UNK", "UNO", "IGO", "IMG"):
        return weak.code, (*weak.why, f"nothing but the place tells whose '{noun.phrase}' it is"), 0.7
    if setting.home is not None:
        return setting.home, (f"no country named: {setting.home} is the story's country",), 0.7
    return "UNK", ("no country named, and the story gives none",), 0.3


def find_holder(code: str, noun: RoleNoun, setting: _Setting) -> Entry | None:
    """Return who held a post in a state on the day, None if that is not known for certain."""
    if setting.on is None or noun.post is None:
        return None
    own = [row for row in setting.gazetteer.posts.get((code, noun.post), ()) if row.holds(setting.on)]
    rows = own or [row for row in setting.gazetteer.office_holders.find_post(code, noun.post) if row.holds(setting.on)]
    if noun.post == "head of state":
        word = noun.phrase.split()[-1]
        rows = [row for row in rows if word in (row.office or "").lower() or word in ("state", "monarch", "pres")]
    people = {row.entity: row for row in rows}
    return next(iter(people.values())) if len(people) == 1 else None


def _holder(noun: RoleNoun, found: Identity, owner: Identity | None, setting: _Setting) -> Identity:
    """Return a role with the name of who held it on the day, where the post has one holder."""
    if owner is not None and owner.entity.startswith("org:") and found.code != "UNO":
        return found
    row = find_holder(found.code, noun, setting)
    if row is None:
        return replace(found, office=noun.office)
    why = (*found.why, f"{row.office} on {setting.on} was {row.name} ({row.source})")
    return replace(found, name=row.name, office=row.office, wikidata=row.wikidata, why=why, entity=row.entity)
