"""Clusters of reports in ``corpus/stories``: articles whose words say which event they tell of, and how well stories match them.

A file holds articles; in their text ``[launch|fired a missile]`` says that the words "fired a missile" tell of the event that the file
calls ``launch``. A coded record is given the label whose words its anchor shares most of; records without a label are not judged.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from dragoman.errors import SettingsError
from dragoman.link import Report, list_reports
from dragoman.pipeline import Coded, Coder
from dragoman.records import Article, Document, Event, Span

_MARK = re.compile(r"\[(\w{1,40})\|([^\[\]|]{1,300})\]")
_DEV_PERCENT = 60


@dataclass(frozen=True, slots=True)
class MarkedReport:
    """An article with the words of its title and text that tell of labelled events, as (label, words) in text order."""

    article: Article
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A coded record, as a report, with the gold label of its event (None where the gold is silent)."""

    report: Report
    label: str | None


def read_clusters(folder: Path) -> dict[str, tuple[MarkedReport, ...]]:
    """Return the marked articles of every file of a folder, by the file's name without suffix.

    Raises SettingsError for a file that is not of the form.
    """
    return {path.stem: _read_file(path) for path in sorted(folder.glob("*.yaml"))}


def is_held_back(name: str) -> bool:
    """Return whether a file is for reports only; fitting and tuning never see it. A hash of the name decides."""
    return int(hashlib.sha256(name.encode("utf-8")).hexdigest(), 16) % 100 >= _DEV_PERCENT


def _read_file(path: Path) -> tuple[MarkedReport, ...]:
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))["articles"]
        return tuple(_read_entry(entry, f"{path.stem}:{number}") for number, entry in enumerate(entries, 1))
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        fix = "see corpus/stories/README.md"
        raise SettingsError(
            "file of clusters", where=str(path), expected="articles", got=repr(error), fix=fix
        ) from error


def _read_entry(entry: Mapping[str, str | datetime.date], origin: str) -> MarkedReport:
    title, text, published = str(entry["title"]), str(entry["text"]), entry["published"]
    if not isinstance(published, datetime.date):
        raise SettingsError("published", where=origin, expected="an ISO date", got=repr(published))
    file = origin.partition(":")[0]
    marks = tuple((f"{file}/{label}", words) for label, words in _MARK.findall(f"{title}\n{text}"))
    plain = [_MARK.sub(r"\2", part) for part in (title, text)]
    return MarkedReport(Article(plain[1], plain[0], published, str(entry["outlet"]), origin=origin), marks)


def code_clusters(coder: Coder, marked: Sequence[MarkedReport]) -> list[Labelled]:
    """Return all records of the articles, with their labels. An article that cannot be coded yields none."""
    outcomes = coder.code_articles(one.article for one in marked)
    return [
        labelled
        for one, outcome in zip(marked, outcomes, strict=True)
        if isinstance(outcome, Coded)
        for labelled in _label(outcome, one.marks)
    ]


def _label(coded: Coded, marks: Sequence[tuple[str, str]]) -> Iterator[Labelled]:
    spans = list(_locate(coded.document, marks))
    for report in list_reports(coded.document, coded.events):
        yield Labelled(report, _choose_label(report.event, spans))


def _locate(document: Document, marks: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Span]]:
    position = 0
    for label, words in marks:
        start = document.text.find(words, position)
        if start >= 0:
            yield label, Span(start, start + len(words))
            position = start + len(words)


def _choose_label(event: Event, spans: Iterable[tuple[str, Span]]) -> str | None:
    shared: Counter[str] = Counter()
    for label, span in spans:
        for evidence in event.evidence:
            shared[label] += max(0, min(span.end, evidence.anchor.end) - max(span.start, evidence.anchor.start))
    best = max(shared.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
    return best[0] if best[1] > 0 else None


def measure_bcubed(predicted: Mapping[str, str], gold: Mapping[str, str]) -> BCubed:
    """Return B-cubed precision and recall of the records in ``gold``: record id to group, predicted and true."""
    return BCubed(*_sum_bcubed(predicted, gold), len(gold))


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed (Bagga and Baldwin 1998): each record's precision and recall, averaged over ``n_records``."""

    precision: float
    recall: float
    n_records: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _sum_bcubed(predicted: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float]:
    together = Counter((predicted[record], gold[record]) for record in gold)
    found, true = Counter(predicted[record] for record in gold), Counter(gold.values())
    cells = [
        (n_both * n_both / found[group], n_both * n_both / true[label]) for (group, label), n_both in together.items()
    ]
    n_records = max(1, len(gold))
    return sum(precision for precision, _ in cells) / n_records, sum(recall for _, recall in cells) / n_records
