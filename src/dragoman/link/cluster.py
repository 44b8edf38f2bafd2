"""Scored pairs -> groups: average-link agglomeration, the same whatever the order of arrival."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Pair = tuple[int, int]
_DIGITS = 9
"""Means are compared to so many decimals, so that the order of summation cannot decide a tie."""


def find_components(n_items: int, edges: Iterable[Pair]) -> list[list[int]]:
    """Return the groups of positions that chains of edges connect, each sorted, ordered by their first position."""
    root = list(range(n_items))

    def find(item: int) -> int:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for one, other in edges:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for item in range(n_items):
        groups.setdefault(find(item), []).append(item)
    return list(groups.values())


def cluster(
    members: Sequence[int],
    scores: Mapping[Pair, float],
    threshold: float,
    *,
    together: Iterable[Sequence[int]] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Return the members in groups, each sorted, ordered by their first member.

    The two groups with the highest mean score of their pairs are joined, again and again, while that mean reaches ``threshold``; a
    pair without a score counts 0. Ties fall to the groups with the lowest members. ``together`` are groups that stand from the
    start: each counts as one member, as close to others as its closest. No two members of a pair in ``apart`` (lower first) ever
    stand in one group.
    """
    return _Agglomeration(members, scores, threshold, together, apart).run()


class _Agglomeration:
    """Groups in the making, each known by its lowest member."""

    def __init__(
        self,
        members: Sequence[int],
        scores: Mapping[Pair, float],
        threshold: float,
        together: Iterable[Sequence[int]],
        apart: Iterable[Pair],
    ) -> None:
        self._threshold = threshold
        self._groups: dict[int, list[int]] = {}
        home = {member: member for member in members}
        for group in together:
            home.update(dict.fromkeys(group, min(group)))
        for member in sorted(members):
            self._groups.setdefault(home[member], []).append(member)
        self._sums: dict[int, dict[int, float]] = {lead: {} for lead in self._groups}
        self._sizes = dict.fromkeys(self._groups, 1)
        for (one, other), score in scores.items():
            if home[one] != home[other] and score > self._sums[home[one]].get(home[other], -1.0):
                self._sums[home[one]][home[other]] = self._sums[home[other]][home[one]] = score
        self._apart: dict[int, set[int]] = {lead: set() for lead in self._groups}
        for one, other in apart:
            self._apart[home[one]].add(home[other])
            self._apart[home[other]].add(home[one])

    def _add(self, one: int, other: int, score: float) -> None:
        if one != other:
            self._sums[one][other] = self._sums[one].get(other, 0.0) + score
            self._sums[other][one] = self._sums[one][other]

    def run(self) -> list[list[int]]:
        heap = [entry for lead in self._sums for entry in self._list_entries(lead) if entry[1] == lead]
        heapq.heapify(heap)
        while heap:
            entry = heapq.heappop(heap)
            _, one, other = entry
            if self._may_join(one, other) and entry == self._enter(one, other):
                self._merge(one, other)
                for fresh in self._list_entries(one):
                    heapq.heappush(heap, fresh)
        return [sorted(group) for _, group in sorted(self._groups.items())]

    def _may_join(self, one: int, other: int) -> bool:
        return other in self._sums.get(one, {}) and other not in self._apart[one]

    def _list_entries(self, lead: int) -> Iterator[tuple[float, int, int]]:
        for other in self._sums[lead]:
            entry = self._enter(min(lead, other), max(lead, other))
            if -entry[0] >= self._threshold and other not in self._apart[lead]:
                yield entry

    def _enter(self, one: int, other: int) -> tuple[float, int, int]:
        n_pairs = self._sizes[one] * self._sizes[other]
        return (-round(self._sums[one][other] / n_pairs, _DIGITS), one, other)

    def _merge(self, one: int, other: int) -> None:
        self._groups[one] += self._groups.pop(other)
        self._sizes[one] += self._sizes.pop(other)
        for third, score in self._sums.pop(other).items():
            del self._sums[third][other]
            self._add(one, third, score)
        for third in self._apart.pop(other):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)


def fill_scores(
    members: Sequence[int], known: Mapping[Pair, float], score: Callable[[int, int], float]
) -> dict[Pair, float]:
    """Return a score for every pair of the members, lower first: the known one, else a fresh one."""
    ordered = sorted(members)
    pairs = ((one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])
    return {pair: known[pair] if pair in known else score(*pair) for pair in pairs}
