"""The stories of a store, made anew from its records and its users' decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from dragoman.link import Decision, Report, link_reports
from dragoman.records import Actor, Place, Story
from dragoman.store import Filter, Member, Store, StoredRecord, StoredStory


def relink_store(store: Store, wanted: Filter | None = None) -> int:
    """Link all records that count, reprints included, and put the stories into the store; return how many there are.

    A pure function of the store's records and decisions: whatever order articles came in, the stories are the same. Reprints stand in their
    story, but are no further report.
    """
    records = list(store.records(wanted or Filter(with_copies=True)))
    numbers = {record.record["id"]: record.number for record in records}
    stories = link_reports(_make_reports(store, records), _translate_decisions(store, records))
    return store.put_stories(to_stored(story, numbers) for story in stories)


def is_linked(store: Store) -> bool:
    """Return whether every record that counts stands in a story, and no other does; an ingest broken off leaves it otherwise."""
    counted = sorted(record.number for record in store.records(Filter(with_copies=True)))
    return counted == sorted(member.record for story in store.stories() for member in story.members)


def _make_reports(store: Store, records: list[StoredRecord]) -> Iterator[Report]:
    """Yield the records with the sentences that they rest on; articles are read one at a time, in the records' order by article."""
    article: Any = None
    for record in sorted(records, key=lambda one: (one.article or "", one.number)):
        if record.article is None:
            yield Report(record.event)
            continue
        if article is None or article.id != record.article:
            article = store.find_article(record.article)
        text = article.text if article else ""
        event = record.event
        sentences = tuple(dict.fromkeys(one.span.quote(text) for one in event.evidence))
        yield Report(event, sentences, min(article.family, default=article.id) if article else "")


def _translate_decisions(store: Store, records: list[StoredRecord]) -> list[Decision]:
    """Decisions name records by article and words, which a new run keeps; the linker knows them by id."""
    by_key = {record.key: record.record["id"] for record in records}
    return [
        Decision("join" if one.action == "join" else "split", by_key[one.first], by_key[one.second])
        for one in store.decisions()
        if one.first in by_key and one.second in by_key
    ]


def to_stored(story: Story, numbers: dict[str, int]) -> StoredStory:
    """Return the story as the store keeps it; ``body`` holds its record in JSON types."""
    joins = {join.record: join for join in story.joins}
    members = tuple(
        Member(
            numbers[record],
            joins[record].score if record in joins else 1.0,
            f"{joins[record].closest}: {'; '.join(joins[record].why)}" if record in joins else "",
        )
        for record in story.records
    )
    return StoredStory(
        id=story.id,
        best=numbers[story.best],
        members=members,
        date=story.first_day.isoformat() if story.first_day else "",
        enddate=story.last_day.isoformat() if story.last_day else "",
        event=story.event,
        n_reports=story.n_reports,
        n_outlets=len(story.outlets),
        body=story_to_record(story),
    )


def story_to_record(story: Story) -> dict[str, Any]:
    """Return the story as a dict of JSON types, keys in the order of ``docs/stories.md``."""
    return {
        "id": story.id,
        "event": story.event,
        "mode": list(story.mode),
        "status": story.status.value,
        "quad_code": story.quad_code,
        "event_scale": story.event_scale,
        "date": story.date.isoformat() if story.date else None,
        "first_day": story.first_day.isoformat() if story.first_day else None,
        "last_day": story.last_day.isoformat() if story.last_day else None,
        "actor": [_write_party(party) for party in story.actor],
        "recipient": [_write_party(party) for party in story.recipient],
        "place": _write_place(story.place),
        "n_reports": story.n_reports,
        "outlets": list(story.outlets),
        "vouchers": [_write_party(party) for party in story.vouchers],
        "disagreements": [asdict(one) for one in story.disagreements],
        "best": story.best,
        "records": list(story.records),
        "articles": list(story.articles),
        "joins": [asdict(one) for one in story.joins],
        "cohesion": story.cohesion,
    }


def _write_party(party: Actor) -> dict[str, Any]:
    return {"code": party.code, "sector": list(party.sector), "name": party.name or party.text or None}


def _write_place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"name": place.name or place.text, "country": place.country, "lat": place.lat, "lon": place.lon}
