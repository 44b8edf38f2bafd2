"""Bytes to characters: which encoding an input is in, whatever it says of itself."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_EASTERN_LATIN = frozenset(("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "Slovene", "Turkish"))
_SAMPLE = 1 << 14
_LEAD = 256
_GOOD_TO_BAD = 4
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_DECLARED_WITHIN = 1 << 13


@cache
def _charsets() -> tuple[tuple[str, str, str], ...]:
    """Return each codec, whether it may be guessed ("yes", "latin", "never"), and the labels that declare it."""
    table = csv.reader(files(__package__).joinpath("charsets.csv").read_text("utf-8").splitlines()[1:])
    return tuple((codec, guessed, labels) for codec, guessed, labels in table)


@cache
def _codecs_by_label() -> dict[str, str]:
    return {label: codec for codec, _, labels in _charsets() for label in labels.split()}


def codec_named(label: str | None) -> str | None:
    """Return Python's codec for a declared charset ("ISO-8859-1" is read as Windows-1252, as browsers do), or None."""
    return _codecs_by_label().get((label or "").strip().lower().replace("_", "-"))


def declared_charset(data: bytes) -> str | None:
    """Return the charset that an HTML page's meta tag or an XML file's first line names, as written, or None."""
    head = data[:_DECLARED_WITHIN]
    found = _XML_CHARSET.search(head) or _HTML_CHARSET.search(head)
    return found.group(1).decode("ascii", "replace") if found else None


def encoding_of(data: bytes, declared: str | None = None) -> str | None:
    """Return the codec that reads ``data``, or None where no known encoding fits.

    Byte order marks rule; then bytes that are plainly UTF-8; then the declared charset; then a guess from the bytes.
    ``data`` may be the first part of a longer input, cut anywhere.
    """
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), None) or _wide_without_mark(data)
    if marked:
        return marked
    if _is_mostly_utf8(data):
        return "utf-8"
    named = codec_named(declared)
    if named and _can_decode(data, named):
        return named
    return "utf-8" if data.isascii() else _guess(data) or named


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the characters of ``data``; bytes that its encoding lacks become U+FFFD."""
    return data.decode(encoding_of(data, declared) or "utf-8", "replace")


def transcoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Return the same text as UTF-8, chunk by chunk."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _wide_without_mark(data: bytes) -> str | None:
    # Western text in UTF-16 without a mark has a zero byte in every other place, and text never holds them otherwise.
    head = data[:_LEAD]
    even, odd = head[::2], head[1::2]
    if odd.count(0) > 0.7 * len(odd) and not any(even[i] == 0 for i in range(len(even))):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and not any(odd[i] == 0 for i in range(len(odd))):
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether there are non-ASCII bytes and nearly all of them are UTF-8: one bad byte shall not spoil the rest."""
    if data.isascii():
        return False
    text = data.decode("utf-8", "replace")
    n_bad = text.count("\ufffd")
    n_good = len(data) - len(text.encode("ascii", "ignore")) - n_bad
    return n_good > _GOOD_TO_BAD * n_bad


def _can_decode(data: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    first = _NON_ASCII.search(data)
    start = max(0, first.start() - _LEAD) if first else 0
    sample = data[start : start + _SAMPLE]
    best = from_bytes(sample, cp_isolation=[codec for codec, guessed, _ in _charsets() if guessed != "never"]).best()
    codec = codec_named(best.encoding) if best else None
    is_western = codec in _latin_codecs() and best is not None and best.language not in _EASTERN_LATIN
    # The Latin code pages differ in a few letters only; in English news Windows-1252 is nearly always the one.
    return "cp1252" if is_western and _can_decode(sample, "cp1252") else codec


@cache
def _latin_codecs() -> frozenset[str]:
    return frozenset(codec for codec, guessed, _ in _charsets() if guessed == "latin")
