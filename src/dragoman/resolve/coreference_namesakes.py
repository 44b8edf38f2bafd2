"""Known persons and those of a story who merely bear their surname."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Reading
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_setting import Identity
from dragoman.resolve.actor_words import make_key
from dragoman.resolve.coreference_nouns import Noun, cut_nouns

_MOST = 50
"""Full names looked at for one surname, the story's first; no article that people write has more."""


def drop_namesakes(reading: Reading, found: Sequence[Identity | None], gazetteer: Gazetteer) -> list[Identity | None]:
    """Return who each mention is, without persons known by surname alone where the story gives that surname to somebody else.

    "Mr Noriega" is not Panama's general in a story about President Sebastián Noriega.
    """
    persons = [one for one in found if one is not None and one.entity.startswith("person:")]
    if not persons:
        return list(found)
    nouns = cut_nouns(reading.document, reading.mentions)
    bearers: dict[str, list[Noun]] = {}
    for noun in nouns:
        listed = bearers.setdefault(noun.name[-1], []) if len(noun.name) > 1 else []
        if len(noun.name) > 1 and len(listed) < _MOST:
            listed.append(noun)
    return [
        None if len(noun.name) == 1 and _is_somebody_else(one, bearers.get(noun.name[0], ()), found, gazetteer) else one
        for noun, one in zip(nouns, found, strict=True)
    ]


def _is_somebody_else(
    known: Identity | None, bearers: Sequence[Noun], found: Sequence[Identity | None], gazetteer: Gazetteer
) -> bool:
    """Return whether the story's full names with a surname are all of others than the known person."""
    if known is None or known.name is None or not known.entity.startswith("person:") or not bearers:
        return False
    words = set(make_key(known.name, gazetteer.spellings).split())
    return not any(
        _is_entity(found[noun.number], known) or words >= set(make_key(noun.name[0], gazetteer.spellings).split())
        for noun in bearers
    )


def _is_entity(identity: Identity | None, known: Identity) -> bool:
    return identity is not None and identity.entity == known.entity
