"""What a file is that is no text at all, told from its first bytes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SURE_LENGTH = 5
_LOOK = 512


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that holds no readable article: its name, and what a user can do about it."""

    signature: bytes
    offset: int
    name: str
    fix: str

    def fits(self, head: bytes) -> bool:
        """Return whether a file that begins with ``head`` is of this kind."""
        if not head.startswith(self.signature, self.offset):
            return False
        # A short signature ("BZh", "ID3") may also begin an article; a file of that kind also holds zero bytes.
        return len(self.signature) >= _SURE_LENGTH or not self.signature.isascii() or b"\0" in head[:_LOOK]


def kind_of(head: bytes) -> Kind | None:
    """Return the kind of binary file that begins with ``head``, or None for what may be text."""
    return next((kind for kind in _kinds() if kind.fits(head)), None)


@cache
def _kinds() -> tuple[Kind, ...]:
    table = files(__package__).joinpath("kinds.csv").read_text("utf-8").splitlines()
    return tuple(
        Kind(bytes.fromhex(row["signature"]), int(row["offset"]), row["kind"], row["fix"])
        for row in csv.DictReader(table)
    )
