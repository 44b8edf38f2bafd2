"""What the comparison of two reports looks at, prepared once for each report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.link.report import Report
from dragoman.link.words import list_numbers, list_stems, weigh_stems
from dragoman.records import Actor, Moment, Place

_COARSE_DAYS = 7
"""A period longer than this says little about the day."""
_GUESS_DAYS = 1
"""Where the publication date stands in, the event may well have been the day before."""


@dataclass(frozen=True, slots=True)
class Words:
    """Stems with the square of how telling each is, and the length of the whole as a vector."""

    squares: Mapping[str, float]
    stems: frozenset[str]
    length: float

    def cosine(self, other: Words) -> float:
        """Return how alike two texts are, 0 to 1, rare words counting most (cosine with idf weights)."""
        shared = self.stems & other.stems
        return self.weigh_shared(shared) / (self.length * other.length) if shared else 0.0

    def weigh_shared(self, shared: Iterable[str]) -> float:
        """Return the sum of squares of stems that this text holds, the same in any order of them."""
        # fsum, because sets have no order and plain sums depend on it in the last digit.
        return math.fsum([self.squares[stem] for stem in shared])


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands on one side of an act: codes without ``UNK``, codes with sectors, and names."""

    codes: frozenset[str]
    sectors: frozenset[tuple[str, str]]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where: a name in lower case, a country's code, a province, degrees; each may be missing."""

    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    is_country: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """One report as the comparison sees it. Days are proleptic ordinals; ``published`` is 0 where unknown."""

    id: str
    article: str
    source: str
    type: str
    quad: int
    modes: frozenset[str]
    status: str
    first: int
    last: int
    is_told: bool
    is_coarse: bool
    is_dated: bool
    published: int
    actors: Parties
    recipients: Parties
    spot: Spot | None
    sentence: Words
    anchor: Words
    title: Words
    numbers: frozenset[int]


def gather_facts(report: Report) -> Facts:
    """Return the facts of one report."""
    event = report.event
    first, last, is_told, is_coarse = _find_days(event.moment)
    published = event.cite.published.toordinal() if event.cite.published else 0
    anchors = " ".join(evidence.event_text for evidence in event.evidence)
    sentences = " ".join(report.sentences) or anchors
    return Facts(
        id=event.id,
        article=event.article_id,
        source=report.source,
        type=event.event,
        quad=event.quad_code,
        modes=frozenset(event.mode),
        status=event.status.value,
        first=first or published,
        last=last or published,
        is_told=is_told,
        is_coarse=is_coarse,
        is_dated=bool(first or published),
        published=published,
        actors=_gather_parties(event.actor),
        recipients=_gather_parties(event.recipient),
        spot=_find_spot(event.event_loc) if event.event_loc else None,
        sentence=weigh_text(sentences),
        anchor=weigh_text(anchors),
        title=weigh_text(event.cite.title or ""),
        numbers=list_numbers(sentences),
    )


def weigh_text(text: str) -> Words:
    """Return the stems of a text with their weights."""
    squares = {stem: weight * weight for stem, weight in weigh_stems(list_stems(text)).items()}
    return Words(squares, frozenset(squares), math.sqrt(math.fsum(squares.values())))


def _find_days(moment: Moment | None) -> tuple[int, int, bool, bool]:
    if moment is None:
        return 0, 0, False, False
    first, last = moment.date.toordinal(), moment.last_day.toordinal()
    is_told = moment.basis == "text"
    return (first if is_told else max(1, first - _GUESS_DAYS)), last, is_told, last - first > _COARSE_DAYS


def _gather_parties(parties: Iterable[Actor]) -> Parties:
    known = [party for party in parties if party.code != "UNK"]
    return Parties(
        codes=frozenset(party.code for party in known),
        sectors=frozenset((party.code, sector) for party in known for sector in party.sector),
        names=frozenset(name.lower() for party in parties if (name := party.name or party.text)),
    )


def _find_spot(place: Place) -> Spot:
    name = (place.name or place.text or "").lower() or None
    return Spot(name, place.country, place.admin1, place.lat, place.lon, place.resolution == "country")
