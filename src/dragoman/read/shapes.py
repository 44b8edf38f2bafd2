"""How a word is written, which the uncased encoder cannot see: small, Capital, CAPITALS, digits, signs."""

from enum import IntEnum


class Shape(IntEnum):
    """How a word is written."""

    SMALL = 0
    CAPITAL = 1
    CAPITALS = 2
    MIXED = 3
    DIGITS = 4
    SIGN = 5


def find_shape(word: str) -> Shape:
    """Return how the word is written."""
    if any(letter.isdigit() for letter in word):
        return Shape.DIGITS
    if not any(letter.isalpha() for letter in word):
        return Shape.SIGN
    if word.islower():
        return Shape.SMALL
    if word.isupper():
        return Shape.CAPITALS if len(word) > 1 else Shape.CAPITAL
    return Shape.CAPITAL if word[0].isupper() and word[1:].islower() else Shape.MIXED
