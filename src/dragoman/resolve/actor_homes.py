"""Which country a story gives to each bare role, force and group in it: "police", "the president", "protesters"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.records import Mention, MentionKind, Reading
from dragoman.resolve.actor_at_home import UNTOLD
from dragoman.resolve.actor_choice import needs_home
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_home_signs import Clue, Story, load_signs, pair_parts, tell, weigh_story
from dragoman.resolve.actor_identity import identify
from dragoman.resolve.actor_setting import Identity
from dragoman.resolve.actor_words import split_words
from dragoman.resolve.place_choice import Surroundings, locate, survey
from dragoman.resolve.place_gazetteer import Toponym, load_places

CLEAR = 0.4
"""A country is taken only if it is likelier than this, in 0..1, ..."""
LEAD = 0.15
"""... and leads the next one by this much, in logarithms of odds; of two on a level neither is taken."""
_BODIES = frozenset({"UNO", "EUR", "IGO", "NGO"})
_NO_PARTIES = frozenset({MentionKind.PLACE, MentionKind.TIME, MentionKind.WEAPON})
_REACH = 400
"""Signs are looked for in this many named states and places, the story's first; so time stays in proportion to length."""


@dataclass(frozen=True, slots=True)
class Home:
    """The country that a story gives to a bare mention. ``score`` in 0..1 is how likely it is, ``why`` tells in words."""

    code: str
    why: str
    score: float


def find_homes(reading: Reading, told: Sequence[Identity | None], gazetteer: Gazetteer) -> tuple[Home | None, ...]:
    """Return the country that the story gives to each mention which does not name its own; None where it is silent.

    ``told`` is who each mention stands for by its own words; only those without a country get a home. Signs are the states that
    the story names, the places in it, its headline and dateline, and at the very last the outlet's name.
    """
    story = make_story(reading, told, gazetteer)
    outlet = None if story.clues else _home_of_outlet(reading.document.article.outlet, gazetteer)
    return tuple(
        (_find_home(number, story) or outlet)
        if _is_bare(identity, reading.mentions[number].kind) or number in story.shared
        else None
        for number, identity in enumerate(told)
    )


def find_shared(reading: Reading, gazetteer: Gazetteer) -> frozenset[int]:
    """Return the mentions whose name means different things in different countries ("Georgia", "the Supreme Court")."""
    text = reading.document.text
    return frozenset(
        number
        for number, mention in enumerate(reading.mentions)
        if mention.kind not in _NO_PARTIES and needs_home(mention.span.quote(text), gazetteer)
    )


def _is_bare(identity: Identity | None, kind: MentionKind) -> bool:
    return (identity is None or identity.code == "UNK") and kind not in _NO_PARTIES


def find_clues(reading: Reading, told: Sequence[Identity | None], gazetteer: Gazetteer) -> list[Clue]:
    """Return the named states, bodies and places of a text, in text order. Of namesakes, the one in a named state is meant."""
    named = [_state_of(identity, gazetteer) for identity in told]
    is_place = [mention.kind is MentionKind.PLACE for mention in reading.mentions]
    states = frozenset(code for code, place in zip(named, is_place, strict=True) if code is not None and not place)
    surroundings = survey(reading.document.text, sorted(states))
    clues: list[Clue] = []
    for number, mention in enumerate(reading.mentions):
        code = named[number]
        if is_place[number]:
            code = _locate(reading.document.text, mention, states, surroundings, gazetteer) or code
        if code is not None:
            clues.append(Clue(number, mention.sentence, code, is_place[number]))
        elif not is_place[number] and (body := _body_of(told[number])) is not None:
            clues.append(Clue(number, mention.sentence, body, is_place=False, is_body=True))
    return clues[:_REACH]


def _state_of(identity: Identity | None, gazetteer: Gazetteer) -> str | None:
    return identity.code if identity is not None and identity.code in gazetteer.states else None


def _body_of(identity: Identity | None) -> str | None:
    return identity.code if identity is not None and identity.code in _BODIES else None


def _locate(
    text: str, mention: Mention, states: frozenset[str], surroundings: Surroundings, gazetteer: Gazetteer
) -> str | None:
    """Return the country of a place as the whole story tells it; of namesakes, the one in a named state, else near other places."""
    named = _country_of_place(mention.span.quote(text), states, gazetteer) if states else None
    found = named if named in states else locate(text, mention.span, surroundings).country
    return found if found in gazetteer.states else None


def _country_of_place(words: str, states: frozenset[str], gazetteer: Gazetteer) -> str | None:
    nouns = load_signs().place_nouns
    run = [word for word in split_words(words) if word.is_capital or not word.key.isalpha()]
    names = [words, " ".join(words[word.start : word.end] for word in run if word.key not in nouns)]
    for name in dict.fromkeys(filter(None, names)):
        code = _choose_namesake(load_places().find(name), states)
        if code in gazetteer.states:
            return code
    return None


