"""Fits the weights by which the voice that vouches for an act is chosen, and writes ``resolve/gazetteer/speaker_weights.yaml``.

    python scripts/fit_speakers.py [--data ../shared]

Learns from the training parts of our own corpus and of annotated Wikinews (where their texts are at hand), given the annotators' mentions,
triggers and links but not their speakers. A log-linear choice, fitted by gradient ascent with a quadratic prior; the same data give the
same weights. Left out are acts whose speaker is no candidate, and acts told several times without a speaker, of which one telling may
well have a voice. What the reader's own link weighs (LINKED) is not fitted, since the reader knows the training part by heart: it is the
best of 0.2 to 1.2 on the development part. It is per log odds of the link.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.annotate.standoff import WIKINEWS_FOLDER, load_wikinews
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import to_faultless_reading
from dragoman.records import RoleKind
from dragoman.resolve import Resolver, load_resolver
from dragoman.resolve.coreference import trace_mentions
from dragoman.resolve.speakers import name_parties
from dragoman.resolve.speakers_choice import Choice, Voices

TARGET = Path(__file__).parents[1] / "src/dragoman/resolve/gazetteer/speaker_weights.yaml"
PRIOR, STEPS, RATE, LINKED = 1.0, 250, 0.05, 0.7
Example = tuple[Choice, list[bool]]


def collect(marked: MarkedDocument, resolver: Resolver) -> Iterator[Example]:
    """Yield the candidates for each act's speaker and which are right; nobody is right where the act has none."""
    reading = to_faultless_reading(marked)
    reading = replace(reading, roles=tuple(role for role in reading.roles if role.kind is not RoleKind.SPEAKER))
    voices = Voices(reading, name_parties(reading, trace_mentions(reading, resolver.gazetteer)))
    events = {event.event: event for event in marked.events}
    told = Counter(trigger.event for trigger in marked.triggers)
    for number, trigger in enumerate(marked.triggers):
        wanted = set(events[trigger.event].roles.get("S", ()))
        choice = voices.list_candidates(number)
        right = [one is not None and marked.mentions[one.voice].entity in wanted for one in choice.candidates]
        if True in right:
            yield choice, right
        elif not wanted and told[trigger.event] == 1:
            yield choice, [one is None for one in choice.candidates]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    names = sorted({name for choice, _ in examples for signs in choice.features for name in signs})
    column = {name: at for at, name in enumerate(names)}
    most = max(len(choice.candidates) for choice, _ in examples)
    table = np.zeros((len(examples), most, len(names)), np.float32)
    closed = np.full((len(examples), most), -1e9, np.float32)
    wanted = np.zeros((len(examples), most), np.float32)
    for row, (choice, right) in enumerate(examples):
        closed[row, : len(right)], wanted[row, : len(right)] = 0, right
        for at, signs in enumerate(choice.features):
            for name, value in signs.items():
                table[row, at, column[name]] = value
    flat = table.reshape(-1, len(names))
    weights, first, second = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for _ in range(STEPS):
        scores = (flat @ weights.astype(np.float32)).reshape(closed.shape) + closed
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        hoped = chances * wanted
        hoped /= hoped.sum(1, keepdims=True)
        gradient = (hoped - chances).reshape(-1) @ flat - PRIOR * weights
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights = weights + RATE * first / (np.sqrt(second) + 1e-8)
    return {name: round(float(weights[column[name]]), 2) for name in names if abs(weights[column[name]]) >= 0.01}  # noqa: PLR2004


def main() -> None:
    shared = Path(sys.argv[2]) if sys.argv[1:2] == ["--data"] else Path("../shared")
    documents = list(check_files([find_corpus("invented")]).documents)
    if (shared / WIKINEWS_FOLDER).is_dir():
        articles = load_wikinews(find_corpus("wikinews"), shared)
        documents += [one for one in articles if isinstance(one, MarkedDocument)]
    resolver = load_resolver()
    chosen = [one for one in documents if choose_part(one.id) is Part.TRAIN]
    examples = [example for marked in chosen for example in collect(marked, resolver)]
    weights = fit(examples) | {"linked": LINKED}
    head = f"# What tells who vouches for an act; written by scripts/fit_speakers.py from {len(examples)} acts of {len(chosen)} documents.\n"
    TARGET.write_text(head + yaml.safe_dump(weights), encoding="utf-8")
    print(f"{len(examples)} acts, {sum(not right[0] for _, right in examples)} with a speaker, {len(weights)} weights")


if __name__ == "__main__":
    main()
