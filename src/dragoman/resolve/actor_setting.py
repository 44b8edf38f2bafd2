"""What a mention is read against, and the answer: who it stands for, and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Gazetteer

OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
ARMED_NON_STATE = frozenset(("REB", "UAF", "PRM", "CRM"))


_STORYS = "is the story's country"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: state or kind of body (``code``), PLOVER ``sectors`` (the main one first), and the reasons in words.

    ``name``, ``office`` and ``wikidata`` are None where they are not known or there is nothing to know. ``score`` is in 0..1.
    ``entity`` is the same for all wordings of one entity ("state:RUS", "person:Q58217", "role:FRA:police").
    """

    code: str
    sectors: tuple[str, ...]
    name: str | None
    office: str | None
    wikidata: str | None
    why: tuple[str, ...]
    score: float
    entity: str

    @property
    def is_from_story(self) -> bool:
        """Whether only the story tells the country, not the words themselves: "police" in a report from Kenya."""
        return any(_STORYS in reason for reason in self.why)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a mention is read against: its text and kind, the day, the story's home country, and what is known.

    ``owner`` is whose it is said to be by words that only point: whom "its" in "its army" stands for.
    """

    text: str
    kind: MentionKind
    on: datetime.date | None
    home: str | None
    gazetteer: Gazetteer
    home_why: str = ""
    owner: Identity | None = None

    def tell_home(self) -> str:
        """Return in words whose a bare mention is."""
        return f"{self.home} {_STORYS}" + (f": {self.home_why}" if self.home_why else "")
