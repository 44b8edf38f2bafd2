"""Thresholds and temperatures, chosen on development documents: nothing here ever sees the held-back part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import torch

from dragoman.annotate.form import MarkedDocument
from dragoman.evaluate.readings import (
    ROLE_KEYS,
    ReadingReport,
    compare_readings,
    measure_calibration_error,
    to_document,
)
from dragoman.read.decode import Hint, Thresholds, WindowScores, decode_window
from dragoman.read.labels import Labels
from dragoman.records import Mention, Reading, Role, RoleKind, Span, Trigger
from dragoman.train.batches import make_batch, run_network
from dragoman.train.examples import Example
from dragoman.train.network import ReaderNetwork

_TEMPERATURES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
_STEPS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """An annotated document with the network's raw scores for each of its windows."""

    document: MarkedDocument
    windows: tuple[tuple[Example, WindowScores, tuple[Hint, ...]], ...]


def score_documents(
    network: ReaderNetwork,
    documents: Iterable[tuple[MarkedDocument, Sequence[Example]]],
    labels: Labels,
    find_hints: Callable[[str, Span], Sequence[Hint]],
) -> list[ScoredDocument]:
    """Return the documents with the network's scores, and the known names and times of each window."""
    network.eval()
    scored = []
    with torch.no_grad():
        for document, examples in documents:
            windows = []
            for example in examples:
                scores = run_network(network, make_batch([example], labels))
                hints = tuple(
                    hint
                    for number in dict.fromkeys(example.window.sentences)
                    for hint in find_hints(example.text, document.sentences[number].span)
                )
                windows.append((example, WindowScores(*(one[0].numpy() for one in scores)), hints))
            scored.append(ScoredDocument(document, tuple(windows)))
    return scored


def read_scored(scored: ScoredDocument, labels: Labels, thresholds: Thresholds) -> Reading:
    """Return the reading that the scores give under the thresholds."""
    mentions: list[Mention] = []
    triggers: list[Trigger] = []
    roles: list[Role] = []
    for example, scores, hints in scored.windows:
        found = decode_window(scores, example.window, example.text, labels, thresholds, hints)
        roles += [
            replace(role, trigger=role.trigger + len(triggers), mention=role.mention + len(mentions))
            for role in found.roles
        ]
        mentions += found.mentions
        triggers += found.triggers
    return Reading(to_document(scored.document), tuple(mentions), tuple(triggers), tuple(roles))


def report_scored(scored: Sequence[ScoredDocument], labels: Labels, thresholds: Thresholds) -> ReadingReport:
    """Return the counts of the readings under the thresholds."""
    return compare_readings((one.document, read_scored(one, labels, thresholds)) for one in scored)


def tune_thresholds(scored: Sequence[ScoredDocument], labels: Labels) -> Thresholds:
    """Return the thresholds that do best on the scored documents, found one after the other."""

    def report(thresholds: Thresholds) -> ReadingReport:
        return report_scored(scored, labels, thresholds)

    chosen = Thresholds()
    chosen = _choose(
        (replace(chosen, trigger_temperature=one) for one in _TEMPERATURES),
        lambda thresholds: -measure_calibration_error(report(thresholds).calibration),
    )
    chosen = _choose(
        (replace(chosen, trigger=one) for one in _STEPS), lambda thresholds: report(thresholds).triggers.score().f1
    )
    chosen = _choose((replace(chosen, mention=one) for one in _STEPS), lambda thresholds: _party_f1(report(thresholds)))
    chosen = _choose(
        (replace(chosen, mode=one) for one in _STEPS), lambda thresholds: report(thresholds).modes.score().f1
    )
    chosen = _choose(
        (replace(chosen, context=one) for one in _STEPS), lambda thresholds: _context_f1(report(thresholds))
    )
    for column, kind in enumerate(ROLE_KEYS):
        chosen = _tune_role(chosen, column, kind, report)
    return chosen


def _tune_role(
    chosen: Thresholds, column: int, kind: RoleKind, report: Callable[[Thresholds], ReadingReport]
) -> Thresholds:
    candidates = (replace(chosen, roles=(*chosen.roles[:column], one, *chosen.roles[column + 1 :])) for one in _STEPS)
    return _choose(candidates, lambda thresholds: report(thresholds).roles_of_found[kind].score().f1)


def _choose(candidates: Iterable[Thresholds], worth: Callable[[Thresholds], float]) -> Thresholds:
    return max(candidates, key=worth)


def _party_f1(report: ReadingReport) -> float:
    return sum(report.roles_of_found[kind].score().f1 for kind in (RoleKind.ACTOR, RoleKind.RECIPIENT))


def _context_f1(report: ReadingReport) -> float:
    figures = [tally.score().f1 for tally in report.contexts.values() if tally.n_gold]
    return sum(figures) / len(figures) if figures else 0.0
