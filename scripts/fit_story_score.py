"""Fits the weights of the story score on the development clusters: src/dragoman/link/weights.yaml.

    python scripts/fit_story_score.py            # fits, prints B-cubed on both parts, writes the weights

Logistic regression on the pairs of records that blocking proposes, ridge penalty, signs constrained to what each feature can only mean;
the threshold is the one with the highest B-cubed F1 in a leave-one-file-out round over the development files.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml

from dragoman.evaluate.stories import (
    BCubed,
    Labelled,
    code_clusters,
    is_held_back,
    measure_bcubed,
    read_clusters,
)  # fmt: skip
from dragoman.link.blocks import find_pairs
from dragoman.link.compare import FEATURES, compare
from dragoman.link.facts import Facts, gather_facts
from dragoman.link.link import group_facts
from dragoman.link.score import Scorer
from dragoman.pipeline import load_coder

TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "link" / "weights.yaml"
AGAINST = {
    "type opposed", "modes differ", "status differs", "days apart, both told", "days apart, one guessed", "actors differ",
    "recipients differ", "place differs", "numbers differ", "same article", "days between publications",
}  # fmt: skip
FREE = {"one date is coarse", "no date", "actor unknown", "recipient unknown", "parties swapped"}
RIDGE = 1.0
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def main() -> None:
    coder = load_coder()
    files = {name: code_clusters(coder, marked) for name, marked in read_clusters(Path("corpus/stories")).items()}
    dev = {name: records for name, records in files.items() if not is_held_back(name)}
    held = {name: records for name, records in files.items() if is_held_back(name)}
    threshold = choose_threshold(dev)
    bias, weights = fit(list(dev.values()))
    scorer = Scorer(bias, weights, threshold)
    print("dev (fitted on it)", describe(evaluate(scorer, dev)))
    print("held back         ", describe(evaluate(scorer, held)))
    if "--dry" not in sys.argv:
        write(scorer)


def fit(files: Sequence[Sequence[Labelled]]) -> tuple[float, tuple[float, ...]]:
    rows, answers = make_pairs([one for records in files for one in records if one.label is not None])
    return fit_logistic(rows, answers)


def make_pairs(labelled: Sequence[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    facts, labels = prepare(labelled)
    pairs = find_pairs(facts)
    rows = np.array([compare(facts[one], facts[other]) for one, other in pairs])
    answers = np.array([labels[facts[one].id] == labels[facts[other].id] for one, other in pairs], dtype=float)
    return rows, answers


def prepare(labelled: Sequence[Labelled]) -> tuple[list[Facts], dict[str, str]]:
    facts = sorted((gather_facts(one.report) for one in labelled), key=lambda one: one.id)
    return facts, {one.report.event.id: one.label for one in labelled if one.label is not None}


def fit_logistic(rows: np.ndarray, answers: np.ndarray, ridge: float = RIDGE) -> tuple[float, tuple[float, ...]]:
    """Projected gradient descent with momentum: the problem is convex, the signs are a box."""
    scale = np.maximum(np.abs(rows).max(axis=0), 1e-9)
    design = np.column_stack([rows / scale, np.ones(len(rows))])
    signs = np.array([0 if name in FREE else -1 if name in AGAINST else 1 for name in FEATURES] + [0])
    weights, momentum = np.zeros(design.shape[1]), np.zeros(design.shape[1])
    step = 4.0 / (np.linalg.norm(design, 2) ** 2 + 4 * ridge)
    penalty = np.full(len(weights), ridge)
    penalty[-1] = 0
    for number in range(3000):
        ahead = weights + number / (number + 3) * (weights - momentum)
        chance = 1 / (1 + np.exp(-(design @ ahead)))
        momentum = weights
        weights = ahead - step * (design.T @ (chance - answers) + penalty * ahead)
        weights = np.where((signs > 0) & (weights < 0) | (signs < 0) & (weights > 0), 0.0, weights)
    return float(weights[-1]), tuple(float(one) for one in np.round(weights[:-1] / scale, 3))


def choose_threshold(dev: Mapping[str, Sequence[Labelled]]) -> float:
    outcomes: dict[float, list[BCubed]] = {threshold: [] for threshold in THRESHOLDS}
    for name, records in dev.items():
        bias, weights = fit([others for other, others in dev.items() if other != name])
        for threshold, found in outcomes.items():
            found.append(evaluate(Scorer(bias, weights, threshold), {name: records}))
    for threshold, found in outcomes.items():
        print(
            f"threshold {threshold}: leave one file out, mean F1 {np.mean([one.f1 for one in found]):.3f}"
            f" precision {np.mean([one.precision for one in found]):.3f} recall {np.mean([one.recall for one in found]):.3f}"
        )
    return max(THRESHOLDS, key=lambda threshold: float(np.mean([one.f1 for one in outcomes[threshold]])))


def evaluate(scorer: Scorer, files: Mapping[str, Sequence[Labelled]]) -> BCubed:
    """All records are linked together, those without a label too; only labelled ones are judged."""
    facts, labels = prepare([one for records in files.values() for one in records])
    groups = group_facts(facts, scorer)
    predicted = {facts[member].id: str(number) for number, group in enumerate(groups) for member in group}
    return measure_bcubed(predicted, labels)


def describe(score: BCubed) -> str:
    return (
        f"B-cubed F1 {score.f1:.3f} precision {score.precision:.3f} recall {score.recall:.3f} records {score.n_records}"
    )


def write(scorer: Scorer) -> None:
    raw = {
        "bias": round(scorer.bias, 3),
        "threshold": scorer.threshold,
        "weights": dict(zip(FEATURES, scorer.weights, strict=True)),
    }
    head = "# Made by scripts/fit_story_score.py from the development clusters; log odds a unit of each feature (compare.py).\n"
    TARGET.write_text(head + yaml.safe_dump(raw, sort_keys=False, width=120), "utf-8")


if __name__ == "__main__":
    main()
