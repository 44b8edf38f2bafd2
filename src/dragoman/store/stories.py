"""Stories as a linker leaves them, and users' word on what belongs together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dragoman.errors import SettingsError
from dragoman.store.conditions import conditions_of
from dragoman.store.dyads import batched
from dragoman.store.filter import Filter
from dragoman.store.rows import Decision, Member, StoredStory
from dragoman.store.schema import RECORD, STORY, STORY_DECISION, STORY_MEMBER

_BATCH = 1000
ACTIONS = ("join", "split")


def put_stories(connection: sa.Connection, stories: Iterable[StoredStory]) -> int:
    """Put these stories in place of all that were there; return how many there are."""
    connection.execute(STORY_MEMBER.delete())
    connection.execute(STORY.delete())
    number = 0
    for some in batched(stories, _BATCH):
        rows = [_story_row(n, story) for n, story in enumerate(some, number + 1)]
        connection.execute(STORY.insert(), rows)
        members = [row for n, story in enumerate(some, number + 1) for row in _member_rows(n, story)]
        if members:
            connection.execute(STORY_MEMBER.insert(), members)
        number += len(some)
    return number


def _story_row(number: int, story: StoredStory) -> dict[str, Any]:
    return {
        "n": number,
        "id": story.id,
        "best_n": story.best,
        "date": story.date,
        "enddate": story.enddate,
        "event": story.event,
        "n_records": len(story.members),
        "n_reports": story.n_reports,
        "n_outlets": story.n_outlets,
        "body": json.dumps(story.body, ensure_ascii=False),
    }


def _member_rows(number: int, story: StoredStory) -> list[dict[str, Any]]:
    return [
        {"story_n": number, "record_n": one.record, "score": one.score, "reason": one.reason} for one in story.members
    ]


def weigh_stories(connection: sa.Connection, wanted: Filter) -> Sequence[Any]:
    """Return of each story that has a record wanted what weighs it: id, date, n_reports, and its best record's scale and status."""
    found = sa.select(STORY.c.id, STORY.c.date, STORY.c.n_reports, RECORD.c.scale, RECORD.c.status)
    found = found.join(RECORD, RECORD.c.n == STORY.c.best_n)
    return connection.execute(found.where(*_has_wanted(connection, wanted))).all()


def _has_wanted(connection: sa.Connection, wanted: Filter) -> Sequence[sa.ColumnElement[bool]]:
    if not wanted.asks():
        return ()
    members = sa.select(STORY_MEMBER.c.story_n).join(RECORD, RECORD.c.n == STORY_MEMBER.c.record_n)
    return (STORY.c.n.in_(members.where(*conditions_of(connection, wanted))),)


def find_stories(connection: sa.Connection, story_ids: Sequence[str]) -> Iterator[StoredStory]:
    """Yield the stories of these ids, in no order."""
    for some in batched(story_ids, _BATCH // 2):
        yield from _read_stories(connection, connection.execute(sa.select(STORY).where(STORY.c.id.in_(some))).all())


def stream_stories(connection: sa.Connection, wanted: Filter, *, newest_first: bool) -> Iterator[StoredStory]:
    """Yield the stories that have a record that is wanted, by date, then id."""
    found = sa.select(STORY).where(*_has_wanted(connection, wanted))
    order = [column.desc() if newest_first else column.asc() for column in (STORY.c.date, STORY.c.id)]
    rows = connection.execution_options(yield_per=_BATCH).execute(found.order_by(*order))
    for some in rows.partitions():
        yield from _read_stories(connection, some)


def find_story(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> StoredStory | None:
    """Return the story that fulfils a condition."""
    return next(_read_stories(connection, connection.execute(sa.select(STORY).where(condition)).all()), None)


def is_named(story_id: str) -> sa.ColumnElement[bool]:
    """Return the condition that a story has this id."""
    return STORY.c.id == story_id


def holds(number: int) -> sa.ColumnElement[bool]:
    """Return the condition that a story holds the record of this number."""
    return STORY.c.n.in_(sa.select(STORY_MEMBER.c.story_n).where(STORY_MEMBER.c.record_n == number))


def _read_stories(connection: sa.Connection, rows: Sequence[Any]) -> Iterator[StoredStory]:
    members: dict[int, list[Member]] = {}
    for some in batched([row.n for row in rows], _BATCH // 2):
        there = sa.select(STORY_MEMBER).where(STORY_MEMBER.c.story_n.in_(some)).order_by(STORY_MEMBER.c.record_n)
        for row in connection.execute(there):
            members.setdefault(row.story_n, []).append(Member(row.record_n, row.score, row.reason))
    for row in rows:
        yield StoredStory(
            id=row.id,
            best=row.best_n,
            members=tuple(members.get(row.n, ())),
            date=row.date,
            enddate=row.enddate,
            event=row.event,
            n_reports=row.n_reports,
            n_outlets=row.n_outlets,
            body=json.loads(row.body),
        )


def log_decision(connection: sa.Connection, action: str, first: str, second: str, **who: str) -> Decision:
    """Write down that two records, named by their keys, do or do not tell of one event."""
    if action not in ACTIONS:
        raise SettingsError("decision on a story", expected=" or ".join(ACTIONS), got=repr(action)[:60])
    if first == second:
        raise SettingsError("decision on a story", expected="two records", got=f"twice {first}"[:80])
    number = (connection.scalar(sa.select(sa.func.max(STORY_DECISION.c.n))) or 0) + 1
    row = {"n": number, "action": action, "first": first, "second": second, **who}
    connection.execute(STORY_DECISION.insert().values(**row))
    return find_decision(connection, number)


def undo_decision(connection: sa.Connection, number: int, who: str, made: str) -> Decision:
    """Take a decision back; the log keeps it."""
    decision = find_decision(connection, number)
    if decision.undone is None:
        change = STORY_DECISION.update().where(STORY_DECISION.c.n == number)
        connection.execute(change.values(undone=made, undone_by=who))
    return find_decision(connection, number)


def find_decision(connection: sa.Connection, number: int) -> Decision:
    """Return the decision of a number. Raises SettingsError where there is none."""
    row = connection.execute(sa.select(STORY_DECISION).where(STORY_DECISION.c.n == number)).first()
    if row is None:
        raise SettingsError("decision", expected="the number of a decision", got=str(number))
    return _read_decision(row)


def list_decisions(connection: sa.Connection, *, with_undone: bool) -> tuple[Decision, ...]:
    """Return the decisions in the order in which they were made."""
    found = sa.select(STORY_DECISION).order_by(STORY_DECISION.c.n)
    rows = connection.execute(found if with_undone else found.where(STORY_DECISION.c.undone.is_(None)))
    return tuple(_read_decision(row) for row in rows)


def _read_decision(row: Any) -> Decision:
    parts = (row.n, row.made, row.who, row.action, row.first, row.second, row.note, row.undone, row.undone_by)
    return Decision(*parts)
