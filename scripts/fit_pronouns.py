"""Fits the weights by which a pronoun's candidates are weighed, and writes ``src/dragoman/resolve/gazetteer/pronoun_weights.yaml``.

    python scripts/fit_pronouns.py [--shared DIR] [--sort state]

With ``--sort`` only the weights of that class of pronouns are fitted anew; the others stay.

Learns from the training part of our own corpus, from GUM's genres other than news, and from GAP's validation file; what is reported
(development and held-back documents, GUM's news, GAP's development file) is not seen. A log-linear choice among candidates, fitted by
gradient ascent with a quadratic prior; the same data give the same weights.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml

from dragoman.annotate import check_files
from dragoman.annotate.split import Part, choose_part
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.gap import read_gap
from dragoman.evaluate.gum import read_gum
from dragoman.evaluate.marked import to_dated_document
from dragoman.records import Document, Mention
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_links import link_pointing
from dragoman.resolve.coreference_names import link_names
from dragoman.resolve.coreference_nouns import cut_nouns
from dragoman.resolve.coreference_pronouns import list_candidates, load_weights

TARGET = Path(__file__).parents[1] / "src/dragoman/resolve/gazetteer/pronoun_weights.yaml"
PRIOR = 0.5
STEPS = 400
RATE = 0.05
Example = tuple[list[Mapping[str, float]], list[bool]]


def collect(
    document: Document, mentions: Sequence[Mention], is_same: Callable[[int, int], bool | None]
) -> Iterator[tuple[str, Example]]:
    """Yield each pronoun's candidates and which are right. ``is_same`` is None where the gold does not say."""
    chains = Chains(cut_nouns(document, mentions))
    link_names(document, chains)
    weights = load_weights()
    for noun in chains.nouns:
        choice = list_candidates(noun, document, chains) if noun.number not in chains.links else None
        right = [is_same(noun.number, one.number) for one in choice.candidates] if choice else []
        if choice is None or True not in right:
            link_pointing(noun, document, chains, weights)
            continue
        yield choice.sort, (list(choice.features), [one is True for one in right])
        chains.link(noun.number, (choice.candidates[right.index(True)].number,), "gold")


def from_corpus() -> Iterator[tuple[str, Example]]:
    for marked in check_files([find_corpus("invented")]).documents:
        if choose_part(marked.id) is Part.TRAIN:
            mentions = tuple(Mention(one.span, one.sentence, one.kind) for one in marked.mentions)
            of = [one.entity for one in marked.mentions]
            yield from collect(to_dated_document(marked), mentions, lambda a, b, of=of: of[a] == of[b])


def from_gum(folder: Path) -> Iterator[tuple[str, Example]]:
    for text in read_gum(folder):
        if text.genre != "news":
            of = {mention: number for number, chain in enumerate(text.chains) for mention in chain}
            yield from collect(text.document, text.mentions, lambda a, b, of=of: of[a] == of[b])


def from_gap(path: Path) -> Iterator[tuple[str, Example]]:
    for item in read_gap(path):
        chains = Chains(cut_nouns(item.document, item.mentions))
        link_names(item.document, chains)
        right = [name for name, is_right in zip(item.names, item.gold, strict=True) if is_right]
        if not right:
            continue

        def is_same(number: int, other: int, item=item, chains=chains, right=right) -> bool | None:
            return any(chains.are_joined(other, one) for one in right) if number == item.pronoun else None

        yield from collect(item.document, item.mentions, is_same)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    names = sorted({name for features, _ in examples for one in features for name in one})
    column = {name: number for number, name in enumerate(names)}
    tables = []
    for features, right in examples:
        table = np.zeros((len(features), len(names)))
        for row, one in enumerate(features):
            for name, value in one.items():
                table[row, column[name]] = value
        tables.append((table, np.array(right, dtype=float)))
    weights, mean, spread = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        gradient = -PRIOR * weights
        for table, right in tables:
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            wanted = chances * right
            gradient += table.T @ (wanted / max(wanted.sum(), 1e-12) - chances)
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        weights += RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8) * min(1.0, 300 / step)
    return {name: round(float(weights[column[name]]), 2) for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sort", choices=("many", "person", "state", "thing"))
    settings = parser.parse_args()
    shared = settings.shared / "data"
    examples: dict[str, list[Example]] = defaultdict(list)
    for source in (from_corpus(), from_gum(shared / "gum"), from_gap(shared / "gap/gap-validation.tsv")):
        for sort, example in source:
            examples[sort].append(example)
    fresh = [settings.sort] if settings.sort else sorted(examples)
    weights = {**({} if not settings.sort else load_weights()), **{sort: fit(examples[sort]) for sort in fresh}}
    counts = ", ".join(f"{sort} {len(examples[sort])}" for sort in fresh)
    kept = f" ({settings.sort} alone; the others were fitted before)" if settings.sort else ""
    head = (
        f"# How candidates of a pronoun are weighed; written by scripts/fit_pronouns.py from {counts} examples{kept}.\n"
    )
    TARGET.write_text(head + yaml.safe_dump(weights, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
