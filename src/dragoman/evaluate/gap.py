"""GAP (Webster et al. 2018; Apache-2.0): ambiguous pronouns of Wikipedia, each with two names of which it means one, or neither."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.records import Article, Document, Mention, MentionKind, Sentence, Span
from dragoman.resolve.coreference_words import load_pointing_words
from dragoman.segment import split_sentences

_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:(?:de|la|le|van|von|der|del|da|di|bin|al) )?[A-Z][\w.'’-]*)*")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GapItem:
    """A text with a pronoun and two names, as numbers of mentions; whether the pronoun means the first, or the second."""

    name: str
    document: Document
    mentions: tuple[Mention, ...]
    pronoun: int
    names: tuple[int, int]
    gold: tuple[bool, bool]
    is_feminine: bool


def read_gap(path: Path) -> Iterator[GapItem]:
    """Yield the items of a file. Persons' names other than the two, and other pronouns, are found by their look."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield _read_item(row)


def _read_item(row: dict[str, str]) -> GapItem:
    text = row["Text"]
    names = [_span(row["A-offset"], row["A"]), _span(row["B-offset"], row["B"])]
    pronoun = _span(row["Pronoun-offset"], row["Pronoun"])
    sentences = tuple(Sentence(number, span, 0) for number, span in enumerate(split_sentences(text)))
    document = Document(Article(text, origin=row["ID"]), text, sentences)
    kinds = dict.fromkeys(_find_persons(text, names), MentionKind.PERSON) | dict.fromkeys(names, MentionKind.PERSON)
    kinds |= {Span(*match.span()): MentionKind.PRONOUN for match in _PRONOUN.finditer(text)}
    kinds[pronoun] = MentionKind.PRONOUN
    spans = sorted(kinds, key=lambda span: (span.start, -span.end))
    mentions = tuple(Mention(span, _sentence_of(document, span), kinds[span]) for span in spans)
    return GapItem(
        name=row["ID"],
        document=document,
        mentions=mentions,
        pronoun=spans.index(pronoun),
        names=(spans.index(names[0]), spans.index(names[1])),
        gold=(row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"),
        is_feminine=row["Pronoun"].lower() in ("she", "her", "hers"),
    )


def _span(offset: str, words: str) -> Span:
    return Span(int(offset), int(offset) + len(words))


def _sentence_of(document: Document, span: Span) -> int:
    sentence = document.sentence_at(span.start)
    return sentence.index if sentence is not None else 0


def _find_persons(text: str, known: Sequence[Span]) -> Iterator[Span]:
    """Yield what looks like a person's name: a given name that we know, or words of one of the two names."""
    words = {word for span in known for word in span.quote(text).split()}
    given = load_pointing_words().given_names
    for match in _NAME.finditer(text):
        name = re.sub(r"['’]s?$", "", match[0]).rstrip(".")
        span = Span(match.start(), match.start() + len(name))
        parts = name.split()
        is_person = bool(words & set(parts)) or (len(parts) > 1 and parts[0].lower() in given)
        if is_person and not any(span.overlaps(other) for other in known):
            yield span
