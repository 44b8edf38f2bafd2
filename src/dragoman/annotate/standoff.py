"""Annotations kept apart from the text that they annotate, for articles that we may not or will not ship.

A stored annotation is a dict of JSON values. Its offsets count code points of ``title + "\\n\\n" + text`` exactly as the
source gives them, so that whoever has the article can rebuild the annotated document, and whoever has not learns nothing
of its wording but the names of its entities.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.annotate.form import (
    KIND_LETTERS,
    LETTERS_OF_KINDS,
    ROLE_KEYS,
    MarkedDocument,
    MarkedEntity,
    MarkedEvent,
    MarkedMention,
    MarkedSentence,
    MarkedTrigger,
    parse_documents,
)
from dragoman.errors import AnnotationError
from dragoman.records import Span

_PIECE = re.compile(r"\s+|\S")
_MENTION = re.compile(rf"([{''.join(KIND_LETTERS)}])(\d+)")

WIKINEWS_FOLDER = "data/news_wikinews"
"""Where the articles lie within the shared data."""


def to_standoff(document: MarkedDocument, article_text: str, title: str, url: str) -> dict[str, Any]:
    """Return the annotation of the document as JSON values without its text.

    Sentences are sought in title and text in their order; runs of white space count as equal. Raises AnnotationError if a
    sentence is not there, or holds white space other than single spaces, which could not be rebuilt.
    """
    base = _join(title, article_text)
    places = _locate(document, base)
    return {
        "id": document.id,
        "url": url,
        "sha256": _hash(base),
        "published": document.head.get("published", ""),
        "head": {key: value for key, value in document.head.items() if key not in ("published", "url")},
        "sentences": [
            [places[number][0], places[number][-1] + 1, _letter(sentence), sentence.paragraph]
            for number, sentence in enumerate(document.sentences)
        ],
        "mentions": [
            [*_outward(document, places, mention), f"{LETTERS_OF_KINDS[mention.kind]}{mention.entity}"]
            for mention in document.mentions
        ],
        "triggers": [[*_outward(document, places, trigger), trigger.event] for trigger in document.triggers],
        "events": [_write_event(event) for event in document.events],
        "entities": [_write_entity(entity) for entity in document.entities],
    }


def from_standoff(stored: Mapping[str, Any], title: str, article_text: str) -> MarkedDocument:
    """Return the annotated document that was stored, its text taken from the article.

    All is as it was but ``origin``, which is the URL, and the events' ``line``, which counts them from 1. Raises
    AnnotationError if title and text are not those that were annotated, or the annotation breaks the form.
    """
    base = _join(title, article_text)
    _check_hash(stored, base)
    try:
        return _rebuild(stored, base)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise AnnotationError(
            "stored annotation", where=_name(stored), expected="the keys of a standoff file", got=repr(error)
        ) from error


def write_standoff(stored: Mapping[str, Any]) -> str:
    """Return the stored annotation as JSON text with one mention, trigger, event or entity a line."""
    return "{\n" + ",\n".join(f" {_dump(key)}: {_write_value(value)}" for key, value in stored.items()) + "\n}\n"


def read_wikinews(shared: Path) -> dict[str, tuple[str, str]]:
    """Return title and text of every Wikinews article below ``shared``, by URL."""
    articles: dict[str, tuple[str, str]] = {}
    for file in sorted((shared / WIKINEWS_FOLDER).glob("wikinews_*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            articles.update((row["url"], (row["title"], row["text"])) for row in csv.DictReader(lines))
    return articles


def load_wikinews(folder_of_json: Path, shared: Path) -> Iterator[MarkedDocument | AnnotationError]:
    """Yield each annotated Wikinews article, or the error that spoils it, in the order of the file names.

    ``shared`` holds ``data/news_wikinews/wikinews_*.csv`` with the columns url, date, title and text.
    """
    articles = read_wikinews(shared)
    for file in sorted(folder_of_json.glob("*.json")):
        try:
            yield _load(file, articles)
        except AnnotationError as error:
            yield error


def _load(file: Path, articles: Mapping[str, tuple[str, str]]) -> MarkedDocument:
    try:
        stored = json.loads(file.read_text("utf-8"))
        title, text = articles[stored["url"]]
    except (OSError, ValueError, TypeError) as error:
        raise AnnotationError("cannot read", where=str(file), expected="a standoff file", got=str(error)) from error
    except KeyError as error:
        raise AnnotationError(
            "article missing", where=str(file), expected="its 'url' among the Wikinews articles", got=str(error)
        ) from error
    return from_standoff(stored, title, text)


def _join(title: str, text: str) -> str:
    return f"{title}\n\n{text}"


def _hash(base: str) -> str:
    return hashlib.sha256(base.encode("utf-8")).hexdigest()


def _name(stored: Mapping[str, Any]) -> str:
    return str(stored.get("id"))


def _check_hash(stored: Mapping[str, Any], base: str) -> None:
    if stored.get("sha256") != _hash(base):
        raise AnnotationError(
            "the article is not the one that was annotated",
            where=_name(stored),
            expected=f"sha256 {stored.get('sha256')}",
            got=_hash(base),
            fix="get title and text exactly as the source gives them",
        )


def _letter(sentence: MarkedSentence) -> str:
    return "H" if sentence.is_headline else "|"


def _locate(document: MarkedDocument, base: str) -> list[list[int]]:
    places: list[list[int]] = []
    start = 0
    for sentence in document.sentences:
        quoted = sentence.span.quote(document.text)
        match = re.compile(r"\s+".join(map(re.escape, quoted.split()))).search(base, start)
        if match is None or quoted != " ".join(quoted.split()):
            raise AnnotationError(
                "sentence",
                where=document.origin,
                expected="words of the article, in its order, parted by single spaces",
                got=repr(quoted[:80]),
            )
        places.append(_map_offsets(base, match.start(), match.end()))
        start = match.end()
    return places


def _map_offsets(base: str, start: int, end: int) -> list[int]:
    """Return for each code point of the sentence, its white space normalised, where it stands in ``base``."""
    return [piece.start() for piece in _PIECE.finditer(base, start, end)]


def _outward(
    document: MarkedDocument, places: list[list[int]], marked: MarkedMention | MarkedTrigger
) -> tuple[int, int]:
    first = document.sentences[marked.sentence].span.start
    offsets = places[marked.sentence]
    return offsets[marked.span.start - first], offsets[marked.span.end - first - 1] + 1


def _write_event(event: MarkedEvent) -> str:
    roles = [
        f"{key}={','.join(str(number or '?') for number in event.roles[key])}"
        for key in ROLE_KEYS
        if key in event.roles
    ]
    rest = {"D": event.date, "X": ",".join(event.contexts), "alt": ",".join(event.alternatives)}
    keys = [*roles, *(f"{key}={value}" for key, value in rest.items() if value)]
    return " ".join([event.event, ".".join([event.type, *event.modes]), event.status, *keys])


def _write_entity(entity: MarkedEntity) -> str:
    line = " ".join(filter(None, ["=", str(entity.number), entity.code, ",".join(entity.sectors)]))
    if entity.name or entity.office:
        line += f" | {entity.name or ''}"
    return f"{line} | {entity.office}" if entity.office else line


def _rebuild(stored: Mapping[str, Any], base: str) -> MarkedDocument:
    text, sentences, places = _rebuild_text(stored, base)
    inward = _Inward([offsets[0] for offsets in places], sentences, places)
    events, entities = _parse_lines(stored)
    return MarkedDocument(
        id=stored["id"],
        head={"published": stored["published"], **stored["head"], "url": stored["url"]},
        text=text,
        sentences=tuple(sentences),
        mentions=tuple(_rebuild_mention(inward, *line) for line in stored["mentions"]),
        triggers=tuple(
            MarkedTrigger(*inward.find(start, end), event=event) for start, end, event in stored["triggers"]
        ),
        events=events,
        entities=entities,
        origin=stored["url"],
    )


def _rebuild_text(stored: Mapping[str, Any], base: str) -> tuple[str, list[MarkedSentence], list[list[int]]]:
    text = ""
    sentences: list[MarkedSentence] = []
    for start, end, letter, paragraph in stored["sentences"]:
        if sentences:
            text += " " if paragraph == sentences[-1].paragraph else "\n\n"
        words = " ".join(base[start:end].split())
        sentences.append(MarkedSentence(Span(len(text), len(text) + len(words)), paragraph, letter == "H"))
        text += words
    return text, sentences, [_map_offsets(base, start, end) for start, end, *_ in stored["sentences"]]


class _Inward:
    """Turns offsets into the article into spans of the document's text."""

    def __init__(self, starts: list[int], sentences: list[MarkedSentence], places: list[list[int]]) -> None:
        self.starts = starts
        self.sentences = sentences
        self.positions = [{offset: index for index, offset in enumerate(offsets)} for offsets in places]

    def find(self, start: int, end: int) -> tuple[Span, int]:
        """Return the span and the number of its sentence."""
        number = bisect_right(self.starts, start) - 1
        first = self.sentences[number].span.start
        positions = self.positions[number]
        return Span(first + positions[start], first + positions[end - 1] + 1), number


def _rebuild_mention(inward: _Inward, start: int, end: int, name: str) -> MarkedMention:
    match = _MENTION.fullmatch(name)
    if match is None:
        raise ValueError(f"mention {name!r}")
    return MarkedMention(*inward.find(start, end), kind=KIND_LETTERS[match[1]], entity=int(match[2]))


def _parse_lines(stored: Mapping[str, Any]) -> tuple[tuple[MarkedEvent, ...], tuple[MarkedEntity, ...]]:
    """Return events and entities as the form's own parser reads them, so that form and storage cannot drift apart."""
    form = "\n".join([f"=== {stored['id']}", "| x", *(f"  {line}" for line in stored["events"]), *stored["entities"]])
    (parsed,) = parse_documents(form, _name(stored))
    if isinstance(parsed, AnnotationError):
        raise parsed
    events = tuple(replace(event, line=number) for number, event in enumerate(parsed.events, start=1))
    return events, parsed.entities


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_value(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _dump(value)
    return "[\n" + ",\n".join(f"  {_dump(item)}" for item in value) + "\n ]"
