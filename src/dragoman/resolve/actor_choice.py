"""What a name that several things share stands for here: by declared tie-breaks, kind of mention, day, home country and rank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Choice, Gazetteer
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
    listed = [entry for entry in listed if _is_current(entry, setting)] or listed
    at_home = (
        [entry for entry in listed if entry.code == setting.home] if len({entry.entity for entry in listed}) > 1 else []
    )
    best = min(at_home or listed, key=lambda entry: entry.rank, default=None)
    return best if best is None or at_home else _share_name(best, words, setting)


def _is_current(entry: Entry, setting: Setting) -> bool:
    """Return whether a row holds on the day; where no day is known, whether it holds still."""
    return entry.holds(setting.on) and (setting.on is not None or entry.end is None)


def _share_name(entry: Entry, words: str, setting: Setting) -> Entry:
    """Return the body of the story's country where bodies of many states bear one name ("Supreme Court", "Democratic Party")."""
    key = make_key(words, setting.gazetteer.spellings)
    is_shared = key in setting.gazetteer.words["shared_names"] and entry.via == "organisation"
    if not is_shared or setting.home is None or setting.home == entry.code:
        return entry
    source = f"a name of bodies in many states; {setting.tell_home()}"
    entity = f"name:{setting.home}:{key}"
    return replace(entry, entity=entity, name=words, code=setting.home, wikidata=None, source=source)


def needs_home(words: str, gazetteer: Gazetteer) -> bool:
    """Return whether a name means different things in different countries, so that the story's has to be known."""
    key = make_key(words.removeprefix("the ").removeprefix("The "), gazetteer.spellings)
    return key in gazetteer.words["shared_names"] or any(choice.homes for choice in gazetteer.choices.get(key, ()))


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
