"""Office holders with their dates: looked up by name, by surname and by the post they hold.

``officeholders.csv`` is sorted by its first column, a person's comparable name, so that a look-up is a binary search in the
text and nothing is parsed before it is asked for.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property

from dragoman.resolve.actor_tables import Entry, read_bytes, read_date

_FILE = "officeholders.csv"
RANKS = {
    "head of state": 1,
    "head of government": 2,
    "crown prince": 2,
    "foreign minister": 3,
    "defence minister": 3,
    "interior minister": 3,
    "finance minister": 3,
    "speaker": 3,
    "army chief": 3,
    "vice president": 3,
    "deputy head of government": 3,
    "ambassador": 6,
    "deputy minister": 6,
}


class OfficeHolders:
    """The file of office spells, one a row, read row by row as names are asked for."""

    def __init__(self, text: bytes) -> None:
        head, _, self._text = text.rstrip(b"\n").partition(b"\n")
        self._columns = head.decode().split(",")

    @cached_property
    def _lines(self) -> Sequence[bytes]:
        # Undecoded until one is asked for: that is most of the time that loading would take.
        return self._text.split(b"\n")

    def __len__(self) -> int:
        """Return the number of spells."""
        return len(self._lines)

    def _row(self, line: bytes) -> dict[str, str]:
        return dict(zip(self._columns, next(csv.reader([line.decode()])), strict=True))

    def _entry(self, line: bytes) -> Entry:
        row = self._row(line)
        where = _FILE
        return Entry(
            entity=f"person:{row['wikidata'] or row['name']}",
            via="person",
            name=row["name"],
            code=row["code"],
            sectors=tuple(row["sectors"].split("|")),
            wikidata=row["wikidata"] or None,
            office=row["office"],
            post=row["post"] or None,
            start=read_date(row["from"], where),
            end=read_date(row["to"], where, is_end=True),
            rank=RANKS.get(row["post"], 4),
            source=row["source"],
        )

    def has(self, key: str) -> bool:
        """Return whether a person of that comparable name is known."""
        sought = _start_of(key)
        place = bisect_left(self._lines, sought)
        return place < len(self._lines) and self._lines[place].startswith(sought)

    def find(self, key: str) -> tuple[Entry, ...]:
        """Return the spells of everybody of that comparable name."""
        sought = _start_of(key)
        place = bisect_left(self._lines, sought)
        found = []
        while place < len(self._lines) and self._lines[place].startswith(sought):
            found.append(self._entry(self._lines[place]))
            place += 1
        return tuple(found)

    @cached_property
    def _surnames(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            name = line[: line.index(b",")]
            index.setdefault(name.rpartition(b" ")[2].decode(), []).append(number)
        return index

    def find_surname(self, surname: str) -> tuple[Entry, ...]:
        """Return the spells of everybody whose name ends in that comparable word."""
        return tuple(self._entry(self._lines[number]) for number in self._surnames.get(surname, ()))

    @cached_property
    def _posts(self) -> dict[tuple[str, str], list[int]]:
        index: dict[tuple[str, str], list[int]] = {}
        posts = [f",{post},".encode() for post in RANKS]
        for number, line in enumerate(self._lines):
            for post in posts:
                if post in line:
                    row = self._row(line)
                    index.setdefault((row["code"], row["post"]), []).append(number)
                    break
        return index

    def find_post(self, code: str, post: str) -> tuple[Entry, ...]:
        """Return the spells of all who held a post ("foreign minister") in a state."""
        return tuple(self._entry(self._lines[number]) for number in self._posts.get((code, post), ()))


def _start_of(key: str) -> bytes:
    """Return how the lines of a comparable name begin; surrogates, which no line has, are written as they are."""
    return key.encode("utf-8", "surrogatepass") + b","


@cache
def load_office_holders() -> OfficeHolders:
    """Return the office holders that ship with Dragoman."""
    return OfficeHolders(read_bytes(_FILE))
