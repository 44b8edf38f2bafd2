"""One record for each distinct event of an article: later mentions add evidence (coding rules, section 1)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from dragoman.code.draft import UNKNOWN_ACTOR, Draft
from dragoman.records import Actor, Moment, Size

_MOST_COMPARED = 20
"""Records of one kind that a draft is compared with, the latest ones; no article that people write has more."""

_STEM = 4
_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


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
    # Only drafts of one type and status can be one event; looking at the latest of those keeps long articles quick.
    shelves: dict[tuple[str, str], list[int]] = {}
    for draft in drafts:
        shelf = shelves.setdefault((draft.type, draft.status.value), [])
        scored = [
            (weigh_sameness(groups[at].known, draft), at)
            for at in shelf[-_MOST_COMPARED:]
            if not contradict(groups[at].known, draft)
        ]
        best, found = max(scored, key=lambda pair: (pair[0], -pair[1]), default=(-1.0, -1))
        if best > 0:
            groups[found].take(draft)
        else:
            shelf.append(len(groups))
            groups.append(_Group(draft, [draft]))
    return [group.close() for group in groups]


def is_same_event(one: Draft, other: Draft) -> bool:
    """Return whether two drafts tell of one event: nothing in them contradicts, and what they share speaks for it."""
    return not contradict(one, other) and weigh_sameness(one, other) > 0


def contradict(one: Draft, other: Draft) -> bool:
    """Return whether two drafts cannot tell of one event: another type, status, mode, actor, recipient or day."""
    return not (
        one.type == other.type
        and one.status is other.status
        and _modes_agree(one.modes, other.modes)
        and _actors_agree(one.actors, other.actors)
        and _recipients_agree(one.recipients, other.recipients)
        and _moments_agree(one.moment, other.moment)
    )


def weigh_sameness(one: Draft, other: Draft) -> float:
    """Return how much speaks for two drafts of one type and status telling of one event; more than 0 where they rather do."""
    weights = load_weights()
    return sum(weights.get(name, 0.0) * value for name, value in compare(one, other).items())


@cache
def load_weights() -> Mapping[str, float]:
    """Return what each sign of sameness weighs (``merging.yaml``, fitted by ``scripts/fit_merging.py``)."""
    text = files("dragoman.code").joinpath("merging.yaml").read_text("utf-8")
    return MappingProxyType(yaml.safe_load(text))


def compare(one: Draft, other: Draft) -> dict[str, float]:
    """Return the signs that speak for and against two drafts being one event; those that do not hold are missing."""
    away = min(abs(left.sentence - right.sentence) for left in one.evidence for right in other.evidence)
    is_open = UNKNOWN_ACTOR in (*one.actors, *other.actors)
    signs = {
        "always": True,
        "same_sentence": away == 0,
        "next_sentence": away == 1,
        "headline": one.in_headline != other.in_headline,
        "same_words": _stem(one) == _stem(other),
        "actor_named": not is_open and _share(one.actors, other.actors, _is_named_alike),
        "actor_alike": not is_open and _share_party(one.actors, other.actors),
        "actor_beside": not is_open and _share_side(one.actors, other.actors),
        "actor_open": is_open,
        "actors_equal": not is_open and len(one.actors) == len(other.actors),
        "recipient_named": _share(one.recipients, other.recipients, _is_named_alike),
        "recipient_alike": _share_party(one.recipients, other.recipients),
        "recipient_beside": _share_side(one.recipients, other.recipients),
        "recipient_open": bool(one.recipients) != bool(other.recipients),
        "day_shared": _is_dated(one) and _is_dated(other),
        "day_open": _is_dated(one) != _is_dated(other),
        "place_shared": one.place is not None and other.place is not None and one.place.text == other.place.text,
    }
    return {name: 1.0 for name, holds in signs.items() if holds} | {"away": math.log1p(away)}


def _stem(draft: Draft) -> str:
    """Return how the act's first word begins: "shelled" and "shelling" begin alike."""
    return draft.evidence[0].event_text.partition(" ")[0].lower()[:_STEM]


def _is_dated(draft: Draft) -> bool:
    return draft.moment is not None and draft.moment.basis == "text"


def _share(one: tuple[Actor, ...], other: tuple[Actor, ...], is_alike: Callable[[Actor, Actor], bool]) -> bool:
    return any(is_alike(left, right) for left in one for right in other)


def _is_named_alike(one: Actor, other: Actor) -> bool:
    return one.code == other.code and (one.name or one.text.lower()) == (other.name or other.text.lower())


def join_facts(first: Draft, later: Draft) -> Draft:
    """Return the first draft with the later one's facts where it is silent itself."""
    return replace(
        first,
        modes=first.modes or later.modes,
        contexts=first.contexts + tuple(context for context in later.contexts if context not in first.contexts),
        in_headline=first.in_headline and later.in_headline,
        actors=first.actors if first.actors[0].code != "UNK" else later.actors,
        recipients=first.recipients or later.recipients,
        moment=first.moment if first.moment is not None and first.moment.basis == "text" else later.moment,
        place=first.place or later.place,
        speaker=_join_speakers(first, later),
        size=_join_sizes(first.size, later.size),
        # Two mentions that each may be mistaken support each other.
        score=1 - (1 - first.score) * (1 - later.score),
    )


def _join_speakers(first: Draft, later: Draft) -> Actor | None:
    """Return who vouches: the outlet itself where it tells the event plainly in the report; a headline names no voices."""
    if first.in_headline or later.in_headline:
        return first.speaker or later.speaker
    return None if first.speaker is None or later.speaker is None else first.speaker


def _join_sizes(first: Size | None, later: Size | None) -> Size | None:
    """Return the first mention's numbers, and the later one's where it is silent."""
    if first is None or later is None:
        return first or later
    return Size(
        dead=first.dead or later.dead,
        injured=first.injured or later.injured,
        arrested=first.arrested or later.arrested,
        participants=first.participants or later.participants,
    )


def _modes_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _actors_agree(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return UNKNOWN_ACTOR in (*one, *other) or _share_side(one, other)


def _recipients_agree(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return not one or not other or _share_side(one, other)


def _share_side(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return _share(one, other, _is_on_same_side)


def _is_on_same_side(one: Actor, other: Actor) -> bool:
    """Return whether two may be one party told with other words: of one country, and not its state and its people."""
    if "UNK" in (one.code, other.code):
        return one.code == other.code and one.text.lower() == other.text.lower()
    is_told = "UNK" not in (*one.sector[:1], *other.sector[:1])
    is_apart = is_told and bool(_STATE & set(one.sector[:1])) != bool(_STATE & set(other.sector[:1]))
    return one.code == other.code and not is_apart


def _share_party(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    return _share(one, other, _is_same_party)


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
