from __future__ import annotations

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.source import Source, open_source, split_lines

PIECES = st.lists(st.binary(max_size=20), max_size=8)


def opened(data: bytes, limit: int = 1000) -> Source:
    return open_source("x", "x", io.BytesIO(data), limit)


@given(PIECES)
def test_lines_do_not_depend_on_the_pieces(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    lines = data.split(b"\n")
    assert list(split_lines(pieces, b"\n", 10_000)) == (lines if lines[-1] else lines[:-1])


@given(PIECES, st.integers(1, 10))
def test_long_lines_are_cut_and_the_next_is_whole(pieces: list[bytes], limit: int) -> None:
    lines = [line[: limit + 1] for line in b"".join(pieces).split(b"\n")]
    found = [line[: limit + 1] for line in split_lines(pieces, b"\n", limit)]
    assert found == (lines if lines[-1] else lines[:-1])


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_gzip_of_several_members_is_unpacked(members: list[bytes]) -> None:
    packed = b"".join(gzip.compress(member) for member in members) + b"\0" * 7
    assert b"".join(opened(packed).chunks()) == b"".join(members)


def test_old_mac_line_ends() -> None:
    assert list(opened(b"a\rb\rc").lines()) == [b"a", b"b", b"c"]


def test_utf_16_lines() -> None:
    assert list(opened("\u0a0aa\nb".encode("utf-16")).text_lines()) == ["\u0a0aa", "b"]
