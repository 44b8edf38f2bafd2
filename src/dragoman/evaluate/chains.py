"""Chains of mentions against gold chains: the four figures by which coreference is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dragoman.evaluate.match import assign

_FINE = 1_000_000
"""Similarities are whole numbers of this fraction where chains are paired."""
Chain = frozenset[int]


@dataclass(frozen=True, slots=True)
class Ratio:
    """The sums that precision and recall are made of; ratios of several documents add up."""

    found: float = 0.0
    n_found: float = 0.0
    gold: float = 0.0
    n_gold: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(
            self.found + other.found, self.n_found + other.n_found, self.gold + other.gold, self.n_gold + other.n_gold
        )

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in 0..1."""
        precision = self.found / self.n_found if self.n_found else 0.0
        recall = self.gold / self.n_gold if self.n_gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_muc(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """Return MUC: the share of links that need not be added (Vilain et al. 1995)."""
    return Ratio(*_count_links(found, gold), *_count_links(gold, found))


def _count_links(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[int, int]:
    home = {mention: number for number, chain in enumerate(others) for mention in chain}
    kept = sum(len(chain) - _count_pieces(chain, home) for chain in chains)
    return kept, sum(len(chain) - 1 for chain in chains)


def _count_pieces(chain: Chain, home: dict[int, int]) -> int:
    inside = {home[mention] for mention in chain if mention in home}
    return len(inside) + sum(mention not in home for mention in chain)


def score_b_cubed(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """Return B-cubed: for each mention, how much of its chain is shared (Bagga and Baldwin 1998)."""
    return Ratio(*_count_shared(found, gold), *_count_shared(gold, found))


def _count_shared(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, int]:
    home = {mention: other for other in others for mention in other}
    shared = sum(len(chain & home.get(mention, frozenset())) / len(chain) for chain in chains for mention in chain)
    return shared, sum(len(chain) for chain in chains)


def score_ceaf(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """Return entity CEAF: how alike the chains are under the best pairing (Luo 2005, phi 4)."""
    weights = [[round(_FINE * 2 * len(one & other) / (len(one) + len(other))) for other in found] for one in gold]
    total = sum(weights[left][right] for left, right in assign(weights)) / _FINE if gold and found else 0.0
    return Ratio(total, len(found), total, len(gold))


MEASURES: MappingProxyType[str, Callable[[Sequence[Chain], Sequence[Chain]], Ratio]] = MappingProxyType(
    {"MUC": score_muc, "B3": score_b_cubed, "CEAF": score_ceaf}
)


def score_chains(pairs: Iterable[tuple[Sequence[Chain], Sequence[Chain]]]) -> dict[str, float]:
    """Return the F1 of each measure over documents, and their mean "CoNLL". Chains of one mention do not count."""
    sums = dict.fromkeys(MEASURES, Ratio())
    for gold, found in pairs:
        lasting = [[chain for chain in side if len(chain) > 1] for side in (gold, found)]
        for name, measure in MEASURES.items():
            sums[name] += measure(lasting[0], lasting[1])
    figures = {name: ratio.f1 for name, ratio in sums.items()}
    return {**figures, "CoNLL": sum(figures.values()) / len(figures)}
