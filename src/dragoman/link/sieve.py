"""Pairs that cannot reach a score are sieved out before the full comparison, many at a time.

Each feature is known, or bounded from below and above, for many pairs at once; a pair whose log odds stay too low even at the best end of
every bound is dropped. What passes gets its full score, so that the stories are the same with and without.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from dragoman.link.compare import FEATURES, MOST_DAYS, MOST_PUBLICATION_DAYS, RAREST, load_nearness
from dragoman.link.facts import Facts, Words
from dragoman.link.score import Scorer

_SLACK = 1e-6
"""More than sums in another order can differ by."""
_FIRST_QUAD_OF_CONFLICT = 3
_BITS = 62

Array = np.ndarray[Any, Any]
Bound = tuple[Array | float, Array | float]


class Sieve:
    """What of the reports the bounds need, as arrays, one row a report."""

    def __init__(self, facts: Sequence[Facts], scorer: Scorer) -> None:
        self._scorer = scorer
        self._nearness = _tabulate_nearness(names := sorted({one.type for one in facts}))
        self._type = _number((one.type for one in facts), names)
        self._status = _number((one.status for one in facts), sorted({one.status for one in facts}))
        self._conflict = _gather(facts, lambda one: one.quad >= _FIRST_QUAD_OF_CONFLICT, bool)
        self._first, self._last = _gather(facts, lambda one: one.first), _gather(facts, lambda one: one.last)
        self._told, self._dated = (
            _gather(facts, lambda one: one.is_told, bool),
            _gather(facts, lambda one: one.is_dated, bool),
        )
        self._coarse = _gather(facts, lambda one: one.is_coarse, bool)
        self._published = _gather(facts, lambda one: one.published)
        self._actors, self._recipients = _mask_codes(facts)
        self._placed = _gather(facts, lambda one: one.spot is not None, bool)
        self._titled = _gather(facts, lambda one: bool(one.title.stems), bool)
        self._sentence, self._anchor = (
            _Texts([one.sentence for one in facts]),
            _Texts([one.anchor for one in facts]),
        )

    def sift(self, pairs: Array, least: float) -> Array:
        """Return those of the pairs, sorted by the first of each, that may score ``least`` (0 to 1) or more."""
        one, other = pairs[:, 0], pairs[:, 1]
        highest = np.full(len(pairs), self._scorer.bias)
        known = {
            **self._bound_types(one, other),
            **self._bound_days(one, other),
            **self._bound_parties(one, other),
            **self._bound_places(one, other),
            **self._bound_words(one, other),
        }
        for name, weight in zip(FEATURES, self._scorer.weights, strict=True):
            low, high = known.get(name, (0.0, 1.0))
            highest += weight * (high if weight > 0 else low)
        kept: Array = pairs[highest >= math.log(least / (1 - least)) - _SLACK]
        return kept

    def _bound_types(self, one: Array, other: Array) -> dict[str, Bound]:
        first, second = self._type[one], self._type[other]
        return {
            "type same": _exactly(first == second),
            "type near": _exactly(self._nearness[first, second]),
            "type opposed": _exactly(self._conflict[one] != self._conflict[other]),
            "status differs": _exactly(self._status[one] != self._status[other]),
        }

    def _bound_days(self, one: Array, other: Array) -> dict[str, Bound]:
        dated = self._dated[one] & self._dated[other]
        told, coarse = self._told[one] & self._told[other], self._coarse[one] | self._coarse[other]
        apart = np.maximum(self._first[one] - self._last[other], self._first[other] - self._last[one])
        gap = np.where(dated, np.clip(apart, 0, MOST_DAYS), 0.0)
        published = np.where(
            (self._published[one] > 0) & (self._published[other] > 0),
            np.minimum(abs(self._published[one] - self._published[other]), MOST_PUBLICATION_DAYS),
            0.0,
        )
        return {
            "days apart, both told": _exactly(np.where(told, gap, 0.0)),
            "days apart, one guessed": _exactly(np.where(told, 0.0, gap)),
            "same day told": _exactly(dated & told & ~coarse & (gap == 0)),
            "one date is coarse": _exactly(dated & coarse),
            "no date": _exactly(~dated),
            "days between publications": _exactly(published),
        }

    def _bound_parties(self, one: Array, other: Array) -> dict[str, Bound]:
        actors, recipients = self._actors, self._recipients
        same_actors, same_recipients = _meet(actors[one], actors[other]), _meet(recipients[one], recipients[other])
        swapped = _meet(actors[one], recipients[other]) | _meet(recipients[one], actors[other])
        acts, suffers = _meet(actors, actors), _meet(recipients, recipients)
        both_act, both_suffer = acts[one] & acts[other], suffers[one] & suffers[other]
        return {
            "actors shared": (0.0, same_actors.astype(float)),
            "actors differ": _exactly(both_act & ~same_actors),
            "actor sectors shared": (0.0, same_actors.astype(float)),
            "actor unknown": _exactly(~both_act),
            "recipients shared": (0.0, same_recipients.astype(float)),
            "recipients differ": _exactly(both_suffer & ~same_recipients),
            "recipient unknown": _exactly(~both_suffer),
            "parties swapped": _exactly(swapped),
            "parties shared": (0.0, (same_actors | same_recipients | swapped).astype(float)),
        }

    def _bound_places(self, one: Array, other: Array) -> dict[str, Bound]:
        may = (self._placed[one] & self._placed[other]).astype(float)
        return dict.fromkeys(("place same", "place near", "country same", "place differs"), (0.0, may))

    def _bound_words(self, one: Array, other: Array) -> dict[str, Bound]:
        alike, rarest = self._sentence.compare(one, other)
        anchors, _ = self._anchor.compare(one, other)
        titled = self._titled[one] | self._titled[other]
        return {
            "sentences alike": _exactly(alike),
            "act worded alike": _exactly(anchors),
            "titles alike": (0.0, (self._titled[one] & self._titled[other]).astype(float)),
            "sentence like other title": (0.0, titled.astype(float)),
            "rarest word shared": _exactly(rarest / RAREST),
        }


class _Texts:
    """The stems of each report's text as numbers, in rows of one length; the last number stands for no stem and weighs nothing."""

    def __init__(self, texts: Sequence[Words]) -> None:
        numbers: dict[str, int] = {}
        weights: list[float] = []
        rows: list[list[int]] = []
        for text in texts:
            for stem, square in text.squares.items():
                if stem not in numbers:
                    numbers[stem] = len(weights)
                    weights.append(square)
            rows.append([numbers[stem] for stem in text.squares])
        self._weights = np.array([*weights, 0.0])
        self._stems = np.full((len(rows), max(map(len, rows), default=0)), len(weights), dtype=np.int32)
        for place, row in enumerate(rows):
            self._stems[place, : len(row)] = row
        self._lengths = np.array([text.length for text in texts])

    def compare(self, one: Array, other: Array) -> tuple[Array, Array]:
        """Return for each pair the cosine, and how telling the rarest stem of both is; 0 where they share none."""
        shared, rarest = np.zeros(len(one)), np.zeros(len(one))
        here = np.zeros_like(self._weights)
        for begin, end in _list_runs(one) if self._stems.shape[1] else ():
            own = self._stems[one[begin]]
            here[own] = self._weights[own]
            met = here[self._stems[other[begin:end]]]
            here[own] = 0.0
            shared[begin:end], rarest[begin:end] = met.sum(axis=1), met.max(axis=1)
        product = self._lengths[one] * self._lengths[other]
        return shared / np.where(product > 0, product, 1.0), np.sqrt(rarest)


