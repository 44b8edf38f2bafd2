"""Putting articles, records and rejections into the tables, inside the caller's transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from dragoman.records import Article, Record, Rejection, event_to_record
from dragoman.store import families, search
from dragoman.store.columns import Row, party_rows, record_columns, storable, storable_or_none, tag_rows
from dragoman.store.corrections import Corrected, apply_corrections, corrections_for
from dragoman.store.dyads import Tally, batched, take_away
from dragoman.store.rows import Coding, Imported, Kept, Run, key_of
from dragoman.store.schema import (
    ACTOR,
    ADDRESS,
    ARTICLE,
    CODING,
    COPY,
    COUNTED,
    IMPORTED,
    PARTY,
    RECIPIENT,
    RECORD,
    REJECTION,
    STRUCK,
    SUPERSEDED,
    TAG,
    TEXT,
)

_LOOK_UP = 500
Known = tuple[str, Article]


def next_number(connection: sa.Connection, table: sa.Table) -> int:
    """Return the number that the table's next row gets."""
    return int(connection.scalar(sa.select(sa.func.max(table.c.n))) or 0) + 1


def keep_outcomes(
    connection: sa.Connection, run: Run, outcomes: Sequence[Coding | Rejection], known: Sequence[Known]
) -> Kept:
    """Keep what came of some inputs; what the run has already is left as it is, but for new addresses."""
    codings = [one for one in outcomes if isinstance(one, Coding)]
    rejections = [one for one in outcomes if isinstance(one, Rejection)]
    seen = find_seen(connection, run.number, [one.article_id for one in codings])
    fresh = {one.article_id: one for one in reversed(codings) if one.article_id not in seen}
    codings_left = [one for one in codings if fresh.get(one.article_id) is one]
    again = [(one.article_id, one.article) for one in codings if fresh.get(one.article_id) is not one]
    numbers, new = _keep_articles(connection, codings_left)
    n_records = _keep_codings(connection, run, codings_left, numbers)
    n_addresses = sum(keep_address(connection, name, article) for name, article in (*again, *known))
    return Kept(
        n_coded=len(codings_left),
        n_known=len(again) + len(known),
        n_copies=_count_copies(connection, [numbers[name] for name in new]) + n_addresses,
        n_records=n_records,
        n_rejected=_keep_rejections(connection, run, rejections),
    )


def find_seen(connection: sa.Connection, run_n: int, article_ids: Iterable[str]) -> frozenset[str]:
    """Return those of the articles that the run has coded."""
    found: set[str] = set()
    for some in batched(article_ids, _LOOK_UP):
        coded = sa.select(ARTICLE.c.id).join(CODING, CODING.c.article_n == ARTICLE.c.n)
        found.update(connection.scalars(coded.where(CODING.c.run_n == run_n, ARTICLE.c.id.in_(some))))
    return frozenset(found)


def keep_address(connection: sa.Connection, article_id: str, article: Article) -> bool:
    """Note the address of an article that is already there; return whether it is a new one."""
    url = storable(article.url or "")
    known = connection.execute(sa.select(ARTICLE.c.n, ARTICLE.c.url).where(ARTICLE.c.id == article_id)).first()
    if known is None or not url or url == known.url:
        return False
    there = sa.select(ADDRESS.c.url).where(ADDRESS.c.article_n == known.n, ADDRESS.c.url == url)
    if connection.execute(there).first():
        return False
    row = {"article_n": known.n, "url": url, "source_id": storable_or_none(article.source_id)}
    connection.execute(ADDRESS.insert().values(**row, origin=storable(article.origin)))
    return True


def _keep_articles(connection: sa.Connection, codings: Sequence[Coding]) -> tuple[dict[str, int], list[str]]:
    """Return the number of each article, and the ids of those that were not there before."""
    wanted = sa.select(ARTICLE.c.id, ARTICLE.c.n).where(ARTICLE.c.id.in_([one.article_id for one in codings]))
    numbers: dict[str, int] = dict(connection.execute(wanted).all())
    first = next_number(connection, ARTICLE)
    new = [one for one in codings if one.article_id not in numbers]
    rows = [_article_row(number, one) for number, one in enumerate(new, first)]
    if rows:
        connection.execute(ARTICLE.insert(), rows)
        numbers |= {row["id"]: row["n"] for row in rows}
    for one in codings:
        if one not in new:
            keep_address(connection, one.article_id, one.article)
    families.find_families(
        connection, [(row["n"], one.sketch, one.article.published) for row, one in zip(rows, new, strict=True)]
    )
    return numbers, [one.article_id for one in new]


