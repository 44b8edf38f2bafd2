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

_SUBJECTS = frozenset({"before", "shared"})
"""How voice and verb stand where the voice is the subject of what follows, too."""

Speaker = tuple[int, str]
"""The number of the mention that speaks, and why it is taken."""


def listen(reading: Reading, identities: Sequence[tuple[Identity, ...]]) -> Voices:
    """Return the voices of a reading whose mentions are known."""
    return Voices(reading, name_parties(reading, identities))


def find_speakers(reading: Reading, voices: Voices) -> tuple[Speaker | None, ...]:
    """Return who vouches for each trigger's act, in order; None where nobody but the outlet does."""
    linked = {
        role.trigger: role.mention
        for role in reading.roles
        if role.kind is RoleKind.SPEAKER and role.score >= LINK_SURE
    }
    return tuple(_choose(voices, number, linked.get(number)) for number in range(len(reading.triggers)))


def find_voiced_actors(reading: Reading, voices: Voices) -> dict[int, Speaker]:
    """Return the actors of acts to which the reader links nobody, by trigger: whoever says them, where nobody else stands between.

    "The pope asked pardon", "and ordered an inquiry": the subject of saying is the subject of the act.
    """
    roles = reading.group_roles()
    found: dict[int, Speaker] = {}
    for number in range(len(reading.triggers)):
        saying = None if (number, RoleKind.ACTOR) in roles else voices.find_voice(number)
        if (
            saying is None
            or saying.shape not in _SUBJECTS
            or saying.voice in roles.get((number, RoleKind.RECIPIENT), ())
        ):
            continue
        if not voices.has_party_between(number, saying):
            found[number] = saying.voice, f"nobody is named as actor: who says so, '{saying.cue.quote(voices.text)}'"
    return found


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
