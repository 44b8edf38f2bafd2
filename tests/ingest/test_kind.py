import io

import pytest

from dragoman.ingest import read_articles
from dragoman.ingest.kind import kind_of
from dragoman.records import Article, Rejection


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"PK\x03\x04\x14\0", "a zip archive (or a Word, Excel or EPUB file)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7fELF\x02\x01\x01\0", "an ELF program"),
        (b"x" * 257 + b"ustar\0", "a tar archive"),
        (b"{\\rtf1\\ansi", "an RTF document"),
    ],
)
def test_binary_files_are_named(head: bytes, name: str) -> None:
    (found,) = read_articles(["-"], stdin=io.BytesIO(head))
    assert isinstance(found, Rejection)
    assert f"expected a news text, got {name};" in found.reason


@pytest.mark.parametrize(
    "text", [b"RIFF over treaty", b"ID3 cards", b"BZh party wins", b"PAR1 treaty", b"MZ party wins"]
)
def test_words_that_look_like_signatures_are_text(text: bytes) -> None:
    assert kind_of(text) is None
    (found,) = read_articles(["-"], stdin=io.BytesIO(text))
    assert isinstance(found, Article)


def test_gzip_within_gzip_is_named() -> None:
    import gzip

    (found,) = read_articles(["-"], stdin=io.BytesIO(gzip.compress(gzip.compress(b"The talks ended."))))
    assert isinstance(found, Rejection)
    assert "a gzip file within a gzip file" in found.reason


def test_binary_junk_named_txt_is_no_article() -> None:
    junk = bytes((i * 7919 + i * i) % 256 for i in range(5000))
    (found,) = read_articles(["-"], stdin=io.BytesIO(junk), format="text")
    assert isinstance(found, Rejection)
    assert found.reason.startswith("no text: expected a news text")
