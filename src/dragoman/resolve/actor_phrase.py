"""The words of a mention taken apart: names, role nouns and other words, cut into a head and what stands after "of", "in", "from"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_tables import Entry, RoleNoun
from dragoman.resolve.actor_words import Word, split_words

MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that is one thing: a known name (``entries``), a role noun (``noun``), or neither.

    ``is_aside`` marks a name that only qualifies ("U.S." in "U.S.-backed rebels"), ``is_weak`` one that counts if nothing
    better does ("London" in "London-based group").
    """

    words: tuple[Word, ...]
    entries: tuple[Entry, ...] = ()
    noun: RoleNoun | None = None
    is_aside: bool = False
    is_weak: bool = False

    @property
    def is_possessive(self) -> bool:
        """Whether 's follows."""
        return self.words[-1].is_possessive

    def quote(self, text: str) -> str:
        """Return the piece's words as ``text`` has them."""
        return text[self.words[0].start : self.words[-1].end]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pieces that belong together, and the preposition (or "," or "and") that ties them to what stands before; "" for the first."""

    link: str
    pieces: tuple[Piece, ...]


def _attachment(words: Sequence[Word], after: int, gazetteer: Gazetteer) -> tuple[int, bool, bool]:
    """Return how many words hang on a name by a hyphen ("-backed"), and whether they set it aside or weaken it."""
    if after < len(words) and words[after].is_joined:
        if words[after].key in gazetteer.words["attached"]:
            return 1, True, False
        if words[after].key in gazetteer.words["attached_weak"]:
            return 1, False, True
    if (
        after < len(words)
        and not words[after].breaks
        and words[after].key in ("backed", "led", "linked", "allied", "based", "sponsored")
    ):
        return (
            1,
            words[after].key not in gazetteer.words["attached_weak"],
            words[after].key in gazetteer.words["attached_weak"],
        )
    return 0, False, False


def _is_opposed(words: Sequence[Word], at: int, gazetteer: Gazetteer) -> bool:
    return at > 0 and words[at].is_joined and words[at - 1].key in gazetteer.words["opposed"]


def is_direction(words: Sequence[Word], at: int) -> bool:
    """Return whether "North" stands alone behind "the": "the North", not "North Dakota"."""
    is_alone = at + 1 >= len(words) or words[at + 1].breaks or words[at].is_possessive or not words[at + 1].is_capital
    return at > 0 and words[at - 1].key == "the" and is_alone


def is_other_person(words: Sequence[Word], at: int, stop: int, gazetteer: Gazetteer) -> bool:
    """Return whether a known person's name is part of another's: "Carlos Morales" is not Evo Morales, "Trump Jr." not his father."""
    if stop < len(words) and words[stop].key in gazetteer.words["generations"] and not words[stop - 1].is_possessive:
        return True
    if stop - at > 1:
        return False
    if _is_surname(words, stop, gazetteer) and not words[stop - 1].is_possessive:
        return True
    return _is_first_name(words, at - 1, gazetteer) and not words[at].breaks


def _is_surname(words: Sequence[Word], at: int, gazetteer: Gazetteer) -> bool:
    """Return whether the word at ``at`` goes on with a name: "Hasina | Begum" is not Sheikh Hasina."""
    if at >= len(words) or words[at].breaks or not words[at].is_capital or words[at].is_upper:
        return False
    if words[at].key in gazetteer.words["not_first_names"] or words[at].key in gazetteer.words["prepositions"]:
        return False
    return not gazetteer.match_name(words, at, strict=True)[0] and gazetteer.match_role(words, at)[1] is None


def _is_first_name(words: Sequence[Word], at: int, gazetteer: Gazetteer) -> bool:
    """Return whether the word at ``at`` may be a first name: a capital that is no title, no name of a state, no day or month."""
    if at < 0 or not words[at].is_capital or words[at].is_possessive or words[at].is_upper:
        return False
    if words[at].key in gazetteer.words["not_first_names"] or words[at].key in gazetteer.words["articles"]:
        return False
    if words[at].key in gazetteer.words["clause_words"] or words[at].key in gazetteer.words["prepositions"]:
        return False
    ends_name = any(
        gazetteer.match_name(words, first, strict=True)[0] == at + 1 - first for first in range(max(0, at - 2), at + 1)
    )
    ends_role = any(gazetteer.match_role(words, first)[0] == at + 1 - first for first in range(max(0, at - 2), at + 1))
    return not ends_name and not ends_role


def find_pieces(words: Sequence[Word], gazetteer: Gazetteer, *, strict: bool) -> list[Piece]:
    """Return the pieces of a run of words, the longest known name or role noun at each place; a name wins over a role."""
    pieces: list[Piece] = []
    at = 0
    while at < len(words):
        n_name, entries = gazetteer.match_name(words, at, strict=strict)
        n_role, noun = gazetteer.match_role(words, at)
        if n_name and entries[0].via == "direction" and at + 1 < len(words) and not is_direction(words, at):
            n_name, entries = 0, ()
        if n_name and entries[0].via == "person" and is_other_person(words, at, at + n_name, gazetteer):
            n_name, entries = 0, ()
        if n_name and n_name >= n_role:
            extra, is_aside, is_weak = _attachment(words, at + n_name, gazetteer)
            is_aside = is_aside or _is_opposed(words, at, gazetteer)
            pieces.append(Piece(tuple(words[at : at + n_name]), entries, None, is_aside, is_weak))
            at += n_name + extra
        elif noun is not None and not _is_opposed(words, at, gazetteer):
            pieces.append(Piece(tuple(words[at : at + n_role]), (), noun))
            at += n_role
        else:
            pieces.append(Piece((words[at],)))
            at += 1
    return pieces


def _link_of(piece: Piece, gazetteer: Gazetteer) -> str | None:
    """Return the link that a piece makes between chunks, None if it makes none."""
    if piece.entries or piece.noun is not None:
        return "," if piece.words[0].breaks else None
    key = piece.words[0].key
    if key in gazetteer.words["clause_words"]:
        return "stop"
    if key in gazetteer.words["prepositions"] and not piece.words[0].is_capital:
        return key
    if key in ("and", "or"):
        return "and"
    return "," if piece.words[0].breaks else None


def cut_chunks(text: str, gazetteer: Gazetteer, *, strict: bool) -> list[Chunk]:
    """Return the chunks of a mention's words: its head first, then its complements, up to a relative clause.

    ``strict`` asks for the capitals that names have; without it, all lower case will do.
    """
    words = split_words(text)[:MOST_WORDS]
    chunks: list[Chunk] = []
    link, held = "", list[Piece]()
    for piece in find_pieces(words, gazetteer, strict=strict):
        found = _link_of(piece, gazetteer)
        if found is None:
            held.append(piece)
            continue
        if held:
            chunks.append(Chunk(link, tuple(held)))
        link, held = found, []
        if found == "stop":
            break
        if piece.entries or piece.noun is not None or found == ",":
            held.append(piece)
    if held:
        chunks.append(Chunk(link, tuple(held)))
    return [
        Chunk(chunk.link, _drop_articles(chunk.pieces, gazetteer))
        for chunk in chunks
        if _drop_articles(chunk.pieces, gazetteer)
    ]


def _drop_articles(pieces: tuple[Piece, ...], gazetteer: Gazetteer) -> tuple[Piece, ...]:
    articles = gazetteer.words["articles"]
    return tuple(
        piece
        for piece in pieces
        if piece.entries or piece.noun or not (piece.words[0].key in articles or piece.words[0].key.isdigit())
    )
