"""Several parties in one mention, as a reader may mark them: "Britain, France and the United States"."""

from __future__ import annotations

import datetime
import re

from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_identity import identify
from dragoman.resolve.actor_setting import Identity

_JOINT = re.compile(r",? and |, ")
_MOST = 12
_KINDS = frozenset({MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.GROUP})


def identify_list(
    text: str, kind: MentionKind, *, on: datetime.date | None = None, gazetteer: Gazetteer
) -> tuple[Identity, ...]:
    """Return who the members of a list are, in order; nobody where the words are no list, or a member is not known by its name."""
    parts = _JOINT.split(text, maxsplit=_MOST) if kind in _KINDS else []
    if len(parts) < 2:  # noqa: PLR2004 - a list has two members at least
        return ()
    found = [identify(part, kind, on=on, gazetteer=gazetteer) for part in parts]
    named = [
        one for one in found if one is not None and one.code != "UNK" and one.entity.startswith(("state:", "org:"))
    ]
    return tuple(named) if len(named) == len(parts) and len({one.entity for one in named}) == len(parts) else ()
