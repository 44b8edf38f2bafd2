"""What a name that several things share stands for here: by declared tie-breaks, kind of mention, day, home country and rank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Choice
from dragoman.resolve.actor_setting import Setting
from dragoman.resolve.actor_tables import Entry
from dragoman.resolve.actor_words import make_key

_VIAS = {
    MentionKind.PERSON: ("person",),
    MentionKind.DEMONYM: ("people", "adjective", "community"),
    MentionKind.STATE: ("country", "adjective", "capital", "seat"),
    MentionKind.PLACE: ("country", "capital"),
    MentionKind.ORGANISATION: ("organisation", "seat"),
}


def choose(entries: Iterable[Entry], words: str, setting: Setting) -> Entry | None:
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


def _declared(key: str, setting: Setting) -> Choice | None:
    """Return the first line of ``ambiguous.csv`` that decides a name here."""
    for choice in setting.gazetteer.choices.get(key, ()):
        if choice.homes and setting.home not in choice.homes:
            continue
        if choice.before is None or (setting.on is not None and setting.on <= choice.before):
            return choice
    return None


def _of_kind(entries: list[Entry], kind: MentionKind) -> list[Entry]:
    return [entry for entry in entries if entry.via in _VIAS.get(kind, ())] or entries
