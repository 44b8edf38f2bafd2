"""A record in the making: what the coding rules change, before merging and numbering make it an event."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.code.size import read_sizes
from dragoman.records import Actor, Evidence, Moment, Place, Resolved, Size, Status

UNKNOWN_ACTOR = Actor(code="UNK", sector=("UNK",), why=("no actor: the text names nobody",))


@dataclass(frozen=True, slots=True)
class Draft:
    """One act on its way to a record.

    ``score`` in 0..1 is the confidence in it; ``why`` collects reasons, in order. ``in_headline`` tells that the headline names it first.
    """

    type: str
    modes: tuple[str, ...]
    status: Status
    contexts: tuple[str, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    moment: Moment | None
    place: Place | None
    speaker: Actor | None
    evidence: tuple[Evidence, ...]
    score: float
    why: tuple[str, ...] = ()
    in_headline: bool = False
    size: Size | None = None

    @property
    def anchor(self) -> tuple[int, int]:
        """Where the first words that name the act begin and end."""
        first = self.evidence[0].anchor
        return first.start, first.end


def draft_acts(resolved: Resolved) -> list[Draft]:
    """Return one draft for each act of the resolved reading, in text order."""
    sizes = read_sizes(resolved.reading)
    return [_draft_act(resolved, number, sizes[act.trigger]) for number, act in enumerate(resolved.acts)]


def _draft_act(resolved: Resolved, number: int, size: Size | None) -> Draft:
    act = resolved.acts[number]
    document = resolved.reading.document
    trigger = resolved.reading.triggers[act.trigger]
    words = trigger.span.quote(document.text)
    evidence = Evidence(
        sentence=trigger.sentence,
        span=document.sentences[trigger.sentence].span,
        anchor=trigger.phrase,
        event_text=trigger.phrase.quote(document.text),
    )
    return Draft(
        type=trigger.type,
        modes=trigger.modes,
        status=trigger.status,
        contexts=trigger.contexts,
        actors=act.actors,
        recipients=act.recipients,
        moment=act.moment,
        place=act.place,
        speaker=act.speaker,
        evidence=(evidence,),
        score=trigger.score,
        size=size,
        in_headline=document.sentences[trigger.sentence].is_headline,
        why=(f"trigger {words!r}: {trigger.type} {trigger.score:.2f}" + (f", {trigger.cue}" if trigger.cue else ""),),
    )
