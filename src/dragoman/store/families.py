"""Families: all articles of one wording. One of each counts, whatever order they came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from dragoman.store.copies import LONGEST_GAP_DAYS, bands_of, is_copy
from dragoman.store.dyads import Tally, put_back, take_away
from dragoman.store.schema import ARTICLE, BAND, COPY, COUNTED, RECORD

_NO_DAY = "9999"
Newcomer = tuple[int, bytes | None, date | None]


def find_families(connection: sa.Connection, newcomers: Sequence[Newcomer]) -> None:
    """Put new articles into the families whose wording they share; families that a newcomer resembles become one."""
    touched = set[int]()
    for number, sketch, published in newcomers:
        if sketch is None:
            continue
        relatives = _find_relatives(connection, sketch, published)
        if relatives:
            _unite(connection, [number, *relatives])
            touched.add(number)
        _keep_bands(connection, number, sketch, relatives)
    for number in sorted(touched):
        _choose_witness(connection, number)


def _find_relatives(connection: sa.Connection, sketch: bytes, published: date | None) -> list[int]:
    """Return the articles of the same wording that were published at about the same time."""
    candidates = sa.select(BAND.c.article_n).where(BAND.c.key.in_(bands_of(sketch))).distinct()
    found = sa.select(ARTICLE.c.n, ARTICLE.c.sketch, ARTICLE.c.published).where(ARTICLE.c.n.in_(candidates))
    rows = connection.execute(found.order_by(ARTICLE.c.n)).all()
    return [number for number, other, day in rows if _is_near(published, day) and is_copy(sketch, other)]


def _is_near(published: date | None, other: str | None) -> bool:
    if published is None or other is None:
        return True
    return abs((published - date.fromisoformat(other)).days) <= LONGEST_GAP_DAYS


def _keep_bands(connection: sa.Connection, number: int, sketch: bytes, relatives: Sequence[int]) -> None:
    """Make the article findable, but not once more under what its relatives are found by: so no bucket grows with reprints."""
    keys = dict.fromkeys(bands_of(sketch))
    if relatives:
        there = sa.select(BAND.c.key).where(BAND.c.key.in_(list(keys)), BAND.c.article_n.in_(relatives))
        for key in connection.scalars(there):
            keys.pop(key, None)
    if keys:
        connection.execute(BAND.insert(), [{"key": key, "article_n": number} for key in keys])


def _unite(connection: sa.Connection, members: Sequence[int]) -> None:
    families = connection.scalars(sa.select(ARTICLE.c.family).where(ARTICLE.c.n.in_(members)).distinct()).all()
    connection.execute(ARTICLE.update().where(ARTICLE.c.family.in_(families)).values(family=min(families)))


def _choose_witness(connection: sa.Connection, number: int) -> None:
    """The earliest report of a family counts; the others are reprints."""
    family = sa.select(ARTICLE.c.family).where(ARTICLE.c.n == number).scalar_subquery()
    first = sa.func.coalesce(ARTICLE.c.published, _NO_DAY)
    members = sa.select(ARTICLE.c.n, ARTICLE.c.is_copy).where(ARTICLE.c.family == family).order_by(first, ARTICLE.c.id)
    (witness, was_copy), *others = connection.execute(members).all()
    changed = defaultdict[bool, list[int]](list)
    changed[False] += [witness] if was_copy else []
    changed[True] += [member for member, is_one in others if not is_one]
    for flag, numbers in changed.items():
        if numbers:
            _mark(connection, numbers, is_copy=flag)


def _mark(connection: sa.Connection, numbers: Sequence[int], *, is_copy: bool) -> None:
    """Note of articles that they are reprints, or are not, and let their records count accordingly."""
    connection.execute(ARTICLE.update().where(ARTICLE.c.n.in_(numbers)).values(is_copy=is_copy))
    old, new = (COUNTED, COPY) if is_copy else (COPY, COUNTED)
    here = (RECORD.c.article_n.in_(numbers), RECORD.c.view == old)
    records, tally = connection.scalars(sa.select(RECORD.c.n).where(*here)).all(), Tally()
    (take_away if is_copy else put_back)(connection, records, tally)
    tally.write(connection)
    connection.execute(RECORD.update().where(*here).values(view=new))
