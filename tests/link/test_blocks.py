"""Pairs to compare, found stretch by stretch, are those that all blocks at once would give."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest

from dragoman.link import Report, blocks, link_reports
from dragoman.link.blocks import find_pairs
from dragoman.link.facts import Facts, gather_facts
from dragoman.records import Moment
from tests.link.reports import DAY, make_actor, make_report

WORDS = [f"{one}{two}{three}" for one in ("bel", "cor", "dun") for two in ("vast", "mire", "tole") for three in "aeiou"]
CODES = ("PRK", "KOR", "JPN", "USA", "UNK")


def draw_reports(n_reports: int, seed: int) -> list[Report]:
    """Reports of a crowded month: so many share a party and a type that blocks must be cut; some tell only the month, some no day."""
    draw = random.Random(seed)
    return [_draw_report(draw, f"{number:04}") for number in range(n_reports)]


def _draw_report(draw: random.Random, name: str) -> Report:
    day = DAY + timedelta(days=draw.randrange(30))
    granularity, basis = draw.choice(("day", "day", "day", "month")), draw.choice(("text", "publication"))
    moment = Moment(day.replace(day=1) if granularity == "month" else day, granularity, basis)
    return make_report(
        name,
        " ".join(draw.choices(WORDS, k=8)),
        moment=moment if draw.random() < 0.95 else None,
        published=day if draw.random() < 0.9 else None,
        day=day,
        event=draw.choice(("ASSAULT", "MOBILIZE")),
        actor=(make_actor(draw.choice(CODES)),),
        recipient=(make_actor(draw.choice(CODES)),),
    )


def find_all_at_once(facts: list[Facts]) -> set[tuple[int, int]]:
    """The rule itself, written down plainly: every block of every stretch, and every pair in it counted."""
    words = [blocks._pick_words(one, blocks._MOST_WORDS_REFINED) for one in facts]
    found: set[tuple[int, int]] = set()
    for width, is_wide in ((blocks._WINDOW, False), (blocks._WIDE_WINDOW, True)):
        for shift in (0, 1):
            held: dict[tuple[object, ...], list[int]] = {}
            for position, one in enumerate(facts):
                if one.is_dated and (is_wide or not one.is_coarse):
                    stretch = ((one.first if one.is_told else one.last) + shift * width // 2) // width
                    for content in blocks._list_contents(one, words[position][: blocks._MOST_WORDS]):
                        held.setdefault((stretch, *content), []).append(position)
            kept = {key: own for key, own in held.items() if not is_wide or any(facts[one].is_coarse for one in own)}
            groups, crowds = blocks._cut_blocks(kept, words)
            pairs = [pair for group in groups for pair in combinations(sorted(group), 2)]
            times = Counter([*pairs, *(pair for crowd in crowds for pair in follow(crowd, facts))])
            twice = {pair for pair, n_times in times.items() if n_times > 1}
            found |= {pair for pair in twice if not is_wide or any(facts[one].is_coarse for one in pair)}
    return found


def follow(crowd: list[int], facts: list[Facts]) -> list[tuple[int, int]]:
    """Each report of a crowd with the twelve that follow it in time."""
    line = sorted(crowd, key=lambda one: (facts[one].first, facts[one].type, facts[one].id))
    paired = [(one, other) for place, one in enumerate(line) for other in line[place + 1 : place + 13]]
    return [(min(pair), max(pair)) for pair in paired]


@pytest.mark.parametrize("seed", range(4))
def test_stretch_by_stretch_finds_the_pairs_of_all_at_once(seed: int) -> None:
    facts = [gather_facts(report) for report in draw_reports(400, seed)]
    pairs = [tuple(pair) for pair in find_pairs(facts).tolist()]
    assert len(pairs) > 400
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == find_all_at_once(facts)


def test_no_reports_and_one_make_no_pairs() -> None:
    assert find_pairs([]).shape == (0, 2)
    assert find_pairs([gather_facts(make_report("1", "A missile was fired"))]).shape == (0, 2)


@pytest.mark.parametrize("seed", range(2))
def test_stories_are_the_same_in_any_order(seed: int) -> None:
    reports = draw_reports(150, seed)
    shuffled = random.Random(seed).sample(reports, len(reports))
    assert link_reports(shuffled) == link_reports(reports)
