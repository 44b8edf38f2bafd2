"""Corrected articles -> annotated documents, from which a reader can be trained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from dragoman.annotate.anchor import find_anchor
from dragoman.annotate.check import check_document
from dragoman.annotate.form import (
    MarkedDocument,
    MarkedEntity,
    MarkedEvent,
    MarkedMention,
    MarkedSentence,
    MarkedTrigger,
)
from dragoman.ontology import load_ontology
from dragoman.records import MentionKind, Record, Span
from dragoman.resolve.dates import TimeExpression, find_times, resolve_time
from dragoman.segment import split_sentences
from dragoman.serve.amend import HAND, added_to
from dragoman.store import Filter, Store, StoredArticle

_PRONOUNS = frozenset("he she it they him her them his its their we us our who both".split())
_MOST_CONTEXTS = 3
_SUFFIXES = {"week": "/week"}
_LENGTHS = {"month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Taught:
    """The documents made, by article id, and why other corrected articles gave none, a line each."""

    documents: tuple[MarkedDocument, ...]
    left_out: tuple[str, ...]


def teach(store: Store) -> Taught:
    """Return an annotated document for each article that an analyst corrected, reprints left out.

    All that the article's records say now is taken as right: what the analyst changed or added, and what was left as it was.
    Records struck out are not marked. A party without words in the article cannot be marked and is left out of its event.
    """
    documents, left_out = [], []
    for name in _corrected_articles(store):
        article = store.find_article(name)
        if article is None or article.is_copy:
            continue
        records = [*store.records_of(name), *added_to(store, article)]
        document = mark_article(article, [one.record for one in records if not one.is_struck])
        faults = [what for _, what in check_document(document, load_ontology())]
        left_out += [f"{name}: {faults[0]}"] if faults else []
        documents += [] if faults else [document]
    return Taught(tuple(documents), tuple(left_out))


def _corrected_articles(store: Store) -> list[str]:
    there = {one.key.partition("@")[0] for one in store.corrections() if one.undone is None and "@" in one.key}
    there |= {one.record["article_id"] for one in store.records(Filter(source=(HAND,)))}
    return sorted(there)


def mark_article(article: StoredArticle, records: Iterable[Record]) -> MarkedDocument:
    """Return the article with the words of these records marked."""
    page = _Page(article.text)
    for number, record in enumerate(records, 1):
        page.add(f"e{number}", record)
    published = article.published.isoformat() if article.published else ""
    page.mark_times(article.published)
    head = {
        "published": published,
        "outlet": _line(article.outlet) or "unknown",
        "region": "unknown",
        "style": "corrected",
    }
    return page.document(f"desk-{article.id.partition('-')[2]}", head)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


@dataclass
class _Page:
    """One article's words, single-spaced as the form wants them, and the marks made on them so far."""

    source: str
    text: str = ""
    sentences: list[MarkedSentence] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    mentions: dict[Span, MarkedMention] = field(default_factory=dict)
    triggers: list[MarkedTrigger] = field(default_factory=list)
    events: list[MarkedEvent] = field(default_factory=list)
    entities: dict[tuple[Any, ...], MarkedEntity] = field(default_factory=dict)
    n_times: int = 0
    days: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        paragraph, last = 0, 0
        for span in split_sentences(self.source):
            if self.sentences:
                is_new = "\n\n" in self.source[last : span.start]
                paragraph += is_new
                self.text += "\n\n" if is_new else " "
            self._take(span, paragraph)
            last = span.end

    def _take(self, span: Span, paragraph: int) -> None:
        """Copy a sentence with white space as single spaces, noting where each character went."""
        start = len(self.text)
        for place in range(span.start, span.end):
            is_space = self.source[place].isspace()
            if is_space and self.text[-1:] == " ":
                continue
            self.places[place] = len(self.text)
            self.text += " " if is_space else self.source[place]
        self.sentences.append(MarkedSentence(Span(start, len(self.text)), paragraph, is_headline=False))

    def add(self, name: str, record: Record) -> None:
        """Mark what a record rests on; one whose act stands on no words is passed over."""
        anchors = [self._words(one["anchor_start"], one["anchor_end"]) for one in record["evidence"]]
        triggers = [self._trigger(name, *found) for found in dict.fromkeys(filter(None, anchors))]
        if not any(triggers):
            return
        roles = {"A": self._numbers(record["actor"]) or (0,), "R": self._numbers(record["recipient"])}
        roles["P"] = self._place(record["event_loc"])
        roles["S"] = self._numbers([record["speaker"]] if record["speaker"] else [])
        if record["date"] and record["date_basis"] == "text":
            self.days[name] = record["date"]
        self.events.append(
            MarkedEvent(
                event=name, type=record["event"], modes=tuple(record["mode"]), status=record["status"],
                roles={key: numbers for key, numbers in roles.items() if numbers}, date=_date(record),
                contexts=tuple(record["context"][:_MOST_CONTEXTS]), alternatives=(), line=0,
            )
        )  # fmt: skip

    def _words(self, start: int | None, end: int | None) -> tuple[Span, int] | None:
        """Return where words of the article went, and in which sentence; None where they are not within one."""
        if start is None or end is None:
            return None
        there = [self.places[place] for place in range(start, end) if place in self.places]
        if not there:
            return None
        words = self.text[there[0] : there[-1] + 1]
        span = Span(there[0] + len(words) - len(words.lstrip()), there[0] + len(words.rstrip()))
        for number, sentence in enumerate(self.sentences):
            if span.start < span.end and sentence.span.covers(span):
                return span, number
        return None

    def _trigger(self, name: str, span: Span, sentence: int) -> bool:
        span = Span(span.start + find_anchor(span.quote(self.text)), span.end)
        if not self._nests(span) or any(one.span == span for one in self.triggers):
            return False
        self.triggers.append(MarkedTrigger(span, sentence, name))
        return True

    def _nests(self, span: Span) -> bool:
        """Return whether the mark lies within, around or apart from every other."""
        others = (*self.mentions, *(one.span for one in self.triggers))
        return all(
            one.end <= span.start or span.end <= one.start or one.covers(span) or span.covers(one) for one in others
        )

    def _numbers(self, parties: list[dict[str, Any]]) -> tuple[int, ...]:
        found = (self._mention(one, (one["code"], *one["sector"]), _kind(one)) for one in parties)
        return tuple(dict.fromkeys(number for number in found if number))

    def _place(self, place: dict[str, Any] | None) -> tuple[int, ...]:
        if not place:
            return ()
        number = self._mention(place, ("place", *filter(None, [place["country"]])), MentionKind.PLACE)
        return (number,) if number else ()

    def _mention(self, party: dict[str, Any], codes: tuple[str, ...], kind: MentionKind) -> int:
        """Return the number of the entity whose words these are, marked now if they were not; 0 where there are no words."""
        found = self._words(party.get("start"), party.get("end"))
        if found is None:
            return 0
        if found[0] in self.mentions:
            return self.mentions[found[0]].entity
        if not self._nests(found[0]):
            return 0
        number = self._entity(codes, _line(party.get("name")).replace("|", " "), found[0])
        self.mentions[found[0]] = MarkedMention(found[0], found[1], kind, number)
        return number

    def _entity(self, codes: tuple[str, ...], name: str, span: Span) -> int:
        key = (codes, name or span.quote(self.text).lower())
        code, sectors = codes[0], codes[1:] or (() if codes[0] == "place" else ("UNK",))
        made = MarkedEntity(len(self.entities) + 1, code, sectors, name or None, None)
        return self.entities.setdefault(key, made).number

    def mark_times(self, published: date | None) -> None:
        """Mark the words that tell a day or a longer date, and give them to the events of their sentence that lie there."""
        for number, sentence in enumerate(self.sentences):
            for found in find_times(self.text, sentence.span):
                if not self._nests(found.span) or found.span in self.mentions:
                    continue
                self.n_times += 1
                entity = len(self.entities) + self.n_times
                self.mentions[found.span] = MarkedMention(found.span, number, MentionKind.TIME, entity)
                self._date_events(number, entity, found, published)

    def _date_events(self, sentence: int, entity: int, found: TimeExpression, published: date | None) -> None:
        """Give a time to the events of its sentence that have no time yet and whose day it can mean, read as past or as future."""
        here = {one.event for one in self.triggers if one.sentence == sentence}
        for index, event in enumerate(self.events):
            wanted = date.fromisoformat(self.days[event.event]) if event.event in self.days else None
            if event.event in here and "T" not in event.roles and wanted and _can_mean(found, published, wanted):
                self.events[index] = replace(event, roles={**event.roles, "T": (entity,)})

    def document(self, name: str, head: dict[str, str]) -> MarkedDocument:
        """Return the document made so far."""
        return MarkedDocument(
            id=name, head=head, text=self.text, sentences=tuple(self.sentences),
            mentions=tuple(sorted(self.mentions.values(), key=lambda one: (one.span.start, -one.span.end))),
            triggers=tuple(sorted(self.triggers, key=lambda one: one.span)), events=tuple(self.events),
            entities=tuple(self.entities.values()), origin=name,
        )  # fmt: skip


