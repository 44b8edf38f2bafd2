"""One record for each distinct event of an article: later mentions add evidence (coding rules, section 1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.code.draft import UNKNOWN_ACTOR, Draft
from dragoman.records import Actor, Moment

_MOST_COMPARED = 200
"""Records of one kind that a draft is compared with, the latest ones; no article that people write has more."""


@dataclass(slots=True)
class _Group:
    """Mentions of one event: what is known of it so far, and the drafts whose evidence and reasons it takes in at the end."""

    known: Draft
    drafts: list[Draft]

    def take(self, draft: Draft) -> None:
        self.known = join_facts(self.known, draft)
        self.drafts.append(draft)

    def close(self) -> Draft:
        evidence = {evidence for draft in self.drafts for evidence in draft.evidence}
        why = dict.fromkeys(reason for draft in self.drafts for reason in draft.why)
        return replace(self.known, evidence=tuple(sorted(evidence, key=lambda one: one.anchor)), why=tuple(why))


def merge_drafts(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with mentions of the same event joined, in the order of their first mention."""
    groups: list[_Group] = []
    # Only drafts that share type, status and an actor's code can be one event; looking no further keeps long articles quick.
    shelves: dict[tuple[str, str, str], list[int]] = {}
    for draft in drafts:
        keys = [(draft.type, draft.status.value, code) for code in dict.fromkeys(actor.code for actor in draft.actors)]
        candidates = sorted({position for key in keys for position in shelves.get(key, ())[-_MOST_COMPARED:]})
        found = next((position for position in candidates if is_same_event(groups[position].known, draft)), None)
        if found is None:
            found = len(groups)
            groups.append(_Group(draft, [draft]))
        else:
            groups[found].take(draft)
        for key in keys:
            shelf = shelves.setdefault(key, [])
            if found not in shelf[-_MOST_COMPARED:]:
                shelf.append(found)
    return [group.close() for group in groups]


def is_same_event(one: Draft, other: Draft) -> bool:
    """Return whether two drafts can tell of one event: nothing in them contradicts, and actors are shared."""
    return (
        one.type == other.type
        and one.status is other.status
        and _modes_agree(one.modes, other.modes)
        and _actors_agree(one.actors, other.actors)
        and _recipients_agree(one.recipients, other.recipients)
        and _moments_agree(one.moment, other.moment)
    )


def join_facts(first: Draft, later: Draft) -> Draft:
    """Return the first draft with the later one's facts where it is silent itself."""
    return replace(
        first,
        modes=first.modes or later.modes,
        contexts=first.contexts + tuple(context for context in later.contexts if context not in first.contexts),
        actors=first.actors if first.actors[0].code != "UNK" else later.actors,
        recipients=first.recipients or later.recipients,
        moment=first.moment if first.moment is not None and first.moment.basis == "text" else later.moment,
        place=first.place or later.place,
        speaker=first.speaker or later.speaker,
        # Two mentions that each may be mistaken support each other.
        score=1 - (1 - first.score) * (1 - later.score),
    )


def _modes_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _actors_agree(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    # An unknown actor says nothing of who it is, so it joins only another unknown one.
    if one == (UNKNOWN_ACTOR,) or other == (UNKNOWN_ACTOR,):
        return one == other
    return _share_party(one, other)


def _recipients_agree(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return not one or not other or _share_party(one, other)


def _share_party(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return any(_is_same_party(left, right) for left in one for right in other)


def _is_same_party(one: Actor, other: Actor) -> bool:
    if one.code == "UNK" and other.code == "UNK":
        return one.text.lower() == other.text.lower()
    # A minister speaks for a government, so GOV meets GOV; a named rebel group never meets another one.
    if one.name and other.name and one.name != other.name:
        return one.code == other.code and one.sector[:1] == other.sector[:1] == ("GOV",)
    return one.code == other.code and bool(set(one.sector) & set(other.sector))


def _moments_agree(one: Moment | None, other: Moment | None) -> bool:
    if one is None or other is None or "publication" in (one.basis, other.basis):
        return True
    return one.last_day >= other.date and other.last_day >= one.date
