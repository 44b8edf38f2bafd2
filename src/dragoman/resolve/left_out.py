"""Parties that stand beside an act's words and that the reader linked to nothing: whoever is named right before it, and right behind it.

Readers miss more links than they invent. A mention that is a party of no act of its own is most likely one of the act that it stands
next to: its actor before the act's words or after "by", its recipient behind them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dragoman.records import MentionKind, Reading, RoleKind, Span, Trigger
from dragoman.resolve.actor_identity import Identity

Party = tuple[int, str]
"""The number of a mention, and why it is taken."""
_NO_PARTIES = frozenset({MentionKind.TIME, MentionKind.PLACE, MentionKind.WEAPON})
_WITHOUT_RECIPIENT = frozenset({"CONSULT", "MOBILIZE", "RETREAT"})
"""Acts whose parties are actors, or that mostly have no recipient."""
_NEAR = 40
"""Code points between an act's words and its recipient, at most."""
_REACH = 200
_BREAK = re.compile(r"[;:!?”\"]|\.\s")
_BY = re.compile(r"\bby (?:the |an? )?$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly| not| also)? $")
_BEFORE = 20


def find_left_out(reading: Reading, identities: Sequence[tuple[Identity, ...]]) -> dict[tuple[int, RoleKind], Party]:
    """Return the actors and recipients, by trigger and part, of acts to which the reader links none in that part."""
    roles = reading.group_roles()
    free = _list_free(reading, identities)
    starts = [reading.mentions[number].span.start for number in free]
    found: dict[tuple[int, RoleKind], Party] = {}
    taken: set[int] = set()
    for number, trigger in enumerate(reading.triggers):
        own = {
            identity.code
            for kind in (RoleKind.ACTOR, RoleKind.RECIPIENT)
            for one in roles.get((number, kind), ())
            for identity in identities[one]
        }
        near = free[bisect_left(starts, trigger.span.start - _REACH) : bisect_right(starts, trigger.span.end + _REACH)]
        fitting = [
            one
            for one in near
            if reading.mentions[one].sentence == trigger.sentence and identities[one][0].code not in own
        ]
        for kind, find in ((RoleKind.ACTOR, _find_actor), (RoleKind.RECIPIENT, _find_recipient)):
            party = None if (number, kind) in roles else find(reading, trigger, fitting)
            if party is not None and party[0] not in taken:
                found[number, kind] = party
                taken.add(party[0])
    return found


def _list_free(reading: Reading, identities: Sequence[tuple[Identity, ...]]) -> list[int]:
    """Return the mentions of known country that play no part in any act, nor lie within one that does."""
    linked = sorted({reading.mentions[role.mention].span for role in reading.roles})
    return [
        number
        for number, mention in enumerate(reading.mentions)
        if mention.kind not in _NO_PARTIES
        and identities[number]
        and identities[number][0].code != "UNK"
        and not _overlaps(mention.span, linked)
    ]


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    at = bisect_left(spans, span.end, key=lambda one: one.start)
    return any(one.overlaps(span) for one in spans[max(0, at - 4) : at])


def _find_actor(reading: Reading, trigger: Trigger, near: Sequence[int]) -> Party | None:
    text = reading.document.text
    for number in near:
        span = reading.mentions[number].span
        if span.start >= trigger.span.end and _BY.search(text, trigger.span.end, span.start):
            return (number, "named after 'by'") if _is_open(reading, trigger.span.end, span.start) else None
    if _PASSIVE.search(text, max(0, trigger.span.start - _BEFORE), trigger.span.start):
        return None
    before = [number for number in near if reading.mentions[number].span.end <= trigger.span.start]
    best = max(before, key=lambda number: reading.mentions[number].span.end, default=None)
    if best is None or not _is_open(reading, reading.mentions[best].span.end, trigger.span.start):
        return None
    return best, f"nobody else stands before '{trigger.span.quote(text)}'"


def _find_recipient(reading: Reading, trigger: Trigger, near: Sequence[int]) -> Party | None:
    text, end = reading.document.text, trigger.span.end
    if trigger.type in _WITHOUT_RECIPIENT:
        return None
    behind = [number for number in near if end <= reading.mentions[number].span.start <= end + _NEAR]
    best = min(behind, key=lambda number: reading.mentions[number].span.start, default=None)
    if best is None:
        return None
    start = reading.mentions[best].span.start
    is_other = _BREAK.search(text, end, start) or _BY.search(text, end, start) or not _is_open(reading, end, start)
    return None if is_other else (best, f"nobody else stands behind '{trigger.span.quote(text)}'")


def _is_open(reading: Reading, start: int, end: int) -> bool:
    """Return whether no other act stands between two places."""
    at = bisect_left(reading.triggers, start, key=lambda one: one.span.start)
    return at == len(reading.triggers) or reading.triggers[at].span.start >= end
