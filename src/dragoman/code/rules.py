"""The coding rules that need no model, one function a rule, applied in the order of ``RULES``.

Each takes a draft and the day of publication and returns a draft. The numbers name sections of ``docs/coding-rules.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from dragoman.code.draft import UNKNOWN_ACTOR, Draft
from dragoman.records import Actor, Status

Rule = Callable[[Draft, date | None], Draft]

# Section 2: a future or promised act of these types has a verbal twin that already says so.
VERBAL_TWINS = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
    "COERCE": "THREATEN",
    "ASSAULT": "THREATEN",
    "SANCTION": "THREATEN",
    "MOBILIZE": "THREATEN",
}
TWIN_MODES = {
    "ASSAULT": "violence",
    "COERCE.arrest": "arrest",
    "COERCE.deport": "expel",
    "COERCE.seize": "territory",
    "COERCE": "restrict",
    "SANCTION.expel": "expel",
    "SANCTION": "relations",
}
# Section 4: "in one-sided violence the victim is the recipient"; section 2: in a meeting all participants are actors.
MEETING_TYPES = {"CONSULT", "COOPERATE"}


def fill_unknown_actor(draft: Draft, _: date | None) -> Draft:
    """Section 2: an event with no stated actor is coded with actor ``UNK``."""
    return draft if draft.actors else replace(draft, actors=(UNKNOWN_ACTOR,))


def drop_self_recipients(draft: Draft, _: date | None) -> Draft:
    """Section 4: nobody is both actor and recipient of one act; the same words cannot be either."""
    spans = {actor.span for actor in draft.actors if actor.span}
    names = {(actor.code, actor.sector, _call(actor)) for actor in draft.actors if actor.code != "UNK"}
    kept = tuple(
        one for one in draft.recipients if one.span not in spans and (one.code, one.sector, _call(one)) not in names
    )
    return draft if len(kept) == len(draft.recipients) else replace(draft, recipients=kept)


def _call(actor: Actor) -> str:
    """Return what tells an actor from others of its code and sector: its name, else the words of the text."""
    return actor.name or actor.text.lower()


def gather_participants(draft: Draft, _: date | None) -> Draft:
    """Section 2: in a meeting all participants are actors; a visit keeps visitor and host apart."""
    if draft.type != "CONSULT" or "visit" in draft.modes or not draft.recipients:
        return draft
    participants = tuple(one for one in draft.actors if one is not UNKNOWN_ACTOR) + draft.recipients
    return replace(draft, actors=participants, recipients=())


def count_participants(draft: Draft, _: date | None) -> Draft:
    """Section 2: a meeting of three or more states or organisations is multilateral."""
    parties = {actor.code for actor in draft.actors}
    if draft.type != "CONSULT" or draft.modes or len(parties) <= 2:  # noqa: PLR2004 - two make a bilateral meeting
        return draft
    reason = f"mode multilateral: {len(parties)} parties take part"
    return replace(draft, modes=("multilateral",), why=(*draft.why, reason))


def code_verbal_twin(draft: Draft, _: date | None) -> Draft:
    """Section 3: a future that a participant announces becomes AGREE, CONCEDE or THREATEN, and those are actual.

    What the outlet or a third party tells as a schedule ("talks are due on Monday") keeps its type and stays future.
    """
    twin = VERBAL_TWINS.get(draft.type)
    if draft.status is not Status.FUTURE or twin is None or not _is_announced_by_own(draft):
        return draft
    modes = _twin_modes(draft) if twin == "THREATEN" else ()
    reason = f"{twin}: a future {draft.type} that its own author announces is {twin}, and that is actual"
    return replace(draft, type=twin, modes=modes, status=Status.ACTUAL, why=(*draft.why, reason))


def _is_announced_by_own(draft: Draft) -> bool:
    """Return whether whoever vouches for an act is one of those who will do it, or speaks for them."""
    speaker = draft.speaker
    return speaker is not None and speaker.code != "UNK" and any(_is_of(speaker, actor) for actor in draft.actors)


def _is_of(speaker: Actor, actor: Actor) -> bool:
    is_same = speaker.span == actor.span or (speaker.name is not None and speaker.name == actor.name)
    return is_same or (speaker.code == actor.code and speaker.sector[:1] == actor.sector[:1])


def _twin_modes(draft: Draft) -> tuple[str, ...]:
    keys = [f"{draft.type}.{mode}" for mode in draft.modes] + [draft.type]
    return tuple(TWIN_MODES[key] for key in keys if key in TWIN_MODES)[:1]


def code_historical(draft: Draft, published: date | None) -> Draft:
    """Section 3: what the text dates more than six months before publication is background."""
    moment = draft.moment
    if draft.status is not Status.ACTUAL or moment is None or moment.basis != "text" or published is None:
        return draft
    if moment.last_day >= _six_months_before(published):
        return draft
    reason = f"historical: {moment.last_day.isoformat()} is more than six months before publication"
    return replace(draft, status=Status.HISTORICAL, why=(*draft.why, reason))


def _six_months_before(day: date) -> date:
    month = day.month - 6
    year = day.year if month > 0 else day.year - 1
    return date(year, month if month > 0 else month + 12, min(day.day, 28))


def drop_impossible_speaker(draft: Draft, _: date | None) -> Draft:
    """Section 5: a speech act's own actor is not its speaker."""
    if draft.speaker is None:
        return draft
    own = any(
        actor.span == draft.speaker.span or (actor.name is not None and actor.name == draft.speaker.name)
        for actor in draft.actors
    )
    return replace(draft, speaker=None) if own else draft


