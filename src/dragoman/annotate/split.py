"""Which documents train, which guide development, and which are held back: fixed for ever by a hash of the document's id."""

from __future__ import annotations

import hashlib
from enum import StrEnum

_DEV, _HELD_BACK = 10, 20
"""Percent: below the first is dev, below the second held back, the rest trains."""


class Part(StrEnum):
    """A part of the corpus. ``HELD_BACK`` is for reports only; training and tuning never see it."""

    TRAIN = "train"
    DEV = "dev"
    HELD_BACK = "held-back"


def choose_part(document_id: str) -> Part:
    """Return the part that a document belongs to. It depends on the id alone, so that new documents move none."""
    percent = int(hashlib.sha256(document_id.encode("utf-8")).hexdigest(), 16) % 100
    return Part.DEV if percent < _DEV else Part.HELD_BACK if percent < _HELD_BACK else Part.TRAIN