def _choose_namesake(places: Sequence[Toponym], states: frozenset[str]) -> str | None:
    """Return the country of the place meant: of those in a named state, else of all, the own name and the largest."""
    single = [place for place in places if place.country is not None]
    here = [place for place in single if place.country in states]
    best = max(
        here or single, key=lambda place: (place.kind == "country", place.is_main, place.population), default=None
    )
    return best.country if best is not None else None


def make_story(reading: Reading, told: Sequence[Identity | None], gazetteer: Gazetteer) -> Story:
    """Return a reading with all that may tell the country of its bare roles."""
    shared = find_shared(reading, gazetteer)
    clues = [clue for clue in find_clues(reading, told, gazetteer) if clue.mention not in shared]
    outlet = _home_of_outlet(reading.document.article.outlet, gazetteer)
    return Story(
        reading=reading,
        told=told,
        clues=clues,
        dateline=_dateline_code(reading, gazetteer),
        outlet=None if outlet is None else outlet.code,
        shared=shared,
        parts=pair_parts(reading),
    )


def _find_home(number: int, story: Story) -> Home | None:
    scores, found = weigh_story(number, story)
    ranked = sorted(scores, key=lambda code: -scores[code])
    if not ranked:
        return None
    best, total = ranked[0], sum(math.exp(score - scores[ranked[0]]) for score in scores.values())
    lead = scores[best] - scores[ranked[1]] if len(ranked) > 1 else math.inf
    return Home(best, tell(best, found[best], number, story), 1 / total) if 1 / total > CLEAR and lead > LEAD else None


def _dateline_code(reading: Reading, gazetteer: Gazetteer) -> str | None:
    line = reading.document.dateline
    if line is None or line.place is None:
        return None
    parts = [part.strip().title() if part.isupper() else part.strip() for part in line.place.split(",")]
    codes = (_country_of_place(part, frozenset(), gazetteer) for part in reversed(parts))
    return next((code for code in codes if code is not None), None)


def _home_of_outlet(outlet: str | None, gazetteer: Gazetteer) -> Home | None:
    """Return the country that a newspaper's name tells: "Kenya Daily", "Mutare Mail"; None where two are told or none."""
    words = split_words(outlet or "")[:10]
    codes = {code for at in range(len(words)) for code in _codes_in_outlet(outlet or "", at, gazetteer)}
    return Home(next(iter(codes)), load_signs().outlet.format(), CLEAR) if len(codes) == 1 else None


def _codes_in_outlet(outlet: str, at: int, gazetteer: Gazetteer) -> list[str]:
    words = split_words(outlet)
    _, entries = gazetteer.match_name(words, at, strict=True)
    named = [entry.code for entry in entries if entry.via in ("country", "adjective", "capital")]
    towns = load_places().find(outlet[words[at].start : words[at].end]) if words[at].is_capital else ()
    large = [place for place in towns if place.is_main and place.population >= load_signs().outlet_population]
    codes = named or [place.country for place in large[:1] if place.country is not None]
    return [code for code in codes if code in gazetteer.states]


def give_homes(
    reading: Reading,
    told: Sequence[Identity | None],
    gazetteer: Gazetteer,
    chains: Iterable[Sequence[int]] = (),
) -> list[Identity | None]:
    """Return who each mention stands for, those without a country read again with the one that the story gives them.

    ``chains`` are mentions known to be of one entity: they get one home, the likeliest of theirs.
    """
    homes = list(find_homes(reading, told, gazetteer))
    found = list(told)
    for chain in chains or [[number] for number in range(len(homes))]:
        own = [home for number in chain if (home := homes[number]) is not None]
        if own:
            _read_chain(reading, chain, max(own, key=lambda home: home.score), found, gazetteer)
    return found


def _read_chain(
    reading: Reading, chain: Sequence[int], home: Home, found: list[Identity | None], gazetteer: Gazetteer
) -> None:
    """Read the bare mentions of one entity again; those of which nothing is known stay open if another tells more."""
    bare = [
        number for number in chain if _may_be_read_again(found[number], reading.mentions[number], reading, gazetteer)
    ]
    again = {number: _read_again(reading, number, home, gazetteer) for number in bare}
    is_told = any(identity is not None and identity.score > UNTOLD for identity in again.values())
    for number, identity in again.items():
        if identity is not None and (identity.score > UNTOLD or not is_told):
            found[number] = identity


def _may_be_read_again(identity: Identity | None, mention: Mention, reading: Reading, gazetteer: Gazetteer) -> bool:
    return _is_bare(identity, mention.kind) or needs_home(mention.span.quote(reading.document.text), gazetteer)


def _read_again(reading: Reading, number: int, home: Home, gazetteer: Gazetteer) -> Identity | None:
    mention, article = reading.mentions[number], reading.document.article
    words = mention.span.quote(reading.document.text)
    return identify(words, mention.kind, on=article.published, home=home.code, home_why=home.why, gazetteer=gazetteer)
