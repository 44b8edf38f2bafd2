"""Records from end to end on our corpus: how many are right in type, actor codes, recipient codes, status and date together.

Invented documents and, where their texts are at hand, Wikinews articles. Beside the reader's records stand those coded from the annotators'
own marks, so that what is lost in resolving and coding can be told from what is lost in reading. With details, development documents alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.annotate.standoff import WIKINEWS_FOLDER, load_wikinews
from dragoman.code import code_one
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.gold import GoldArticle, GoldEvent
from dragoman.evaluate.marked import to_article, to_faultless_reading, to_gold
from dragoman.evaluate.match import FIELDS, Pairing, Score, pair_events, wrong_fields
from dragoman.pipeline import Coded, Coder, load_coder
from dragoman.records import Event, Span

MUST_FIELDS = ("type", "actor", "recipient", "status", "date")
"""A record is right where all of these are."""
_NOTHING = Score(0, 0, 0)


@dataclass(slots=True)
class RecordReport:
    """Running counts over documents; ``fields`` counts the right ones among the matched, ``links`` pairs of mentions of one event."""

    matched: Score = _NOTHING
    right: Score = _NOTHING
    links: Score = _NOTHING
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, gold: GoldArticle, events: Sequence[Event], pairing: Pairing) -> None:
        """Take in one document's records."""
        wrong = [wrong_fields(gold.events[left], events[right]) for left, right in pairing.pairs]
        n_right = sum(not set(MUST_FIELDS) & set(names) for names in wrong)
        self.matched = join_scores(self.matched, Score(len(wrong), len(events), len(gold.events)))
        self.right = join_scores(self.right, Score(n_right, len(events), len(gold.events)))
        self.fields.update(name for names in wrong for name in FIELDS if name not in names)


def join_scores(one: Score, other: Score) -> Score:
    """Return the counts of two scores together."""
    return Score(one.n_right + other.n_right, one.n_found + other.n_found, one.n_gold + other.n_gold)


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the figures of records on invented and Wikinews documents; with details, development documents alone and each wrong record.

    ``folder`` holds the texts of the Wikinews articles; without it they are left out.
    """
    coder = load_coder()
    corpora = {"invented": list(check_files([find_corpus("invented")]).documents)}
    if (folder / WIKINEWS_FOLDER).is_dir():
        articles = load_wikinews(find_corpus("wikinews"), folder)
        corpora["wikinews"] = [one for one in articles if isinstance(one, MarkedDocument)]
    yield f"records: right in {', '.join(MUST_FIELDS)} together; matched by type and a shared sentence"
    for name, documents in corpora.items():
        for part in (Part.DEV,) if details else (Part.DEV, Part.HELD_BACK):
            chosen = [one for one in documents if choose_part(one.id) is part]
            yield f"  {name}, {part.value}: {len(chosen)} documents"
            yield from _measure("read", code_articles(coder, chosen), details=details)
            yield from _measure("from gold readings", code_gold(coder, chosen), details=details)


def code_articles(coder: Coder, documents: Iterable[MarkedDocument]) -> Iterator[tuple[MarkedDocument, Coded]]:
    """Yield each document with what the coder makes of it as an article."""
    chosen = list(documents)
    for marked, outcome in zip(chosen, coder.code_articles(map(to_article, chosen)), strict=True):
        if isinstance(outcome, Coded):
            yield marked, outcome


def code_gold(coder: Coder, documents: Iterable[MarkedDocument]) -> Iterator[tuple[MarkedDocument, Coded]]:
    """Yield each document with the records that follow from the annotators' own marks."""
    for marked in documents:
        reading = to_faultless_reading(marked)
        events = code_one(coder.resolver.resolve(reading), coder.ontology, coder.provenance)
        yield marked, Coded(reading.document, events)


def _measure(name: str, coded: Iterable[tuple[MarkedDocument, Coded]], *, details: bool) -> Iterator[str]:
    report, lines = RecordReport(), []
    for marked, outcome in coded:
        gold = to_gold(marked)
        pairing = pair_events(gold, outcome.document, outcome.events)
        report.add(gold, outcome.events, pairing)
        report.links = join_scores(report.links, score_merging(marked, outcome.events))
        lines += list(list_errors(gold, outcome.events, pairing)) if details else []
    yield from (f"    {line}" for line in describe_records(name, report))
    yield from (f"      {line}" for line in lines)


