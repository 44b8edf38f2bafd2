"""The annotation form: documents with inline marks that people can read and edit, parsed into exact offsets.

The form is described in ``docs/annotation.md``. Parsing checks the grammar; whether codes are legal and links lead
somewhere is ``check``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.errors import AnnotationError
from dragoman.records import MentionKind, Span

KIND_LETTERS = {
    "S": MentionKind.STATE,
    "P": MentionKind.PERSON,
    "R": MentionKind.ROLE,
    "O": MentionKind.ORGANISATION,
    "G": MentionKind.GROUP,
    "N": MentionKind.PRONOUN,
    "D": MentionKind.DEMONYM,
    "L": MentionKind.PLACE,
    "T": MentionKind.TIME,
    "W": MentionKind.WEAPON,
}
LETTERS_OF_KINDS = {kind: letter for letter, kind in KIND_LETTERS.items()}
ROLE_KEYS = "ARPTS"
_OPEN = re.compile(r"\[([SPROGNDLTW])(\d+) |\{(e\d+) ")
_ESCAPE = re.compile(r"\\([\[\]{}\\])")
_HEAD = re.compile(r"(\w+):\s*(.*)")
_EVENT = re.compile(r"\s+(e\d+)\s+(\S+)\s+([a-z]+)((?:\s+\S+)*)\s*$")
_ENTITY = re.compile(r"=\s*(\d+)\s+(\S+)(?:\s+([^|\s]+))?\s*(?:\|\s*([^|]*?)\s*)?(?:\|\s*(.*?)\s*)?$")


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A marked mention: its span in the document's text, sentence number, kind, and entity number."""

    span: Span
    sentence: int
    kind: MentionKind
    entity: int


@dataclass(frozen=True, slots=True)
class MarkedTrigger:
    """A marked trigger: its span in the document's text, sentence number, and event name ("e3")."""

    span: Span
    sentence: int
    event: str


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """A distinct event of a document: type, modes, status, and the entity numbers that fill its roles.

    ``roles`` maps "A", "R", "P", "T", "S" to entity numbers; a 0 among the actors stands for an actor whom nobody names.
    ``date`` is the resolved date as written ("2022-11-14/week"), or None. ``line`` is the file's line, from 1.
    """

    event: str
    type: str
    modes: tuple[str, ...]
    status: str
    roles: dict[str, tuple[int, ...]]
    date: str | None
    contexts: tuple[str, ...]
    alternatives: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MarkedEntity:
    """An entity: its number, its code ("place" for places), sectors (a place's country), name and office."""

    number: int
    code: str
    sectors: tuple[str, ...]
    name: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence: its span in the document's text, its paragraph, and whether it is the headline."""

    span: Span
    paragraph: int
    is_headline: bool


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """An annotated document. ``text`` is the plain text that all spans point into: sentences joined by one space,
    paragraphs by a blank line. ``head`` holds the head's keys. ``origin`` is "file:line"."""

    id: str
    head: dict[str, str]
    text: str
    sentences: tuple[MarkedSentence, ...]
    mentions: tuple[MarkedMention, ...]
    triggers: tuple[MarkedTrigger, ...]
    events: tuple[MarkedEvent, ...]
    entities: tuple[MarkedEntity, ...]
    origin: str


def parse_documents(text: str, file: str) -> Iterator[MarkedDocument | AnnotationError]:
    """Yield each document of a file, or the error that spoils it; an error in one document leaves the others whole."""
    for start, lines in _split_documents(text.splitlines()):
        try:
            yield _Builder(file, start).build(lines)
        except AnnotationError as error:
            yield error


