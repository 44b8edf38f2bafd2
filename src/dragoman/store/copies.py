"""Reprints: articles of the same wording under another address, outlet or headline.

A text's sketch is a MinHash (Broder 1997) of its runs of four words. Sketches that share a band are compared; so each new text meets only
those that are likely to be its copies, however many the store holds.
"""

from __future__ import annotations

import hashlib
import struct
from functools import cache, lru_cache
from typing import Any

from dragoman.store.search import cut_words

SHINGLE_WORDS = 4
N_VALUES = 128
N_BANDS = 21
BAND_VALUES = 3
FEWEST_SHINGLES = 20
"""A text of fewer runs of words (a flash of one sentence) is never taken for a copy: two desks may well word it alike."""
COPY_SHARE = 0.7
"""The share of the shorter text's runs of words that must stand in the other."""
LONGEST_GAP_DAYS = 14
"""Texts published further apart are not copies: daily bulletins repeat their wording."""

_HEAD = struct.Struct("<I")
_MASK = (1 << 64) - 1


def sketch_text(text: str) -> bytes | None:
    """Return the sketch of a text's wording, 516 bytes; None where it has too few words to tell."""
    import numpy as np

    words = [_hash_word(word) for word, _ in cut_words(text)]
    if len(words) < FEWEST_SHINGLES + SHINGLE_WORDS - 1:
        return None
    hashes = np.array(words, dtype=np.uint64)
    shingles = np.zeros(len(hashes) - SHINGLE_WORDS + 1, dtype=np.uint64)
    for offset in range(SHINGLE_WORDS):
        shingles = _mix(shingles * np.uint64(0x9E3779B97F4A7C15) + hashes[offset : offset + len(shingles)])
    distinct = np.unique(shingles)
    values = [int(_mix(distinct ^ seed).min()) >> 32 for seed in _seeds()]
    return _HEAD.pack(len(distinct)) + np.array(values, dtype="<u4").tobytes()


def bands_of(sketch: bytes) -> tuple[int, ...]:
    """Return the keys under which a sketch's likely copies are found: signed numbers of 64 bits."""
    size = BAND_VALUES * 4
    pieces = (sketch[_HEAD.size + band * size : _HEAD.size + (band + 1) * size] for band in range(N_BANDS))
    return tuple(
        int.from_bytes(hashlib.blake2b(bytes([band]) + piece, digest_size=8).digest(), "little", signed=True)
        for band, piece in enumerate(pieces)
    )


def shared_share(first: bytes, second: bytes) -> float:
    """Return about which share of the shorter text's wording stands in the other, 0..1."""
    import numpy as np

    sizes = sorted((_HEAD.unpack_from(first)[0], _HEAD.unpack_from(second)[0]))
    same = np.frombuffer(first, "<u4", offset=_HEAD.size) == np.frombuffer(second, "<u4", offset=_HEAD.size)
    resemblance = float(same.mean())
    share: float = min(1.0, resemblance / (1 + resemblance) * sum(sizes) / sizes[0])
    return share


def is_copy(first: bytes, second: bytes) -> bool:
    """Return whether two sketches are of the same wording."""
    return shared_share(first, second) >= COPY_SHARE


@cache
def _seeds() -> Any:
    import numpy as np

    return _mix(np.arange(1, N_VALUES + 1, dtype=np.uint64))


def _mix(values: Any) -> Any:
    """Scramble 64-bit numbers (splitmix64)."""
    import numpy as np

    with np.errstate(over="ignore"):
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=100_000)
def _hash_word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") & _MASK
