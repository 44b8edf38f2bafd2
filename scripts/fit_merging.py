"""Fits what each sign weighs that two mentions are of one event, and writes ``src/dragoman/code/merging.yaml``.

    python scripts/fit_merging.py

Learns from pairs of triggers of one type and status in the training part of our own corpus, coded from the annotators' own marks.
A logistic regression with a quadratic prior, fitted by Newton's method; the same data give the same weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.code.draft import draft_acts
from dragoman.code.merge import compare, contradict
from dragoman.code.rules import apply_rules
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import keep_near, to_faultless_reading
from dragoman.resolve import Resolver, load_resolver

TARGET = Path(__file__).parents[1] / "src/dragoman/code/merging.yaml"
PRIOR = 1.0
STEPS = 30


def collect(marked: MarkedDocument, resolver: Resolver) -> Iterator[tuple[dict[str, float], bool]]:
    """Yield the signs of each pair of mentions that does not contradict, and whether they are one event."""
    reading = keep_near(to_faultless_reading(marked))
    drafts = apply_rules(draft_acts(resolver.resolve(reading)), reading.document.article.published)
    event_of = {trigger.span.start: trigger.event for trigger in marked.triggers}
    for one, other in combinations(drafts, 2):
        if not contradict(one, other):
            yield compare(one, other), event_of[one.anchor[0]] == event_of[other.anchor[0]]


def fit(pairs: list[tuple[dict[str, float], bool]]) -> dict[str, float]:
    names = sorted({name for signs, _ in pairs for name in signs})
    table = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in pairs])
    right = np.array([is_same for _, is_same in pairs], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - chances) - PRIOR * weights
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + PRIOR * np.eye(len(names))
        weights += np.linalg.solve(bend, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    resolver = load_resolver()
    documents = [one for one in check_files([find_corpus("invented")]).documents if choose_part(one.id) is Part.TRAIN]
    pairs = [pair for marked in documents for pair in collect(marked, resolver)]
    n_same = sum(is_same for _, is_same in pairs)
    head = f"# What speaks for two mentions being one event; written by scripts/fit_merging.py from {len(pairs)} pairs, {n_same} of one event.\n"
    TARGET.write_text(head + yaml.safe_dump(fit(pairs)), encoding="utf-8")


if __name__ == "__main__":
    main()
