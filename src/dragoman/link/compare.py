"""Two reports compared, feature by feature; every feature has a name that an analyst understands."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dragoman.link.facts import Facts, Parties, Spot

FEATURES = (
    "type same", "type near", "type opposed", "modes shared", "modes differ", "status differs",
    "days apart, both told", "days apart, one guessed", "same day told", "one date is coarse", "no date",
    "actors shared", "actors differ", "actor sectors shared", "actor names shared", "actor unknown",
    "recipients shared", "recipients differ", "recipient unknown", "parties swapped", "parties shared",
    "place same", "place near", "country same", "place differs",
    "sentences alike", "act worded alike", "titles alike", "sentence like other title", "rarest word shared",
    "numbers shared", "numbers differ", "same article", "days between publications",
)  # fmt: skip
"""The features in the order of ``compare``; ``weights.yaml`` has a weight for each."""

MOST_DAYS = 6.0
MOST_PUBLICATION_DAYS = 10.0
_SAME_KM, _NEAR_KM = 25.0, 150.0
_EARTH_KM = 6371.0
RAREST = 6.0
"""How telling the rarest words are, about."""
_VERBAL_AND_MATERIAL_CONFLICT = 3


def compare(one: Facts, other: Facts) -> tuple[float, ...]:
    """Return the features of two reports, in the order of ``FEATURES``. Symmetric."""
    return (
        *_compare_types(one, other),
        *_compare_days(one, other),
        *_compare_sides(one, other),
        *_compare_spots(one.spot, other.spot),
        *_compare_words(one, other),
    )


def _compare_types(one: Facts, other: Facts) -> tuple[float, ...]:
    same = one.type == other.type
    near = 0.0 if same else load_nearness().get((one.type, other.type), 0.0)
    opposed = (one.quad >= _VERBAL_AND_MATERIAL_CONFLICT) != (other.quad >= _VERBAL_AND_MATERIAL_CONFLICT)
    both = bool(one.modes) and bool(other.modes)
    shared = bool(one.modes & other.modes)
    return (
        float(same),
        near,
        float(opposed),
        float(shared),
        float(both and not shared),
        float(one.status != other.status),
    )


def _compare_days(one: Facts, other: Facts) -> tuple[float, ...]:
    if not (one.is_dated and other.is_dated):
        return (0.0, 0.0, 0.0, 0.0, 1.0)
    gap = min(float(max(0, one.first - other.last, other.first - one.last)), MOST_DAYS)
    told = one.is_told and other.is_told
    coarse = one.is_coarse or other.is_coarse
    same = told and not coarse and gap == 0
    return (gap if told else 0.0, 0.0 if told else gap, float(same), float(coarse), 0.0)


def _compare_sides(one: Facts, other: Facts) -> tuple[float, ...]:
    actors, recipients = _overlap(one.actors, other.actors), _overlap(one.recipients, other.recipients)
    swapped = bool(one.actors.codes & other.recipients.codes or one.recipients.codes & other.actors.codes)
    all_one, all_other = one.actors.codes | one.recipients.codes, other.actors.codes | other.recipients.codes
    union = len(all_one | all_other)
    return (
        actors,
        float(actors == 0 and bool(one.actors.codes) and bool(other.actors.codes)),
        float(bool(one.actors.sectors & other.actors.sectors)),
        float(bool(one.actors.names & other.actors.names)),
        float(not one.actors.codes or not other.actors.codes),
        recipients,
        float(recipients == 0 and bool(one.recipients.codes) and bool(other.recipients.codes)),
        float(not one.recipients.codes or not other.recipients.codes),
        float(swapped),
        len(all_one & all_other) / union if union else 0.0,
    )


def _overlap(one: Parties, other: Parties) -> float:
    fewer = min(len(one.codes), len(other.codes))
    return len(one.codes & other.codes) / fewer if fewer else 0.0


def _compare_spots(one: Spot | None, other: Spot | None) -> tuple[float, ...]:
    if one is None or other is None:
        return (0.0, 0.0, 0.0, 0.0)
    country = one.country is not None and one.country == other.country
    if one.is_country or other.is_country:
        return (0.0, 0.0, float(country), float(bool(one.country and other.country) and not country))
    distance = measure_km(one, other)
    same = (one.name is not None and one.name == other.name) or (distance is not None and distance <= _SAME_KM)
    near = not same and distance is not None and distance <= _NEAR_KM
    apart = distance is not None and distance > _NEAR_KM and not same
    return (float(same), float(near), float(country), float(apart))


def measure_km(one: Spot, other: Spot) -> float | None:
    """Return the kilometres between two spots along a great circle (haversine), None where either has no degrees."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat_one, lat_other = math.radians(one.lat), math.radians(other.lat)
    rise = math.sin((lat_other - lat_one) / 2) ** 2
    turn = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(rise + math.cos(lat_one) * math.cos(lat_other) * turn)))


def _compare_words(one: Facts, other: Facts) -> tuple[float, ...]:
    shared = one.sentence.stems & other.sentence.stems
    alike = one.sentence.weigh_shared(shared) / (one.sentence.length * other.sentence.length) if shared else 0.0
    rarest = math.sqrt(max([one.sentence.squares[stem] for stem in shared])) if shared else 0.0
    numbers = bool(one.numbers & other.numbers)
    published = abs(one.published - other.published) if one.published and other.published else 0
    return (
        alike,
        one.anchor.cosine(other.anchor),
        one.title.cosine(other.title),
        max(one.sentence.cosine(other.title), other.sentence.cosine(one.title)),
        rarest / RAREST,
        float(numbers),
        float(bool(one.numbers) and bool(other.numbers) and not numbers),
        float(one.article == other.article),
        min(float(published), MOST_PUBLICATION_DAYS),
    )


@cache
def load_nearness() -> dict[tuple[str, str], float]:
    """Return how easily two types stand for one event, by both types, in either order."""
    text = resources.files("dragoman.link").joinpath("nearness.yaml").read_text("utf-8")
    raw: dict[str, dict[str, Any]] = yaml.safe_load(text)
    pairs = [(one, other, float(value)) for one, others in raw.items() for other, value in others.items()]
    return {(one, other): value for one, other, value in pairs} | {(other, one): value for one, other, value in pairs}
