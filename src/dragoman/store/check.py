"""Whether all is well in a store, and how much it holds."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from dragoman.store.schema import (
    ARTICLE,
    CODING,
    CORRECTION,
    COUNTED,
    DYAD_DAY,
    IMPORTED,
    PARTY,
    RECORD,
    REJECTION,
    RUN,
    SEARCH_TABLE,
    STORE,
    STORY,
    STORY_DECISION,
    TEXT,
)

_COUNTED_TABLES = {
    "runs": RUN,
    "articles": ARTICLE,
    "records": RECORD,
    "imported records": IMPORTED,
    "rejections": REJECTION,
    "stories": STORY,
    "corrections": CORRECTION,
    "decisions": STORY_DECISION,
}


def describe(connection: sa.Connection) -> dict[str, int | str]:
    """Return how much of everything the store holds, and its version."""
    version, made_by = connection.execute(sa.select(STORE.c.version, STORE.c.made_by)).one()
    found: dict[str, int | str] = {"version": version, "made by": made_by}
    for name, table in _COUNTED_TABLES.items():
        found[name] = _total(connection, table)
    found["reprints"] = _total(connection, ARTICLE, ARTICLE.c.is_copy)
    found["records that count"] = _total(connection, RECORD, RECORD.c.view == COUNTED)
    return found


def find_faults(connection: sa.Connection) -> tuple[str, ...]:
    """Return what is wrong with the store, a line each; nothing where all is well."""
    return tuple(_file_faults(connection)) or (*_link_faults(connection), *_count_faults(connection))


def _file_faults(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for line in connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars():
        if line != "ok":
            yield f"file: {line}"
    for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:10]:
        yield f"{table}: a row points to one that is missing"


def _link_faults(connection: sa.Connection) -> Iterator[str]:
    per_coding = sa.select(sa.func.coalesce(sa.func.sum(CODING.c.n_records), 0))
    n_coded, n_kept = connection.scalar(per_coding), _total(connection, RECORD, RECORD.c.article_n.is_not(None))
    if n_coded != n_kept:
        yield f"record: the codings tell of {n_coded} records, {n_kept} are there"
    latest = sa.select(CODING.c.article_n).where(CODING.c.is_latest).group_by(CODING.c.article_n)
    for article in connection.scalars(latest.having(sa.func.count() > 1).limit(10)):
        yield f"coding: article {article} has more than one latest run"
    alone = sa.select(RECORD.c.id).where(~sa.exists().where(PARTY.c.record_n == RECORD.c.n))
    for name in connection.scalars(alone.limit(10)):
        yield f"party: record {name} has nobody in it"
    n_texts, n_words = _total(connection, TEXT), connection.scalar(sa.text(f"SELECT count(*) FROM {SEARCH_TABLE}"))  # noqa: S608
    if n_texts != n_words:
        yield f"{SEARCH_TABLE}: {n_words} of {n_texts} texts can be searched"


def _count_faults(connection: sa.Connection) -> Iterator[str]:
    counted = _total(connection, RECORD, sa.and_(RECORD.c.view == COUNTED, RECORD.c.date != ""))
    total = sa.select(sa.func.coalesce(sa.func.sum(DYAD_DAY.c.n), 0))
    in_days = connection.scalar(total.where(DYAD_DAY.c.actor == "*", DYAD_DAY.c.recipient == "*"))
    if counted != in_days:
        yield f"dyad_day: counts {in_days} records, {counted} are there"


def _total(connection: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool] | None = None) -> int:
    found = sa.select(sa.func.count()).select_from(table)
    return int(connection.scalar(found if condition is None else found.where(condition)) or 0)
