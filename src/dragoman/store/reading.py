"""Getting records and articles out of the tables again."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from dragoman.errors import SettingsError
from dragoman.store import search
from dragoman.store.conditions import conditions_of
from dragoman.store.corrections import Corrected, apply_corrections, corrections_for
from dragoman.store.dyads import batched
from dragoman.store.filter import Filter
from dragoman.store.rows import (
    Count,
    Hit,
    Imported,
    Page,
    StoredArticle,
    StoredRecord,
    StoredRejection,
    key_of,
)
from dragoman.store.schema import (
    ACTOR,
    ADDRESS,
    ARTICLE,
    CODING,
    CONTEXT,
    CORRECTION,
    IMPORTED,
    MODE,
    PARTY,
    RECIPIENT,
    RECORD,
    REJECTION,
    RUN,
    SPEAKER,
    SUPERSEDED,
    TAG,
    TEXT,
)

FACETS = (
    "event",
    "status",
    "quad",
    "mode",
    "context",
    "actor",
    "actor_sector",
    "recipient",
    "recipient_sector",
    "speaker",
    "country",
    "outlet",
    "source",
    "year",
)
"""What records can be counted by."""

_STREAM = 500
_ROWS = (
    sa.select(
        RECORD.c.n,
        RECORD.c.run_n,
        RECORD.c.article_n,
        RECORD.c.id,
        RECORD.c.date,
        RECORD.c.view,
        RECORD.c.source,
        RECORD.c.body,
        RUN.c.id.label("run"),
        ARTICLE.c.id.label("article"),
    )
    .join(RUN, RUN.c.n == RECORD.c.run_n)
    .outerjoin(ARTICLE, ARTICLE.c.n == RECORD.c.article_n)
)
_ORDER = (RECORD.c.date, RECORD.c.id, RECORD.c.n)


def stream_records(connection: sa.Connection, wanted: Filter, *, newest_first: bool = False) -> Iterator[StoredRecord]:
    """Yield the records wanted, by date, then id, then number, holding few at a time."""
    found = _ROWS.where(*conditions_of(connection, wanted)).order_by(*_ordered(newest_first))
    rows = connection.execution_options(yield_per=_STREAM).execute(found)
    for some in rows.partitions():
        yield from _read_rows(connection, some)


def read_page(connection: sa.Connection, wanted: Filter, *, after: str | None, limit: int, newest_first: bool) -> Page:
    """Return the records that follow a cursor, and the next cursor."""
    found = _ROWS.where(*conditions_of(connection, wanted)).order_by(*_ordered(newest_first)).limit(limit + 1)
    if after is not None:
        found = found.where(_follows(after, newest_first))
    rows = connection.execute(found).all()
    records = tuple(_read_rows(connection, rows[:limit]))
    return Page(records, _write_cursor(rows[limit - 1]) if len(rows) > limit else None)


def _ordered(newest_first: bool) -> Iterator[sa.ColumnElement[Any]]:
    return (column.desc() if newest_first else column.asc() for column in _ORDER)


def _follows(cursor: str, newest_first: bool) -> sa.ColumnElement[bool]:
    here, columns = sa.tuple_(*(sa.literal(part) for part in _read_cursor(cursor))), sa.tuple_(*_ORDER)
    return columns < here if newest_first else columns > here


def _write_cursor(row: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([row.date, row.id, row.n]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[str, str, int]:
    try:
        day, name, number = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return str(day), str(name), int(number)
    except (ValueError, TypeError, binascii.Error):
        raise SettingsError("page", expected="the cursor of an earlier page", got=repr(cursor)[:60]) from None


def _read_rows(connection: sa.Connection, rows: Sequence[Any]) -> Iterator[StoredRecord]:
    """Yield the records of some rows, with users' corrections in them."""
    names = sorted({_article_of(row) for row in rows})
    corrected = corrections_for(connection, names) if has_corrections(connection) else Corrected(())
    siblings = _read_siblings(connection, rows, corrected) if corrected else {}
    for row in rows:
        record = json.loads(row.body)
        fields: tuple[str, ...] = ()
        if corrected:
            same = siblings.get((row.run_n, row.article_n)) or [record]
            here = next((one for one in same if one["id"] == record["id"]), record)
            record, fields, _ = apply_corrections(here, corrected.of(here, same))
        yield StoredRecord(row.n, record, row.run, row.source, row.article, row.view, fields)


def has_corrections(connection: sa.Connection) -> bool:
    """Return whether any correction is in force."""
    return (
        connection.execute(sa.select(CORRECTION.c.n).where(CORRECTION.c.undone.is_(None)).limit(1)).first() is not None
    )


def _article_of(row: Any) -> str:
    return str(row.article or row.id)


