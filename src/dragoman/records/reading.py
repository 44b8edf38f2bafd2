"""What a reader finds in a document: mentions, triggers, and the roles that link them.

A reading holds only words and relations between words. Who the words stand for, and which day "Tuesday" was, is
found out later, in ``resolve``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.records.text import Document, Span


class MentionKind(StrEnum):
    """What sort of thing a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    DEMONYM = "demonym"
    ROLE = "role"
    GROUP = "group"
    PRONOUN = "pronoun"
    PLACE = "place"
    TIME = "time"
    WEAPON = "weapon"


class Status(StrEnum):
    """Whether an act happened: PLOVER's auxiliary modes (coding rules, section 3)."""

    ACTUAL = "actual"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    HISTORICAL = "historical"


class RoleKind(StrEnum):
    """What part a mention plays in an act."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    PLACE = "place"
    TIME = "time"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody, some place, some time or some weapon. ``score`` is in 0..1."""

    span: Span
    sentence: int
    kind: MentionKind
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an act of a PLOVER type.

    ``span`` is the shortest span that names it ("fired"); ``phrase`` is the wording that an analyst would quote
    ("fired a ballistic missile") and covers ``span``. ``type`` and ``modes`` are PLOVER codes, ``contexts`` PLOVER contexts in the
    codebook's order. ``score`` in 0..1 is the reader's confidence in the type, ``status_score`` in the status.
    ``cue`` says, in words an analyst understands, what made the reader decide.
    """

    span: Span
    phrase: Span
    sentence: int
    type: str
    modes: tuple[str, ...] = ()
    status: Status = Status.ACTUAL
    contexts: tuple[str, ...] = ()
    score: float = 1.0
    status_score: float = 1.0
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A link: mention number ``mention`` plays the part ``kind`` in the act of trigger number ``trigger``.

    The numbers index ``Reading.mentions`` and ``Reading.triggers``. ``score`` is in 0..1. The two may stand in
    different sentences.
    """

    trigger: int
    mention: int
    kind: RoleKind
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one document. Mentions and triggers are in text order."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    roles: tuple[Role, ...] = ()

    def mentions_in_role(self, trigger: int, kind: RoleKind) -> tuple[int, ...]:
        """Return the numbers of the mentions that play ``kind`` in the act of ``trigger``, in text order."""
        return self.group_roles().get((trigger, kind), ())

    def group_roles(self) -> dict[tuple[int, RoleKind], tuple[int, ...]]:
        """Return the numbers of the mentions that play each part, in text order, by trigger number and part.

        Whoever asks for many triggers asks once: it goes through all roles.
        """
        grouped: dict[tuple[int, RoleKind], list[int]] = {}
        for role in self.roles:
            grouped.setdefault((role.trigger, role.kind), []).append(role.mention)
        return {part: tuple(sorted(mentions)) for part, mentions in grouped.items()}
