"""JSON Lines: one object a line, one article each. A bad line costs that line only."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.errors import UnreadableInput
from dragoman.ingest.characters import quoted
from dragoman.ingest.fields import attempt
from dragoman.ingest.objects import article_of, invalid_json, parse
from dragoman.ingest.source import Source, decode_line, too_large
from dragoman.records import Article, Rejection

name = "jsonl"
suffixes = (".jsonl", ".ndjson", ".jl")


def sniff(head: str) -> float:
    """Return a high score where the first line is an object by itself and the next one begins another."""
    first, _, rest = head.lstrip("\ufeff \t\r\n").partition("\n")
    if not first.startswith("{") or not first.rstrip().endswith("}"):
        return 0.0
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return 0.0
    return 0.9 if rest.lstrip().startswith("{") else 0.6


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return one article or rejection for each line that is not blank."""
    encoding = source.encoding
    for number, line in enumerate(source.lines(), start=1):
        if line.strip(b"\xef\xbb\xbf \t\r"):
            origin = f"{source.origin}:{number}"
            yield attempt(origin, _read_line, line, encoding, origin, source.limit)


def _read_line(line: bytes, encoding: str, origin: str, limit: int) -> Article:
    if len(line) > limit:
        raise too_large(limit)
    text = decode_line(line, encoding).lstrip("\ufeff").strip()
    try:
        value = parse(text)
    except json.JSONDecodeError as error:
        raise invalid_json(error.msg, text) from error
    except RecursionError:
        raise
    except ValueError as error:
        raise UnreadableInput("invalid JSON", expected="an object", got=quoted(text), fix=str(error)) from error
    return article_of(value, origin)
