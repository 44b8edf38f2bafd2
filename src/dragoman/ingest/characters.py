"""Text made safe: the cleaned characters that offsets count, and quotations of untrusted input fit for a terminal."""

from __future__ import annotations

import re
import unicodedata

QUOTE_LENGTH = 80
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Normalising takes time quadratic in a run of combining marks, so hostile runs are taken in short pieces.
_NON_ASCII_RUN = re.compile("[\x00-\x7f]?[^\x00-\x7f]{1,200}")
# A few stray control characters happen in real articles; a share of them above one in fifty is no text.
_FEWEST_CONTROLS = 5
_CONTROL_SHARE = 50


def clean(text: str) -> str:
    """Return the text with one kind of line end, without control characters, in Unicode form NFC.

    Everything else stays as the outlet wrote it: typographic quotes, soft hyphens, invisible joiners, mojibake. Code
    points that stand for no character (lone surrogates) become U+FFFD, and white space at both ends goes.
    """
    text = _NEWLINES.sub("\n", text).replace("\u2029", "\n\n")
    text = _CONTROLS.sub("", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        text = _NON_ASCII_RUN.sub(_composed, text)
    return text.strip("\ufeff").strip()


def clean_line(text: str) -> str:
    """Return the cleaned text on one line, for titles and names."""
    return " ".join(clean(text).split())


def looks_binary(text: str) -> bool:
    """Return whether the text holds more control characters and undecodable bytes than a news text ever does."""
    head = text[: 1 << 16]
    n_odd = len(_CONTROLS.findall(head)) + head.count("\ufffd")
    return n_odd >= _FEWEST_CONTROLS and n_odd * _CONTROL_SHARE > len(head)


def printable(text: str) -> str:
    """Return the text on one line, with every character escaped that could steer a terminal or reverse its order."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def quoted(value: object, length: int = QUOTE_LENGTH) -> str:
    """Return the value between double quotes for a message, cut to ``length`` characters, safe to print."""
    text = value if isinstance(value, str) else repr(value)
    # Cut first: escaping ten megabytes to show eighty characters would be waste.
    escaped = printable(text[: length + 1])
    return f'"{escaped}"' if len(escaped) <= length else f'"{escaped[: length - 1]}…"'


def _composed(run: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", run.group())


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
