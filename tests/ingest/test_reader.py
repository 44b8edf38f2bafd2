from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dragoman.ingest import read_articles
from dragoman.records import Article, Rejection

LINE = b'{"text": "The talks ended."}\n'


def reasons(*paths: Path | str) -> list[str]:
    return [found.reason for found in read_articles(paths) if isinstance(found, Rejection)]


def test_given_day_and_outlet_fill_gaps_only(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "A."}\n{"text": "B.", "date": "2017-08-31", "outlet": "Lantern"}\n')
    first, second = read_articles([path], published=date(2020, 1, 1), outlet="Given")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.published, first.outlet) == (date(2020, 1, 1), "Given")
    assert (second.published, second.outlet) == (date(2017, 8, 31), "Lantern")


def test_folder_is_read_in_order_of_names_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The text of {name}.")
    found = [item.origin.removeprefix(f"{tmp_path}/") for item in read_articles([tmp_path])]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The talks ended.")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(read_articles([tmp_path]))) == 1


def test_folder_without_files_is_named(tmp_path: Path) -> None:
    assert reasons(tmp_path) == ["no article: expected files in the folder, got none; check the path"]


def test_pipe_within_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert reasons(tmp_path) == ['no file: expected a file or folder, got "pipe"; leave it out']


def test_missing_path_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The talks ended.")
    missing, article = read_articles([tmp_path / "none.txt", tmp_path / "a.txt"])
    assert isinstance(missing, Rejection)
    assert missing.reason.startswith('cannot be opened: expected a readable file, got "No such file or directory"')
    assert isinstance(article, Article)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The talks ended.")
    path.chmod(0)
    assert '"Permission denied"' in reasons(path)[0]


def test_path_with_a_zero_byte_is_named() -> None:
    assert len(reasons("a\0b")) == 1


def test_a_path_by_itself_is_one_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The talks ended.")
    assert len(list(read_articles(str(path)))) == 1


def test_file_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202e.txt"
    path.write_bytes(b"")
    (found,) = read_articles([path])
    assert found.origin.endswith("a\\x1b[31m\\u202e.txt")


def test_reason_quotes_at_most_eighty_characters_on_one_line() -> None:
    bad = b'{"text": "A.", "date": "\\u001b[31m' + b"x" * 500 + b'"}\n'
    (found,) = read_articles(["-"], stdin=io.BytesIO(bad))
    assert isinstance(found, Rejection)
    assert "\\x1b[31mxxx" in found.reason
    assert len(found.reason) < 80 + 150


def test_xml_of_an_unknown_kind_is_named() -> None:
    (found,) = read_articles(["-"], stdin=io.BytesIO(b"<nitf><body/></nitf>"))
    assert isinstance(found, Rejection)
    assert 'got "<nitf>"' in found.reason


def endless_lines(n_lines: int) -> io.RawIOBase:
    class Lines(io.RawIOBase):
        left = n_lines

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            n_now = min(self.left, max(1, size // len(LINE)))
            self.left -= n_now
            return LINE * n_now

    return Lines()


def test_long_files_of_lines_take_constant_memory() -> None:
    tracemalloc.start()
    n_read = sum(1 for _ in read_articles(["-"], stdin=endless_lines(60_000)))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n_read == 60_000
    assert peak < 2_000_000


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "xml"])
def test_long_files_stream(suffix: str) -> None:
    """The first article comes out before the rest of the file has been read."""
    item = {"jsonl": LINE, "json": LINE.strip() + b",\n", "csv": b"The talks ended.,1\n"}
    item["xml"] = b"<item><description>The talks ended.</description></item>\n"
    head = {"jsonl": b"", "json": b"[", "csv": b"text,id\n", "xml": b"<rss><channel>\n"}[suffix]
    stream = io.BytesIO(head + item[suffix] * 20_000)
    first = next(iter(read_articles(["-"], stdin=stream)))
    assert isinstance(first, Article)
    assert stream.tell() < 200_000


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv", "html", "feed", "petrarch"])
def test_body_of_ten_megabytes_passes(format: str) -> None:
    body = "The talks ended on Tuesday. " * 360_000
    made = {
        "text": body,
        "json": json.dumps([{"text": body}]),
        "jsonl": json.dumps({"text": body}) + "\n",
        "csv": f"id,text\n1,{body}\n",
        "html": f"<html><body><p>{body}</p></body></html>",
        "feed": f"<rss><channel><item><description>{body}</description></item></channel></rss>",
        "petrarch": f"<Sentences><Sentence id='1'><Text>{body}</Text></Sentence></Sentences>",
    }[format]
    (found,) = read_articles(["-"], stdin=io.BytesIO(made.encode()))
    assert isinstance(found, Article)
    assert found.text == body.strip()


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv", "html", "feed", "petrarch", "warc"])
def test_gzip_bomb_is_refused_before_it_fills_the_memory(format: str) -> None:
    start = {
        "json": b'["',
        "jsonl": b'{"text": "',
        "csv": b'id,text\n1,"',
        "feed": b"<rss><channel><item><description>",
    }
    start |= {"petrarch": b"<Sentences><Sentence><Text>", "html": b"<html><p>"}
    start["warc"] = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40000000\r\n\r\n"
    bomb = gzip.compress(start.get(format, b"") + b"a" * 40_000_000)
    tracemalloc.start()
    found = list(read_articles(["-"], stdin=io.BytesIO(bomb), format=format, max_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too large" in found[0].reason  # type: ignore[union-attr]
    assert not any(isinstance(item, Article) for item in found)
    assert peak < 12_000_000


def test_no_reader_is_needed_to_the_end() -> None:
    found: Iterator[Article | Rejection] = read_articles(["-"], stdin=io.BytesIO(LINE * 10))
    assert isinstance(next(found), Article)
    del found
