"""Mentions beside an act's party that are none of it: "military" in "military aid to Sri Lanka", "radios" given to the African Union."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.records import Reading
from dragoman.resolve.actor_identity import Identity

_JOINT = re.compile(r"(?:['’]s)?\s*(?:,|/|and|or|, and|as well as|with)?\s*(?:the|an?)?\s*")
"""What stands between two members of a list."""
_LONGEST_JOINT = 24
_NAMED = ("state:", "org:", "territory:")


def drop_bystanders(
    reading: Reading, numbers: Sequence[int], identities: Sequence[tuple[Identity, ...]]
) -> tuple[int, ...]:
    """Return the mentions in one part of an act without those that are probably none of it.

    Where a state or body is named, a mention of which the words tell no country goes, unless the two stand side by side as in a list:
    readers link too many words rather than too few.
    """
    first = {number: next(iter(identities[number]), None) for number in numbers}
    named = [number for number in numbers if _is_named(first[number])]
    return tuple(
        number for number in numbers if not named or not _is_bare(first[number]) or _is_listed(number, numbers, reading)
    )


def _is_named(identity: Identity | None) -> bool:
    return (
        identity is not None
        and identity.code != "UNK"
        and not identity.is_from_story
        and identity.entity.startswith(_NAMED)
    )


def _is_bare(identity: Identity | None) -> bool:
    return identity is None or identity.code == "UNK" or (identity.is_from_story and identity.name is None)


def _is_listed(number: int, numbers: Sequence[int], reading: Reading) -> bool:
    return any(_are_joined(number, other, reading) for other in numbers if other != number)


def _are_joined(one: int, other: int, reading: Reading) -> bool:
    first, second = sorted((reading.mentions[one].span, reading.mentions[other].span))
    if first.overlaps(second) or first.gap(second) > _LONGEST_JOINT:
        return first.overlaps(second)
    return _JOINT.fullmatch(reading.document.text, first.end, second.start) is not None
