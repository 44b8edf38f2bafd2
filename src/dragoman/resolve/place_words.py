"""Place names made comparable: lower case, no accents, no article, "St." and "Saint" one word."""

from __future__ import annotations

from dragoman.resolve.actor_words import Word, split_words

_ONE_SPELLING = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_ARTICLES = frozenset({"the", "al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})
"""English and Arabic articles: "al-Hasakah" and "Hasakah" are one name, but "El Paso" keeps both its words in reserve."""


def make_place_key(name: str) -> str:
    """Return the form under which a place name is filed: "Al-Ḥasakah" gives "al hasakah", "St. Louis" "saint louis"."""
    return " ".join([make_word_key(word) for word in split_words(name)])


def make_word_key(word: Word) -> str:
    """Return the comparable form of one word of a place name."""
    return _ONE_SPELLING.get(word.key, word.key)


def strip_article(key: str) -> str:
    """Return a key without the article it begins with, "" where it begins with none."""
    first, _, rest = key.partition(" ")
    return rest if first in _ARTICLES else ""
