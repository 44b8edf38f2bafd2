"""The one place where the stages meet: Article -> Document -> Reading -> Resolved -> Event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

from dragoman import __version__
from dragoman.code import code_one
from dragoman.errors import DragomanError, EmptyArticle, InputError
from dragoman.export import Events
from dragoman.ontology import Ontology, load_ontology
from dragoman.read import EMBEDDED, LexicalReader, NeuralReader, Reader
from dragoman.records import Article, Document, Event, Provenance, Reading, Rejection
from dragoman.resolve import Resolver, load_resolver
from dragoman.segment import segment_article

_BATCH = 32
"""Documents handed to the reader at once; the result does not depend on it."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_Stage = Literal["segment", "read", "resolve", "code"]


@dataclass(frozen=True, slots=True)
class Coded:
    """One article coded: the document that the offsets point into, and its events in text order."""

    document: Document
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes articles: a reader, the knowledge of who is who, and an ontology, put together."""

    reader: Reader
    resolver: Resolver
    ontology: Ontology

    @property
    def provenance(self) -> Provenance:
        """What made the records: coder, model and codebook, as each record cites them."""
        return Provenance(f"dragoman {__version__}", self.reader.name, self.ontology.name)

    def code(
        self, text: str, *, published: str | date | None = None, title: str | None = None, outlet: str | None = None
    ) -> Events:
        """Return the events of one article given as text.

        ``published`` is the day of publication as an ISO date ("2017-08-31") or a date; without it, relative dates stay open.
        Raises InputError where the date is none or nothing is left of the text to code.
        """
        article = Article(text=text, title=title, published=_read_day(published), outlet=outlet)
        results = list(self.code_articles([article]))
        for result in results:
            if isinstance(result, Rejection):
                raise EmptyArticle(result.reason) if result.stage == "segment" else InputError(result.reason)
        return gather_events(results)

    def code_articles(self, articles: Iterable[Article | Rejection]) -> Iterator[Coded | Rejection]:
        """Yield the outcome of each article, in order. A rejection passes through; a bad article becomes one."""
        stream = iter(articles)
        while batch := list(islice(stream, _BATCH)):
            yield from self._code_batch(batch)

    def _code_batch(self, batch: list[Article | Rejection]) -> Iterator[Coded | Rejection]:
        segmented = [
            _attempt("segment", one.origin, segment_article, one) if isinstance(one, Article) else one for one in batch
        ]
        documents = [one for one in segmented if isinstance(one, Document)]
        readings = iter(self._read(documents))
        for one in segmented:
            yield self._code_reading(next(readings)) if isinstance(one, Document) else one

    def _read(self, documents: list[Document]) -> list[Reading | Rejection]:
        try:
            return list(self.reader.read(documents))
        except Exception:  # noqa: BLE001 - one article that breaks the reader must not take its batch along
            return [_attempt("read", document.article.origin, self._read_alone, document) for document in documents]

    def _read_alone(self, document: Document) -> Reading | Rejection:
        return next(iter(self.reader.read([document])))

    def _code_reading(self, reading: Reading | Rejection) -> Coded | Rejection:
        if isinstance(reading, Rejection):
            return reading
        origin = reading.document.article.origin
        resolved = _attempt("resolve", origin, self.resolver.resolve, reading)
        if isinstance(resolved, Rejection):
            return resolved
        events = _attempt("code", origin, lambda one: code_one(one, self.ontology, self.provenance), resolved)
        return events if isinstance(events, Rejection) else Coded(reading.document, events)


def gather_events(outcomes: Iterable[Coded | Rejection]) -> Events:
    """Return what ``code_articles`` yielded as one sequence of events, with the rejections and the texts beside them."""
    found = tuple(outcomes)
    coded = [one for one in found if isinstance(one, Coded)]
    texts = {one.events[0].article_id: one.document.text for one in coded if one.events}
    rejections = (one for one in found if isinstance(one, Rejection))
    return Events((event for one in coded for event in one.events), rejections, texts)


def _attempt(stage: _Stage, origin: str, work: Callable[[_Given], _Made], given: _Given) -> _Made | Rejection:
    """Do one stage's work on one article; whatever goes wrong becomes a rejection that says so."""
    try:
        return work(given)
    except DragomanError as error:
        return Rejection(origin, stage, str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must neither stop the run nor vanish
        reason = f"internal error: {type(error).__name__}: {error}; please report it with the article"
        return Rejection(origin, stage, " ".join(reason.split()))


LEXICAL = "lexical"
"""The name of the first reader, which needs no weights."""


def load_coder(
    *,
    ontology: Path | None = None,
    actors: Path | None = None,
    model: str | None = None,
    n_threads: int | None = None,
) -> Coder:
    """Return a coder with the embedded English reader, or with the one that ``model`` names.

    ``ontology`` is a user's own ontology file, ``actors`` a user's own list of actors, ``model`` a folder of weights or "lexical";
    ``n_threads`` is how many windows of text are read side by side, one a core by default. Raises SettingsError where a part is faulty.
    """
    resolver = load_resolver(actors)
    return Coder(
        reader=load_reader(model, resolver, n_threads),
        resolver=resolver,
        ontology=load_ontology(ontology),
    )


def load_reader(model: str | None, resolver: Resolver, n_threads: int | None = None) -> Reader:
    """Return the embedded reader, the one in a folder of weights, or the first reader by the name "lexical".

    A build without weights embeds the first reader.
    """
    if model == LEXICAL or (model is None and not EMBEDDED.is_dir()):
        return LexicalReader(resolver.find_names, resolver.find_times)
    folder = EMBEDDED if model is None else Path(model)
    return NeuralReader(folder, n_threads, find_names=resolver.find_names, find_times=resolver.find_times)


def _read_day(day: str | date | None) -> date | None:
    """Return the calendar day of a date or time, in the time zone in which it is written: the outlet's own rules its weekdays."""
    if isinstance(day, datetime):
        return day.date()
    if day is None or isinstance(day, date):
        return day
    try:
        return datetime.fromisoformat(day).date()
    except ValueError:
        raise InputError("publication date", expected="an ISO date such as 2017-08-31", got=repr(day)) from None