_SIDES = 2
_ONE_MOVE = 12
"""Words for a move and for an attack this near to each other, in code points, tell of one: "fired" and "missiles" at a town."""


def is_one_act_twice(mobilize: Draft, assault: Draft) -> bool:
    """Return whether a MOBILIZE and an ASSAULT of one sentence tell of the same move (section 2): an actor in common, words side by side.

    "Police entered the campus and struck students" are two moves.
    """
    if mobilize.evidence[0].anchor.gap(assault.evidence[0].anchor) > _ONE_MOVE:
        return False
    return bool(_codes(mobilize.actors) & _codes(assault.actors)) and mobilize.status is assault.status


def drop_doubled_mobilizations(drafts: list[Draft]) -> list[Draft]:
    """Section 2: a MOBILIZE is dropped if the same move is an ASSAULT."""
    assaults: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.type == "ASSAULT":
            assaults.setdefault(draft.evidence[0].sentence, []).append(draft)
    return [
        draft
        for draft in drafts
        if draft.type != "MOBILIZE"
        or not any(is_one_act_twice(draft, assault) for assault in assaults.get(draft.evidence[0].sentence, ()))
    ]


_HOSTILE = frozenset({"THREATEN", "SANCTION", "ASSAULT", "COERCE", "ACCUSE", "MOBILIZE"})


def drop_foes_of_cooperation(drafts: list[Draft]) -> list[Draft]:
    """Section 2: a military exercise is held by two sides or more, and never by the state at which it is aimed.

    Of three parties or more, the one that two others threaten, accuse, punish or attack in the same story, or that does so
    to them, takes no part.
    """
    foes = find_foes(drafts)
    return [_drop_foes(draft, foes) if is_exercise(draft) else draft for draft in drafts]


def find_foes(drafts: Iterable[Draft]) -> set[frozenset[str]]:
    """Return the pairs of codes between which a story tells of hostile acts."""
    return {
        frozenset((actor, recipient))
        for draft in drafts
        if draft.type in _HOSTILE
        for actor in _codes(draft.actors)
        for recipient in _codes(draft.recipients) - {actor}
    }


def is_exercise(draft: Draft) -> bool:
    """Return whether an act is a joint military exercise or the like."""
    return draft.type == "COOPERATE" and "military" in draft.contexts


def _drop_foes(draft: Draft, foes: set[frozenset[str]]) -> Draft:
    parties = _codes((*draft.actors, *draft.recipients))
    enmities = {code: sum(frozenset((code, other)) in foes for other in parties) for code in parties}
    most = sorted((count, code) for code, count in enmities.items())
    is_one_foe = len(parties) > _SIDES and most[-1][0] > max(1, most[-2][0])
    if not is_one_foe:
        return draft
    worst = most[-1][1]
    if any(one.code == worst and one.text[:1].isupper() for one in (*draft.actors, *draft.recipients)):
        return draft  # the text names it as one of them
    reason = f"{worst} takes no part: the story tells of hostile acts between it and the others"
    return replace(
        draft,
        actors=tuple(one for one in draft.actors if one.code != worst),
        recipients=tuple(one for one in draft.recipients if one.code != worst),
        why=(*draft.why, reason),
    )


def _codes(actors: tuple[Actor, ...]) -> set[str]:
    return {actor.code for actor in actors if actor.code != "UNK"}


RULES: tuple[Rule, ...] = (
    gather_participants,
    fill_unknown_actor,
    drop_self_recipients,
    count_participants,
    code_historical,
    code_verbal_twin,
    drop_impossible_speaker,
)


def apply_rules(drafts: list[Draft], published: date | None) -> list[Draft]:
    """Return the drafts after every rule, in the same order; those that a rule drops are missing."""
    ruled = []
    for draft in drafts:
        for rule in RULES:
            draft = rule(draft, published)  # noqa: PLW2901 - a draft walks through the rules
        ruled.append(draft)
    return drop_foes_of_cooperation(drop_doubled_mobilizations(ruled))
