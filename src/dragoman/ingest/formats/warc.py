"""WARC: web archives. Each HTML page that a server answered with is one article."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.errors import UnreadableInput
from dragoman.ingest.characters import quoted
from dragoman.ingest.fields import attempt, rejection
from dragoman.ingest.page import read_page
from dragoman.ingest.source import Source, too_large
from dragoman.records import Article, Rejection

name = "warc"
suffixes = (".warc",)

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_LONGEST_HEADER = 1 << 16
_MOST_HEADERS = 1000
_OK = "200"
_GZIP_OR_ZLIB = 47
_CHUNK_SIZE_BASE = 16


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers in lower case, and its content, None where that is larger than the limit."""

    headers: dict[str, str]
    content: bytes | None

    @property
    def is_answer(self) -> bool:
        """Whether the record holds what a server sent."""
        return self.headers.get("warc-type", "").lower() in ("response", "resource")

    @property
    def url(self) -> str | None:
        """The address that the answer came from."""
        return self.headers.get("warc-target-uri", "").strip("<>") or None


def sniff(head: str) -> float:
    """Return 1 for what begins with a WARC version line."""
    return 1.0 if head.startswith("WARC/") else 0.0


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return one article or rejection for each HTML page; other records, and answers other than 200, are passed over."""
    for number, record in enumerate(_records(source), start=1):
        origin = f"{source.origin}:{number}"
        if record.is_answer and record.content is None:
            yield rejection(origin, too_large(source.limit))
        elif record.is_answer:
            found = _page(record, source.limit, origin)
            if found is not None:
                yield found


def _page(record: Record, limit: int, origin: str) -> Article | Rejection | None:
    """Return the article of an HTML page, None for any other answer."""
    head, body, status = record.headers, record.content or b"", _OK
    if body.startswith(b"HTTP/"):
        top, _, body = body.partition(b"\r\n\r\n")
        first, _, rest = top.partition(b"\r\n")
        status, head = first.decode("latin-1").partition(" ")[2][:3], _headers(rest.split(b"\r\n"))
    media, _, parameters = head.get("content-type", "").partition(";")
    if status != _OK or media.strip().lower() not in _PAGES:
        return None
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    return attempt(origin, _read_answer, body, head, limit, origin, charset, record.url)


def _read_answer(
    body: bytes, head: dict[str, str], limit: int, origin: str, charset: str | None, url: str | None
) -> Article:
    body = _plain_body(body, head, limit)
    return read_page(body, origin, charset=charset, url=url)


def _plain_body(body: bytes, head: dict[str, str], limit: int) -> bytes:
    """Return the page's bytes as the browser sees them. Many archives keep the headers of a coding they have undone."""
    if "chunked" in head.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    coding = head.get("content-encoding", "").strip().lower()
    if coding in ("", "identity") or body.lstrip()[:1] == b"<":
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise UnreadableInput(
            "unknown coding", expected="gzip or deflate", got=quoted(coding), fix="archive it uncompressed"
        )
    return _unpacked(body, limit)


def _unpacked(body: bytes, limit: int) -> bytes:
    try:
        unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
        plain = unpacker.decompress(body, limit + 1)
    except zlib.error:
        try:
            plain = zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, limit + 1)
        except zlib.error as error:
            raise UnreadableInput(
                "broken page", expected="gzip", got=quoted(str(error)), fix="fetch it again"
            ) from error
    if len(plain) > limit:
        raise too_large(limit)
    return plain


def _unchunked(body: bytes) -> bytes:
    """Return the body without chunk sizes, or the body as it is where it holds none."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 32)
        size = _size(body[at:end]) if end >= 0 else None
        if size is None:
            return body
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    is_hexadecimal = digits.isalnum() and all(char in b"0123456789abcdefABCDEF" for char in digits)
    return int(digits, _CHUNK_SIZE_BASE) if is_hexadecimal else None


def _records(source: Source) -> Iterator[Record]:
    text = _Bytes(source)
    while (version := text.line()) is not None:
        if not version.strip():
            continue
        if not version.startswith(b"WARC/"):
            raise _broken("a line WARC/1.0 or WARC/1.1", quoted(version.decode("latin-1")))
        headers = _headers(iter(text.required_line, b""))
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < _CHUNK_SIZE_BASE):
            raise _broken("a Content-Length", quoted(length))
        yield Record(headers, text.content(int(length), source.limit))


def _headers(lines: Iterator[bytes] | list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for number, line in enumerate(lines):
        if number > _MOST_HEADERS:
            raise _broken("a few headers", "more than a thousand")
        key, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers[key.strip().lower()] = value.strip()
    return headers


def _broken(expected: str, got: str) -> UnreadableInput:
    return UnreadableInput(
        "broken WARC file", expected=expected, got=got, fix="fetch the file again; what stood before the break was read"
    )


class _Bytes:
    """The archive's bytes, taken by lines and by counts; it holds no more than one record."""

    def __init__(self, source: Source) -> None:
        self._chunks = source.chunks()
        self._held = bytearray()

    def line(self) -> bytes | None:
        """Return the next line without its end, None at the end of the archive."""
        searched = 0
        while (end := self._held.find(b"\n", searched)) < 0:
            searched = len(self._held)
            if searched > _LONGEST_HEADER:
                raise _broken("a header line", "a line of more than 64 KB")
            if not self._fill():
                break
        if end < 0 and not self._held:
            return None
        return bytes(self._take(len(self._held) if end < 0 else end + 1)).rstrip(b"\r\n")

    def required_line(self) -> bytes:
        """Return the next line; raises UnreadableInput where the archive ends instead."""
        line = self.line()
        if line is None:
            raise _broken("the rest of a record", "the end of the file")
        return line

    def content(self, length: int, limit: int) -> bytes | None:
        """Return the next ``length`` bytes, or None, having passed over them, where they are more than the limit."""
        n_left, kept = length, bytearray()
        while n_left:
            if not self._held and not self._fill():
                raise _broken(f"{length} bytes of a record", f"{length - n_left}")
            piece = self._take(min(n_left, len(self._held)))
            n_left -= len(piece)
            if length <= limit:
                kept += piece
        return bytes(kept) if length <= limit else None

    def _fill(self) -> bool:
        chunk = next(self._chunks, b"")
        self._held += chunk
        return bool(chunk)

    def _take(self, count: int) -> bytes:
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken
