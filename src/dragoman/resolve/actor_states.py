"""Known states, peoples, seats and bodies as identities, and what a noun behind a nationality makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import MentionKind
from dragoman.resolve.actor_phrase import Piece
from dragoman.resolve.actor_setting import Identity, Setting
from dragoman.resolve.actor_tables import Entry

_VIA_WORDS = {
    "country": "a name of {}",
    "adjective": "belongs to {}",
    "people": "people of {}",
    "capital": "a capital that stands for the government of {}",
    "seat": "a seat or byname of the government of {}",
    "community": "a community of {}",
}


def from_organisation(entry: Entry, words: str, before: Sequence[Piece]) -> Identity:
    """Return a known body as an identity."""
    name = entry.name if words == entry.name else f"{words}' is {entry.name}, '{entry.name}"
    sectors = entry.sectors
    former = next((piece.noun for piece in before if piece.noun and piece.noun.effect == "former"), None)
    why = [f"'{name}' -> {entry.code} {' '.join(sectors)}: {entry.source}"]
    if former:
        why.append(f"'{former.phrase}' before an organisation changes nothing")
    return Identity(entry.code, sectors, entry.name, None, entry.wikidata, tuple(why), 1.0, entry.entity)


def from_state(entry: Entry, words: str, setting: Setting) -> Identity:
    """Return a state, its people, its capital or one of its communities as an identity."""
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


def state_with_noun(state: Identity, entry: Entry, after: Sequence[Piece], setting: Setting) -> Identity | None:
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
