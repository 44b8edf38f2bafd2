"""A record's columns: what of its JSON the tables hold again, to find, count and sum it by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from dragoman.errors import OntologyError
from dragoman.ontology import find_cameo
from dragoman.records import Record
from dragoman.store.rows import key_of
from dragoman.store.schema import ACTOR, CONTEXT, MODE, RECIPIENT, SPEAKER

Row = dict[str, Any]
_REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    """Return the text without what no database takes: zero bytes and halves of surrogate pairs, replaced one for one."""
    if "\0" not in text and text.isascii():
        return text
    return text.replace("\0", _REPLACEMENT).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_or_none(text: str | None) -> str | None:
    """Return the same for a text that may be missing."""
    return None if text is None else storable(text)


def record_columns(record: Record) -> Row:
    """Return the values of the columns of table ``record`` that follow from the record itself."""
    key, place = key_of(record), record["event_loc"] or {}
    return {
        "id": record["id"],
        "date": record["date"] or "",
        "enddate": record["enddate"] or "",
        "event": record["event"],
        "status": record["status"],
        "quad": record["quad_code"],
        "scale": float(record["event_scale"]),
        "goldstein": goldstein_of(record["cameo"]),
        "cameo": record["cameo"],
        "confidence": float(record["confidence"]),
        "country": place.get("country") or "",
        "place": storable(place.get("name") or place.get("text") or ""),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "outlet": storable(record["cite"]["publication"] or ""),
        "n_recipients": len(record["recipient"]),
        "anchor_start": key.start,
        "anchor_end": key.end,
    }


def party_rows(number: int, record: Record) -> Iterator[Row]:
    """Yield the rows of table ``party``: one for each sector of each actor, recipient and speaker."""
    speakers = [record["speaker"]] if record["speaker"] else []
    for role, parties in ((ACTOR, record["actor"]), (RECIPIENT, record["recipient"]), (SPEAKER, speakers)):
        for position, party in enumerate(parties):
            for rank, sector in enumerate(party["sector"] or [""]):
                yield {
                    "record_n": number,
                    "role": role,
                    "position": position,
                    "rank": rank,
                    "code": storable(party["code"]),
                    "sector": storable(sector),
                    "name": storable_or_none(party["name"]),
                }


def tag_rows(number: int, record: Record) -> Iterator[Row]:
    """Yield the rows of table ``tag``: the modes and contexts."""
    for kind, values in ((MODE, record["mode"]), (CONTEXT, record["context"])):
        for value in dict.fromkeys(values):
            yield {"record_n": number, "kind": kind, "value": storable(value)}


@lru_cache(maxsize=1024)
def goldstein_of(cameo: str) -> float | None:
    """Return the CAMEO code's value on the Goldstein scale, None where there is none."""
    try:
        return find_cameo(cameo).goldstein
    except OntologyError:
        return None
