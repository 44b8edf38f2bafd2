"""Who is meant: the words of a mention -> state, sectors, name, office on the day, and why.

The rules read small English noun phrases; all knowledge stands in dated files under ``gazetteer/`` (its ``README.md`` tells which).

    gazetteer = load_gazetteer()
    identify("Russian Foreign Minister Sergei Lavrov", MentionKind.PERSON, on=date(2017, 8, 30), gazetteer=gazetteer)
    -> RUS GOV, "Sergey Lavrov", "Minister of Foreign Affairs", Q58217
"""

from __future__ import annotations

from dragoman.resolve.actor_finder import FoundName, find_names
from dragoman.resolve.actor_gazetteer import Gazetteer, load_gazetteer
from dragoman.resolve.actor_identity import Identity, identify

__all__ = ["FoundName", "Gazetteer", "Identity", "find_names", "identify", "load_gazetteer"]
