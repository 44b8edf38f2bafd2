"""The event record as plain data: the keys and their order that outside programs rely on (``docs/record.md``)."""

from __future__ import annotations

import json
from typing import Any

from dragoman.records import Actor, Event, Evidence, Place

Record = dict[str, Any]


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
    }


def event_to_line(event: Event) -> str:
    """Return the event as one line of JSON, without the line's end; the same event always gives the same line."""
    return json.dumps(event_to_record(event), ensure_ascii=False)


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
