"""Reading -> Resolved: every act's words traced to actors, a day, a place and a speaker."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.records import Act, Actor, Mention, MentionKind, Reading, Resolved, RoleKind, Span
from dragoman.resolve.actor_finder import find_names
from dragoman.resolve.actor_gazetteer import Gazetteer, load_gazetteer
from dragoman.resolve.actor_identity import Identity
from dragoman.resolve.actor_roles import find_parties
from dragoman.resolve.bystanders import drop_bystanders
from dragoman.resolve.coreference import trace_mentions
from dragoman.resolve.dates import find_times
from dragoman.resolve.distant_links import drop_distant_links
from dragoman.resolve.left_out import find_left_out
from dragoman.resolve.moments import find_moments
from dragoman.resolve.place_story import make_locator
from dragoman.resolve.speakers import Speaker, find_speakers, find_voiced_actors, listen


@dataclass(frozen=True, slots=True)
class Resolver:
    """Finds out who, when and where, with the knowledge of one gazetteer."""

    gazetteer: Gazetteer

    @property
    def knowledge_as_of(self) -> datetime.date:
        """The day up to which the gazetteer knows who held which office."""
        return self.gazetteer.as_of

    def find_names(self, text: str, span: Span) -> Iterable[tuple[Span, MentionKind]]:
        """Return the names and role nouns that the gazetteer knows within a stretch of text, in text order."""
        names = [(found.span, found.kind) for found in find_names(text, span, gazetteer=self.gazetteer)]
        return find_parties(text, span, names, self.gazetteer)

    def find_times(self, text: str, span: Span) -> Iterable[Span]:
        """Return the time expressions within a stretch of text, in text order."""
        return [expression.span for expression in find_times(text, span)]

    def resolve(self, reading: Reading) -> Resolved:
        """Return the reading with one act for each trigger."""
        return Resolved(reading, self._find_acts(drop_distant_links(reading)))

    def _find_acts(self, reading: Reading) -> tuple[Act, ...]:
        identities = trace_mentions(reading, self.gazetteer)
        moments = find_moments(reading)
        voices = listen(reading, identities)
        speakers, voiced = find_speakers(reading, voices), find_voiced_actors(reading, voices)
        left_out = find_left_out(reading, identities)
        locate = make_locator(reading, [self._name_state(known) for known in identities])
        roles = reading.group_roles()
        acts = []
        for number in range(len(reading.triggers)):
            parties = {
                kind: _make_actors(
                    reading, drop_bystanders(reading, roles.get((number, kind), ()), identities), identities
                )
                for kind in (RoleKind.ACTOR, RoleKind.RECIPIENT)
            }
            acts.append(
                Act(
                    trigger=number,
                    actors=parties[RoleKind.ACTOR]
                    or _make_voices(reading, left_out.get((number, RoleKind.ACTOR)) or voiced.get(number), identities),
                    recipients=parties[RoleKind.RECIPIENT]
                    or _make_voices(reading, left_out.get((number, RoleKind.RECIPIENT)), identities),
                    moment=moments[number],
                    place=locate(roles.get((number, RoleKind.PLACE), ())),
                    speaker=next(iter(_make_voices(reading, speakers[number], identities)), None),
                )
            )
        return tuple(acts)

    def _name_state(self, identities: Sequence[Identity]) -> str | None:
        """Return the code of the state that a mention stands for or belongs to, None where it is none or several."""
        codes = {identity.code for identity in identities}
        return codes.pop() if len(codes) == 1 and codes <= set(self.gazetteer.states) else None


def _make_actors(
    reading: Reading, numbers: Sequence[int], identities: Sequence[tuple[Identity, ...]]
) -> tuple[Actor, ...]:
    text = reading.document.text
    return _drop_repeats(
        [
            _make_actor(reading.mentions[number], text, identity)
            for number in numbers
            for identity in identities[number] or (None,)
        ]
    )


def _make_voices(
    reading: Reading, speaker: Speaker | None, identities: Sequence[tuple[Identity, ...]]
) -> tuple[Actor, ...]:
    if speaker is None:
        return ()
    number, reason = speaker
    return tuple(replace(one, why=(reason, *one.why)) for one in _make_actors(reading, (number,), identities))


def _make_actor(mention: Mention, text: str, identity: Identity | None) -> Actor:
    words = mention.span.quote(text)
    if identity is None:
        name = words if mention.kind is MentionKind.PERSON else None
        return Actor(
            "UNK", ("UNK",), name=name, text=words, span=mention.span, why=("not known, and the text does not say",)
        )
    return Actor(
        code=identity.code,
        sector=identity.sectors,
        name=identity.name,
        office=identity.office,
        wikidata=identity.wikidata,
        text=words,
        span=mention.span,
        why=identity.why,
    )


def _drop_repeats(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Keep the first of several mentions of one actor ("Lavrov ... he")."""
    kept: dict[tuple[str, tuple[str, ...], str | None], Actor] = {}
    for actor in actors:
        kept.setdefault((actor.code, actor.sector, actor.name or actor.text.lower()), actor)
    return tuple(kept.values())


def load_resolver(actors: Path | None = None) -> Resolver:
    """Return a resolver with the built-in gazetteer, and a user's own list of actors where one is given."""
    return Resolver(load_gazetteer(actors))
