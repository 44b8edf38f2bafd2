"""Whoever no word tells about, in a story that has a country: people of that country, said with little confidence."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import MentionKind
from dragoman.resolve.actor_phrase import Piece
from dragoman.resolve.actor_setting import Identity, Setting

UNTOLD = 0.4
"""How sure it is that somebody of whom nothing else is told belongs to the story's country."""
_OWNED = 0.5
_SECTORS = {
    MentionKind.PERSON: "CVL",
    MentionKind.GROUP: "CVL",
    MentionKind.ROLE: "CVL",
    MentionKind.ORGANISATION: "UNK",
}


def identify_at_home(pieces: Sequence[Piece], setting: Setting) -> Identity | None:
    """Return an unknown person, group, role or body as one of the story's country; None where the story has none, or a name is known."""
    sector = _SECTORS.get(setting.kind)
    if setting.owner is not None and sector is not None:
        return _identify_owned(sector, setting.owner, setting)
    if setting.home is None or sector is None or any(piece.entries for piece in pieces):
        return None
    words = setting.text[pieces[0].words[0].start : pieces[-1].words[-1].end]
    is_named = setting.kind in (MentionKind.PERSON, MentionKind.ORGANISATION) and pieces[-1].words[-1].is_capital
    why = f"nothing is known of '{words}': {setting.tell_home()}"
    entity = f"{'name' if is_named else 'role'}:{words if is_named else f'{setting.home}:{words.lower()}'}"
    return Identity(setting.home, (sector,), words if is_named else None, None, None, (why,), UNTOLD, entity)


def _identify_owned(sector: str, owner: Identity, setting: Setting) -> Identity:
    """Return somebody of whom only the possessor is known: "its patrols", "their mother"."""
    is_member = owner.entity.startswith("org:") or owner.sectors[:1] in (("REB",), ("UAF",))
    sectors = owner.sectors if is_member else (sector,)
    entity = f"role:{owner.code}:{setting.text.lower()}"
    return Identity(owner.code, sectors, None, None, None, owner.why, _OWNED, entity)


def identify_country_word(piece: Piece, setting: Setting) -> Identity | None:
    """Return the story's country for "the country", "the kingdom"; None for other open words, or where the story has none."""
    state = setting.gazetteer.states.get(setting.home or "")
    if state is None or piece.words[-1].key not in setting.gazetteer.words["country_words"]:
        return None
    why = f"'{piece.words[-1].key}' points to a state: {setting.tell_home()}"
    name = f"Government of {state.name}"
    return Identity(state.code, ("GOV",), name, None, state.wikidata, (why,), UNTOLD, f"state:{state.code}")
