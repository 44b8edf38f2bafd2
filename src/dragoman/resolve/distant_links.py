"""Links that reach over another act although somebody nearer is linked too: "Kinshasa massed armour, Burundi came to its rescue"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.records import MentionKind, Reading, Role, RoleKind

_PARTS = (RoleKind.ACTOR, RoleKind.RECIPIENT)
_MEETINGS = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Acts of several parties, which sentences often name far apart."""


def drop_distant_links(reading: Reading) -> Reading:
    """Return the reading without those links of an act to parties before it between which and the act another act stands.

    Only where a nearer party, named and not merely pointed to, is linked in the same part behind that other act: each clause has its own
    subject, and a reader that links both is mostly mistaken in the farther one.
    """
    groups = reading.group_roles()
    starts = [trigger.span.start for trigger in reading.triggers]
    kept = tuple(role for role in reading.roles if not _is_distant(role, reading, groups, starts))
    return reading if len(kept) == len(reading.roles) else replace(reading, roles=kept)


def _is_distant(
    role: Role, reading: Reading, groups: Mapping[tuple[int, RoleKind], tuple[int, ...]], starts: Sequence[int]
) -> bool:
    trigger, mention = reading.triggers[role.trigger], reading.mentions[role.mention]
    is_before = mention.sentence == trigger.sentence and mention.span.end <= trigger.span.start
    if role.kind not in _PARTS or trigger.type in _MEETINGS or not is_before:
        return False
    at = bisect_left(starts, mention.span.end)
    if at == len(starts) or reading.triggers[at].span.end > trigger.span.start or at == role.trigger:
        return False
    return any(
        reading.triggers[at].span.end <= reading.mentions[other].span.start
        and reading.mentions[other].span.end <= trigger.span.start
        and reading.mentions[other].kind is not MentionKind.PRONOUN
        for other in groups[role.trigger, role.kind]
    )
