"""Fits the weights of ``gazetteer/homes.yaml``: which signs tell the country of a bare role, on the corpus's training part.

    python scripts/fit_homes.py

Prints the signs with their weights, as lines for that file, and how often the likeliest country is right on the training and the
development part, among the mentions that name no country. Each sign has a weight for all mentions and, where it helps, one more for each class.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import to_faultless_reading
from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_home_signs import CLASSES, class_of, load_signs, weigh_signs
from dragoman.resolve.actor_homes import CLEAR, make_story
from dragoman.resolve.actors import identify, load_gazetteer

ROUNDS, RATE, RIDGE = 400, 0.05, 2.0
SKIPPED = {MentionKind.TIME, MentionKind.WEAPON, MentionKind.PLACE, MentionKind.PRONOUN}
BY_HAND = ("dateline",)
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Case:
    """A bare mention: its part of the corpus, gold code, countries in question, and the signs of each (countries x weights)."""

    part: Part
    gold: str
    codes: list[str]
    signs: np.ndarray


def list_cases(marked: MarkedDocument, names: list[str], gazetteer: Gazetteer) -> list[Case]:
    """Return a case for each bare mention of a document."""
    reading = to_faultless_reading(marked)
    golds = {entity.number: entity for entity in marked.entities}
    published = reading.document.article.published
    told = [
        identify(one.span.quote(marked.text), one.kind, on=published, gazetteer=gazetteer) for one in reading.mentions
    ]
    story = make_story(reading, told, gazetteer)
    cases: list[Case] = []
    for number, (mention, identity) in enumerate(zip(marked.mentions, told, strict=True)):
        gold = golds.get(mention.entity)
        is_bare = (identity is None or identity.code == "UNK") and mention.kind not in SKIPPED
        if not is_bare or gold is None or gold.code == "place" or not story.list_codes(number):
            continue
        found = weigh_signs(number, story)
        kind = CLASSES.index(class_of(mention.span.quote(marked.text), identity))
        values = np.array([[found[code].get(name, 0.0) for name in names] for code in found])
        spread = np.zeros((len(found), len(names) * (1 + len(CLASSES))))
        spread[:, : len(names)] = values
        spread[:, len(names) * (1 + kind) : len(names) * (2 + kind)] = values
        cases.append(Case(choose_part(marked.id), gold.code, list(found), spread))
    return cases


def fit(cases: list[Case]) -> np.ndarray:
    """Return the weights of a conditional logistic regression over the countries in question of each case, by Adam."""
    usable = [case for case in cases if case.gold in case.codes and len(case.codes) > 1]
    most, width = max(len(case.codes) for case in usable), usable[0].signs.shape[1]
    values, open_ = np.zeros((len(usable), most, width)), np.full((len(usable), most), _IMPOSSIBLE)
    for at, case in enumerate(usable):
        values[at, : len(case.codes)], open_[at, : len(case.codes)] = case.signs, 0
    right = values[np.arange(len(usable)), [case.codes.index(case.gold) for case in usable]].sum(0)
    weights, first, second = np.zeros(width), np.zeros(width), np.zeros(width)
    for _ in range(ROUNDS):
        scores = values @ weights + open_
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        gradient = right - np.einsum("ij,ijk->k", shares, values) - RIDGE * weights
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient * gradient
        weights = weights + RATE * first / (np.sqrt(second) + 1e-8)
    return weights


def report(cases: list[Case], weights: np.ndarray, part: Part) -> None:
    own = [case for case in cases if case.part is part]
    n_right = n_clear = n_clear_right = 0
    for case in own:
        scores = case.signs @ weights
        best = int(scores.argmax())
        share = 1 / sum(math.exp(score - scores[best]) for score in scores)
        n_right += case.codes[best] == case.gold
        n_clear += share > CLEAR
        n_clear_right += share > CLEAR and case.codes[best] == case.gold
    print(
        f"{part.value}: {len(own)} bare mentions, likeliest right {n_right / len(own):.3f}; likelier than {CLEAR} {n_clear / len(own):.3f}, "
        f"of these right {n_clear_right / max(n_clear, 1):.3f}"
    )


def tell_weights(names: list[str], weights: np.ndarray) -> None:
    """Print each sign as a line of ``homes.yaml``."""
    table = weights.reshape(1 + len(CLASSES), len(names)).round(2)
    for at, name in enumerate(names):
        parts = ["weight", *CLASSES]
        told = ", ".join(
            f"{part}: {table[row, at]:.2f}" for row, part in enumerate(parts) if row == 0 or table[row, at]
        )
        print(f'  {name}: {{{told}, words: "{load_signs().words[name]}"}}')


def main() -> None:
    gazetteer, names = load_gazetteer(), [name for name in load_signs().weights if name not in BY_HAND]
    documents = [
        one for one in check_files([find_corpus("invented")]).documents if choose_part(one.id) is not Part.HELD_BACK
    ]
    cases = [case for marked in documents for case in list_cases(marked, names, gazetteer)]
    weights = fit([case for case in cases if case.part is Part.TRAIN])
    tell_weights(names, weights)
    for part in (Part.TRAIN, Part.DEV):
        report(cases, weights, part)


if __name__ == "__main__":
    main()
