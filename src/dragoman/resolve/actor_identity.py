"""Who the words of a mention stand for: the head decides, owners and adjectives give the state, dates give the office."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import MentionKind
from dragoman.resolve.actor_at_home import identify_at_home, identify_country_word
from dragoman.resolve.actor_choice import choose
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_offices import best_person, find_by_surname, person_on_day, rows_of
from dragoman.resolve.actor_phrase import Chunk, Piece, cut_chunks
from dragoman.resolve.actor_places import find_place_owner
from dragoman.resolve.actor_role_nouns import describe_unknown_person, identify_role_noun, identify_uncounted
from dragoman.resolve.actor_setting import Identity, Setting
from dragoman.resolve.actor_states import from_organisation, from_state, state_with_noun
from dragoman.resolve.actor_tables import Entry, RoleNoun

__all__ = ["Identity", "identify"]

NOT_ACTORS = frozenset((MentionKind.TIME, MentionKind.WEAPON, MentionKind.PRONOUN))
# Names written without capitals ("america") are taken for names only where the mention is said to be one.
CARELESS_KINDS = frozenset((MentionKind.STATE, MentionKind.DEMONYM, MentionKind.PERSON))
OWNING_LINKS = ("of", "for", "at", "from", "with", "within", "inside")
WEAK_LINKS = ("in", "near", "across", "throughout", "based")


def identify(
    text: str,
    kind: MentionKind,
    *,
    on: datetime.date | None = None,
    home: str | None = None,
    home_why: str = "",
    owner: Identity | None = None,
    gazetteer: Gazetteer,
) -> Identity | None:
    """Return who the words of a mention stand for, None where that cannot be told from these words.

    ``on`` is the day of the event or, failing that, of publication: offices are those held on that day. ``home`` is the country
    that the story gives to bare roles ("police", "the president"), ``home_why`` what tells it; ``owner`` whose
    a role is said to be by words that only point ("its army"). Without them, pronouns and descriptions
    such as "the communist country" give None:
    whoever reads the whole text resolves them. A role whose country is open has the code ``UNK``.
    """
    if kind in NOT_ACTORS:
        return None
    setting = Setting(text, kind, on, home if home in gazetteer.codes else None, gazetteer, home_why, owner)
    is_careless = kind in CARELESS_KINDS and text.islower()
    chunks = cut_chunks(text, gazetteer, strict=not is_careless)
    if not chunks or _is_list(chunks):
        return None
    if _is_open(chunks[0], gazetteer):
        return identify_country_word(chunks[0].pieces[-1], setting)
    found = _identify_chunks(chunks, setting)
    if found is None and kind is MentionKind.STATE:
        found = find_place_owner(chunks[0].pieces, setting)
    return found or identify_at_home(chunks[0].pieces, setting)


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


def _identify_chunks(chunks: Sequence[Chunk], setting: Setting) -> Identity | None:
    pieces = chunks[0].pieces
    places = [number for number, piece in enumerate(pieces) if (piece.entries or piece.noun) and not piece.is_aside]
    known = [number for number in places if not pieces[number].is_weak] or places
    if not known:
        return _part_of(chunks[1:], setting)
    head = pieces[known[-1]]
    before, after = pieces[: known[-1]], pieces[known[-1] + 1 :]
    if head.noun is not None:
        return _identify_role(head, before, after, chunks[1:], setting)
    return _identify_name(head, before, after, chunks[1:], setting)


def _part_of(complements: Sequence[Chunk], setting: Setting) -> Identity | None:
    """Return an unknown part or people of a known body or state: "the board of the IAEA", "survivors of Srebrenica"."""
    whole = _complement(complements, ("of", "for", "from", "at", "in"), setting)
    if whole is None or whole.code == "UNK" or setting.kind in CARELESS_KINDS:
        return None
    why = (f"'{setting.text}' belongs to those after the preposition", *whole.why)
    if whole.entity.startswith("org:"):
        return replace(whole, name=None, wikidata=None, why=why, score=0.6, entity=f"part:{setting.text.lower()}")
    sector = "UNK" if setting.kind is MentionKind.ORGANISATION else "CVL"
    return Identity(whole.code, (sector,), None, None, None, why, 0.5, f"part:{setting.text.lower()}")


# --- names


def _identify_name(
    head: Piece, before: Sequence[Piece], after: Sequence[Piece], complements: Sequence[Chunk], setting: Setting
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
            from_organisation(entry, words, before)
            if entry.via == "organisation"
            else from_state(entry, words, setting)
        )
        return _member_or_citizen(_capital_run(after, setting), body, entry, setting)
    if entry.via == "organisation":
        return from_organisation(entry, words, before)
    state = from_state(entry, words, setting)
    if head.is_possessive and complements and not after:
        return state
    return state_with_noun(state, entry, after, setting) if after else state


def _member_or_citizen(run: Sequence[Piece], body: Identity, entry: Entry, setting: Setting) -> Identity | None:
    """Return an unknown person known by a body ("the State Department's Rebecca Thorne") or a nationality ("Syrian Ahmed Ali")."""
    person = describe_unknown_person(run, body, setting)
    if person is None or entry.via not in ("organisation", "seat"):
        return person
    return replace(person, sectors=body.sectors)


def _hint(before: Sequence[Piece], setting: Setting) -> tuple[str | None, tuple[str, ...]]:
    """Return the code that the names before a person give, and why."""
    owner = _owner(before, setting)
    return (None, ()) if owner is None else (owner.code, owner.why)


def _identify_person(head: Piece, before: Sequence[Piece], setting: Setting) -> Identity | None:
    words = head.quote(setting.text)
    hint, _ = _hint(before, setting)
    rows = rows_of(tuple(entry for entry in head.entries if entry.via == "person"), words, setting)
    best = best_person(rows, hint or "", setting)
    if best is None:
        return None
    nouns = [piece.noun for piece in before if piece.noun]
    return person_on_day(best, words, nouns, setting)


def _owner(before: Sequence[Piece], setting: Setting) -> Identity | None:
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


def _complement(complements: Sequence[Chunk], links: Sequence[str], setting: Setting) -> Identity | None:
    """Return who stands after the first of the prepositions ``links``."""
    for number, chunk in enumerate(complements):
        if chunk.link in links:
            return _identify_chunks(complements[number:], setting)
        if chunk.link == ",":
            return None
    return None


def _identify_role(
    head: Piece, before: Sequence[Piece], after: Sequence[Piece], complements: Sequence[Chunk], setting: Setting
) -> Identity | None:
    noun = head.noun
    if noun is None:
        return None
    nouns = [piece.noun for piece in before if piece.noun is not None]
    if noun.is_transparent and not nouns and not any(piece.entries for piece in before):
        return _complement(complements, ("of", "from"), setting) or identify_uncounted(noun, setting)
    owner, weak = _find_owner(before, complements, setting)
    name_pieces = _capital_run(after, setting)
    if name_pieces and (noun.is_title or setting.kind is MentionKind.PERSON):
        found = _titled(noun, nouns, head, name_pieces, owner, setting)
        if found is not None or not noun.sectors:
            return found
    if not noun.sectors and not nouns:
        whole = _complement(complements, ("of", "from"), setting) if noun.is_transparent else None
        return whole or _some_of(owner, noun, setting)
    return identify_role_noun(head, noun, nouns, owner, weak, setting)


def _some_of(owner: Identity | None, noun: RoleNoun, setting: Setting) -> Identity | None:
    """Return some people or a body of which only the nationality or the body above is told: "a Dutch couple", "a BBC crew"."""
    if owner is None or owner.code == "UNK" or setting.kind in CARELESS_KINDS:
        return None
    is_body = setting.kind is MentionKind.ORGANISATION
    sectors = owner.sectors if owner.entity.startswith("org:") else ("UNK",) if is_body else ("CVL",)
    why = (*owner.why, f"'{noun.phrase}' only counts or groups")
    return Identity(owner.code, sectors, None, None, None, why, 0.7, f"role:{owner.code}:{setting.text.lower()}")


def _find_owner(
    before: Sequence[Piece], complements: Sequence[Chunk], setting: Setting
) -> tuple[Identity | None, Identity | None]:
    """Return the body or state that a role belongs to, and the state that it is merely said to be in."""
    owner = _owner(before, setting)
    owning_kind = replace(setting, kind=MentionKind.STATE, owner=None)
    if owner is None or owner.code == "UNK":
        places = [*before, *(piece for chunk in complements if chunk.link in OWNING_LINKS for piece in chunk.pieces)]
        owner = (
            _complement(complements, OWNING_LINKS, owning_kind)
            or find_place_owner(places, setting)
            or setting.owner
            or owner
        )
    aside = [piece for piece in before if piece.entries and piece.is_weak]
    if owner is not None or aside:
        return owner, None
    places = [piece for chunk in complements if chunk.link in WEAK_LINKS for piece in chunk.pieces]
    return None, _complement(complements, WEAK_LINKS, owning_kind) or find_place_owner(places, setting)


def _capital_run(after: Sequence[Piece], setting: Setting) -> list[Piece]:
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
    setting: Setting,
) -> Identity | None:
    """Return the person whom a title and a name stand for: a holder of that surname, else an unknown person of that name."""
    if len(run) == 1:
        holder = find_by_surname(noun, run[0], owner, setting)
        if holder is not None:
            return holder
    if not noun.sectors and owner is None and not nouns:
        return None
    role = identify_role_noun(head, noun, nouns, owner, None, setting)
    return None if role is None else describe_unknown_person(run, role, setting, noun)
