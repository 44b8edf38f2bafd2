"""Parties that an act's own sentence leaves out, because the story told before who they are: "Police raided the hall. Forty were arrested."

Of the parties to the acts before, the likeliest is taken, or nobody: a log-linear choice whose weights stand in ``implied.yaml``
(fitted by ``scripts/fit_implied.py``). Every party taken says so in ``why``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from dragoman.code.draft import UNKNOWN_ACTOR, Draft
from dragoman.code.rules import find_foes, is_exercise
from dragoman.records import Actor

_ACTS, _SENTENCES = 8, 5
"""How many acts and sentences before are looked at."""
_COUNTED = 200
"""How often a party acts is counted in so many acts before, so that time stays in proportion to length."""
SURE: Mapping[str, float] = MappingProxyType({"actor": 0.5, "recipient": 0.4, "partner": 0.5})
"""A party is taken only if its country or body is likelier than this, and than any other and nobody. Recipients may be a little less likely
than not: of those taken as many are right, and more records are (decision 11)."""
_FORCE = frozenset({"COERCE", "ASSAULT", "RETREAT", "SANCTION", "MOBILIZE", "PROTEST"})
_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_MEETINGS = frozenset({"CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Who may be an act's missing party: ``role`` is "actor", "recipient" or "partner"; the first candidate, None, is nobody."""

    role: str
    candidates: tuple[Actor | None, ...]
    features: tuple[Mapping[str, float], ...]


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of each role, by feature."""
    return MappingProxyType(yaml.safe_load(files("dragoman.code").joinpath("implied.yaml").read_text("utf-8")))


def imply_parties(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts in text order, with the parties that the acts before tell of where their own sentences name none."""
    filled: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: one.anchor):
        for role in list_missing(draft):
            choice = list_candidates(draft, role, filled)
            party = choice.candidates[choose(choice, weigh(choice))]
            if party is not None:
                draft = _add(draft, role, party)  # noqa: PLW2901 - the draft grows
        filled.append(draft)
    return filled


def list_missing(draft: Draft) -> tuple[str, ...]:
    """Return which parties an act's own words leave out."""
    is_open = draft.actors == (UNKNOWN_ACTOR,)
    if draft.type in _MEETINGS and "visit" not in draft.modes and not draft.recipients:
        return ("actor",) if is_open else ("partner",) if len(draft.actors) == 1 else ()
    return (("actor",) if is_open else ()) + (("recipient",) if not draft.recipients else ())


def list_candidates(draft: Draft, role: str, before: Sequence[Draft]) -> Choice:
    """Return the parties of the acts before, the nearest first, with what speaks for and against each."""
    own = {key_of(one) for one in (*draft.actors, *draft.recipients)}
    counts = Counter(key_of(one) for other in before[-_COUNTED:] for one in (*other.actors, *other.recipients))
    foes = find_foes(before[-_COUNTED:]) if is_exercise(draft) else set()
    codes = {one.code for one in (*draft.actors, *draft.recipients)}
    found: dict[tuple[str, str], tuple[Actor, dict[str, float]]] = {}
    sentence = draft.evidence[0].sentence
    for other in reversed(before[-_ACTS:]):
        away = sentence - other.evidence[0].sentence
        if away > _SENTENCES and not other.in_headline:
            continue
        for place, parties in (("was_actor", other.actors), ("was_recipient", other.recipients)):
            for one in parties:
                key = key_of(one)
                is_foe = any(frozenset((one.code, code)) in foes for code in codes)
                if one is UNKNOWN_ACTOR or key in own or key in found or is_foe:
                    continue
                features = _describe(draft, other, one, place, away) | {
                    "nearer": math.log1p(len(found)),
                    "often": math.log(counts[key]),
                }
                found[key] = one, features
    nobody = {"nobody": 1.0, f"nobody_{draft.type}": 1.0, f"nobody_{draft.status.value}": 1.0}
    nobody |= {f"nobody_{draft.type}.{mode}": 1.0 for mode in draft.modes} | {
        "nobody_headline": float(draft.in_headline)
    }
    return Choice(role, (None, *(one for one, _ in found.values())), (nobody, *(signs for _, signs in found.values())))


def key_of(party: Actor) -> tuple[str, str]:
    """Return what tells a party from others."""
    return party.code, party.name or party.text.lower()


def _describe(draft: Draft, other: Draft, party: Actor, place: str, away: int) -> dict[str, float]:
    """Return what speaks for and against a party of an act before."""
    own = {key_of(one) for one in (*draft.actors, *draft.recipients)}
    its_actors, its_recipients = ({key_of(one) for one in parties} for parties in (other.actors, other.recipients))
    own_codes = {one.code for one in (*draft.actors, *draft.recipients)} - {"UNK"}
    is_force = draft.type in _FORCE and other.type in _FORCE
    signs = {
        place: True,
        f"{place}_{draft.type}": True,
        f"away_{min(away, 3)}": True,
        "same_type": draft.type == other.type,
        "same_type_place": draft.type == other.type and place == "was_actor",
        "force": is_force,
        "force_place": is_force and place == "was_actor",
        "reply": place == "was_actor" and bool(own & its_recipients),
        "goes_on": place == "was_recipient" and bool(own & its_actors),
        "beside": place == "was_actor" and bool(own & its_actors),
        "same_code": party.code in own_codes,
        f"same_code_{draft.type}": party.code in own_codes,
        "other_code": bool(own_codes) and party.code not in own_codes,
        "of_state": bool(_STATE & set(party.sector[:1])),
        f"of_state_{draft.type}": bool(_STATE & set(party.sector[:1])),
        "unknown": party.code == "UNK",
        "headline": other.in_headline,
        "voice": draft.speaker is not None and key_of(draft.speaker) == key_of(party),
        "same_status": draft.status is other.status,
    }
    return {name: 1.0 for name, holds in signs.items() if holds}


def weigh(choice: Choice) -> list[float]:
    """Return how likely each candidate is, in 0..1."""
    weights = load_weights().get(choice.role, {})
    scores = [sum(weights.get(name, 0.0) * value for name, value in signs.items()) for signs in choice.features]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    return [share / sum(shares) for share in shares]


def choose(choice: Choice, chances: Sequence[float]) -> int:
    """Return the number of the candidate taken, 0 for nobody: of the likeliest country or body, its likeliest party."""
    codes: dict[str | None, float] = {}
    for one, chance in zip(choice.candidates, chances, strict=True):
        code = None if one is None else one.code
        codes[code] = codes.get(code, 0.0) + chance
    best = max(codes, key=lambda code: codes[code])
    if best in (None, "UNK") or codes[best] <= SURE[choice.role]:
        return 0
    fitting = [at for at, one in enumerate(choice.candidates) if one is not None and one.code == best]
    return max(fitting, key=lambda at: (chances[at], -at))


def _add(draft: Draft, role: str, party: Actor) -> Draft:
    taken = replace(
        party, why=(f"{role} not named here: {party.text!r} of the acts told before is the likeliest", *party.why)
    )
    if role == "recipient":
        return replace(draft, recipients=(taken,))
    return replace(draft, actors=(taken,) if role == "actor" else (*draft.actors, taken))
