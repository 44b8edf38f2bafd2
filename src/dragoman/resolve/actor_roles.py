"""Finds role nouns and bodies in running text: "police", "the French foreign minister", "protesters", "Japan's government"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.records import MentionKind, Span
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_tables import RoleNoun
from dragoman.resolve.actor_words import Word, split_words

Found = tuple[Span, MentionKind]


def find_parties(text: str, span: Span, names: Sequence[Found], gazetteer: Gazetteer) -> list[Found]:
    """Return the names, joined with the role nouns that follow them, and the role nouns that stand alone; in text order.

    Of nested names the outermost stays. A name right before a role noun belongs to it: "French | police" is one party.
    """
    outermost = [name for name in names if not any(other[0] != name[0] and other[0].covers(name[0]) for other in names)]
    joined: list[Found] = []
    for place, kind in _find_roles(split_words(text, span.start, span.end), outermost, gazetteer):
        owner = next((name for name in outermost if _touches(text, name[0], place)), None)
        if owner is not None:
            outermost.remove(owner)
            place = Span(owner[0].start, place.end)  # noqa: PLW2901 - the role's span grows over its owner
        joined.append((place, kind))
    return sorted([*outermost, *joined])


def _find_roles(words: Sequence[Word], names: Sequence[Found], gazetteer: Gazetteer) -> Iterator[Found]:
    at = 0
    while at < len(words):
        count, noun = gazetteer.match_role(words, at)
        place = Span(words[at].start, words[at + count - 1].end) if count else None
        if (
            noun is None
            or place is None
            or noun.is_transparent
            or any(name.overlaps(place) for name, _ in names)
            or _is_other_word(words, at, names, gazetteer)
        ):
            at += 1
            continue
        yield place, _kind_of(noun, words[at + count - 1])
        at += count


def _is_other_word(words: Sequence[Word], at: int, names: Sequence[Found], gazetteer: Gazetteer) -> bool:
    """Return whether a word that may be a role is a verb ("which chairs the bloc") or describes another noun ("military aid")."""
    if at == 0:
        return False
    before = words[at - 1]
    is_verb = before.key in gazetteer.words["before_verbs"] and words[at].key in gazetteer.words["verbs_too"]
    if is_verb and not words[at].breaks:
        return True
    is_owned = any(name.end == before.end for name, _ in names) or before.is_possessive
    is_bare = not is_owned and before.key not in gazetteer.words["articles"]
    return words[at].key in gazetteer.words["describing"] and is_bare and not words[at].is_capital


def _kind_of(noun: RoleNoun, last: Word) -> MentionKind:
    if noun.is_body:
        return MentionKind.ORGANISATION
    is_plural = last.key.endswith(("s", "men", "people"))
    return MentionKind.GROUP if is_plural else MentionKind.ROLE


def _touches(text: str, name: Span, place: Span) -> bool:
    return name.end <= place.start and text[name.end : place.start].strip() in ("", "'s", "’s", "'", "’")