def _list_runs(ordered: Array) -> Iterator[tuple[int, int]]:
    """Yield where each run of one number begins and ends."""
    cuts = np.flatnonzero(np.diff(ordered)) + 1
    edges = [0, *cuts.tolist(), len(ordered)]
    return pairwise(edges) if len(ordered) else iter(())


def _exactly(value: Array) -> Bound:
    numbers = value.astype(float)
    return numbers, numbers


def _gather(facts: Sequence[Facts], view: Callable[[Facts], int], kind: type = np.int64) -> Array:
    return np.fromiter((view(one) for one in facts), dtype=kind, count=len(facts))


def _number(values: Iterable[str], names: Sequence[str]) -> Array:
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[value] for value in values], dtype=np.int64)


def _tabulate_nearness(names: Sequence[str]) -> Array:
    near = load_nearness()
    return np.array([[near.get((one, other), 0.0) for other in names] for one in names]).reshape(len(names), len(names))


def _mask_codes(facts: Sequence[Facts]) -> tuple[Array, Array]:
    """Return for each report who acts and who is acted on, one bit a code."""
    codes = sorted({code for one in facts for code in (*one.actors.codes, *one.recipients.codes)})
    bits = {code: divmod(place, _BITS) for place, code in enumerate(codes)}
    width = len(codes) // _BITS + 1
    actors, recipients = (np.zeros((len(facts), width), dtype=np.int64) for _ in range(2))
    for place, one in enumerate(facts):
        for masks, parties in ((actors, one.actors), (recipients, one.recipients)):
            for code in parties.codes:
                column, bit = bits[code]
                masks[place, column] |= 1 << bit
    return actors, recipients


def _meet(one: Array, other: Array) -> Array:
    """Return for each row whether the two have a code in common."""
    return np.asarray((one & other).any(axis=1))
