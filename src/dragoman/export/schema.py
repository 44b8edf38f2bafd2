"""The JSON Schema of the event record, with the ontology's own codes as its enumerations."""

from __future__ import annotations

from typing import Any, get_args

from dragoman.ontology import Ontology
from dragoman.records.event import DateBasis, Granularity, Resolution

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_OFFSET = {"type": "integer", "minimum": 0}
_OFFSET_OR_NULL = {"type": ["integer", "null"], "minimum": 0}
_DATE_OR_NULL = {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ACTOR_CODE = {"type": "string", "pattern": "^[A-Z]{3}$"}

Schema = dict[str, Any]


def build_schema(ontology: Ontology) -> Schema:
    """Return the JSON Schema (draft 2020-12) that every record of a coder with this ontology obeys."""
    modes = sorted({mode for kind in ontology.types.values() for mode in kind.modes})
    entity = {"$ref": "#/$defs/entity"}
    properties = {
        "id": {"type": "string", "pattern": "^e-[0-9a-f]{16}$"},
        "article_id": {"type": "string", "pattern": "^a-[0-9a-f]{16}$"},
        "event": {"enum": list(ontology.types)},
        "mode": _list_of({"enum": modes}),
        "status": {"enum": list(ontology.statuses)},
        "context": _list_of({"enum": list(ontology.contexts)}),
        "quad_code": {"enum": [1, 2, 3, 4]},
        "event_scale": {"type": "number", "minimum": -10, "maximum": 10},
        "cameo": {"type": "string", "pattern": "^(0[1-9]|1[0-9]|20)[0-9]{0,2}$"},
        "date": _DATE_OR_NULL,
        "enddate": _DATE_OR_NULL,
        "date_granularity": {"enum": [*get_args(Granularity), None]},
        "date_basis": {"enum": [*get_args(DateBasis), None]},
        "actor": {"type": "array", "items": entity, "minItems": 1},
        "recipient": {"type": "array", "items": entity},
        "event_loc": {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]},
        "speaker": {"anyOf": [entity, {"type": "null"}]},
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}, "minItems": 1},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "why": {"type": "array", "items": _TEXT},
        "cite": {"$ref": "#/$defs/cite"},
        "coder": _TEXT,
        "model": _TEXT,
        "codebook": _TEXT,
        "size": {"anyOf": [_size(), {"type": "null"}]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dragoman event record",
        "description": "Who did what to whom, when, where, and who says so. Offsets count code points of the cleaned text.",
        **_closed(properties),
        "allOf": [_modes_of(code, list(kind.modes)) for code, kind in ontology.types.items()],
        "$defs": {"entity": _entity(ontology), "place": _place(), "evidence": _evidence(), "cite": _cite()},
    }


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items, "uniqueItems": True}


def _modes_of(code: str, modes: list[str]) -> Schema:
    """A record of one type has only that type's modes."""
    allowed = {"items": {"enum": modes}} if modes else {"maxItems": 0}
    return {"if": {"properties": {"event": {"const": code}}}, "then": {"properties": {"mode": allowed}}}


def _entity(ontology: Ontology) -> Schema:
    return _closed(
        {
            "code": _ACTOR_CODE,
            "sector": {**_list_of({"enum": list(ontology.sectors)}), "minItems": 1},
            "name": _TEXT_OR_NULL,
            "office": _TEXT_OR_NULL,
            "wikidata": {"type": ["string", "null"], "pattern": "^Q[0-9]+$"},
            "text": _TEXT,
            "start": _OFFSET_OR_NULL,
            "end": _OFFSET_OR_NULL,
        }
    )


def _place() -> Schema:
    return _closed(
        {
            "text": _TEXT,
            "start": _OFFSET,
            "end": _OFFSET,
            "name": _TEXT_OR_NULL,
            "country": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"},
            "admin1": _TEXT_OR_NULL,
            "lat": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
            "lon": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
            "geonameid": {"type": ["integer", "null"]},
            "resolution": {"enum": [*get_args(Resolution), None]},
        }
    )


def _size() -> Schema:
    """The least and the most of each part; the most is null where the words set no limit."""
    count = {"type": ["array", "null"], "items": _OFFSET_OR_NULL, "minItems": 2, "maxItems": 2}
    return _closed(dict.fromkeys(("dead", "injured", "arrested", "participants"), count))


def _evidence() -> Schema:
    offsets = dict.fromkeys(("sentence", "start", "end"), _OFFSET)
    return _closed({**offsets, "event_text": _TEXT, "anchor_start": _OFFSET, "anchor_end": _OFFSET})


def _cite() -> Schema:
    texts = dict.fromkeys(("source_id", "title", "publication", "url"), _TEXT_OR_NULL)
    return _closed({**texts, "published": _DATE_OR_NULL, "language": _TEXT})
