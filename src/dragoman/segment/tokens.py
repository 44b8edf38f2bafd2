"""Sentence -> tokens: words, numbers and punctuation marks, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dragoman.records import Span
from dragoman.segment.lexicon import load_lexicon

# A word is a run of anything but white space, punctuation and symbols, so that combining vowel signs stay in their word.
_LETTER = (
    r"[^\s\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4-\u00b4\u00b6-\u00b8\u00bb-\u00bf\u00d7\u00f7"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f"
    r"\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff9-\uffff\U0001f000-\U0001faff]"
)
_WORD = rf"{_LETTER}++(?:[-‐‑]{_LETTER}++|['’](?!(?:s|S)(?!{_LETTER})){_LETTER}++)*+"


@cache
def _pattern() -> re.Pattern[str]:
    """Return the tokenizer's pattern: its alternatives are tried in this order at each place."""
    lexicon = load_lexicon()
    numbered = _any_of(lexicon.before_number)
    dotted = _any_of(word for word in lexicon.dotted() - lexicon.before_number if len(word) > 1)
    alternatives = [
        r"(?:https?://|www\.)[^\s<>\"“”]{1,2000}[^\s<>\"“”.,;:!?)\]'’]",
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
        r"[@#]\w++",
        rf"(?:(?<!{_LETTER})(?:[^\W\d_]\.){{2,12}}+(?:[-‐‑]{_WORD})?)",
        rf"(?<!{_LETTER})(?:{dotted})\.(?!{_LETTER})",
        rf"(?<!{_LETTER})(?:{numbered})\.(?=\s?\d)",
        rf"(?<!{_LETTER})[A-Z]\.(?=\s\S)",
        r"\d++(?:[.,:]\d++)++(?:st|nd|rd|th|m|bn|tn|k|%)?+",
        rf"['’][sS](?!{_LETTER})",
        _WORD,
        r"\.{2,}+|…|-{2,}+|\S",
    ]
    return re.compile("|".join(alternatives))


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def tokenize(text: str, span: Span) -> list[Span]:
    """Return the tokens of ``text`` within ``span``, in order; together they cover everything but white space.

    "U.S.", "Gen." and "a.m." are one token each, and so are hyphenated words ("U.S.-led", "Gangwon-do"), decimals,
    web addresses and @names. A possessive is cut off: "Kim's" is "Kim" and "'s". Other marks stand alone.
    """
    return [Span(*found.span()) for found in _pattern().finditer(text, span.start, span.end)]
