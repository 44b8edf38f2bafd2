"""What a page is about, as its link says it: the query string, and the filter that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from dragoman.errors import InputError
from dragoman.store import Filter

_LISTS = (
    "event",
    "mode",
    "status",
    "context",
    "actor",
    "actor_sector",
    "recipient",
    "recipient_sector",
    "speaker",
    "country",
    "outlet",
    "source",
)
_MOST_VALUES, _LONGEST = 50, 400
_CODES = ("actor", "recipient", "speaker", "country", "event")
_MOST_DIGITS = 7
OWN = "own"
"""Stands in a link for our own coding, whose source is "" in the store."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """The filter of a link, and its parameters in order, those of the filter only."""

    wanted: Filter
    pairs: Pairs

    @property
    def link(self) -> str:
        """The query string."""
        return urlencode(self.pairs)

    def plus(self, name: str, value: object) -> str:
        """Return the query string with one more value; dates and the text replace what was there."""
        pair = (name, str(value))
        kept = [one for one in self.pairs if one != pair and (name in (*_LISTS, "quad") or one[0] != name)]
        return urlencode([*kept, pair])

    def minus(self, name: str, value: object | None = None) -> str:
        """Return the query string without a value, or without all of a name."""
        return urlencode(
            [(key, one) for key, one in self.pairs if key != name or (value is not None and one != str(value))]
        )

    def has(self, name: str, value: object) -> bool:
        """Return whether the link asks for this."""
        return (name, str(value)) in self.pairs

    def value(self, name: str) -> str:
        """Return the last value of a name, or nothing."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")


def read_query(params: QueryParams) -> Query:
    """Return what the parameters ask for. Unknown ones are passed over. Raises InputError where one cannot be read."""
    given = [(name, value.strip()) for name, value in params.multi_items() if value.strip()]
    given = [(name, value.upper() if name in _CODES else value) for name, value in given if _is_ours(name)]
    for name, value in given:
        if len(value) > _LONGEST or "\0" in value:
            raise InputError(f"parameter {name!r}", expected=f"at most {_LONGEST} characters", got=f"{len(value)}")
    if len(given) > _MOST_VALUES:
        raise InputError("query", expected=f"at most {_MOST_VALUES} parameters", got=str(len(given)))
    pairs = tuple(dict.fromkeys(given))
    return Query(_build(pairs), pairs)


def _is_ours(name: str) -> bool:
    return name in _LISTS or name in (
        "q",
        "since",
        "until",
        "quad",
        "either",
        "confidence",
        "copies",
        "reports",
        "struck",
    )


def _build(pairs: Pairs) -> Filter:
    lists: dict[str, Any] = {name: tuple(value for key, value in pairs if key == name) for name in _LISTS}
    last = dict(pairs)
    lists["source"] = tuple("" if one == OWN else one for one in lists["source"])
    return Filter(
        **lists,
        quad=tuple(_whole("quad", value, 0, 4) for key, value in pairs if key == "quad"),
        since=read_day("since", last.get("since")),
        until=read_day("until", last.get("until")),
        text=last.get("q", ""),
        is_either_way=last.get("either") == "1",
        with_copies=last.get("copies") == "1",
        with_struck=last.get("struck") == "1",
        min_confidence=_share(last.get("confidence")),
        min_reports=_whole("reports", last["reports"], 1, 10**6) if "reports" in last else None,
    )


def read_day(name: str, value: str | None) -> date | None:
    """Return the day that a parameter names; None where it is missing."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"parameter {name!r}", expected="a day such as 2017-08-31", got=repr(value)[:40]) from None


def read_whole(params: QueryParams, name: str, default: int, least: int, most: int) -> int:
    """Return a whole number that a parameter names, within its limits."""
    value = params.get(name, "")
    return _whole(name, value, least, most) if value else default


def _whole(name: str, value: str, least: int, most: int) -> int:
    number = int(value) if value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS else -1
    if not least <= number <= most:
        raise InputError(f"parameter {name!r}", expected=f"a number from {least} to {most}", got=repr(value)[:40])
    return number


def _share(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise InputError("parameter 'confidence'", expected="a number from 0 to 1", got=repr(value)[:40])
    return number
