"""The event record as plain data, and back: the keys and their order that outside programs rely on (``docs/record.md``)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, get_args

from dragoman.errors import InputError
from dragoman.records.event import (
    Actor,
    Citation,
    DateBasis,
    Event,
    Evidence,
    Granularity,
    Moment,
    Place,
    Provenance,
    Resolution,
    Size,
)
from dragoman.records.reading import Status
from dragoman.records.text import Span

Record = dict[str, Any]
_Kind = TypeVar("_Kind")
_SIZE_PARTS = ("dead", "injured", "arrested", "participants")


def event_to_record(event: Event) -> Record:
    """Return the event as a dict of JSON types, keys in the contract's order. Missing facts are None or []."""
    moment = event.moment
    return {
        "id": event.id,
        "article_id": event.article_id,
        "event": event.event,
        "mode": list(event.mode),
        "status": event.status.value,
        "context": list(event.context),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "cameo": event.cameo,
        "date": moment.date.isoformat() if moment else None,
        "enddate": moment.enddate.isoformat() if moment and moment.enddate else None,
        "date_granularity": moment.granularity if moment else None,
        "date_basis": moment.basis if moment else None,
        "actor": [_actor_to_record(actor) for actor in event.actor],
        "recipient": [_actor_to_record(actor) for actor in event.recipient],
        "event_loc": _place_to_record(event.event_loc) if event.event_loc else None,
        "speaker": _actor_to_record(event.speaker) if event.speaker else None,
        "evidence": [_evidence_to_record(evidence) for evidence in event.evidence],
        "confidence": event.confidence,
        "why": list(event.why),
        "cite": {
            "source_id": event.cite.source_id,
            "title": event.cite.title,
            "publication": event.cite.publication,
            "url": event.cite.url,
            "published": event.cite.published.isoformat() if event.cite.published else None,
            "language": event.cite.language,
        },
        "coder": event.provenance.coder,
        "model": event.provenance.model,
        "codebook": event.provenance.codebook,
        "size": _size_to_record(event.size),
    }


def _size_to_record(size: Size | None) -> Record | None:
    """Return a size as JSON values: for each of its parts the least and the most, or None."""
    if size is None:
        return None
    return {part: list(count) if (count := getattr(size, part)) is not None else None for part in _SIZE_PARTS}


def _size(record: Record) -> Size | None:
    """Return the size of a record; records made before sizes were read have none."""
    size = record.get("size")
    if size is None:
        return None
    if not isinstance(size, dict) or not all(_is_count(size.get(part)) for part in _SIZE_PARTS):
        raise InputError("event record", expected="size: null, or parts of two whole numbers", got=repr(size)[:80])
    return Size(**{part: tuple(size[part]) for part in _SIZE_PARTS if size.get(part) is not None})


def _is_count(count: Any) -> bool:
    if count is None:
        return True
    is_pair = isinstance(count, list) and len(count) == 2  # noqa: PLR2004 - the least and the most
    return is_pair and type(count[0]) is int and (count[1] is None or type(count[1]) is int)


def event_to_line(event: Event) -> str:
    """Return the event as one line of JSON, without the line's end; the same event always gives the same line."""
    return json.dumps(event_to_record(event), ensure_ascii=False)


def parse_record(record: Record) -> Event:
    """Return the event that a record tells of: the inverse of ``event_to_record``.

    What a record does not tell (the span of a date's words, the separate reasons of an actor or a place) is left empty, so that
    ``event_to_record(parse_record(record)) == record``. Unknown keys are passed over. Raises InputError where a key is missing
    or holds what no record can hold; whether codes are legal is the ontology's to say (``dragoman schema``).
    """
    if not isinstance(record, dict):
        raise InputError("event record", expected="an object", got=type(record).__name__)
    try:
        return _parse_event(record)
    except InputError as error:
        where = f"record {record.get('id')}" if isinstance(record.get("id"), str) else None
        raise InputError(error.what, where=where, expected=error.expected, got=error.got, fix=error.fix) from None


