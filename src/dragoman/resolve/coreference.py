"""Who is meant where the words alone do not say: later short names, pronouns, "the regime", "the council".

A first version by recency and agreement in kind; each answer says which earlier words it rests on.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import Mention, MentionKind, Reading
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_identity import Identity, identify

Identities = list[Identity | None]

_SINGULAR_PERSONS = frozenset({"he", "she", "him", "her", "his"})
_REACH = 3
"""A pronoun looks back over this many sentences, its own included."""
_NAME_REACH = 500
"""A short name looks back over this many mentions; no article that people write has more between the two."""
_PRONOUN_KINDS: dict[str, frozenset[MentionKind]] = {
    "it": frozenset({MentionKind.STATE, MentionKind.ORGANISATION}),
    "its": frozenset({MentionKind.STATE, MentionKind.ORGANISATION}),
    "they": frozenset({MentionKind.GROUP, MentionKind.ORGANISATION, MentionKind.STATE, MentionKind.DEMONYM}),
    "them": frozenset({MentionKind.GROUP, MentionKind.ORGANISATION, MentionKind.STATE, MentionKind.DEMONYM}),
}
_STATE_NOUNS = frozenset(
    "regime government country nation state kingdom republic administration authorities north south".split()
)
_BODY_NOUNS = frozenset(
    "council ministry party group court union organisation organization agency alliance bloc commission movement army".split()
)


def identify_mentions(reading: Reading, gazetteer: Gazetteer) -> tuple[Identity | None, ...]:
    """Return who each mention stands for, in order; None where that cannot be told.

    Offices are those held on the article's day of publication.
    """
    text, published = reading.document.text, reading.document.article.published
    alone = [
        identify(_words(mention, text), mention.kind, on=published, gazetteer=gazetteer) for mention in reading.mentions
    ]
    _resolve_descriptions(reading, alone)
    known = _give_homes(reading, alone, published, gazetteer)
    _resolve_appositions(reading, known)
    _resolve_surnames(reading, known)
    _resolve_pronouns(reading, known)
    return tuple(known)


def _is_open(identity: Identity | None) -> bool:
    return identity is None or identity.code == "UNK"


def _words(mention: Mention, text: str) -> str:
    return mention.span.quote(text)


def _give_homes(
    reading: Reading, alone: Sequence[Identity | None], published: datetime.date | None, gazetteer: Gazetteer
) -> Identities:
    """Read bare roles ("police", "the president") again, with the country that the story or else their paragraph gives."""
    states = [_state_of(identity, gazetteer) for identity in alone]
    story = _find_home(reading, states)
    paragraphs = _only_states_of_paragraphs(reading, states)
    known: Identities = []
    for mention, identity in zip(reading.mentions, alone, strict=True):
        home = story or paragraphs.get(reading.document.sentences[mention.sentence].paragraph)
        words = _words(mention, reading.document.text)
        known.append(
            identify(words, mention.kind, on=published, home=home, gazetteer=gazetteer)
            if home and _is_open(identity)
            else identity
        )
    return known


def _state_of(identity: Identity | None, gazetteer: Gazetteer) -> str | None:
    return identity.code if identity is not None and identity.code in gazetteer.states else None


def _find_home(reading: Reading, states: Sequence[str | None]) -> str | None:
    """Return the story's country: the state named most often; of two named as often, the one that comes in an earlier sentence.

    None where no state is named, or two lead together from the same sentence on: then the story does not say.
    """
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for mention, state in zip(reading.mentions, states, strict=True):
        if state is not None:
            counts[state] += 1
            first.setdefault(state, mention.sentence)
    ranked = sorted(counts, key=lambda state: (-counts[state], first[state], state))
    is_tied = len(ranked) > 1 and all(of[ranked[0]] == of[ranked[1]] for of in (counts, first))
    return ranked[0] if ranked and not is_tied else None


def _only_states_of_paragraphs(reading: Reading, states: Sequence[str | None]) -> dict[int, str]:
    """Return the state of each paragraph that names one state and no other."""
    named: dict[int, set[str]] = {}
    for mention, state in zip(reading.mentions, states, strict=True):
        if state is not None:
            named.setdefault(reading.document.sentences[mention.sentence].paragraph, set()).add(state)
    return {paragraph: next(iter(group)) for paragraph, group in named.items() if len(group) == 1}


def _resolve_appositions(reading: Reading, known: Identities) -> None:
    """Fill in persons beside their role: "the chairman of the union, Ebi Douglas", "Bhim Thakuri, the mayor"."""
    text = reading.document.text
    for number in range(1, len(reading.mentions)):
        one, other = reading.mentions[number - 1], reading.mentions[number]
        kinds = {one.kind, other.kind}
        beside = text[one.span.end : other.span.start] == ", " and one.sentence == other.sentence
        if not beside or kinds != {MentionKind.PERSON, MentionKind.ROLE}:
            continue
        person, role = (number - 1, number) if one.kind is MentionKind.PERSON else (number, number - 1)
        identity = known[role]
        if identity is not None and _is_open(known[person]):
            _copy(reading, known, person, role)


def _resolve_surnames(reading: Reading, known: Identities) -> None:
    """Fill in persons who were named in full before: "Dizon" after "Defence Secretary Ramon Dizon"."""
    by_surname: dict[str, int] = {}
    text = reading.document.text
    for number, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.PERSON:
            continue
        words = _words(mention, text).split()
        surname = words[-1].rstrip("’'s").lower() if words else ""
        identity, earlier = known[number], by_surname.get(surname)
        if _is_open(identity) and earlier is not None:
            _copy(reading, known, number, earlier)
        elif identity is not None and identity.code != "UNK":
            by_surname[surname] = number


def _resolve_descriptions(reading: Reading, known: Identities) -> None:
    """Fill in "the regime", "the country", "the council" from the last entity of that sort named before."""
    text = reading.document.text
    for number, mention in enumerate(reading.mentions):
        if not _is_open(known[number]):
            continue
        nouns = set(_words(mention, text).lower().split())
        if nouns & _STATE_NOUNS:
            earlier = _last_before(
                reading, known, number, frozenset({MentionKind.STATE, MentionKind.ORGANISATION}), "state:"
            )
        elif nouns & _BODY_NOUNS:
            earlier = _last_named(known, number, nouns & _BODY_NOUNS)
        else:
            continue
        if earlier is not None:
            _copy(reading, known, number, earlier)


def _last_named(known: Identities, number: int, nouns: set[str]) -> int | None:
    for earlier in range(number - 1, max(-1, number - 1 - _NAME_REACH), -1):
        identity = known[earlier]
        if identity is not None and identity.name and nouns & set(identity.name.lower().split()):
            return earlier
    return None


def _resolve_pronouns(reading: Reading, known: Identities) -> None:
    for number, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.PRONOUN:
            continue
        word = _words(mention, reading.document.text).lower()
        if word in _SINGULAR_PERSONS:
            earlier = _last_before(reading, known, number, frozenset({MentionKind.PERSON}))
            if earlier is None:
                earlier = _last_before(reading, known, number, frozenset({MentionKind.ROLE}))
        else:
            earlier = _last_before(reading, known, number, _PRONOUN_KINDS.get(word, frozenset()))
        if earlier is not None:
            _copy(reading, known, number, earlier)


def _last_before(
    reading: Reading, known: Identities, number: int, kinds: frozenset[MentionKind], entity: str = ""
) -> int | None:
    """Return the nearest earlier mention of these kinds whose entity is known, within reach; sentence subjects first."""
    here, found = reading.mentions[number].sentence, None
    for earlier in range(number - 1, -1, -1):
        mention, identity = reading.mentions[earlier], known[earlier]
        if here - mention.sentence >= _REACH or (
            found is not None and mention.sentence != reading.mentions[found].sentence
        ):
            break
        # The first one of the nearest sentence is most often its subject, which later text goes on about.
        if (
            mention.kind in kinds
            and identity is not None
            and identity.code != "UNK"
            and identity.entity.startswith(entity)
        ):
            found = earlier
    return found


def _copy(reading: Reading, known: Identities, number: int, earlier: int) -> None:
    text = reading.document.text
    source = known[earlier]
    if source is None:
        return
    reason = f"'{_words(reading.mentions[number], text)}' stands for '{_words(reading.mentions[earlier], text)}'"
    known[number] = replace(source, why=(reason, *source.why), score=source.score * 0.7)