def _read_siblings(
    connection: sa.Connection, rows: Sequence[Any], corrected: Corrected
) -> dict[tuple[int, int], list[Any]]:
    """Return the coder's records of the rows' articles, of all their runs, for telling apart those on the same words."""
    articles = sorted({row.article_n for row in rows if row.article_n and corrected})
    found: dict[tuple[int, int], list[Any]] = {}
    for some in batched(articles, _STREAM):
        there = sa.select(RECORD.c.run_n, RECORD.c.article_n, RECORD.c.body).where(RECORD.c.article_n.in_(some))
        for run, article, body in connection.execute(there.order_by(RECORD.c.n)):
            found.setdefault((run, article), []).append(json.loads(body))
    return found


def find_record(connection: sa.Connection, id_or_key: str) -> StoredRecord | None:
    """Return the record of an id or a key, from the latest run that has it."""
    condition = key_condition(id_or_key) if "@" in id_or_key else RECORD.c.id == id_or_key
    if condition is None:
        return None
    found = _ROWS.where(condition).order_by(RECORD.c.view == SUPERSEDED, RECORD.c.run_n.desc(), RECORD.c.n).limit(1)
    return next(_read_rows(connection, connection.execute(found).all()), None)


def key_condition(key: str) -> sa.ColumnElement[bool] | None:
    """Return the condition that a record stands on a key's words; None where it is no key."""
    article, _, words = key.partition("@")
    start, _, end = words.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    of_article = RECORD.c.article_n.in_(sa.select(ARTICLE.c.n).where(ARTICLE.c.id == article))
    return sa.and_(of_article, RECORD.c.anchor_start == int(start), RECORD.c.anchor_end == int(end))


def read_numbers(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, StoredRecord]:
    """Return the records of these numbers."""
    found: dict[int, StoredRecord] = {}
    for some in batched(numbers, _STREAM):
        rows = connection.execute(_ROWS.where(RECORD.c.n.in_(some))).all()
        found |= {one.number: one for one in _read_rows(connection, rows)}
    return found


def records_of(connection: sa.Connection, article_id: str) -> tuple[StoredRecord, ...]:
    """Return the records of an article's latest run, reprint or not, struck out or not, in text order."""
    here = _ROWS.where(ARTICLE.c.id == article_id, RECORD.c.view != SUPERSEDED)
    return tuple(_read_rows(connection, connection.execute(here.order_by(RECORD.c.position)).all()))


