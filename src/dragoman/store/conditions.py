"""A filter as conditions on the table of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dragoman.store import search
from dragoman.store.filter import Filter
from dragoman.store.schema import (
    ACTOR,
    ARTICLE,
    CONTEXT,
    COPY,
    COUNTED,
    MODE,
    PARTY,
    RECIPIENT,
    RECORD,
    RUN,
    SPEAKER,
    STORY,
    STORY_MEMBER,
    STRUCK,
    SUPERSEDED,
    TAG,
)

Condition = sa.ColumnElement[bool]


def conditions_of(connection: sa.Connection, wanted: Filter) -> list[Condition]:
    """Return what a record must fulfil to be wanted."""
    return [*_view(wanted), *_columns(wanted), *_parties(wanted), *_tags(wanted), *_links(connection, wanted)]


def _view(wanted: Filter) -> Iterator[Condition]:
    views = [COUNTED]
    views += [COPY] if wanted.with_copies else []
    views += [SUPERSEDED] if wanted.with_older or wanted.run else []
    views += [STRUCK] if wanted.with_struck else []
    yield RECORD.c.view == COUNTED if len(views) == 1 else RECORD.c.view.in_(views)


def _columns(wanted: Filter) -> Iterator[Condition]:
    if wanted.since:
        yield RECORD.c.date >= wanted.since.isoformat()
    if wanted.until:
        yield RECORD.c.date <= wanted.until.isoformat()
        yield RECORD.c.date != ""
    for name in ("event", "status", "quad", "country", "outlet", "source"):
        if values := getattr(wanted, name):
            yield _is_any(RECORD.c[name], values)
    if wanted.ids:
        yield _is_any(RECORD.c.id, wanted.ids)
    if wanted.min_confidence is not None:
        yield RECORD.c.confidence >= wanted.min_confidence


def _parties(wanted: Filter) -> Iterator[Condition]:
    first, second = (wanted.actor, wanted.actor_sector), (wanted.recipient, wanted.recipient_sector)
    if any(first) or any(second):
        forth = _acts(first, second)
        yield sa.or_(forth, _acts(second, first)) if wanted.is_either_way else forth
        if wanted.actor and wanted.recipient:
            # Follows from the above; said again so that the database starts from the rarer of two lists, not from all records.
            both = with_code(wanted.actor, _SIDES).intersect(with_code(wanted.recipient, _SIDES))
            yield RECORD.c.n.in_(both)
    if wanted.speaker:
        yield has_party(SPEAKER, wanted.speaker, ())


_SIDES = (ACTOR, RECIPIENT)


def with_code(codes: Sequence[str], roles: Sequence[int]) -> sa.Select[Any]:
    """Return the numbers of the records in which one of the codes has one of the roles."""
    return sa.select(PARTY.c.record_n).where(_is_any(PARTY.c.code, codes), _is_any(PARTY.c.role, roles))


_Side = tuple[tuple[str, ...], tuple[str, ...]]


def _acts(first: _Side, second: _Side) -> Condition:
    """The one side acts on the other; or, where nobody is acted upon, both are among the actors."""
    if not any(second):
        return has_party(ACTOR, *first)
    if not any(first):
        return has_party(RECIPIENT, *second)
    among_actors = sa.and_(RECORD.c.n_recipients == 0, has_party(ACTOR, *second), _has_two_actors(first, second))
    return sa.and_(has_party(ACTOR, *first), sa.or_(has_party(RECIPIENT, *second), among_actors))


def _has_two_actors(first: _Side, second: _Side) -> Condition:
    """Two different actors hold the two sides: one alone does not act on itself."""
    one, other = PARTY.alias(), PARTY.alias()
    pair = sa.select(1).where(
        one.c.record_n == RECORD.c.n,
        other.c.record_n == RECORD.c.n,
        one.c.role == ACTOR,
        other.c.role == ACTOR,
        one.c.code != other.c.code if not (first[1] or second[1]) else one.c.position != other.c.position,
        *_is_side(one, first),
        *_is_side(other, second),
    )
    return pair.exists()


def has_party(role: int, codes: Sequence[str], sectors: Sequence[str]) -> Condition:
    """A party of this role has one of the codes and one of the sectors; empty means any."""
    found = sa.select(1).where(PARTY.c.record_n == RECORD.c.n, PARTY.c.role == role)
    return found.where(*_is_side(PARTY, (tuple(codes), tuple(sectors)))).exists()


def _is_side(party: sa.FromClause, side: _Side) -> Iterator[Condition]:
    for name, values in zip(("code", "sector"), side, strict=True):
        if values:
            yield _is_any(party.c[name], values)


def _tags(wanted: Filter) -> Iterator[Condition]:
    for kind, values in ((MODE, wanted.mode), (CONTEXT, wanted.context)):
        if values:
            found = sa.select(1).where(TAG.c.record_n == RECORD.c.n, TAG.c.kind == kind, _is_any(TAG.c.value, values))
            yield found.exists()


def _links(connection: sa.Connection, wanted: Filter) -> Iterator[Condition]:
    if wanted.run is not None:
        yield RECORD.c.run_n.in_(sa.select(RUN.c.n).where(RUN.c.id == wanted.run))
    if wanted.article is not None:
        yield RECORD.c.article_n.in_(sa.select(ARTICLE.c.n).where(ARTICLE.c.id == wanted.article))
    if wanted.text.strip():
        yield RECORD.c.article_n.in_(search.articles_with(connection, wanted.text))
    if wanted.story is not None:
        members = sa.select(STORY_MEMBER.c.record_n).join(STORY)
        yield RECORD.c.n.in_(members.where(STORY.c.id == wanted.story))
    if wanted.is_story_best:
        yield RECORD.c.n.in_(sa.select(STORY.c.best_n))
    if wanted.min_reports is not None:
        members = sa.select(STORY_MEMBER.c.record_n).join(STORY)
        yield RECORD.c.n.in_(members.where(STORY.c.n_reports >= wanted.min_reports))


def _is_any(column: sa.ColumnElement[str] | sa.ColumnElement[int], values: Sequence[str | int]) -> Condition:
    return column == values[0] if len(values) == 1 else column.in_(values)
