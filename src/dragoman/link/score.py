"""How sure two reports tell of one event, from their features, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dragoman.errors import SettingsError
from dragoman.link.compare import FEATURES, compare
from dragoman.link.facts import Facts

_MOST_LOGIT = 30.0
_N_REASONS = 6
_SLIGHT = 0.15
"""A feature that moves the log odds by less is not worth telling."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A logistic model over the features of two reports.

    ``bias`` and ``weights`` are on the scale of log odds; ``threshold`` in 0..1 is the mean score from which clusters are joined.
    """

    bias: float
    weights: tuple[float, ...]
    threshold: float

    def score(self, one: Facts, other: Facts) -> float:
        """Return how sure, 0 to 1, the two tell of one event. Symmetric."""
        logit = self.bias
        for weight, feature in zip(self.weights, compare(one, other), strict=True):
            logit += weight * feature
        return 1 / (1 + math.exp(-max(-_MOST_LOGIT, min(_MOST_LOGIT, logit))))

    def explain(self, one: Facts, other: Facts) -> tuple[str, ...]:
        """Return the features that moved the score most, the strongest first, each with its effect on the log odds."""
        features = compare(one, other)
        effects = [
            (weight * value, name, value)
            for weight, value, name in zip(self.weights, features, FEATURES, strict=True)
            if abs(weight * value) >= _SLIGHT
        ]
        effects.sort(key=lambda effect: (-abs(effect[0]), effect[1]))
        return tuple(f"{name} {value:.2g} ({effect:+.1f})" for effect, name, value in effects[:_N_REASONS])


@cache
def load_scorer() -> Scorer:
    """Return the scorer with the weights of ``weights.yaml``, fitted by ``scripts/fit_story_score.py``."""
    return read_scorer(yaml.safe_load(resources.files("dragoman.link").joinpath("weights.yaml").read_text("utf-8")))


def read_scorer(raw: Mapping[str, Any]) -> Scorer:
    """Return the scorer that a mapping of ``bias``, ``threshold`` and ``weights`` describes.

    Raises SettingsError where a weight is missing or too many.
    """
    weights = raw["weights"]
    if set(weights) != set(FEATURES):
        odd = ", ".join(sorted(set(weights) ^ set(FEATURES)))
        raise SettingsError(
            "weights of the story score", expected="one for each feature", got=f"missing or unknown: {odd}"
        )
    return Scorer(float(raw["bias"]), tuple(float(weights[name]) for name in FEATURES), float(raw["threshold"]))
