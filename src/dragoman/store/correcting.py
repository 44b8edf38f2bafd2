"""Making and undoing corrections: the log, and the tables that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from dragoman.errors import SettingsError
from dragoman.store import reading
from dragoman.store.columns import party_rows, record_columns, tag_rows
from dragoman.store.corrections import (
    apply_corrections,
    check_correction,
    corrections_for,
    log_correction,
    read_correction,
)
from dragoman.store.dyads import Tally, put_back, take_away
from dragoman.store.keeping import Standing
from dragoman.store.rows import Correction, key_of
from dragoman.store.schema import ARTICLE, CODING, CORRECTION, COUNTED, PARTY, RECORD, TAG

_FOLLOWS_WORDS = ("anchor_start", "anchor_end", "id")


def correct(connection: sa.Connection, record_id: str, field: str, value: Any, **who: str) -> Correction:
    """Write a correction down and let it count. Raises SettingsError for a field or value that cannot be."""
    stored = reading.find_record(connection, record_id)
    if stored is None:
        raise SettingsError("correction", expected="the id of a record in the store", got=repr(record_id)[:60])
    check_correction(stored.record, field, value)
    coded, _ = reading.coder_record(connection, stored.number)
    now_is = {**stored.record, "struck": stored.is_struck}
    number = log_correction(connection, coded, now_is, field, value, **who)
    correction = find_correction(connection, number)
    _refresh(connection, correction)
    return correction


def undo(connection: sa.Connection, number: int, who: str, made: str) -> Correction:
    """Take a correction back; the log keeps it."""
    correction = find_correction(connection, number)
    if correction.undone is None:
        change = CORRECTION.update().where(CORRECTION.c.n == number).values(undone=made, undone_by=who)
        connection.execute(change)
        _refresh(connection, correction)
    return find_correction(connection, number)


def find_correction(connection: sa.Connection, number: int) -> Correction:
    """Return the correction of a number. Raises SettingsError where there is none."""
    row = connection.execute(sa.select(CORRECTION).where(CORRECTION.c.n == number)).mappings().first()
    if row is None:
        raise SettingsError("correction", expected="the number of a correction", got=str(number))
    return read_correction(row)


def list_corrections(
    connection: sa.Connection, *, record_id: str | None, article_id: str | None
) -> tuple[Correction, ...]:
    """Return the corrections, undone ones too, in the order in which they were made."""
    found = sa.select(CORRECTION).order_by(CORRECTION.c.n)
    if record_id is not None:
        stored = reading.find_record(connection, record_id)
        if stored is None:
            return ()
        coded, _ = reading.coder_record(connection, stored.number)
        found = found.where(*_on_words(coded))
    if article_id is not None:
        found = found.where(CORRECTION.c.article_id == article_id)
    return tuple(read_correction(row) for row in connection.execute(found).mappings())


def _on_words(record: dict[str, Any]) -> Sequence[sa.ColumnElement[bool]]:
    key = key_of(record)
    return (
        CORRECTION.c.article_id == key.article,
        CORRECTION.c.anchor_start == key.start,
        CORRECTION.c.anchor_end == key.end,
    )


def _refresh(connection: sa.Connection, correction: Correction) -> None:
    """Bring the columns of all records on the correction's words up to date, whichever run made them."""
    article = correction.key.partition("@")[0]
    corrected = corrections_for(connection, [article])
    for number in _find_numbers(connection, correction):
        coded, siblings = reading.coder_record(connection, number)
        changed, _, is_struck = apply_corrections(coded, corrected.of(coded, siblings))
        _rewrite(connection, number, changed, is_struck=is_struck)


def _find_numbers(connection: sa.Connection, correction: Correction) -> Sequence[int]:
    found = sa.select(RECORD.c.n).order_by(RECORD.c.n)
    condition = reading.key_condition(correction.key) if "@" in correction.key else RECORD.c.id == correction.key
    return connection.scalars(found.where(condition) if condition is not None else found.where(sa.false())).all()


def _rewrite(connection: sa.Connection, number: int, record: dict[str, Any], *, is_struck: bool) -> None:
    before = connection.execute(
        sa.select(RECORD.c.view, RECORD.c.article_n, RECORD.c.run_n).where(RECORD.c.n == number)
    ).one()
    view = _standing(connection, before.article_n, before.run_n).view(is_struck=is_struck)
    tally = Tally()
    if before.view == COUNTED:
        take_away(connection, [number], tally)
        tally.write(connection)
    columns = {name: value for name, value in record_columns(record).items() if name not in _FOLLOWS_WORDS}
    connection.execute(RECORD.update().where(RECORD.c.n == number).values(**columns, view=view))
    for table, rows in ((PARTY, list(party_rows(number, record))), (TAG, list(tag_rows(number, record)))):
        connection.execute(table.delete().where(table.c.record_n == number))
        if rows:
            connection.execute(table.insert(), rows)
    if view == COUNTED:
        put_back(connection, [number], tally)
        tally.write(connection)


def _standing(connection: sa.Connection, article_n: int | None, run_n: int) -> Standing:
    if article_n is None:
        return Standing()
    here = sa.and_(CODING.c.article_n == article_n, CODING.c.run_n == run_n)
    is_latest, is_copy = connection.execute(
        sa.select(CODING.c.is_latest, ARTICLE.c.is_copy).join(ARTICLE, ARTICLE.c.n == CODING.c.article_n).where(here)
    ).one()
    return Standing(article_n, is_latest=is_latest, is_copy=is_copy)
