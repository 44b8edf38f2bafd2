"""Whoever no word tells about, in a story that has a country: people of that country, said with little confidence."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import MentionKind
from dragoman.resolve.actor_phrase import Piece
from dragoman.resolve.actor_setting import Identity, Setting

UNTOLD = 0.4
"""How sure it is that somebody of whom nothing else is told belongs to the story's country."""
_SECTORS = {
    MentionKind.PERSON: "CVL",
    MentionKind.GROUP: "CVL",
    MentionKind.ROLE: "CVL",
    MentionKind.ORGANISATION: "UNK",
}


def identify_at_home(pieces: Sequence[Piece], setting: Setting) -> Identity | None:
    """Return an unknown person, group, role or body as one of the story's country; None where the story has none, or a name is known."""
    sector = _SECTORS.get(setting.kind)
    if setting.home is None or sector is None or any(piece.entries for piece in pieces):
        return None
    words = setting.text[pieces[0].words[0].start : pieces[-1].words[-1].end]
    is_named = setting.kind in (MentionKind.PERSON, MentionKind.ORGANISATION) and pieces[-1].words[-1].is_capital
    why = f"nothing is known of '{words}': {setting.tell_home()}"
    entity = f"{'name' if is_named else 'role'}:{words if is_named else f'{setting.home}:{words.lower()}'}"
    return Identity(setting.home, (sector,), words if is_named else None, None, None, (why,), UNTOLD, entity)


def identify_country_word(piece: Piece, setting: Setting) -> Identity | None:
    """Return the story's country for "the country", "the kingdom"; None for other open words, or where the story has none."""
    state = setting.gazetteer.states.get(setting.home or "")
    if state is None or piece.words[-1].key not in setting.gazetteer.words["country_words"]:
        return None
    why = f"'{piece.words[-1].key}' points to a state: {setting.tell_home()}"
    name = f"Government of {state.name}"
    return Identity(state.code, ("GOV",), name, None, state.wikidata, (why,), UNTOLD, f"state:{state.code}")
