"""What resolving and coding make of readings without fault: the losses of records by field and cause.

The reader takes no part in it, so that it runs in seconds. It reads training and development documents only; ``dragoman evaluate
records`` gives the figures of held-back ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.code import code_one
from dragoman.evaluate.benchmarks.records import (
    MUST_FIELDS,
    RecordReport,
    describe_records,
    join_scores,
    list_errors,
    score_merging,
)
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.gold import GoldArticle, GoldEvent
from dragoman.evaluate.marked import keep_near, to_faultless_reading, to_gold
from dragoman.evaluate.match import Pairing, pair_events, wrong_fields
from dragoman.ontology import load_ontology
from dragoman.pipeline import Coded
from dragoman.records import Event, Provenance
from dragoman.resolve import load_resolver

_PARTS = (Part.TRAIN, Part.DEV)
_NOBODY = frozenset({"UNK"})


@dataclass(slots=True)
class Losses:
    """Why records are not right: each record that is lost, under its first cause, and the causes of every wrong field."""

    alone: Counter[str] = field(default_factory=Counter)
    fields: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, gold: GoldArticle, events: tuple[Event, ...], pairing: Pairing) -> None:
        """Take in one document's records."""
        self.alone["missed (joined to another record, or dropped)"] += len(pairing.missed)
        self.alone["invented (not joined to its record, or of another type)"] += len(pairing.invented)
        for left, right in pairing.pairs:
            wrong = [name for name in wrong_fields(gold.events[left], events[right]) if name in MUST_FIELDS]
            self.alone["only " + " and ".join(wrong) if wrong else "right"] += 1
            for name in wrong:
                causes = self.fields.setdefault(name, Counter())
                causes[find_cause(name, gold.events[left], events[right])] += 1


def find_cause(name: str, gold: GoldEvent, event: Event) -> str:
    """Return in words what kind of mistake a field holds."""
    if name in ("actor", "recipient"):
        wanted = next(iter(gold.actors if name == "actor" else gold.recipients))
        return _compare_codes(wanted, frozenset(one.code for one in getattr(event, name)))
    if name == "date":
        return _compare_dates(event)
    if name == "status":
        return f"{'/'.join(sorted(one.value for one in gold.statuses))} taken for {event.status.value}"
    return "another"


def _compare_codes(wanted: frozenset[str], found: frozenset[str]) -> str:
    if not wanted or not found:
        return "given where there is none" if found else "left out"
    if _NOBODY in (found, wanted):
        return "left open" if found == _NOBODY else "told where the gold leaves it open"
    if len(wanted) == len(found) == 1:
        return "another code"
    return "some left out" if found < wanted else "some too many" if wanted < found else "another set of codes"


def _compare_dates(event: Event) -> str:
    if event.moment is None:
        return "left open"
    if event.moment.basis == "publication":
        return "day of publication in place of the text's"
    return f"text read as another time ({event.moment.granularity})"


def run(_folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the losses from gold readings on training and development documents; with details, each wrong record of both."""
    documents = list(check_files([find_corpus("invented")]).documents)
    for part in _PARTS:
        chosen = [one for one in documents if choose_part(one.id) is part]
        yield f"coding, {part.value}: {len(chosen)} documents, readings without fault"
        yield from _measure("from gold readings", chosen, is_near=False, details=details)
        yield from _measure(
            "with the links of each sentence alone, as readers find them", chosen, is_near=True, details=False
        )


def code_documents(
    documents: Iterable[MarkedDocument], *, is_near: bool = False
) -> Iterator[tuple[MarkedDocument, Coded]]:
    """Yield each document with the records that follow from the annotators' own marks, without loading a reader.

    Annotators link an act to parties that other sentences name; ``is_near`` keeps only what its own sentence tells.
    """
    resolver, ontology = load_resolver(), load_ontology()
    for marked in documents:
        reading = to_faultless_reading(marked)
        reading = keep_near(reading) if is_near else reading
        events = code_one(resolver.resolve(reading), ontology, Provenance("dragoman", "gold", ontology.name))
        yield marked, Coded(reading.document, events)


def _measure(name: str, documents: Iterable[MarkedDocument], *, is_near: bool, details: bool) -> Iterator[str]:
    report, losses, lines = RecordReport(), Losses(), list[str]()
    for marked, outcome in code_documents(documents, is_near=is_near):
        gold = to_gold(marked)
        pairing = pair_events(gold, outcome.document, outcome.events)
        report.add(gold, outcome.events, pairing)
        report.links = join_scores(report.links, score_merging(marked, outcome.events))
        losses.add(gold, outcome.events, pairing)
        lines += list_errors(gold, outcome.events, pairing) if details else []
    yield from (f"  {line}" for line in describe_records(name, report))
    yield from (f"  {line}" for line in _describe(losses))
    yield from (f"    {line}" for line in lines)


def _describe(losses: Losses) -> Iterator[str]:
    yield "records: " + ", ".join(f"{cause} {count}" for cause, count in losses.alone.most_common())
    for name, causes in losses.fields.items():
        told = ", ".join(f"{cause} {count}" for cause, count in causes.most_common())
        yield f"{name} wrong in {causes.total()}: {told}"