def parse_line(line: str | bytes) -> Event:
    """Return the event of one line of JSON. Raises InputError where it is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("event record", expected="one JSON object a line", got=str(error)) from None
    return parse_record(record)


def _actor_to_record(actor: Actor) -> Record:
    return {
        "code": actor.code,
        "sector": list(actor.sector),
        "name": actor.name,
        "office": actor.office,
        "wikidata": actor.wikidata,
        "text": actor.text,
        "start": actor.span.start if actor.span else None,
        "end": actor.span.end if actor.span else None,
    }


def _place_to_record(place: Place) -> Record:
    return {
        "text": place.text,
        "start": place.span.start,
        "end": place.span.end,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "resolution": place.resolution,
    }


def _evidence_to_record(evidence: Evidence) -> Record:
    return {
        "sentence": evidence.sentence,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "event_text": evidence.event_text,
        "anchor_start": evidence.anchor.start,
        "anchor_end": evidence.anchor.end,
    }


def _parse_event(record: Record) -> Event:
    return Event(
        id=_text(record, "id"),
        article_id=_text(record, "article_id"),
        event=_text(record, "event"),
        mode=_texts(record, "mode"),
        status=Status(_one_of(record, "status", tuple(status.value for status in Status))),
        context=_texts(record, "context"),
        quad_code=_whole(record, "quad_code"),
        event_scale=_number(record, "event_scale"),
        cameo=_text(record, "cameo"),
        moment=_parse_moment(record),
        actor=tuple(_parse_actor(one) for one in _objects(record, "actor")),
        recipient=tuple(_parse_actor(one) for one in _objects(record, "recipient")),
        event_loc=_parse_place(_object(record, "event_loc")) if record.get("event_loc") is not None else None,
        speaker=_parse_actor(_object(record, "speaker")) if record.get("speaker") is not None else None,
        evidence=tuple(_parse_evidence(one) for one in _objects(record, "evidence")),
        confidence=_number(record, "confidence"),
        why=_texts(record, "why"),
        cite=_parse_citation(_object(record, "cite")),
        provenance=Provenance(_text(record, "coder"), _text(record, "model"), _text(record, "codebook")),
        size=_size(record),
    )


def _parse_moment(record: Record) -> Moment | None:
    if record.get("date") is None:
        return None
    granularity = _one_of(record, "date_granularity", get_args(Granularity))
    basis = _one_of(record, "date_basis", get_args(DateBasis))
    return Moment(_day(record, "date"), granularity, basis, _day_or_none(record, "enddate"))


def _parse_actor(record: Record) -> Actor:
    start, end = _whole_or_none(record, "start"), _whole_or_none(record, "end")
    return Actor(
        code=_text(record, "code"),
        sector=_texts(record, "sector"),
        name=_text_or_none(record, "name"),
        office=_text_or_none(record, "office"),
        wikidata=_text_or_none(record, "wikidata"),
        text=_text(record, "text"),
        span=None if start is None or end is None else Span(start, end),
    )


def _parse_place(record: Record) -> Place:
    resolution = record.get("resolution")
    return Place(
        text=_text(record, "text"),
        span=Span(_whole(record, "start"), _whole(record, "end")),
        name=_text_or_none(record, "name"),
        country=_text_or_none(record, "country"),
        admin1=_text_or_none(record, "admin1"),
        lat=_number_or_none(record, "lat"),
        lon=_number_or_none(record, "lon"),
        geonameid=_whole_or_none(record, "geonameid"),
        resolution=None if resolution is None else _one_of(record, "resolution", get_args(Resolution)),
    )


def _parse_evidence(record: Record) -> Evidence:
    return Evidence(
        sentence=_whole(record, "sentence"),
        span=Span(_whole(record, "start"), _whole(record, "end")),
        anchor=Span(_whole(record, "anchor_start"), _whole(record, "anchor_end")),
        event_text=_text(record, "event_text"),
    )


def _parse_citation(record: Record) -> Citation:
    return Citation(
        source_id=_text_or_none(record, "source_id"),
        title=_text_or_none(record, "title"),
        publication=_text_or_none(record, "publication"),
        url=_text_or_none(record, "url"),
        published=_day_or_none(record, "published"),
        language=_text(record, "language"),
    )


def _text(record: Record, key: str) -> str:
    found: str = _typed(record, key, str, "a string")
    return found


def _text_or_none(record: Record, key: str) -> str | None:
    return None if record.get(key) is None else _text(record, key)


def _texts(record: Record, key: str) -> tuple[str, ...]:
    return _all_of(record, key, str, "a list of strings")


def _objects(record: Record, key: str) -> tuple[Record, ...]:
    return _all_of(record, key, dict, "a list of objects")


def _object(record: Record, key: str) -> Record:
    found: Record = _typed(record, key, dict, "an object")
    return found


def _whole(record: Record, key: str) -> int:
    found: int = _typed(record, key, int, "a whole number")
    return found


def _whole_or_none(record: Record, key: str) -> int | None:
    return None if record.get(key) is None else _whole(record, key)


def _number(record: Record, key: str) -> float:
    found: float = _typed(record, key, (int, float), "a number")
    return found


def _number_or_none(record: Record, key: str) -> float | None:
    return None if record.get(key) is None else _number(record, key)


def _one_of(record: Record, key: str, choices: tuple[str, ...]) -> Any:
    found = _text(record, key)
    if found not in choices:
        raise _fault(key, ", ".join(choices), found)
    return found


def _day_or_none(record: Record, key: str) -> date | None:
    return None if record.get(key) is None else _day(record, key)


def _day(record: Record, key: str) -> date:
    written = _text(record, key)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _fault(key, "an ISO date such as 2017-08-31", written) from None


def _typed(record: Record, key: str, kind: type[_Kind] | tuple[type[Any], ...], expected: str) -> Any:
    found = record.get(key)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise _fault(key, expected, found if key in record else "nothing")
    return found


def _all_of(record: Record, key: str, kind: Callable[..., _Kind], expected: str) -> tuple[_Kind, ...]:
    found = _typed(record, key, list, expected)
    if not all(type(one) is kind for one in found):
        raise _fault(key, expected, found)
    return tuple(found)


def _fault(key: str, expected: str, got: object) -> InputError:
    return InputError(f"key {key!r}", expected=expected, got=str(got)[:80])
