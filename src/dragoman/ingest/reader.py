"""Files, folders and standard input -> articles."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import DragomanError, EmptyArticle, UnreadableInput
from dragoman.ingest.characters import quoted
from dragoman.ingest.encoding import decode
from dragoman.ingest.fields import rejection, unexpected
from dragoman.ingest.formats import Format, format_named, format_of
from dragoman.ingest.kind import kind_of
from dragoman.ingest.markup import nested_too_deeply
from dragoman.ingest.source import ARTICLE_LIMIT, Source, open_source
from dragoman.records import Article, Rejection

STANDARD_INPUT = "-"
_STANDARD_INPUT_NAME = "<stdin>"


def read_articles(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    format: str | None = None,
    stdin: BinaryIO | None = None,
    max_bytes: int = ARTICLE_LIMIT,
) -> Iterator[Article | Rejection]:
    """Return the articles of files, folders and standard input ("-"), in order, and a rejection for each unusable one.

    ``published`` and ``outlet`` are used only for articles that carry none. ``format`` names the format of every input
    ("text", "html", "json", "jsonl", "csv", "feed", "warc", "petrarch"); left out, it is told from content and file name.
    Folders are read with their subfolders, in the order of their names. An article of more than ``max_bytes`` after
    unpacking is rejected. Input never stops the run; an unknown ``format`` raises SettingsError at once.
    """
    given = format_named(format) if format is not None else None
    wanted = (paths,) if isinstance(paths, str | Path) else paths
    found = _read_all(wanted, given, stdin, max_bytes)
    return (_completed(item, published, outlet) if isinstance(item, Article) else item for item in found)


def _completed(article: Article, published: date | None, outlet: str | None) -> Article:
    if (article.published or not published) and (article.outlet or not outlet):
        return article
    return replace(article, published=article.published or published, outlet=article.outlet or outlet)


def _read_all(
    paths: Iterable[str | Path], given: Format | None, stdin: BinaryIO | None, limit: int
) -> Iterator[Article | Rejection]:
    for path in paths:
        if str(path) == STANDARD_INPUT:
            stream = stdin if stdin is not None else sys.stdin.buffer
            yield from _read_stream(_STANDARD_INPUT_NAME, stream, given, limit)
        else:
            yield from _read_path(Path(path), given, limit)


def _read_path(path: Path, given: Format | None, limit: int) -> Iterator[Article | Rejection]:
    try:
        if path.is_dir():
            yield from _read_folder(path, given, limit)
        elif path.exists() and not (path.is_file() or path.is_fifo()):
            yield rejection(str(path), _no_file(path))
        else:
            with path.open("rb") as stream:
                yield from _read_stream(str(path), stream, given, limit)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        yield rejection(str(path), _unreadable(error))


def _read_folder(folder: Path, given: Format | None, limit: int) -> Iterator[Article | Rejection]:
    """Return the articles of all files under the folder, hidden ones left out; a file of no known kind is rejected."""
    is_empty = True
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith("."):
            continue
        is_empty = False
        if path.is_symlink() and path.is_dir():
            continue  # it may lead back up, and round in circles
        if path.is_fifo():
            yield rejection(str(path), _no_file(path))
        else:
            yield from _read_path(path, given, limit)
    if is_empty:
        yield rejection(
            str(folder), EmptyArticle("no article", expected="files in the folder", got="none", fix="check the path")
        )


def _read_stream(origin: str, stream: BinaryIO, given: Format | None, limit: int) -> Iterator[Article | Rejection]:
    """Return what one input holds. Whatever is wrong with it ends this input and none of the others."""
    n_read = 0
    try:
        source = open_source(origin, Path(origin).name, stream, limit)
        for item in _chosen(source, given).read(source):
            n_read += 1
            yield item
        if not n_read:
            yield rejection(origin, _nothing_in("an input without articles"))
    except DragomanError as error:
        yield rejection(origin, error)
    except RecursionError:
        yield rejection(origin, nested_too_deeply())
    except OSError as error:
        yield rejection(origin, _unreadable(error))
    except Exception as error:  # noqa: BLE001 - no input, however hostile, may stop the run
        yield rejection(origin, unexpected(error))


def _chosen(source: Source, given: Format | None) -> Format:
    """Return the format to read the input with; raises InputError where it is empty, broken or no text."""
    if not source.head:
        raise source.failure or _nothing_in("an empty file")
    kind = kind_of(source.head)
    if kind:
        raise UnreadableInput("wrong kind of file", expected="a news text", got=kind.name, fix=kind.fix)
    head = decode(source.head).lstrip("\ufeff")
    if not head.strip():
        raise _nothing_in("nothing but white space")
    return given or format_of(source.name, head)


def _nothing_in(got: str) -> EmptyArticle:
    return EmptyArticle("no article", expected="at least one", got=got, fix="leave it out")


def _no_file(path: Path) -> UnreadableInput:
    return UnreadableInput("no file", expected="a file or folder", got=quoted(path.name), fix="leave it out")


def _unreadable(error: OSError | ValueError) -> UnreadableInput:
    got = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadableInput(
        "cannot be opened", expected="a readable file", got=quoted(got), fix="check path and permission"
    )
