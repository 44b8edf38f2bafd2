"""Where the words that carry a trigger's meaning begin: behind auxiliaries, negations, articles and pronouns."""

from __future__ import annotations

import re

_FIRST_WORD = re.compile(r"(\S+)\s+(?=\S)")
_VERBS = "will would has had have having is are was were be been being am did does do could may might must can cannot should shall ought"
_LITTLE_WORDS = frozenset(f"{_VERBS} to not never already a an the we it they he she i you".split())
_SHORTENED = re.compile(r"(?:we|it|they|he|she|i|you)?['’](?:ll|d|ve|s|re|m)|[a-z]+n['’]t|won['’]t", re.IGNORECASE)


def find_anchor(trigger: str) -> int:
    """Return how many code points of a trigger's text stand before its first word of meaning: 5 for "will send", 0 for "sent".

    The last word always counts as one of meaning.
    """
    place = 0
    while (match := _FIRST_WORD.match(trigger, place)) and _is_little(match.group(1)):
        place = match.end()
    return place


def _is_little(word: str) -> bool:
    return word.lower() in _LITTLE_WORDS or _SHORTENED.fullmatch(word) is not None