def score_merging(marked: MarkedDocument, events: Sequence[Event]) -> Score:
    """Return how well mentions of one event are joined: pairs of gold triggers in one record, and pairs of one gold event.

    Only triggers that a record rests on are counted.
    """
    held = {number: record for number, span in _spans_of(marked) if (record := _holder_of(span, events)) is not None}
    event_of = {number: trigger.event for number, trigger in enumerate(marked.triggers)}
    found = [pair for pair in combinations(sorted(held), 2) if held[pair[0]] == held[pair[1]]]
    gold = [pair for pair in combinations(sorted(held), 2) if event_of[pair[0]] == event_of[pair[1]]]
    return Score(len(set(found) & set(gold)), len(found), len(gold))


def _spans_of(marked: MarkedDocument) -> Iterator[tuple[int, Span]]:
    yield from ((number, trigger.span) for number, trigger in enumerate(marked.triggers))


def _holder_of(span: Span, events: Sequence[Event]) -> int | None:
    return next(
        (number for number, event in enumerate(events) for one in event.evidence if one.anchor.start == span.start),
        None,
    )


def describe_records(name: str, report: RecordReport) -> Iterator[str]:
    """Yield the figures of a report as lines for people."""
    right, matched, links = report.right, report.matched, report.links
    yield (
        f"{name}: right F1 {right.f1:.3f} (precision {right.precision:.3f}, recall {right.recall:.3f}); "
        f"matched F1 {matched.f1:.3f} ({right.n_right} right, {matched.n_right} matched, {right.n_found} coded, {right.n_gold} gold)"
    )
    shares = (f"{one} {report.fields[one] / max(1, matched.n_right):.3f}" for one in FIELDS)
    yield f"  of the matched, right in: {', '.join(shares)}"
    yield (
        f"  mentions joined to one record: precision {links.precision:.3f} recall {links.recall:.3f} "
        f"F1 {links.f1:.3f} ({links.n_gold} gold pairs)"
    )


def list_errors(gold: GoldArticle, events: Sequence[Event], pairing: Pairing) -> Iterator[str]:
    """Yield each wrong field, missed event and invented record of a document, with what was expected and found."""
    for left, right in pairing.pairs:
        for name in wrong_fields(gold.events[left], events[right]):
            yield f"{gold.id}: {name}: {_show(gold.events[left])}: {_compare(name, gold.events[left], events[right])}"
    yield from (f"{gold.id}: missed: {_show(gold.events[left])}" for left in pairing.missed)
    for right in pairing.invented:
        yield f"{gold.id}: invented: {events[right].event} {events[right].evidence[0].event_text!r}"


def _show(gold: GoldEvent) -> str:
    return f"{gold.types[0]} {gold.anchor!r}"


def _compare(name: str, gold: GoldEvent, event: Event) -> str:
    parties = {"actor": event.actor, "recipient": event.recipient, "speaker": (event.speaker,) if event.speaker else ()}
    if name in parties:
        codes = ",".join(f"{one.code}({one.text})" for one in parties[name])
        wanted = {"actor": gold.actors, "recipient": gold.recipients, "speaker": gold.speaker}[name]
        return f"{_plain(wanted)} / {codes or '-'}"
    if name == "date":
        moment = event.moment
        told = f"{moment.date.isoformat()} {moment.basis} {'; '.join(moment.why)}" if moment else "-"
        return f"{_plain(gold.dates)} / {told}"
    return {
        "mode": f"{_plain(gold.modes)} / {','.join(event.mode) or '-'}",
        "status": f"{_plain(gold.statuses)} / {event.status.value}",
        "place": f"{gold.place} / {event.event_loc.country if event.event_loc else '-'}",
        "type": f"{gold.types} / {event.event}",
    }[name]


def _plain(value: object) -> str:
    if isinstance(value, frozenset):
        return ",".join(sorted(_plain(one) for one in value)) or "-"
    return str(value)
