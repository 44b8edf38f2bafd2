"""Fits the weights of ``gazetteer/homes.yaml``: which signs tell the country of a bare role, on the corpus's training part.

    python scripts/fit_homes.py

Prints the weights, and how often the likeliest country is right on the training and the dev part, among the mentions that name no country.
"""

from __future__ import annotations

import math

import numpy as np

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.evaluate.benchmarks.actors import to_reading
from dragoman.evaluate.corpus import find_corpus
from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_homes import CLEAR, _Story, find_clues, load_signs, weigh_signs
from dragoman.resolve.actors import identify, load_gazetteer

ROUNDS, RATE, RIDGE = 300, 0.5, 1.0
SKIPPED = {MentionKind.TIME, MentionKind.WEAPON, MentionKind.PLACE, MentionKind.PRONOUN}
Case = tuple[Part, str, list[str], np.ndarray]


def list_cases(marked: MarkedDocument, names: list[str], gazetteer: Gazetteer) -> list[Case]:
    """Return a case for each bare mention: part, gold code, countries in question, and the signs of each."""
    reading = to_reading(marked)
    golds = {
        mention.span: entity
        for mention in marked.mentions
        for entity in marked.entities
        if entity.number == mention.entity
    }
    published = reading.document.article.published
    told = [
        identify(one.span.quote(marked.text), one.kind, on=published, gazetteer=gazetteer) for one in reading.mentions
    ]
    story = _Story(reading, told, find_clues(reading, told, gazetteer), None)
    cases: list[Case] = []
    for number, (mention, identity) in enumerate(zip(reading.mentions, told, strict=True)):
        gold = golds.get(mention.span)
        is_bare = (identity is None or identity.code == "UNK") and mention.kind not in SKIPPED
        if not is_bare or gold is None or gold.code == "place" or not story.codes:
            continue
        found = weigh_signs(number, story)
        values = np.array([[found[code].get(name, 0.0) for name in names] for code in found])
        cases.append((choose_part(marked.id), gold.code, list(found), values))
    return cases


def fit(cases: list[Case], n_signs: int) -> np.ndarray:
    """Return the weights of a conditional logistic regression over the countries in question of each case."""
    usable = [(codes.index(gold), values) for _, gold, codes, values in cases if gold in codes and len(codes) > 1]
    weights = np.zeros(n_signs)
    for _ in range(ROUNDS):
        gradient = -RIDGE * weights / len(usable)
        for right, values in usable:
            shares = np.exp(values @ weights - (values @ weights).max())
            gradient += (values[right] - (shares / shares.sum()) @ values) / len(usable)
        weights += RATE * gradient
    return weights


def report(cases: list[Case], weights: np.ndarray, part: Part) -> None:
    own = [case for case in cases if case[0] is part]
    n_right = n_clear = n_clear_right = n_open_right = 0
    for _, gold, codes, values in own:
        scores = values @ weights
        best = int(scores.argmax())
        share = 1 / sum(math.exp(score - scores[best]) for score in scores)
        n_right += codes[best] == gold
        n_clear += share > CLEAR
        n_clear_right += share > CLEAR and codes[best] == gold
        n_open_right += share <= CLEAR and codes[best] == gold
    n_open = len(own) - n_clear
    print(
        f"{part.value}: {len(own)} bare mentions, likeliest right {n_right / len(own):.3f}; clear {n_clear / len(own):.3f}, "
        f"of these right {n_clear_right / max(n_clear, 1):.3f}; of the unclear {n_open_right / max(n_open, 1):.3f}"
    )


def main() -> None:
    gazetteer, names = load_gazetteer(), list(load_signs().weights)
    documents = [
        one for one in check_files([find_corpus("invented")]).documents if choose_part(one.id) is not Part.HELD_BACK
    ]
    cases = [case for marked in documents for case in list_cases(marked, names, gazetteer)]
    weights = fit([case for case in cases if case[0] is Part.TRAIN], len(names))
    for name, weight in zip(names, weights, strict=True):
        print(f"  {name}: {weight:.2f}")
    for part in (Part.TRAIN, Part.DEV):
        report(cases, weights, part)


if __name__ == "__main__":
    main()
