"""Where known names stand in a text, and persons that only a title gives away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.records import MentionKind, Span
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_phrase import is_direction, is_other_person
from dragoman.resolve.actor_tables import RoleNoun, Via
from dragoman.resolve.actor_words import Word, split_words

_KINDS: dict[Via, MentionKind] = {
    "country": MentionKind.STATE,
    "adjective": MentionKind.STATE,
    "capital": MentionKind.STATE,
    "seat": MentionKind.STATE,
    "people": MentionKind.DEMONYM,
    "community": MentionKind.DEMONYM,
    "organisation": MentionKind.ORGANISATION,
    "person": MentionKind.PERSON,
    "decoy": MentionKind.PLACE,
    "direction": MentionKind.STATE,
}
MOST_NAME_WORDS = 5
_MOSTLY_UPPER = 0.8
_MOSTLY_CAPITAL = 0.7


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a text: where, what kind of mention it makes, and by what it is known.

    ``via`` is "country", "adjective" ("French"), "people" ("Americans"), "capital", "seat" ("the Kremlin"), "organisation", "person",
    "community" ("Kurds"), "decoy" (a place whose name only holds a state's: "Sea of Japan") or "title" (a person known by title alone).
    A capital or country may be meant as a place; the reader decides.
    """

    span: Span
    kind: MentionKind
    via: str


def find_names(text: str, span: Span | None = None, *, gazetteer: Gazetteer) -> tuple[FoundName, ...]:
    """Return all known names in a stretch of text (the whole text if None), in text order, the longest at each place.

    A person's title and what stands before it belong to the person ("Russian Foreign Minister Sergei Lavrov"); the names inside are
    returned as well, after it. Other spans do not overlap. Articles ("the") and possessive endings stay outside.
    """
    words = split_words(text, *((0, None) if span is None else (span.start, span.end)))
    is_shouted = _is_shouted(words)
    single = _find_singles(words, gazetteer, is_shouted=is_shouted)
    persons = _find_titled(words, single, gazetteer)
    found = [FoundName(Span(words[a].start, words[b - 1].end), kind, via) for a, b, kind, via in (*persons, *single)]
    unique = {(name.span, name.kind): name for name in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda name: (name.span.start, -name.span.end)))


_Place = tuple[int, int, MentionKind, str]


def _is_shouted(words: Sequence[Word]) -> bool:
    long = [word for word in words if len(word.key) > 3]  # noqa: PLR2004  acronyms do not count
    return len(long) > 1 and sum(word.is_upper for word in long) > _MOSTLY_UPPER * len(long)


def _find_singles(words: Sequence[Word], gazetteer: Gazetteer, *, is_shouted: bool) -> list[_Place]:
    places: list[_Place] = []
    is_headline = sum(word.is_capital for word in words) > _MOSTLY_CAPITAL * len(words)
    at = 0
    while at < len(words):
        length, entries = gazetteer.match_name(words, at, strict=True)
        if not length or (is_shouted and length == 1 and words[at].key in gazetteer.words["shouted"]):
            at += 1
            continue
        if entries[0].via == "direction" and not is_direction(words, at):
            at += length
            continue
        if entries[0].via != "person" or is_headline or not is_other_person(words, at, at + length, gazetteer):
            places.append((at, at + length, _KINDS[entries[0].via], entries[0].via))
        at += length
    return places


def _find_titled(words: Sequence[Word], single: Sequence[_Place], gazetteer: Gazetteer) -> list[_Place]:
    """Return persons with their titles: known ones extended to the left, unknown ones found by the title before them."""
    starts = {place[0]: place for place in single}
    ends = {place[1]: place for place in single}
    places: list[_Place] = []
    at = 0
    while at < len(words):
        if at in starts:
            start = _title_start(words, at, ends, gazetteer)
            if starts[at][2] is MentionKind.PERSON and start < at:
                places.append((start, starts[at][1], MentionKind.PERSON, "title"))
            at = starts[at][1]
            continue
        length, noun = gazetteer.match_role(words, at)
        stop = at if noun is None else _name_end(words, at + length, starts, gazetteer)
        if noun is not None and _is_title(noun, words, at, at + length, stop):
            places.append((_title_start(words, at, ends, gazetteer), stop, MentionKind.PERSON, "title"))
            at = stop
        else:
            at += max(length, 1)
    return places


def _is_title(noun: RoleNoun, words: Sequence[Word], at: int, end: int, stop: int) -> bool:
    """Return whether a role noun and the capitals after it are a person: a title ("Gen. Rahman"), or a role and two names."""
    if stop == end or words[end - 1].is_possessive:
        return False
    if noun.is_title and words[at].is_capital:
        return True
    return not (noun.is_body or noun.is_transparent) and stop - end > 1 and words[stop - 2].is_capital


def _name_end(words: Sequence[Word], at: int, starts: dict[int, _Place], gazetteer: Gazetteer) -> int:
    """Return where the personal name that starts at ``at`` ends; ``at`` itself if none starts there."""
    if at in starts and starts[at][2] is MentionKind.PERSON and not words[at].breaks:
        return starts[at][1]
    stop, last = at, at
    while stop < len(words) and stop - at < MOST_NAME_WORDS and not words[stop].breaks:
        word = words[stop]
        if stop in starts or (stop > at and words[stop - 1].is_possessive):
            break
        if word.is_capital and gazetteer.match_role(words, stop)[1] is None:
            last = stop + 1
        elif word.key not in gazetteer.words["particles"] or word.is_capital:
            break
        stop += 1
    return last


def _title_start(words: Sequence[Word], at: int, ends: dict[int, _Place], gazetteer: Gazetteer) -> int:
    """Return where a title with its nationality or body begins: "Russian foreign ministry spokeswoman Maria Zakharova"."""
    start = at
    while start > 0 and not words[start].breaks and not words[start - 1].is_possessive:
        before = ends.get(start)
        if before is not None and before[2] in (MentionKind.STATE, MentionKind.ORGANISATION):
            start = before[0]
            continue
        start_of_role = _role_before(words, start, gazetteer)
        if start_of_role == start:
            break
        start = start_of_role
    return start


def _role_before(words: Sequence[Word], stop: int, gazetteer: Gazetteer) -> int:
    for first in range(max(0, stop - 3), stop):
        length, noun = gazetteer.match_role(words, first)
        if noun is not None and first + length == stop and not noun.is_transparent:
            return first
    return stop
