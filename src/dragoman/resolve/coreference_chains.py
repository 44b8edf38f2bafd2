"""Chains of mentions that stand for one entity, grown link by link; and what a chain's mentions together tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.resolve.coreference_nouns import Noun
from dragoman.resolve.coreference_words import Sex


@dataclass(frozen=True, slots=True)
class Link:
    """A mention points back (seldom ahead) to others: to one that is the same entity, or to several that it stands for together.

    ``why`` says what the link rests on, in words.
    """

    antecedents: tuple[int, ...]
    why: str


class Chains:
    """Links between the mentions of one document. Mentions are named by their numbers.

    ``apart`` are pairs of mentions that cannot be one entity: who does something, and to whom it is done.
    """

    def __init__(self, nouns: Sequence[Noun], apart: Iterable[tuple[int, int]] = ()) -> None:
        self.nouns = nouns
        self._apart: list[set[int]] = [set() for _ in nouns]
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self.links: dict[int, Link] = {}
        self._parents = list(range(len(nouns)))
        self._sizes = [1] * len(nouns)
        self._sexes: list[Sex] = [noun.sex for noun in nouns]
        self._plurals: list[bool | None] = [None if noun.pronoun else noun.is_plural for noun in nouns]

    def link(self, number: int, antecedents: Sequence[int], why: str) -> None:
        """Let a mention point to others; where it is one other, the two are of one chain from now on."""
        self.links[number] = Link(tuple(antecedents), why)
        if len(antecedents) == 1:
            self._join(antecedents[0], number)

    def _join(self, one: int, other: int) -> None:
        first, second = self.find(one), self.find(other)
        if first == second:
            return
        first, second = min(first, second), max(first, second)
        self._parents[second] = first
        self._sizes[first] += self._sizes[second]
        self._apart[first] |= self._apart[second]
        if self._sexes[first] == "any":
            self._sexes[first] = self._sexes[second]
        if self._plurals[first] is None:
            self._plurals[first] = self._plurals[second]

    def find(self, number: int) -> int:
        """Return the number of the first mention of a mention's chain."""
        root = number
        while self._parents[root] != root:
            root = self._parents[root]
        while self._parents[number] != root:
            self._parents[number], number = root, self._parents[number]
        return root

    def are_joined(self, one: int, other: int) -> bool:
        """Return whether two mentions are of one chain."""
        return self.find(one) == self.find(other)

    def are_apart(self, one: int, other: int) -> bool:
        """Return whether two mentions' chains cannot be one entity."""
        root = self.find(other)
        return any(self.find(number) == root for number in self._apart[self.find(one)])

    def size_of(self, number: int) -> int:
        """Return how many mentions the chain has so far."""
        return self._sizes[self.find(number)]

    def sex_of(self, number: int) -> Sex:
        """Return the sex that some mention of the chain tells; "any" where none does."""
        return self._sexes[self.find(number)]

    def is_plural(self, number: int) -> bool:
        """Return whether the chain stands for several."""
        return bool(self._plurals[self.find(number)])

    def group(self) -> list[list[int]]:
        """Return the chains as lists of mentions in text order, in the order of their first mentions."""
        chains: dict[int, list[int]] = {}
        for number in range(len(self.nouns)):
            chains.setdefault(self.find(number), []).append(number)
        return list(chains.values())
