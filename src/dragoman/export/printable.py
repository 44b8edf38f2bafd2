"""Untrusted text made safe to show on a terminal."""

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})


def escape_controls(text: str) -> str:
    """Return the text on one line, with control and direction characters written out (``\\x1b``), so that they do nothing."""
    return "".join(_escape(character) for character in " ".join(text.split()))


def _escape(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
