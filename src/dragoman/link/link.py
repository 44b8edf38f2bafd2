"""Reports -> Story: who belongs together, and what their stories say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.link.blocks import find_pairs
from dragoman.link.cluster import Pair, cluster, fill_scores, find_components
from dragoman.link.decisions import Constraints, Decision, settle_decisions
from dragoman.link.facts import Facts, gather_facts
from dragoman.link.report import Report
from dragoman.link.score import Scorer, load_scorer
from dragoman.link.sieve import Sieve
from dragoman.link.summary import tell_story
from dragoman.records import Story

EDGE = 0.2
"""A pair scored lower connects nothing by itself."""
_AT_ONCE = 100_000
"""Pairs turned into Python's own numbers at a time, which take ten times the memory."""
_WHOLE = 80
"""In a component of at most so many reports every pair is scored, not only those that share a block."""


@dataclass(slots=True)
class _Component:
    """Reports that chains of edges connect, with what is known of them: the scores of pairs, and people's decisions."""

    members: list[int]
    scores: dict[Pair, float] = field(default_factory=dict)
    together: list[list[int]] = field(default_factory=list)
    apart: list[Pair] = field(default_factory=list)


def link_reports(
    reports: Iterable[Report], decisions: Sequence[Decision] = (), scorer: Scorer | None = None
) -> list[Story]:
    """Return the stories that the reports tell, each report in exactly one, by first day and id.

    The order of the reports makes no difference. ``decisions`` are people's, in the order in which they were made; they go before
    every score. Reports with the same record id count once.
    """
    by_id = {report.event.id: report for report in reports}
    ordered = [by_id[record] for record in sorted(by_id)]
    facts = [gather_facts(report) for report in ordered]
    chosen = scorer or load_scorer()
    joined = _list_joined(decisions)
    stories = [
        tell_story([ordered[member] for member in group], [facts[member] for member in group], chosen, joined)
        for group in group_facts(facts, chosen, decisions)
    ]
    return sorted(stories, key=lambda story: (story.first_day is not None, story.first_day, story.id))


def _list_joined(decisions: Sequence[Decision]) -> frozenset[tuple[str, str]]:
    joined = [(one.one, one.other) for one in decisions if one.kind == "join"]
    return frozenset([*joined, *((other, one) for one, other in joined)])


def group_facts(facts: Sequence[Facts], scorer: Scorer, decisions: Sequence[Decision] = ()) -> list[list[int]]:
    """Return the positions of the facts (sorted by id) in groups, one a story; a report that nothing joins is a group of its own."""
    constraints = settle_decisions(decisions, (one.id for one in facts))
    groups: list[list[int]] = []
    for component in _find_components(facts, scorer, constraints):
        scores = component.scores
        if len(component.members) <= _WHOLE:
            scores = fill_scores(component.members, scores, lambda one, other: scorer.score(facts[one], facts[other]))
        groups += cluster(
            component.members, scores, scorer.threshold, together=component.together, apart=component.apart
        )
    return groups


def _find_components(facts: Sequence[Facts], scorer: Scorer, constraints: Constraints) -> list[_Component]:
    place = {one.id: position for position, one in enumerate(facts)}
    together = [[place[record] for record in group] for group in constraints.together]
    scores = _score_pairs(facts, scorer)
    links = [*scores, *((group[0], member) for group in together for member in group[1:])]
    components = [_Component(members) for members in find_components(len(facts), links)]
    home = {member: component for component in components for member in component.members}
    for pair, score in scores.items():
        home[pair[0]].scores[pair] = score
    for group in together:
        home[group[0]].together.append(group)
    for one, other in sorted(constraints.apart):
        if home[place[one]] is home[place[other]]:
            home[place[one]].apart.append((place[one], place[other]))
    return components


def _score_pairs(facts: Sequence[Facts], scorer: Scorer) -> dict[Pair, float]:
    scores: dict[Pair, float] = {}
    pairs, sieve = find_pairs(facts), Sieve(facts, scorer)
    for start in range(0, len(pairs), _AT_ONCE):
        for one, other in sieve.sift(pairs[start : start + _AT_ONCE], EDGE).tolist():
            score = scorer.score(facts[one], facts[other])
            if score >= EDGE:
                scores[one, other] = score
    return scores
