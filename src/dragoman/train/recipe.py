"""How to train, apart from what it needs to do it: nothing here loads the training framework."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. Rates are the highest of the schedule: up over the first steps, then down to nothing."""

    epochs: int = 12
    batch_size: int = 2
    encoder_rate: float = 8e-5
    head_rate: float = 8e-4
    weight_decay: float = 0.01
    dropout: float = 0.1
    seed: int = 2026
    limit_minutes: float | None = None
