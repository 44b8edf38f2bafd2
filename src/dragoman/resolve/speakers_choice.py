"""Which of the voices around an act vouches for it, or nobody: a log-linear choice.

The weights stand in ``gazetteer/speaker_weights.yaml``; ``scripts/fit_speakers.py`` fits them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from dragoman.records import Mention, MentionKind, Reading, RoleKind, Span, Trigger
from dragoman.resolve.coreference_nouns import find_quotes
from dragoman.resolve.speakers_sayings import Saying, find_sayings

_BACK, _AHEAD = 8, 2
"""A quotation's voice is looked for in so many sentences before and after its own."""
_MOST = 12
"""Sayings that are weighed for one act, the nearest ones."""
_EVEN, _CERTAIN = 0.5, 0.999
_NO_PARTIES = frozenset({MentionKind.TIME, MentionKind.PLACE, MentionKind.WEAPON})
_SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "CONCEDE", "SUPPORT", "CONSULT"})

Party = tuple[str, str | None]
"""What tells whether two mentions are one party: code, and name or words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sayings that may vouch for an act, with what speaks for and against each; the first candidate, None, is nobody."""

    candidates: tuple[Saying | None, ...]
    features: tuple[Mapping[str, float], ...]


@cache
def load_weights() -> Mapping[str, float]:
    """Return what each sign weighs."""
    raw = files("dragoman.resolve").joinpath("gazetteer", "speaker_weights.yaml").read_text("utf-8")
    return MappingProxyType(yaml.safe_load(raw))


class Voices:
    """All sayings of one reading, and the choice among them for each act.

    ``parties`` tells of each mention whom it stands for, None where that is not known.
    """

    def __init__(self, reading: Reading, parties: Sequence[Party | None]) -> None:
        self._reading, self.parties = reading, parties
        self.text = reading.document.text
        self._roles = reading.group_roles()
        self._links: dict[int, list[tuple[int, float]]] = {}
        for role in reading.roles:
            if role.kind is RoleKind.SPEAKER:
                self._links.setdefault(role.trigger, []).append((role.mention, role.score))
        self._quotes = find_quotes(reading.document.text)
        self.sayings = find_sayings(reading.document, reading.mentions)
        self._by_sentence: dict[int, list[Saying]] = {}
        for saying in self.sayings:
            self._by_sentence.setdefault(saying.sentence, []).append(saying)

    def list_candidates(self, number: int) -> Choice:
        """Return the sayings that may vouch for the act of a trigger."""
        trigger = self._reading.triggers[number]
        quote = self._quote_of(trigger.span)
        found = [
            one
            for sentence in range(trigger.sentence - _BACK, trigger.sentence + _AHEAD + 1)
            for one in self._by_sentence.get(sentence, ())
            if not one.cue.overlaps(trigger.span) and _may_reach(one, trigger, quote)
        ]
        found.sort(key=lambda one: (abs(one.sentence - trigger.sentence), one.cue.gap(trigger.span), one.cue.start))
        features = [self._describe(number, one, place, quote) for place, one in enumerate(found[:_MOST])]
        return Choice((None, *found[:_MOST]), (self._describe_nobody(trigger, quote, found), *features))

    def find_voice(self, number: int) -> Saying | None:
        """Return the saying within whose words an act is told, the nearest one; None where the outlet tells it."""
        trigger = self._reading.triggers[number]
        quote = self._quote_of(trigger.span)
        for saying in self.list_candidates(number).candidates[1:]:
            if saying is None:
                continue
            is_quoted = quote is not None and self._quote_of(saying.cue) != quote
            if is_quoted or _relate(saying, trigger) not in ("carried", "beside"):
                return saying
        return None

    def has_party_between(self, number: int, saying: Saying) -> bool:
        """Return whether somebody else is named between a saying and an act, who may be the act's subject."""
        between = _between(saying.cue, self._reading.triggers[number].span)
        first = bisect_left(self._reading.mentions, between.start, key=lambda one: one.span.start)
        for at in range(first, len(self._reading.mentions)):
            mention = self._reading.mentions[at]
            if mention.span.start >= between.end:
                return False
            if at != saying.voice and mention.kind not in _NO_PARTIES and between.covers(mention.span):
                return True
        return False

    def _quote_of(self, span: Span) -> Span | None:
        at = bisect_right(self._quotes, span.start, key=lambda quote: quote.start) - 1
        is_within = at >= 0 and self._quotes[at].start <= span.start < self._quotes[at].end
        return self._quotes[at] if is_within else None

    def _describe_nobody(self, trigger: Trigger, quote: Span | None, found: Sequence[Saying]) -> dict[str, float]:
        is_headline = self._reading.document.sentences[trigger.sentence].is_headline
        signs = {
            "nobody": True,
            f"nobody_{trigger.type}": True,
            f"nobody_{trigger.status.value}": True,
            "nobody_quoted": quote is not None,
            "nobody_headline": is_headline,
            "nobody_alone": not found,
        }
        signs |= {f"nobody_{trigger.type}.{mode}": True for mode in trigger.modes}
        return _keep(signs)

    def _describe(self, number: int, saying: Saying, place: int, quote: Span | None) -> dict[str, float]:
        trigger, document = self._reading.triggers[number], self._reading.document
        mention = self._reading.mentions[saying.voice]
        where = _relate(saying, trigger)
        away = trigger.sentence - saying.sentence
        cue_quote = self._quote_of(saying.cue)
        between = _between(saying.cue, trigger.span)
        n_between = sum(between.covers(one.cue) for one in self._by_sentence.get(trigger.sentence, ()))
        is_speech = trigger.type in _SPEECH_ACTS
        signs = {
            where: True,
            f"{where}_{saying.shape}": True,
            f"{where}_{saying.sort}": True,
            f"{saying.sort}_{trigger.status.value}": True,
            f"{saying.sort}_speech": is_speech,
            f"speech_{where}": is_speech,
            "same_sentence": away == 0,
            f"away_{max(-3, min(away, 3))}": away != 0,
            "same_paragraph": away != 0
            and document.sentences[saying.sentence].paragraph == document.sentences[trigger.sentence].paragraph,
            "quoted": quote is not None and cue_quote != quote,
            f"quoted_{where}": quote is not None and cue_quote != quote,
            "quoted_away": quote is not None and cue_quote is None and away != 0,
            "quote_touches": quote is not None and cue_quote is None and self._touches(saying, quote),
            "said_in_quote": cue_quote is not None,
            "nearest": place == 0,
            f"between_{min(n_between, 2)}": away == 0,
            "that": document.text[saying.cue.end : saying.cue.end + 6].strip().startswith("that"),
            f"kind_{mention.kind.value}": True,
            "pronoun_first": mention.span.quote(document.text).lower() in ("i", "we", "us", "me", "you"),
            "relative": mention.span.quote(document.text).lower() in ("who", "which", "that"),
            "headline": document.sentences[saying.sentence].is_headline,
        }
        signs |= self._compare_parties(number, saying.voice, is_speech=is_speech, where=where)
        far = math.log1p(saying.cue.gap(trigger.span) / 10) if away == 0 else 0.0
        return _keep(signs) | {"far": far, "linked": self._weigh_link(number, mention)}

    def _weigh_link(self, number: int, voice: Mention) -> float:
        """Return how sure the reader is that it speaks, as log odds; 0 where it links somebody else or nobody."""
        score = max(
            (score for one, score in self._links.get(number, ()) if _touch(self._reading.mentions[one], voice)),
            default=_EVEN,
        )
        return max(0.0, math.log(score / (1 - score)) if score < _CERTAIN else math.log(_CERTAIN / (1 - _CERTAIN)))

    def _touches(self, saying: Saying, quote: Span) -> bool:
        """Return whether nothing is quoted between a saying and a quotation: they belong together."""
        between = _between(saying.cue, quote)
        at = bisect_right(self._quotes, between.start, key=lambda one: one.start)
        return not (at < len(self._quotes) and self._quotes[at].end <= between.end)

    def _compare_parties(self, number: int, voice: int, *, is_speech: bool, where: str) -> dict[str, bool]:
        actors = self._roles.get((number, RoleKind.ACTOR), ())
        recipients = self._roles.get((number, RoleKind.RECIPIENT), ())
        is_actor, is_recipient = self._is_among(voice, actors), self._is_among(voice, recipients)
        own = self.parties[voice]
        codes = {party[0] for one in actors if (party := self.parties[one]) is not None}
        return {
            "own_actor": is_actor,
            "own_actor_speech": is_actor and is_speech,
            f"own_actor_{where}": is_actor,
            "own_recipient": is_recipient,
            "no_actor": not actors,
            "no_actor_speech": not actors and is_speech,
            "actor_code": own is not None and own[0] != "UNK" and own[0] in codes,
            "other_code": own is not None and bool(codes) and own[0] not in codes,
        }

    def _is_among(self, voice: int, others: Sequence[int]) -> bool:
        own = self.parties[voice]
        return any(
            _touch(self._reading.mentions[one], self._reading.mentions[voice])
            or (own is not None and own == self.parties[one])
            for one in others
        )