def _split_documents(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    starts = [number for number, line in enumerate(lines) if line.startswith("===")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, lines[start:end]


class _Builder:
    """Collects one document line by line; used once."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.line = first_line
        self.head: dict[str, str] = {}
        self.text = ""
        self.paragraph = 0
        self.new_paragraph = True
        self.sentences: list[MarkedSentence] = []
        self.mentions: list[MarkedMention] = []
        self.triggers: list[MarkedTrigger] = []
        self.events: list[MarkedEvent] = []
        self.entities: list[MarkedEntity] = []

    def fail(self, what: str, expected: str, got: str) -> AnnotationError:
        return AnnotationError(what, where=f"{self.file}:{self.line}", expected=expected, got=repr(got[:80]))

    def build(self, lines: list[str]) -> MarkedDocument:
        name = lines[0].removeprefix("===").strip()
        if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", name):
            raise self.fail("document id", "an id such as inv-sea-0042", name)
        for line in lines[1:]:
            self.line += 1
            self._take(line.rstrip())
        if not self.sentences:
            raise self.fail(f"document {name}", "at least one sentence", "none")
        return MarkedDocument(
            id=name,
            head=self.head,
            text=self.text,
            sentences=tuple(self.sentences),
            mentions=tuple(sorted(self.mentions, key=lambda mention: (mention.span.start, -mention.span.end))),
            triggers=tuple(sorted(self.triggers, key=lambda trigger: trigger.span)),
            events=tuple(self.events),
            entities=tuple(self.entities),
            origin=f"{self.file}:{self.first_line}",
        )

    def _take(self, line: str) -> None:
        if not line.strip():
            self.new_paragraph = True
        elif line.startswith(("| ", "H| ")):
            self._take_sentence(line.split("| ", 1)[1].strip(), is_headline=line.startswith("H"))
        elif line.startswith("="):
            self._take_entity(line)
        elif line[0].isspace():
            self._take_event(line)
        elif not line.startswith("#"):
            self._take_head(line)

    def _take_head(self, line: str) -> None:
        match = _HEAD.fullmatch(line)
        if match is None or self.sentences:
            raise self.fail("line", "'key: value', '| sentence', an indented event line or '= entity'", line)
        self.head[match[1]] = match[2]

    def _take_sentence(self, marked: str, *, is_headline: bool) -> None:
        if self.sentences:
            new = self.new_paragraph or self.sentences[-1].is_headline
            self.text += "\n\n" if new else " "
            self.paragraph += new
        self.new_paragraph = False
        start = len(self.text)
        self._take_marks(marked)
        self.sentences.append(MarkedSentence(Span(start, len(self.text)), self.paragraph, is_headline))

    def _take_marks(self, marked: str) -> None:
        opened: list[tuple[str, str, int]] = []
        position = 0
        while position < len(marked):
            if escape := _ESCAPE.match(marked, position):
                self.text += escape[1]
                position = escape.end()
            elif opening := _OPEN.match(marked, position):
                opened.append((opening[1] or "e", opening[2] or opening[3], len(self.text)))
                position = opening.end()
            elif marked[position] in "]}":
                self._close(opened, marked, position)
                position += 1
            elif marked[position] in "[{":
                raise self.fail("mark", "'[K12 words]' or '{e1 words}'", marked[position : position + 30])
            else:
                self.text += marked[position]
                position += 1
        if opened:
            raise self.fail("mark", "every mark closed", marked)

    def _close(self, opened: list[tuple[str, str, int]], marked: str, position: int) -> None:
        bracket = marked[position]
        if not opened or (opened[-1][0] == "e") != (bracket == "}"):
            raise self.fail(
                "mark", "a mark that was opened, nested properly", marked[max(0, position - 40) : position + 1]
            )
        letter, name, start = opened.pop()
        span = Span(start, len(self.text))
        quoted = span.quote(self.text)
        if not quoted or quoted != quoted.strip():
            raise self.fail("mark", "words without white space at their ends", quoted)
        if letter == "e":
            self.triggers.append(MarkedTrigger(span, len(self.sentences), name))
        else:
            self.mentions.append(MarkedMention(span, len(self.sentences), KIND_LETTERS[letter], int(name)))

    def _take_event(self, line: str) -> None:
        match = _EVENT.match(line)
        if match is None:
            raise self.fail("event line", "'e1 TYPE.mode status A=1 R=2 ...'", line.strip())
        kind, *modes = match[2].split(".")
        keys = self._read_keys(match[4].split())
        self.events.append(
            MarkedEvent(
                event=match[1],
                type=kind,
                modes=tuple(modes),
                status=match[3],
                roles={key: self._read_numbers(keys[key]) for key in ROLE_KEYS if key in keys},
                date=keys.get("D"),
                contexts=_split_commas(keys.get("X")),
                alternatives=_split_commas(keys.get("alt")),
                line=self.line,
            )
        )

    def _read_keys(self, words: list[str]) -> dict[str, str]:
        keys: dict[str, str] = {}
        for word in words:
            key, equals, value = word.partition("=")
            if not equals or not value or key not in {*ROLE_KEYS, "D", "X", "alt"} or key in keys:
                raise self.fail("event line", "keys A= R= P= T= S= D= X= alt=, each once and with a value", word)
            keys[key] = value
        return keys

    def _read_numbers(self, value: str) -> tuple[int, ...]:
        try:
            return tuple(0 if number == "?" else int(number) for number in value.split(","))
        except ValueError:
            raise self.fail("event line", "entity numbers joined by commas, or ?", value) from None

    def _take_entity(self, line: str) -> None:
        match = _ENTITY.match(line)
        if match is None:
            raise self.fail("entity line", "'= 1 PHL GOV | name | office'", line)
        number, code, sectors, name, office = match.groups()
        self.entities.append(MarkedEntity(int(number), code, _split_commas(sectors), name or None, office or None))


def _split_commas(value: str | None) -> tuple[str, ...]:
    return tuple(value.split(",")) if value else ()


def count_sentences(documents: Iterable[MarkedDocument]) -> int:
    """Return the number of sentences of the documents."""
    return sum(len(document.sentences) for document in documents)
