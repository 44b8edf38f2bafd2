"""Runs, and what differs between two of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dragoman.errors import SettingsError
from dragoman.records import Record
from dragoman.store.rows import Change, Run, RunKey, key_of
from dragoman.store.schema import ARTICLE, CODING, RECORD, REJECTION, RUN

_ITSELF = ("id", "coder", "model", "codebook", "why", "confidence")
"""What always differs between two models, and is no change of the record."""
_PAGE = 200


def start_run(connection: sa.Connection, key: RunKey) -> Run:
    """Return the run of a key, made if it is new."""
    known = connection.execute(sa.select(RUN.c.n).where(RUN.c.id == key.id)).first()
    if known is None:
        number = (connection.scalar(sa.select(sa.func.max(RUN.c.n))) or 0) + 1
        row = {"n": number, "id": key.id, "source": key.source, "coder": key.coder, "model": key.model}
        row |= {"codebook": key.codebook, "knowledge": key.knowledge, "options": json.dumps(sorted(key.options))}
        connection.execute(RUN.insert().values(**row))
    return find_run(connection, key.id)


def find_run(connection: sa.Connection, run_id: str) -> Run:
    """Return the run of an id. Raises SettingsError where there is none."""
    row = connection.execute(sa.select(RUN).where(RUN.c.id == run_id)).first()
    if row is None:
        raise SettingsError("run", expected="the id of a run in the store", got=repr(run_id)[:60])
    return _read_run(connection, row)


def list_runs(connection: sa.Connection) -> tuple[Run, ...]:
    """Return all runs, the oldest first."""
    return tuple(_read_run(connection, row) for row in connection.execute(sa.select(RUN).order_by(RUN.c.n)).all())


def _read_run(connection: sa.Connection, row: Any) -> Run:
    options = tuple((name, value) for name, value in json.loads(row.options))
    key = RunKey(row.coder, row.model, row.codebook, row.knowledge, options, row.source)
    counts = (_count(connection, table, row.n) for table in (CODING, RECORD, REJECTION))
    return Run(row.n, row.id, key, *counts)


def _count(connection: sa.Connection, table: sa.Table, run_n: int) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.run_n == run_n)) or 0)


def compare_runs(connection: sa.Connection, before: str, after: str) -> Iterator[Change]:
    """Yield what the later run added, removed and changed in the articles that both coded, by article id."""
    old, new = find_run(connection, before).number, find_run(connection, after).number
    last = ""
    while shared := connection.scalars(_shared_articles(old, new, last)).all():
        records = _read_records(connection, shared, (old, new))
        for article in shared:
            yield from compare_records(article, records[(article, old)], records[(article, new)])
        last = shared[-1]


def _shared_articles(old: int, new: int, last: str) -> sa.Select[Any]:
    one, other = CODING.alias(), CODING.alias()
    shared = (
        sa.select(ARTICLE.c.id).join(one, one.c.article_n == ARTICLE.c.n).join(other, other.c.article_n == ARTICLE.c.n)
    )
    shared = shared.where(one.c.run_n == old, other.c.run_n == new, ARTICLE.c.id > last)
    return shared.order_by(ARTICLE.c.id).limit(_PAGE)


def _read_records(
    connection: sa.Connection, articles: Sequence[str], runs: Sequence[int]
) -> dict[tuple[str, int], list[Record]]:
    records: dict[tuple[str, int], list[Record]] = defaultdict(list)
    found = sa.select(ARTICLE.c.id, RECORD.c.run_n, RECORD.c.body).join(RECORD, RECORD.c.article_n == ARTICLE.c.n)
    found = found.where(ARTICLE.c.id.in_(articles), RECORD.c.run_n.in_(runs)).order_by(RECORD.c.n)
    for article, run, body in connection.execute(found):
        records[(article, run)].append(json.loads(body))
    return records


def compare_records(article: str, before: Sequence[Record], after: Sequence[Record]) -> Iterator[Change]:
    """Yield how the records of one article differ: those on the same words are paired, the same type first."""
    left = list(after)
    for old in before:
        new = _find_partner(old, left)
        if new is None:
            yield Change("removed", article, old, None)
            continue
        left.remove(new)
        fields = tuple(name for name in old if name not in _ITSELF and old[name] != new[name])
        if fields:
            yield Change("changed", article, old, new, fields)
    for new in left:
        yield Change("added", article, None, new)


def _find_partner(old: Record, candidates: Sequence[Record]) -> Record | None:
    same = [one for one in candidates if key_of(one) == key_of(old)]
    for name in ("id", "event"):
        for one in same:
            if one[name] == old[name]:
                return one
    return same[0] if same else None
