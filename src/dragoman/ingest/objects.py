"""JSON values -> Article, and JSON read piece by piece."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from dragoman.errors import UnreadableInput
from dragoman.ingest.characters import quoted
from dragoman.ingest.fields import article_from, field_named
from dragoman.records import Article


class Object(dict[str, object]):
    """A JSON object that remembers which of its keys were given more than once."""

    repeated: tuple[str, ...] = ()


def object_of(pairs: list[tuple[str, object]]) -> Object:
    """Return the object with these keys and values."""
    found = Object(pairs)
    if len(found) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        found.repeated = tuple(key for key, count in counts.items() if count > 1)
    return found


# Raw tabs and line ends within strings are against the standard but common, and harm nobody.
DECODER = json.JSONDecoder(object_pairs_hook=object_of, strict=False)


def parse(text: str) -> object:
    """Return the value of a JSON text. Raises ValueError where it is none, RecursionError where it nests too deeply."""
    return DECODER.decode(text)


def article_of(value: object, origin: str) -> Article:
    """Return the article that a JSON value holds; raises InputError where it is no object or has no usable text."""
    if not isinstance(value, Mapping):
        raise UnreadableInput(
            "no article",
            expected='an object with a key "text"',
            got=quoted(value),
            fix="write one object for each article",
        )
    repeated = [key for key in getattr(value, "repeated", ()) if field_named(key)]
    if repeated:
        raise UnreadableInput(
            "key given twice", expected="each key once", got=quoted(repeated[0]), fix="keep the right one"
        )
    return article_from(value, origin)


def invalid_json(problem: str, near: str) -> UnreadableInput:
    """Return the error for text that is no JSON: the parser's complaint, and the text it is about."""
    return UnreadableInput(
        f"invalid JSON ({problem})", expected="an object", got=quoted(near), fix="correct or drop it"
    )
