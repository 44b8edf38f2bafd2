"""One record for each distinct event of an article: later mentions add evidence (coding rules, section 1)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.code.draft import UNKNOWN_ACTOR, Draft
from dragoman.records import Actor, Moment


def merge_drafts(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with mentions of the same event joined, in the order of their first mention."""
    merged: list[Draft] = []
    for draft in drafts:
        for position, earlier in enumerate(merged):
            if is_same_event(earlier, draft):
                merged[position] = join_drafts(earlier, draft)
                break
        else:
            merged.append(draft)
    return merged


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


def join_drafts(first: Draft, later: Draft) -> Draft:
    """Return the first draft with the later one's evidence, and with its facts where the first is silent."""
    moment = first.moment if first.moment is not None and first.moment.basis == "text" else later.moment
    return replace(
        first,
        modes=first.modes or later.modes,
        contexts=first.contexts + tuple(context for context in later.contexts if context not in first.contexts),
        actors=first.actors if first.actors[0].code != "UNK" else later.actors,
        recipients=first.recipients or later.recipients,
        moment=moment,
        place=first.place or later.place,
        speaker=first.speaker or later.speaker,
        evidence=tuple(sorted({*first.evidence, *later.evidence}, key=lambda evidence: evidence.anchor)),
        # Two mentions that each may be mistaken support each other.
        score=1 - (1 - first.score) * (1 - later.score),
        why=(*first.why, *(reason for reason in later.why if reason not in first.why)),
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
