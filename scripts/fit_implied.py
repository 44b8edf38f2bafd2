"""Fits the weights by which an act's missing party is told from the acts before, and writes ``src/dragoman/code/implied.yaml``.

    python scripts/fit_implied.py

Learns from the training part of our own corpus: records from the annotators' own marks with the links of each act's own sentence only,
against the parties that the annotators give the whole event. A log-linear choice, fitted by gradient ascent with a quadratic prior; the
same data give the same weights. Prints how often a choice is right on the training and the development part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument, MarkedEvent
from dragoman.annotate.split import Part, choose_part
from dragoman.code.draft import draft_acts
from dragoman.code.implied import Choice, choose, list_candidates, list_missing
from dragoman.code.merge import merge_drafts
from dragoman.code.rules import apply_rules
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import keep_near, to_faultless_reading
from dragoman.resolve import Resolver, load_resolver

TARGET = Path(__file__).parents[1] / "src/dragoman/code/implied.yaml"
PRIOR, STEPS, RATE = 2.0, 300, 0.05
Example = tuple[Choice, list[bool]]


def collect(marked: MarkedDocument, resolver: Resolver) -> Iterator[Example]:
    """Yield each missing party's candidates and which are right; nobody is right where none of them is."""
    reading = keep_near(to_faultless_reading(marked))
    drafts = merge_drafts(apply_rules(draft_acts(resolver.resolve(reading)), reading.document.article.published))
    drafts.sort(key=lambda one: one.anchor)
    event_of = {trigger.span.start: trigger.event for trigger in marked.triggers}
    events = {event.event: event for event in marked.events}
    for number, draft in enumerate(drafts):
        event = events[event_of[draft.anchor[0]]]
        for role in list_missing(draft):
            choice = list_candidates(draft, role, drafts[:number])
            wanted = codes_of(event, role, marked) - {one.code for one in draft.actors if role == "partner"}
            right = [one is not None and one.code in wanted for one in choice.candidates]
            yield choice, right if True in right else [one is None for one in choice.candidates]


def codes_of(event: MarkedEvent, role: str, marked: MarkedDocument) -> set[str]:
    """Return the codes of an event's actors or recipients; those left open do not count."""
    codes = {one.number: one.code for one in marked.entities}
    numbers = event.roles.get("R" if role == "recipient" else "A", ())
    return {codes[number] for number in numbers if number in codes} - {"UNK", "place"}


def fit(examples: list[Example]) -> dict[str, float]:
    names = sorted({name for choice, _ in examples for signs in choice.features for name in signs})
    column = {name: at for at, name in enumerate(names)}
    most = max(len(choice.candidates) for choice, _ in examples)
    table, closed = np.zeros((len(examples), most, len(names))), np.full((len(examples), most), -1e9)
    wanted = np.zeros((len(examples), most))
    for row, (choice, right) in enumerate(examples):
        closed[row, : len(right)], wanted[row, : len(right)] = 0, right
        for at, signs in enumerate(choice.features):
            for name, value in signs.items():
                table[row, at, column[name]] = value
    weights, first, second = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for _ in range(STEPS):
        scores = table @ weights + closed
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        hoped = chances * wanted
        hoped /= hoped.sum(1, keepdims=True)
        gradient = np.einsum("ij,ijk->k", hoped - chances, table) - PRIOR * weights
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights = weights + RATE * first / (np.sqrt(second) + 1e-8)
    return {name: round(float(weights[column[name]]), 2) for name in names if abs(weights[column[name]]) >= 0.01}  # noqa: PLR2004


def report(part: Part, role: str, examples: list[Example], weights: dict[str, float]) -> None:
    n_taken = n_right = n_could = 0
    for choice, right in examples:
        scores = np.array(
            [sum(weights.get(name, 0.0) * value for name, value in signs.items()) for signs in choice.features]
        )
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        best = choose(choice, chances.tolist())
        is_taken = best > 0
        n_taken, n_right = n_taken + is_taken, n_right + (is_taken and right[best])
        n_could += not right[0]
    print(
        f"{part.value} {role}: {len(examples)} missing, {n_could} told before; {n_taken} taken, of these right {n_right / max(1, n_taken):.3f}"
    )


def main() -> None:
    resolver = load_resolver()
    examples: dict[tuple[Part, str], list[Example]] = defaultdict(list)
    for marked in check_files([find_corpus("invented")]).documents:
        part = choose_part(marked.id)
        for example in collect(marked, resolver) if part is not Part.HELD_BACK else ():
            examples[part, example[0].role].append(example)
    weights = {role: fit(examples[Part.TRAIN, role]) for role in ("actor", "recipient", "partner")}
    counts = ", ".join(f"{role} {len(examples[Part.TRAIN, role])}" for role in weights)
    head = f"# Who an act's missing party is, told from the acts before; written by scripts/fit_implied.py from {counts} examples.\n"
    TARGET.write_text(head + yaml.safe_dump(weights), encoding="utf-8")
    for (part, role), own in examples.items():
        report(part, role, own, weights[role])


if __name__ == "__main__":
    main()