def _can_mean(found: TimeExpression, published: date | None, day: date) -> bool:
    """Return whether an expression, read in an article of this day, can name the day."""
    tenses: tuple[Literal["past", "future"], ...] = ("past", "future")
    moments = [resolve_time(found, published=published, tense=tense) for tense in tenses] if published else []
    return any(moment.date <= day <= moment.last_day for moment in moments if moment)


def _kind(party: dict[str, Any]) -> MentionKind:
    """Return what sort of words name a party. The records do not say, so it is told from the words and what is known of them."""
    words = party.get("text") or ""
    if words.lower() in _PRONOUNS:
        return MentionKind.PRONOUN
    if party.get("office"):
        return MentionKind.PERSON if words[:1].isupper() else MentionKind.ROLE
    if not words[:1].isupper():
        return MentionKind.GROUP if words.endswith("s") else MentionKind.ROLE
    return MentionKind.STATE if party["sector"] == ["GOV"] else MentionKind.ORGANISATION


def _date(record: Record) -> str | None:
    """Return the date as the form writes it; None where the text gave none."""
    if not record["date"] or record["date_basis"] != "text":
        return None
    day, kind = str(record["date"]), record["date_granularity"]
    if record["enddate"]:
        return f"{day}..{record['enddate']}"
    return day[: _LENGTHS.get(kind, len(day))] + _SUFFIXES.get(kind, "")
