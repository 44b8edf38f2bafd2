"""Plain text: one file, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from dragoman.errors import EmptyArticle, InputError, UnreadableInput
from dragoman.ingest.characters import clean, clean_line, looks_binary, printable, quoted
from dragoman.ingest.encoding import decode, encoding_of
from dragoman.ingest.fields import day_of, field_named, language_of
from dragoman.ingest.source import Source
from dragoman.records import Article, Rejection

name = "text"
suffixes = (".txt", ".text", ".md")

_LONGEST_TITLE = 200
_HEADER = re.compile(r"([A-Za-z][A-Za-z _-]{1,20}):[ \t]*(.*)")
# Headers that we know but keep nothing of.
_OTHER_HEADERS = frozenset(("author", "by", "byline", "section", "category", "tags", "keywords"))
_FENCE = "---"
_NAMED_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})(?![0-9])")
_BYLINE = re.compile(r"by\s+[A-Z]", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$")
_SENTENCE_END = re.compile(r"[.:;,–—-][\"'”’»)\]]*$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})")
_CONTROL_FREE = 0.1


def sniff(head: str) -> float:
    """Return a low score for anything that holds words: every other format's claim is better."""
    return 0.0 if looks_binary(head) else _CONTROL_FREE


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return the file's one article; raises InputError where there is no text in it."""
    data = source.whole()
    text = decode(data)
    if encoding_of(data) is None or looks_binary(text):
        raise _no_text(text)
    headers, body = _split_headers(clean(text))
    title, body = (headers["title"], body) if "title" in headers else _split_title(body)
    if not body:
        raise EmptyArticle("empty text", expected="an article's words", got="nothing", fix="leave the file out")
    yield Article(
        text=body,
        title=title,
        published=day_of(headers.get("published"), "Date") or _day_in_name(source.name),
        outlet=headers.get("outlet"),
        url=headers.get("url"),
        source_id=headers.get("id"),
        language=language_of(headers.get("language")),
        origin=printable(source.origin),
    )


def _split_headers(text: str) -> tuple[dict[str, str], str]:
    """Return the "Title: ..." lines at the top, by our names, and the rest.

    They count where a blank line, a fence ("---") or the end of the text follows them.
    """
    lines = text.split("\n", 40)
    fenced = lines[0].strip() == _FENCE
    headers: dict[str, str] = {}
    n_headers = int(fenced)
    while n_headers < len(lines) and (found := _HEADER.fullmatch(lines[n_headers].strip())):
        part = field_named(found[1])
        if part in (None, "text") and found[1].lower() not in _OTHER_HEADERS:
            break
        if part and clean_line(found[2]):
            headers.setdefault(part, clean_line(found[2]).strip("\"'") if fenced else clean_line(found[2]))
        n_headers += 1
    after = lines[n_headers].strip() if n_headers < len(lines) else ""
    if not headers or after not in ("", _FENCE):
        return {}, text
    return headers, "\n".join(lines[n_headers + 1 :]).strip()


def _split_title(text: str) -> tuple[str | None, str]:
    """Return the title and the rest, where the first line is one."""
    first, _, rest = text.partition("\n")
    second, _, after = rest.partition("\n")
    if first.startswith("# ") and rest.strip():
        return clean_line(first[2:]), rest.strip()
    if _UNDERLINE.fullmatch(second.strip()) and after.strip():
        return clean_line(first), after.strip()
    if not second.strip() and rest.strip() and _is_title(first.strip()):
        return clean_line(first), rest.strip()
    return None, text


def _is_title(line: str) -> bool:
    """Return whether a line that stands by itself reads like a headline: short, and not a sentence, lead-in or byline."""
    if not 0 < len(line) <= _LONGEST_TITLE or _BYLINE.match(line) or not any(char.isalpha() for char in line):
        return False
    return bool(_ABBREVIATION.search(line)) or not _SENTENCE_END.search(line)


def _day_in_name(name: str) -> date | None:
    """Return the day with which the file name begins ("2017-08-31-talks.txt"), or None."""
    found = _NAMED_DAY.match(PurePath(name).name)
    try:
        return day_of(found[1]) if found else None
    except InputError:
        return None


def _no_text(text: str) -> UnreadableInput:
    return UnreadableInput(
        "no text", expected="a news text", got=quoted(text), fix="it holds binary data; leave it out"
    )