def _article_row(number: int, coding: Coding) -> Row:
    article = coding.article
    return {
        "n": number,
        "id": coding.article_id,
        "title": storable_or_none(article.title),
        "outlet": storable_or_none(article.outlet),
        "url": storable_or_none(article.url),
        "published": article.published.isoformat() if article.published else None,
        "language": storable(article.language),
        "source_id": storable_or_none(article.source_id),
        "origin": storable(article.origin),
        "family": number,
        "is_copy": False,
        "sketch": coding.sketch,
    }


def _count_copies(connection: sa.Connection, numbers: Sequence[int]) -> int:
    """Count the new articles that have a sister: of a wording that comes twice, one is a reprint, whichever came first."""
    sisters = sa.select(ARTICLE.c.family, sa.func.count()).where(ARTICLE.c.n.in_(numbers)).group_by(ARTICLE.c.family)
    total = 0
    for family, n_new in connection.execute(sisters).all():
        n_all = connection.scalar(sa.select(sa.func.count()).where(ARTICLE.c.family == family)) or 0
        total += min(n_new, n_all - 1)
    return total


def _keep_codings(connection: sa.Connection, run: Run, codings: Sequence[Coding], numbers: dict[str, int]) -> int:
    if not codings:
        return 0
    texts = _keep_texts(connection, codings, numbers)
    newer = _find_newer(connection, run.number, list(numbers.values()))
    _supersede(connection, [numbers[one.article_id] for one in codings if numbers[one.article_id] not in newer])
    first = next_number(connection, CODING)
    rows = [
        {
            "n": number,
            "run_n": run.number,
            "article_n": numbers[one.article_id],
            "text_n": texts[one.article_id],
            "n_records": len(one.events),
            "is_latest": numbers[one.article_id] not in newer,
        }
        for number, one in enumerate(codings, first)
    ]
    connection.execute(CODING.insert(), rows)
    return _keep_records(connection, run, codings, numbers, newer)


def _keep_texts(connection: sa.Connection, codings: Sequence[Coding], numbers: dict[str, int]) -> dict[str, int]:
    """Return the number of each article's text as the run cleaned it; an unchanged text is kept once."""
    bodies = {one.article_id: storable(one.text) for one in codings}
    hashes = {name: hashlib.sha256(body.encode()).hexdigest() for name, body in bodies.items()}
    there = sa.select(TEXT.c.article_n, TEXT.c.hash, TEXT.c.n).where(TEXT.c.article_n.in_(list(numbers.values())))
    known = {(article, digest): number for article, digest, number in connection.execute(there)}
    number, rows = next_number(connection, TEXT), list[Row]()
    for name, body in bodies.items():
        place = (numbers[name], hashes[name])
        if place not in known:
            known[place] = number
            rows.append({"n": number, "article_n": place[0], "hash": place[1], "body": body})
            number += 1
    if rows:
        connection.execute(TEXT.insert(), rows)
        search.index_texts(connection, [(row["n"], row["body"]) for row in rows])
    return {name: known[(numbers[name], hashes[name])] for name in bodies}


def _find_newer(connection: sa.Connection, run_n: int, article_ns: Sequence[int]) -> set[int]:
    """Return those of the articles that a later run has coded already."""
    newer = sa.select(CODING.c.article_n).where(CODING.c.run_n > run_n, CODING.c.article_n.in_(article_ns))
    return set(connection.scalars(newer))


def _supersede(connection: sa.Connection, article_ns: Sequence[int]) -> None:
    """Put the records of the articles' earlier runs out of sight."""
    here = RECORD.c.article_n.in_(article_ns)
    counted = connection.scalars(sa.select(RECORD.c.n).where(here, RECORD.c.view == COUNTED)).all()
    tally = Tally()
    take_away(connection, counted, tally)
    tally.write(connection)
    connection.execute(RECORD.update().where(here, RECORD.c.view != SUPERSEDED).values(view=SUPERSEDED))
    connection.execute(CODING.update().where(CODING.c.article_n.in_(article_ns)).values(is_latest=False))


