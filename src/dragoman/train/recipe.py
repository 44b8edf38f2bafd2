"""How to train, apart from what it needs to do it: nothing here loads the training framework."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. Rates are the highest of the schedule: up over the first steps, then down to nothing.

    ``warm_up_rounds`` go over the supporting corpora first. ``start`` names a checkpoint whose weights to begin from instead.
    ``hidden_words`` is the share of words that are masked in each step. ``average_keep`` is how slowly the running mean of the weights,
    which is what ships, forgets: 0.999 is a mean over about a thousand steps.
    """

    epochs: int = 12
    warm_up_rounds: int = 3
    batch_size: int = 4
    encoder_rate: float = 9e-5
    head_rate: float = 9e-4
    weight_decay: float = 0.01
    dropout: float = 0.1
    hidden_words: float = 0.08
    average_keep: float = 0.999
    seed: int = 2026
    limit_minutes: float | None = None
    start: Path | None = None