def coder_record(connection: sa.Connection, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a record as the coder made it, and all records of its article in the same run."""
    row = connection.execute(
        sa.select(RECORD.c.run_n, RECORD.c.article_n, RECORD.c.body).where(RECORD.c.n == number)
    ).one()
    record = json.loads(row.body)
    if row.article_n is None:
        return record, [record]
    there = sa.select(RECORD.c.body).where(RECORD.c.run_n == row.run_n, RECORD.c.article_n == row.article_n)
    siblings = [json.loads(body) for body in connection.scalars(there.order_by(RECORD.c.n))]
    return next(one for one in siblings if one["id"] == record["id"] and key_of(one) == key_of(record)), siblings


def count_records(connection: sa.Connection, wanted: Filter) -> int:
    """Return how many records are wanted."""
    return int(
        connection.scalar(sa.select(sa.func.count()).where(*conditions_of(connection, wanted)).select_from(RECORD)) or 0
    )


def count_facets(
    connection: sa.Connection, wanted: Filter, names: Sequence[str], limit: int
) -> dict[str, tuple[Count, ...]]:
    """Return how many of the records wanted have each value of each name, the most frequent first."""
    unknown = [name for name in names if name not in FACETS]
    if unknown:
        raise SettingsError("facet", expected=", ".join(FACETS), got=unknown[0][:60])
    columns = [RECORD.c[name] for name in names if name in RECORD.c]
    year = sa.func.substr(RECORD.c.date, 1, 4).label("year")
    # Found once for all names: most of the time goes into finding.
    found = sa.select(RECORD.c.n, *columns, year).where(*conditions_of(connection, wanted)).cte("found")
    counts: dict[str, tuple[Count, ...]] = dict.fromkeys(names, ())
    if names:
        each = sa.union_all(*(_count_facet(found, name, limit) for name in names)).subquery()
        for name, value, total in connection.execute(sa.select(each).order_by(sa.desc(each.c.total), each.c.value)):
            counts[name] += (Count(str(value), total),) if value != "" else ()
    return counts


_PARTY_FACETS = {
    "actor": (ACTOR, PARTY.c.code),
    "actor_sector": (ACTOR, PARTY.c.sector),
    "recipient": (RECIPIENT, PARTY.c.code),
    "recipient_sector": (RECIPIENT, PARTY.c.sector),
    "speaker": (SPEAKER, PARTY.c.code),
}
_TAG_FACETS = {"mode": MODE, "context": CONTEXT}


def _count_facet(found: sa.CTE, name: str, limit: int) -> sa.Select[Any]:
    """Return the counts of one name, read from the records found, each with the name that it belongs to."""
    total, value, source = _facet_parts(found, name)
    counts = sa.select(value.label("value"), total.label("total")).select_from(source).group_by("value")
    ranked = counts.order_by(sa.desc("total"), "value").limit(limit).subquery()
    return sa.select(sa.literal(name).label("name"), ranked.c.value, ranked.c.total)


def _facet_parts(found: sa.CTE, name: str) -> tuple[sa.ColumnElement[int], sa.ColumnElement[Any], sa.FromClause]:
    if name in _PARTY_FACETS:
        role, value = _PARTY_FACETS[name]
        source = found.join(PARTY, sa.and_(PARTY.c.record_n == found.c.n, PARTY.c.role == role))
        return sa.func.count(sa.distinct(found.c.n)), value, source
    if name in _TAG_FACETS:
        tagged = found.join(TAG, sa.and_(TAG.c.record_n == found.c.n, TAG.c.kind == _TAG_FACETS[name]))
        return sa.func.count(), TAG.c.value, tagged
    return sa.func.count(), sa.cast(found.c[name], sa.Text), found


_ARTICLES = (
    sa.select(ARTICLE, TEXT.c.body)
    .join(CODING, sa.and_(CODING.c.article_n == ARTICLE.c.n, CODING.c.is_latest))
    .join(TEXT, TEXT.c.n == CODING.c.text_n)
)


def find_article(connection: sa.Connection, article_id: str) -> StoredArticle | None:
    """Return the article of an id."""
    return next(iter(_read_articles(connection, _ARTICLES.where(ARTICLE.c.id == article_id))), None)


def list_articles(connection: sa.Connection, *, after: str | None, limit: int) -> tuple[StoredArticle, ...]:
    """Return the articles whose ids follow ``after``."""
    found = _ARTICLES.order_by(ARTICLE.c.id).limit(limit)
    return _read_articles(connection, found if after is None else found.where(ARTICLE.c.id > after))


def _read_articles(connection: sa.Connection, found: sa.Select[Any]) -> tuple[StoredArticle, ...]:
    rows = connection.execute(found).mappings().all()
    families = _gather(connection, sa.select(ARTICLE.c.family, ARTICLE.c.id), ARTICLE.c.family, rows, "family")
    addresses = _gather(connection, sa.select(ADDRESS.c.article_n, ADDRESS.c.url), ADDRESS.c.article_n, rows, "n")
    return tuple(
        StoredArticle(
            id=row["id"],
            text=row["body"],
            title=row["title"],
            outlet=row["outlet"],
            url=row["url"],
            published=date.fromisoformat(row["published"]) if row["published"] else None,
            language=row["language"],
            source_id=row["source_id"],
            origin=row["origin"],
            is_copy=row["is_copy"],
            family=tuple(sorted(families[row["family"]])),
            addresses=tuple(sorted(addresses.get(row["n"], []))),
        )
        for row in rows
    )


def _gather(
    connection: sa.Connection, pairs: sa.Select[Any], column: sa.ColumnElement[int], rows: Sequence[Any], name: str
) -> dict[int, list[str]]:
    gathered: dict[int, list[str]] = {}
    for some in batched(sorted({row[name] for row in rows}), _STREAM):
        for number, value in connection.execute(pairs.where(column.in_(some))):
            gathered.setdefault(number, []).append(value)
    return gathered


def search_articles(connection: sa.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """Return the articles that a search finds, the best match first."""
    terms = search.parse_query(query)
    ranked = search.ranked_texts(connection, terms, limit)
    there = _ARTICLES.where(ARTICLE.c.n.in_([article for article, _ in ranked])).add_columns(
        ARTICLE.c.n.label("number")
    )
    ids = dict(
        connection.execute(sa.select(ARTICLE.c.id, ARTICLE.c.n).where(ARTICLE.c.n.in_([n for n, _ in ranked]))).all()
    )
    articles = {ids[one.id]: one for one in _read_articles(connection, there)}
    return tuple(Hit(articles[n], *search.mark_words(articles[n].text, terms)) for n, _ in ranked)


def stream_rejections(connection: sa.Connection, run: str | None) -> Iterator[StoredRejection]:
    """Yield the rejections, of one run or of all, in the order in which they came."""
    found = sa.select(RUN.c.id, REJECTION.c.origin, REJECTION.c.stage, REJECTION.c.reason).join(RUN)
    found = found if run is None else found.where(RUN.c.id == run)
    for row in connection.execute(found.order_by(REJECTION.c.n)):
        yield StoredRejection(*row)


def find_imported(connection: sa.Connection, number: int) -> Imported | None:
    """Return the row from which a record was imported, with the event as imported; None for our own records."""
    found = sa.select(IMPORTED.c.key, IMPORTED.c.raw, RECORD.c.body).join(RECORD).where(IMPORTED.c.record_n == number)
    row = connection.execute(found).first()
    if row is None:
        return None
    from dragoman.records import parse_line

    return Imported(row.key, parse_line(row.body), json.loads(row.raw) if row.raw else {})
