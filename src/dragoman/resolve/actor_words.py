"""Words made comparable: one spelling, no accents, no dots in acronyms, possessives set apart.

"U.S.", "U. S." and "US" give the same key; so do "Sergei" and "Sergey", "Kim Jong-un" and "Kim Jong Un". What the writer
capitalised is kept beside the key, because it tells "US" from "us" and "Turkey" from "turkey".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_APOSTROPHES = "'’ʼ`´‘"
_WORD = re.compile(
    rf"(?:[A-Za-z]\.(?:[ \u00a0]?(?=[A-Z]\.))?){{2,}}(?:[A-Z](?![\w{_APOSTROPHES}]))?"  # U.S.  U. S.  U.S.A
    rf"|[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*"
)
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "e", "ʻ": ""}
    | dict.fromkeys(_APOSTROPHES + ". \u00a0", "")
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its comparable ``key``, where it stands, and how it was written.

    ``is_joined`` tells that a hyphen ties it to the word before, ``is_possessive`` that 's or s' follows,
    ``breaks`` that a comma, colon, bracket, dash or quotation mark stands between the word before and this one.
    """

    key: str
    start: int
    end: int
    is_capital: bool
    is_upper: bool
    is_joined: bool
    is_possessive: bool
    breaks: bool


def spell(word: str) -> str:
    """Return ``word`` in its comparable form: lower case, no accents, no apostrophes, no dots."""
    key = word.casefold()
    if not key.isascii():
        key = "".join(mark for mark in unicodedata.normalize("NFKD", key) if not unicodedata.combining(mark))
    return key.translate(_LETTERS)


def _possessive_cut(raw: str, following: str) -> tuple[int, bool]:
    """Return how many code points of ``raw`` are a possessive ending, and whether the word is a possessive."""
    if len(raw) > 2 and raw[-1] in "sS" and raw[-2] in _APOSTROPHES:  # noqa: PLR2004  the length of 's
        return 2, True
    return 0, raw[-1] in "sS" and following[:1] in ("'", "’") and not following[1:2].isalnum() and bool(following)


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of ``text`` between two code points, in order. Linear in the length of that stretch."""
    stop = len(text) if end is None else min(end, len(text))
    words: list[Word] = []
    before = start
    for found in _WORD.finditer(text, start, stop):
        raw = found.group()
        cut, is_possessive = _possessive_cut(raw, text[found.end() : min(found.end() + 2, stop)])
        bare = raw[: len(raw) - cut]
        between = text[before : found.start()] if words else ""
        words.append(
            Word(
                key=spell(bare),
                start=found.start(),
                end=found.end() - cut,
                is_capital=bare[0].isupper() or (bare[0].isdigit() and any(sign.isupper() for sign in bare)),
                is_upper=bare.isupper() and len(bare) > 1,
                is_joined=between in ("-", "‑", "‐"),
                is_possessive=is_possessive,
                breaks="\n\n" in between or bool(between.strip(" \t\n\u00a0-‑‐./'’&")),
            )
        )
        before = found.end()
    return words


def make_key(name: str, spellings: dict[str, str]) -> str:
    """Return the key under which ``name`` is filed: its words' keys, one blank between, variants made one."""
    # Most names are plain, and loading has to be quick.
    return " ".join([spellings.get(key, key) for key in list_keys(name)])


def list_keys(name: str) -> list[str]:
    """Return the comparable forms of a name's words, before variants are made one."""
    spaced = name.replace("-", " ")
    if not spaced.replace(" ", "").isalpha():
        return [word.key for word in split_words(name)]
    return spaced.lower().split() if spaced.isascii() else [spell(word) for word in spaced.split()]
