"""What a person decided about two records: one event, or two. It goes before every score, in this run and in all later ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two records, named by their ids: ``join`` them into one story, or ``split`` them."""

    kind: Literal["join", "split"]
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Constraints:
    """Decisions without contradictions: groups of records that stand together, and pairs that must not."""

    together: tuple[tuple[str, ...], ...]
    apart: frozenset[tuple[str, str]]


def split_out(record: str, others: Iterable[str]) -> tuple[Decision, ...]:
    """Return the decisions that take a record out of a story: it stands with none of the others."""
    return tuple(Decision("split", *sorted((record, other))) for other in sorted(set(others) - {record}))


def settle_decisions(decisions: Sequence[Decision], known: Iterable[str]) -> Constraints:
    """Return the decisions that hold, the latest first where two contradict, also through third records.

    Decisions on records that are not ``known`` wait until these come back.
    """
    present = set(known)
    groups: dict[str, set[str]] = {}
    apart: set[tuple[str, str]] = set()
    for decision in reversed(decisions):
        if decision.one not in present or decision.other not in present or decision.one == decision.other:
            continue
        one, other = groups.get(decision.one, {decision.one}), groups.get(decision.other, {decision.other})
        if decision.kind == "split":
            if one is not other and decision.other not in one:
                apart.add(_order(decision.one, decision.other))
        elif not any(_order(left, right) in apart for left in one for right in other):
            joined = one | other
            groups.update(dict.fromkeys(joined, joined))
    together = {tuple(sorted(group)) for group in groups.values()}
    return Constraints(tuple(sorted(together)), frozenset(apart))


def _order(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