def _keep_records(
    connection: sa.Connection, run: Run, codings: Sequence[Coding], numbers: dict[str, int], newer: set[int]
) -> int:
    copies = set(
        connection.scalars(sa.select(ARTICLE.c.n).where(ARTICLE.c.n.in_(list(numbers.values())), ARTICLE.c.is_copy))
    )
    corrected = corrections_for(connection, list(numbers))
    rows = RowBatch(next_number(connection, RECORD), run.number, run.key.source)
    for one in codings:
        article_n = numbers[one.article_id]
        records = [event_to_record(event) for event in one.events]
        for position, record in enumerate(records):
            standing = Standing(article_n, position, article_n not in newer, article_n in copies)
            rows.add(record, records, corrected, standing)
    rows.write(connection)
    return len(rows.records)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands: its article, its place there, and whether run and article count."""

    article_n: int | None = None
    position: int = 0
    is_latest: bool = True
    is_copy: bool = False

    def view(self, *, is_struck: bool) -> int:
        """Return the view under which the record is found."""
        if not self.is_latest:
            return SUPERSEDED
        if is_struck:
            return STRUCK
        return COPY if self.is_copy else COUNTED


class RowBatch:
    """Gathers the rows of new records in all their tables, and writes them at once."""

    def __init__(self, first: int, run_n: int, source: str) -> None:
        self.records: list[Row] = []
        self._parties: list[Row] = []
        self._tags: list[Row] = []
        self._tally = Tally()
        self._first = first
        self._same = {"run_n": run_n, "source": source}

    def add(self, record: Record, siblings: Sequence[Record], corrected: Corrected, standing: Standing) -> int:
        """Add a record as the coder made it; its columns get what users corrected. Return its number."""
        changed, _, is_struck = (
            apply_corrections(record, corrected.of(record, siblings)) if corrected else (record, (), False)
        )
        number = self._first + len(self.records)
        row = {
            **self._same,
            **record_columns(changed),
            "n": number,
            "article_n": standing.article_n,
            "position": standing.position,
            "view": standing.view(is_struck=is_struck),
            "anchor_start": key_of(record).start,
            "anchor_end": key_of(record).end,
            "body": storable(json.dumps(record, ensure_ascii=False)),
        }
        self.records.append(row)
        parties = list(party_rows(number, changed))
        self._parties += parties
        self._tags += tag_rows(number, changed)
        if row["view"] == COUNTED:
            codes = {role: [one["code"] for one in parties if one["role"] == role] for role in (ACTOR, RECIPIENT)}
            self._tally.add(row, codes[ACTOR], codes[RECIPIENT])
        return number

    def write(self, connection: sa.Connection) -> None:
        """Write all rows."""
        for table, rows in ((RECORD, self.records), (PARTY, self._parties), (TAG, self._tags)):
            if rows:
                connection.execute(table.insert(), rows)
        self._tally.write(connection)


def _keep_rejections(connection: sa.Connection, run: Run, rejections: Sequence[Rejection]) -> int:
    """Keep the rejections that the run has not told of before; return how many there were in all."""
    rows = {_hash_rejection(one): one for one in rejections}
    there = sa.select(REJECTION.c.hash).where(REJECTION.c.run_n == run.number, REJECTION.c.hash.in_(list(rows)))
    known = set(connection.scalars(there)) if rows else set()
    number = next_number(connection, REJECTION)
    for digest, one in rows.items():
        if digest not in known:
            row = {"n": number, "run_n": run.number, "hash": digest, "origin": storable(one.origin)}
            connection.execute(REJECTION.insert().values(**row, stage=one.stage, reason=storable(one.reason)))
            number += 1
    return len(rejections)


def _hash_rejection(one: Rejection) -> str:
    return hashlib.sha256(json.dumps([one.origin, one.stage, one.reason]).encode()).hexdigest()


def keep_imported(connection: sa.Connection, run: Run, rows: Sequence[Imported]) -> Kept:
    """Keep some records of others' event data; a row whose key is there is passed over."""
    given = {storable(one.key): one for one in rows}
    there = sa.select(IMPORTED.c.key).where(IMPORTED.c.source == run.key.source)
    known = {
        key for some in batched(given, _LOOK_UP) for key in connection.scalars(there.where(IMPORTED.c.key.in_(some)))
    }
    fresh = {key: one for key, one in given.items() if key not in known}
    records = {key: event_to_record(one.event) for key, one in fresh.items()}
    corrected = corrections_for(connection, [])
    batch, raw = RowBatch(next_number(connection, RECORD), run.number, run.key.source), list[Row]()
    for key, record in records.items():
        number = batch.add(record, [record], corrected, Standing())
        raw.append({"record_n": number, "source": run.key.source, "key": key, "raw": _raw_line(fresh[key])})
    batch.write(connection)
    if raw:
        connection.execute(IMPORTED.insert(), raw)
    return Kept(n_coded=len(fresh), n_known=len(rows) - len(fresh), n_records=len(fresh))


def _raw_line(row: Imported) -> str:
    return storable(json.dumps(row.raw, ensure_ascii=False)) if row.raw else ""
