"""One input's bytes, read in pieces, unpacked on the way, and never more of them held than one article needs."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dragoman.errors import InputError, UnreadableInput
from dragoman.ingest.encoding import decode, encoding_of, transcoded

ARTICLE_LIMIT = 64 * 2**20
"""The most bytes, after unpacking, that one article may have (64 MiB)."""
CHUNK = 1 << 16
_MEBIBYTE = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 31
_WIDE = ("utf-16", "utf-32")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: what messages call it, its file name without ``.gz``, and its unpacked bytes, to be read once.

    ``head`` holds the first bytes (about 64 KB), for guessing format and encoding. ``rest`` gives the bytes after it.
    ``failure`` is what broke while the head was read. ``limit`` is the most bytes that one article may have.
    """

    origin: str
    name: str
    head: bytes
    rest: Iterator[bytes]
    failure: InputError | None = None
    limit: int = ARTICLE_LIMIT

    @property
    def encoding(self) -> str:
        """The codec that reads the input's head."""
        return encoding_of(self.head) or "utf-8"

    def chunks(self) -> Iterator[bytes]:
        """Return the bytes in pieces. Raises what broke the input, but only after every byte before the break."""
        if self.head:
            yield self.head
        if self.failure:
            raise self.failure
        yield from self.rest

    def whole(self) -> bytes:
        """Return all bytes, for formats where a file is one article. Raises UnreadableInput above the limit."""
        kept = bytearray()
        for chunk in self.chunks():
            kept += chunk
            if len(kept) > self.limit:
                raise too_large(self.limit)
        return bytes(kept)

    def utf8_chunks(self) -> Iterator[bytes]:
        """Return the text's bytes in pieces, UTF-16 and UTF-32 turned into UTF-8."""
        encoding = self.encoding
        return transcoded(self.chunks(), encoding) if encoding.startswith(_WIDE) else self.chunks()

    def lines(self) -> Iterator[bytes]:
        """Return the lines without their ends. A line above the limit comes cut to one byte more than the limit."""
        old_mac = b"\r" in self.head and b"\n" not in self.head
        return split_lines(self.utf8_chunks(), b"\r" if old_mac else b"\n", self.limit)

    def text_lines(self) -> Iterator[str]:
        """Return the lines as text. Raises UnreadableInput at a line above the limit."""
        encoding = self.encoding
        for line in self.lines():
            if len(line) > self.limit:
                raise too_large(self.limit)
            yield decode_line(line, encoding)


def open_source(origin: str, name: str, stream: BinaryIO, limit: int = ARTICLE_LIMIT) -> Source:
    """Return the stream's bytes as a source; gzip is unpacked whatever the name says."""
    chunks = _pieces(stream)
    first = next(chunks, b"")
    if len(first) == 1:
        first += next(chunks, b"")
    chunks = _chained(first, chunks)
    if first.startswith(_GZIP_MAGIC):
        chunks, name = _unzipped(chunks), name.removesuffix(".gz").removesuffix(".GZ")
    head, failure = _take_head(chunks)
    return Source(origin, name, head, chunks, failure, limit)


def too_large(limit: int) -> UnreadableInput:
    """Return the error for an article above the limit of bytes."""
    size = f"{limit // _MEBIBYTE} MiB" if limit >= _MEBIBYTE else f"{limit} bytes"
    return UnreadableInput(
        "article too large", expected=f"at most {size} after unpacking", got="more", fix="split it, or raise the limit"
    )


def decode_line(line: bytes, encoding: str) -> str:
    """Return the line's text in the file's encoding, or in its own where that does not fit."""
    try:
        return line.decode("utf-8" if encoding.startswith(_WIDE) else encoding)
    except UnicodeDecodeError:
        return decode(line)


def split_lines(chunks: Iterable[bytes], end: bytes, limit: int) -> Iterator[bytes]:
    """Return the lines of a stream without their ends, each cut to at most ``limit`` + 1 bytes."""
    kept = bytearray()
    for chunk in chunks:
        first, *others = chunk.split(end)
        kept += first[: limit + 1 - len(kept)]
        if not others:
            continue
        yield bytes(kept)
        yield from others[:-1]
        kept = bytearray(others[-1])
    if kept:
        yield bytes(kept)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    # read1 hands over what is there: a reader that insists on full blocks would lose the bytes before a break.
    read = getattr(stream, "read1", stream.read)
    while chunk := read(CHUNK):
        yield chunk


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _take_head(chunks: Iterator[bytes]) -> tuple[bytes, InputError | None]:
    head = bytearray()
    try:
        for chunk in chunks:
            head += chunk
            if len(head) >= CHUNK:
                break
    except InputError as failure:
        return bytes(head), failure
    return bytes(head), None


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Return the unpacked bytes of a gzip file of any number of members; raises UnreadableInput where it breaks."""
    member = zlib.decompressobj(_GZIP)
    begun = False
    for chunk in chunks:
        packed = chunk
        while packed:
            if not begun and not packed.strip(b"\0"):
                break  # padding after the last member, as tapes have
            begun = True
            unpacked = _unpack(member, packed)
            if unpacked:
                yield unpacked
            packed = member.unconsumed_tail
            if member.eof:
                packed, member, begun = member.unused_data, zlib.decompressobj(_GZIP), False
    if begun:
        raise _broken_gzip("the file ends too early")


def _unpack(member: zlib._Decompress, packed: bytes) -> bytes:
    try:
        return member.decompress(packed, CHUNK)
    except zlib.error as error:
        raise _broken_gzip(str(error)) from error


def _broken_gzip(got: str) -> UnreadableInput:
    return UnreadableInput(
        "broken gzip file",
        expected="compressed data up to its end mark",
        got=got,
        fix="fetch or pack the file again; what stood before the break was read",
    )
