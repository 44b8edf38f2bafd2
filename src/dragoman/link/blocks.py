"""Which reports are worth comparing: those that share a stretch of days and a party, a place or telling words.

Every report stands in a bounded number of blocks, and blocks have a bounded number of pairs, so the work grows with the number of reports
and not with its square. The pairs depend on the set of reports alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from dragoman.link.facts import Facts

_WINDOW = 8
"""Days of one stretch; stretches overlap by half, so two reports up to four days apart always share one."""
_WIDE_WINDOW = 32
"""The same for reports that tell only a month or a longer period."""
_TELLING = 2.0
_MOST_WORDS = 6
_MOST_WORDS_REFINED = 12
_LARGEST = 24
"""A block with more reports is cut by its reports' telling words."""
_NEIGHBOURS = 12
"""In a block that even words cannot cut, each report is compared with so many that follow it in time."""
_MOST_PARTIES = 6

Key = tuple[object, ...]
Pairs = np.ndarray[Any, np.dtype[np.int64]]


def find_pairs(facts: Sequence[Facts]) -> Pairs:
    """Return the pairs of positions in ``facts`` (sorted by id) to compare, an array of shape (n, 2), the lower position first.

    A pair must meet in two blocks of one stretch of days: the same party and type, say, and a telling word.
    """
    words = [_pick_words(one, _MOST_WORDS_REFINED) for one in facts]
    coarse = np.fromiter((one.is_coarse for one in facts), dtype=bool, count=len(facts))
    encoded = [np.empty(0, dtype=np.int64)]
    for shift in (0, 1):
        for positions in _part_stretches(facts, _WINDOW, shift, is_kept=lambda one: not one.is_coarse):
            encoded.append(_meet_twice(_fill_blocks(facts, words, positions), facts, words))
        for positions in _part_stretches(facts, _WIDE_WINDOW, shift, is_kept=lambda _: True):
            if coarse[positions].any():
                met = _meet_twice(_fill_wide_blocks(facts, words, positions), facts, words)
                encoded.append(_keep_coarse(met, coarse))
    unique = np.unique(np.concatenate(encoded))
    return np.stack(np.divmod(unique, max(1, len(facts))), axis=1)


def _part_stretches(
    facts: Sequence[Facts], width: int, shift: int, is_kept: Callable[[Facts], bool]
) -> Iterator[list[int]]:
    """Yield the positions of each stretch of days by themselves, so that only one stretch's blocks are held at a time."""
    stretches: dict[int, list[int]] = {}
    for position, one in enumerate(facts):
        if one.is_dated and is_kept(one):
            day = one.first if one.is_told else one.last
            stretches.setdefault((day + shift * width // 2) // width, []).append(position)
    yield from stretches.values()


def _meet_twice(blocks: dict[Key, list[int]], facts: Sequence[Facts], words: Sequence[Sequence[str]]) -> Pairs:
    groups, crowds = _cut_blocks(blocks, words)
    by_size: dict[int, list[list[int]]] = {}
    for members in groups:
        by_size.setdefault(len(members), []).append(members)
    met = [_pair_up(some, len(facts)) for some in by_size.values()]
    met += [_slide(members, facts) for members in crowds]
    pairs, times = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *met]), return_counts=True)
    return pairs[times > 1]


def _fill_blocks(
    facts: Sequence[Facts], words: Sequence[Sequence[str]], positions: Iterable[int]
) -> dict[Key, list[int]]:
    blocks: dict[Key, list[int]] = {}
    for position in positions:
        for key in _list_contents(facts[position], words[position][:_MOST_WORDS]):
            blocks.setdefault(key, []).append(position)
    return blocks


def _fill_wide_blocks(
    facts: Sequence[Facts], words: Sequence[Sequence[str]], positions: Iterable[int]
) -> dict[Key, list[int]]:
    """Reports that tell only a month meet one another and those that tell a day of it."""
    blocks = _fill_blocks(facts, words, positions)
    return {key: members for key, members in blocks.items() if any(facts[member].is_coarse for member in members)}


def _keep_coarse(encoded: Pairs, coarse: np.ndarray[Any, np.dtype[np.bool_]]) -> Pairs:
    """Two reports that both tell a day have met in their own blocks, or are too far apart."""
    lower, upper = np.divmod(encoded, max(1, len(coarse)))
    return encoded[coarse[lower] | coarse[upper]]


def _list_contents(one: Facts, words: Sequence[str]) -> Iterator[Key]:
    actors, recipients = sorted(one.actors.codes)[:_MOST_PARTIES], sorted(one.recipients.codes)[:_MOST_PARTIES]
    parties = sorted({*actors, *recipients})
    yield from (("pair", *sorted((actor, recipient))) for actor in actors for recipient in recipients)
    yield from (("type", party, one.type) for party in parties)
    yield from (("party", party, word) for party in parties for word in words)
    yield from (("word", word) for word in words)
    yield from (("type", one.type, word) for word in words)
    if one.spot and one.spot.name and not one.spot.is_country:
        yield ("place", one.spot.name)
        yield ("place", one.spot.name, one.type)


def _pick_words(one: Facts, n_words: int) -> list[str]:
    """Return the most telling stems of the sentence and of the headline."""
    squares = {**one.title.squares, **one.sentence.squares}
    telling = [(-square, stem) for stem, square in squares.items() if square >= _TELLING * _TELLING]
    return [stem for _, stem in sorted(telling)[:n_words]]


def _cut_blocks(
    blocks: dict[Key, list[int]], words: Sequence[Sequence[str]]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return the groups in which all are to be paired, of two reports or more, and the blocks too crowded for that."""
    groups = [members for members in blocks.values() if 1 < len(members) <= _LARGEST]
    crowds = [members for members in blocks.values() if len(members) > _LARGEST]
    for members in crowds:
        smaller: dict[str, list[int]] = {}
        for position in members:
            for word in words[position]:
                smaller.setdefault(word, []).append(position)
        # A word that most of a crowd shares tells nothing within it.
        groups += [group for group in smaller.values() if 1 < len(group) <= _LARGEST]
    return groups, crowds


def _slide(members: list[int], facts: Sequence[Facts]) -> Pairs:
    """Return the pairs of each report with those that follow it in time, each pair as one number."""
    ordered = sorted(members, key=lambda position: (facts[position].first, facts[position].type, facts[position].id))
    line = np.asarray(ordered, dtype=np.int64)
    steps = range(1, min(_NEIGHBOURS, len(line) - 1) + 1)
    lower = np.concatenate([np.minimum(line[:-step], line[step:]) for step in steps])
    upper = np.concatenate([np.maximum(line[:-step], line[step:]) for step in steps])
    return np.asarray(lower * len(facts) + upper)


def _pair_up(groups: list[list[int]], n_facts: int) -> Pairs:
    """Return the pairs within each of the groups, all of one size, each pair as one number."""
    ordered = np.sort(np.asarray(groups, dtype=np.int64), axis=1)
    lower, upper = _index_pairs(ordered.shape[1])
    paired: Pairs = (ordered[:, lower] * n_facts + ordered[:, upper]).ravel()
    return paired


@cache
def _index_pairs(n_members: int) -> tuple[Pairs, Pairs]:
    lower, upper = np.triu_indices(n_members, k=1)
    return lower, upper
