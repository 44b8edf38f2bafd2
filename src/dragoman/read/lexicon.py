"""The first reader's lexicon: entries read from YAML, and the search for them in a sentence's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

PartOfSpeech = Literal["verb", "noun"]
MAX_GAP = 3
"""How many other words may stand between the words of an entry ("held | nearly four hours of | talks")."""

_PARTS: tuple[tuple[str, PartOfSpeech], ...] = (("verbs", "verb"), ("nouns", "noun"))
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that name an act. ``forms`` holds, for each word of the entry, the lower-case forms that it may take."""

    words: str
    pos: PartOfSpeech
    forms: tuple[frozenset[str], ...]
    type: str
    modes: tuple[str, ...]
    recipient_after: frozenset[str]
    is_together: bool
    is_swapped: bool
    needs: frozenset[str]
    score: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by the forms of their first word, the longest entries first, and the cues of status."""

    by_first_form: Mapping[str, tuple[Entry, ...]]
    status_cues: Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a sentence: the numbers of its first and last words."""

    entry: Entry
    first: int
    last: int


@cache
def load_lexicon() -> Lexicon:
    """Return the built-in lexicon."""
    # The base loader keeps "on" and "no" the words that they are here.
    source = resources.files("dragoman.read").joinpath("lexicon.yaml").read_text("utf-8")
    raw = yaml.load(source, yaml.BaseLoader)  # noqa: S506 - the base loader makes only text, lists and maps
    irregular = raw["irregular"]
    entries = [
        _read_entry(words, "verb" if part == "verbs" else "noun", group, irregular)
        for part in ("verbs", "nouns")
        for group in raw[part]
        for words in group["words"]
    ]
    return Lexicon(
        _index_entries(entries),
        {status: tuple(tuple(cue.split()) for cue in cues) for status, cues in raw["status"].items()},
    )


@cache
def load_cue_words() -> Lexicon:
    """Return the wide lexicon of hints for the network: the built-in entries and many more words, each with its type only."""
    source = resources.files("dragoman.read").joinpath("cue_words.yaml").read_text("utf-8")
    raw = yaml.load(source, yaml.BaseLoader)  # noqa: S506 - the base loader makes only text, lists and maps
    irregular = raw.pop("irregular")
    known = {entry for entries in load_lexicon().by_first_form.values() for entry in entries}
    listed = {(entry.words, entry.pos) for entry in known}
    added = [
        _read_entry(words, pos, {"type": kind, "to": (), "score": 0}, irregular)
        for kind, group in raw.items()
        for part, pos in _PARTS
        for words in dict.fromkeys(group[part])
        if (words, pos) not in listed
    ]
    return Lexicon(_index_entries([*known, *added]), {})


def _index_entries(entries: Sequence[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries by the forms of their first word, the longest first; equal ones in a fixed order."""
    by_first_form: dict[str, list[Entry]] = {}
    for entry in sorted(
        entries, key=lambda one: (-len(one.forms), -len(one.words), one.words, one.pos, -one.score, one.type)
    ):
        for form in sorted(entry.forms[0]):
            by_first_form.setdefault(form, []).append(entry)
    return {form: tuple(group) for form, group in by_first_form.items()}


def _read_entry(words: str, pos: PartOfSpeech, group: Mapping[str, Any], irregular: Mapping[str, list[str]]) -> Entry:
    kind, *modes = group["type"].split(".")
    head, *rest = words.lower().split()
    if pos == "verb":
        forms = [_inflect_verb(head, irregular), *(frozenset({word}) for word in rest)]
    else:
        *before, last = head, *rest
        forms = [*(frozenset({word}) for word in before), _inflect_noun(last)]
    return Entry(
        words=words,
        pos=pos,
        forms=tuple(forms),
        type=kind,
        modes=tuple(modes),
        recipient_after=frozenset(group["to"]),
        is_together="together" in group,
        is_swapped="swap" in group,
        needs=frozenset(group.get("needs", ())),
        score=float(group["score"]),
    )


def _inflect_verb(lemma: str, irregular: Mapping[str, list[str]]) -> frozenset[str]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    ending_y = lemma.endswith("y") and lemma[-2] not in _VOWELS
    past = f"{lemma[:-1]}ied" if ending_y else f"{stem}ed"
    third = (
        f"{lemma[:-1]}ies" if ending_y else f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else f"{lemma}s"
    )
    return frozenset({lemma, third, past, f"{stem}ing", *irregular.get(lemma, ())})


def _inflect_noun(lemma: str) -> frozenset[str]:
    if lemma.endswith("s"):
        return frozenset({lemma})
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return frozenset({lemma, f"{lemma[:-1]}ies"})
    return frozenset({lemma, f"{lemma}es" if lemma.endswith(("sh", "ch", "x")) else f"{lemma}s"})


def find_entries(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[Match, ...]]:
    """Yield, for each word that begins entries, all that match there, the longest first. ``words`` are lower-case."""
    for first, word in enumerate(words):
        matches = tuple(_match_entries(words, first, lexicon.by_first_form.get(word, ())))
        if matches:
            yield matches


def _match_entries(words: Sequence[str], first: int, entries: Sequence[Entry]) -> Iterator[Match]:
    for entry in entries:
        last = _match_rest(words, first, entry)
        if last is not None and (not entry.needs or entry.needs.intersection(words[last:])):
            yield Match(entry, first, last)


def _match_rest(words: Sequence[str], first: int, entry: Entry) -> int | None:
    position = first
    for forms in entry.forms[1:]:
        reach = range(position + 1, min(position + 2 + (MAX_GAP if entry.pos == "verb" else 0), len(words)))
        found = next((number for number in reach if words[number] in forms), None)
        if found is None:
            return None
        position = found
    return position
