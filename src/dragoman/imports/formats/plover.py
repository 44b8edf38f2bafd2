"""PLOVER JSON Lines: one record a line, ours or in another dialect of PLOVER; what a line leaves out is taken as not known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dragoman.errors import InputError
from dragoman.imports.building import NO_RELEASE, Kind, kind_of_plover
from dragoman.imports.lines import DataFile
from dragoman.imports.outcome import ForeignEvent, Outcome, attempt
from dragoman.ontology import load_ontology, score_event
from dragoman.records import Event, parse_record

SUMMARY = "PLOVER records as JSON Lines"
CODER = "PLOVER JSON Lines"
CODEBOOK = "plover-2.0"

_DIGITS = 16
_EMPTY: dict[str, Any] = {
    "mode": [], "status": "actual", "context": [], "enddate": None, "date_granularity": "day", "date_basis": "text", "recipient": [],
    "event_loc": None, "speaker": None, "evidence": [], "confidence": 1.0, "why": [], "coder": CODER, "model": "", "codebook": CODEBOOK,
}  # fmt: skip
_EMPTY_ENTITY = {
    "sector": ["UNK"],
    "name": None,
    "office": None,
    "wikidata": None,
    "text": "",
    "start": None,
    "end": None,
}
_EMPTY_CITE = {"source_id": None, "title": None, "publication": None, "url": None, "published": None, "language": "en"}
_EMPTY_PLACE = {"text": "", "start": 0, "end": 0}


def read(file: DataFile, release: str) -> Iterator[Outcome]:
    """Yield what comes of each line. Records keep their own coder, model and codebook; ``release`` fills in where they name no model."""
    for number, line in file.lines:
        if line.strip():
            yield attempt(file.origin(number), lambda row: _make(row["line"], release), {"line": line})


def _make(line: str, release: str) -> ForeignEvent:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("record", expected="one JSON object a line", got=str(error)) from None
    if not isinstance(record, dict):
        raise InputError("record", expected="a JSON object", got=type(record).__name__)
    event = _in_our_words(parse_record(_complete(record, line, release)))
    return ForeignEvent(event.id, event, {})


def _complete(record: dict[str, Any], line: str, release: str) -> dict[str, Any]:
    """Return the record with every key that ours have."""
    name = "e-" + hashlib.sha256(line.strip().encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    whole = {**_EMPTY, "id": name, "model": release or NO_RELEASE, **record}
    whole.setdefault("article_id", "a-" + str(whole["id"])[2:])
    whole["cite"] = {**_EMPTY_CITE, **_mapping(record, "cite")}
    for side in ("actor", "recipient"):
        entities = whole.get(side) or ([{"code": "UNK"}] if side == "actor" else [])
        if isinstance(entities, list):
            whole[side] = [{**_EMPTY_ENTITY, **one} if isinstance(one, dict) else one for one in entities]
    if isinstance(whole["event_loc"], dict):
        whole["event_loc"] = {**_EMPTY_PLACE, **whole["event_loc"]}
    if isinstance(whole["speaker"], dict):
        whole["speaker"] = {**_EMPTY_ENTITY, **whole["speaker"]}
    # Numbered by type and mode below; the parser wants them there.
    return {"quad_code": 1, "event_scale": 0.0, "cameo": "", **whole}


def _mapping(record: dict[str, Any], key: str) -> dict[str, Any]:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _in_our_words(event: Event) -> Event:
    """Return the event with type and modes of PLOVER 2.0; one that is so already stays as it is."""
    ontology = load_ontology()
    kind = ontology.types.get(event.event)
    if kind and event.cameo and set(event.mode) <= set(kind.modes) and set(event.context) <= set(ontology.contexts):
        return event
    found, unknown = kind_of_plover(event.event, event.mode, event.context)
    return _renumber(event, found, unknown)


def _renumber(event: Event, kind: Kind, unknown: tuple[str, ...]) -> Event:
    ontology = load_ontology()
    return replace(
        event,
        event=kind.type,
        mode=kind.modes,
        context=kind.contexts,
        quad_code=ontology.types[kind.type].quad_code,
        event_scale=score_event(ontology, kind.type, kind.modes),
        cameo=event.cameo or kind.cameo,
        why=(*event.why, *unknown),
    )