def _may_reach(saying: Saying, trigger: Trigger, quote: Span | None) -> bool:
    """Return whether a saying may reach an act: of its own sentence, of the one before, or of any near its quotation."""
    return quote is not None or 0 <= trigger.sentence - saying.sentence <= 1


def _keep(signs: Mapping[str, bool]) -> dict[str, float]:
    return {name: 1.0 for name, holds in signs.items() if holds}


def _between(one: Span, other: Span) -> Span:
    return Span(min(one.end, other.end), max(one.start, other.start))


def _touch(one: Mention, other: Mention) -> bool:
    return one.span.overlaps(other.span)


def _relate(saying: Saying, trigger: Trigger) -> str:
    """Return where an act stands to a saying: in what is said before or behind it, beside it, or in another sentence."""
    if saying.sentence != trigger.sentence:
        return "carried"
    if saying.left is not None and saying.left.covers(trigger.span):
        return "left_medial" if saying.right is not None else "left"
    if saying.right is not None and saying.right.covers(trigger.span):
        return "right_medial" if saying.left is not None else "right"
    return "beside"


def weigh(choice: Choice, weights: Mapping[str, float]) -> list[float]:
    """Return how likely each candidate is, in 0..1."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in signs.items()) for signs in choice.features]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    return [share / sum(shares) for share in shares]


def choose(choice: Choice, chances: Sequence[float], parties: Sequence[Party | None], sure: float) -> int:
    """Return the number of the candidate taken, 0 for nobody: of the likeliest voice, its likeliest saying."""
    shares: dict[object, float] = {}
    for one, chance in zip(choice.candidates[1:], chances[1:], strict=True):
        key = _key(one, parties)
        shares[key] = shares.get(key, 0.0) + chance
    best = max(shares, key=lambda key: shares[key], default=None)
    if best is None or shares[best] <= sure:
        return 0
    fitting = [at for at, one in enumerate(choice.candidates) if one is not None and _key(one, parties) == best]
    return max(fitting, key=lambda at: (chances[at], -at))


def _key(saying: Saying | None, parties: Sequence[Party | None]) -> object:
    voice = -1 if saying is None else saying.voice
    return parties[voice] or voice
