"""Who vouches for an act: the reader's links and the voices around the act, weighed together.

The reader links an act to a speaker of its own sentence at most. Voices are also found by what speech looks like (``speakers_sayings``):
verbs of saying, quotations over several sentences, interviews; which of them vouches is a weighed choice (``speakers_choice``).
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Reading, RoleKind
from dragoman.resolve.actor_identity import Identity
from dragoman.resolve.speakers_choice import Party, Voices, choose, load_weights, weigh

SURE = 0.65
"""A voice is taken only from this likelihood on; the value with the best F1 on the development part (``dragoman evaluate speakers``)."""

LINK_SURE = 0.7
"""The reader's link alone, where no saying is taken, counts from this score on; likewise the best on the development part."""

Speaker = tuple[int, str]
"""The number of the mention that speaks, and why it is taken."""


def find_speakers(reading: Reading, identities: Sequence[tuple[Identity, ...]]) -> tuple[Speaker | None, ...]:
    """Return who vouches for each trigger's act, in order; None where nobody but the outlet does."""
    voices = Voices(reading, name_parties(reading, identities))
    linked = {
        role.trigger: role.mention
        for role in reading.roles
        if role.kind is RoleKind.SPEAKER and role.score >= LINK_SURE
    }
    return tuple(_choose(voices, number, linked.get(number)) for number in range(len(reading.triggers)))


def name_parties(reading: Reading, identities: Sequence[tuple[Identity, ...]]) -> tuple[Party | None, ...]:
    """Return of each mention what tells whom it stands for: code, and name or words; None where it is not known."""
    text = reading.document.text
    first = [next(iter(known), None) for known in identities]
    return tuple(
        None if one is None else (one.code, one.name or mention.span.quote(text).lower())
        for one, mention in zip(first, reading.mentions, strict=True)
    )


def _choose(voices: Voices, number: int, linked: int | None) -> Speaker | None:
    choice = voices.list_candidates(number)
    best = choose(choice, weigh(choice, load_weights()), voices.parties, SURE)
    saying = choice.candidates[best]
    if saying is not None:
        return saying.voice, f"speaks: '{saying.cue.quote(voices.text)}'"
    return None if linked is None else (linked, "the reader links it")
