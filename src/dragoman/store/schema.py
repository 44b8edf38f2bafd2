"""The tables, the same in SQLite and PostgreSQL. What each holds is told in ``docs/store.md``."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

VERSION = 2
"""The version of the tables below; ``migrations.py`` brings older stores up to it."""

COUNTED, COPY, SUPERSEDED, STRUCK = 0, 1, 2, 3
"""A record's view: counted; of a reprint; of an older run; struck out by a user."""

ACTOR, RECIPIENT, SPEAKER = 0, 1, 2
"""The parts of a party."""

MODE, CONTEXT = 0, 1
"""The kinds of a tag."""

ANY = "*"
"""In ``dyad_day``: whoever it be. A record counts once in each row that its parties make, and once in (*, *)."""
NOBODY = ""
"""In ``dyad_day``: no recipient."""

metadata = sa.MetaData()

# Byte order, so that both databases sort alike whatever the locale.
_Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Body = sa.Text()


def _number(name: str) -> sa.Column[int]:
    """A row's number, which the store itself gives out: the same in both databases, and in every rerun."""
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, _Text, nullable=null, primary_key=key)


def _whole(name: str, *, null: bool = False, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null, primary_key=key, autoincrement=False)


def _real(name: str, *, null: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=null)


def _body(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, _Body, nullable=null)


def _to(name: str, target: str, *, null: bool = False, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(target), nullable=null, primary_key=key, autoincrement=False)


STORE = sa.Table("dragoman_store", metadata, _whole("version"), _text("made_by"))

RUN = sa.Table(
    "run",
    metadata,
    _number("n"),
    sa.Column("id", _Text, nullable=False, unique=True),
    _text("source"),  # "" for our own coding, else whose event data it is: "gdelt"
    _text("coder"),
    _text("model"),
    _text("codebook"),
    _text("knowledge", null=True),
    _body("options"),
)

ARTICLE = sa.Table(
    "article",
    metadata,
    _number("n"),
    sa.Column("id", _Text, nullable=False, unique=True),
    _body("title", null=True),
    _text("outlet", null=True),
    _text("url", null=True),
    _text("published", null=True),
    _text("language"),
    _text("source_id", null=True),
    _text("origin"),
    _whole("family"),  # the number of the first article kept of those with the same wording
    sa.Column("is_copy", sa.Boolean, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=True),
    sa.Index("article_family", "family"),
)

ADDRESS = sa.Table(
    "address",
    metadata,
    _to("article_n", "article.n", key=True),
    _text("url", key=True),
    _text("source_id", null=True),
    _text("origin"),
    sqlite_with_rowid=False,
)

BAND = sa.Table(
    "band",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    _to("article_n", "article.n", key=True),
    sqlite_with_rowid=False,
)

TEXT = sa.Table(
    "text",
    metadata,
    _number("n"),
    _to("article_n", "article.n"),
    _text("hash"),
    _body("body"),
    sa.UniqueConstraint("article_n", "hash"),
)

CODING = sa.Table(
    "coding",
    metadata,
    _number("n"),
    _to("run_n", "run.n"),
    _to("article_n", "article.n"),
    _to("text_n", "text.n"),
    _whole("n_records"),
    sa.Column("is_latest", sa.Boolean, nullable=False),
    sa.UniqueConstraint("article_n", "run_n"),
)

RECORD = sa.Table(
    "record",
    metadata,
    _number("n"),
    _to("run_n", "run.n"),
    _to("article_n", "article.n", null=True),
    _text("id"),
    _whole("position"),  # its place among the records of its article
    sa.Column("view", sa.SmallInteger, nullable=False),
    _text("source"),
    _text("date"),  # "" where the day is not known
    _text("enddate"),
    _text("event"),
    _text("status"),
    sa.Column("quad", sa.SmallInteger, nullable=False),
    _real("scale"),
    _real("goldstein", null=True),
    _text("cameo"),
    _real("confidence"),
    _text("country"),
    _text("place"),
    _real("lat", null=True),
    _real("lon", null=True),
    _text("outlet"),
    _whole("n_recipients"),
    _whole("anchor_start"),
    _whole("anchor_end"),
    _body("body"),
    sa.Index("record_page", "view", "date", "id"),
    sa.Index("record_article", "article_n"),
    sa.Index("record_id", "id"),
)

PARTY = sa.Table(
    "party",
    metadata,
    _to("record_n", "record.n", key=True),
    _whole("role", key=True),
    _whole("position", key=True),
    _whole("rank", key=True),  # of the sector: 0 is the main one
    _text("code"),
    _text("sector"),
    _text("name", null=True),
    sa.Index("party_code", "code", "role", "record_n"),
    sqlite_with_rowid=False,
)

TAG = sa.Table(
    "tag",
    metadata,
    _to("record_n", "record.n", key=True),
    _whole("kind", key=True),
    _text("value", key=True),
    sqlite_with_rowid=False,
)

IMPORTED = sa.Table(
    "imported",
    metadata,
    sa.Column("record_n", sa.Integer, sa.ForeignKey("record.n"), primary_key=True, autoincrement=False),
    _text("source"),
    _text("key"),
    _body("raw"),
    sa.UniqueConstraint("source", "key"),
)

REJECTION = sa.Table(
    "rejection",
    metadata,
    _number("n"),
    _to("run_n", "run.n"),
    _text("origin"),
    _text("stage"),
    _body("reason"),
    _text("hash"),
    sa.UniqueConstraint("run_n", "hash"),
)

CORRECTION = sa.Table(
    "correction",
    metadata,
    _number("n"),
    _text("made"),
    _text("who"),
    _text("article_id"),
    _whole("anchor_start"),
    _whole("anchor_end"),
    _text("record_id"),
    _text("event"),  # the type that the coder gave, to tell apart two records on the same words
    _text("field"),
    _body("before"),
    _body("after"),
    _body("note"),
    _text("undone", null=True),
    _text("undone_by", null=True),
    sa.Index("correction_article", "article_id"),
    sa.Index("correction_record", "record_id"),
)

STORY = sa.Table(
    "story",
    metadata,
    _number("n"),
    sa.Column("id", _Text, nullable=False, unique=True),
    _to("best_n", "record.n"),
    _text("date"),
    _text("enddate"),
    _text("event"),
    _whole("n_records"),
    _whole("n_reports"),
    _whole("n_outlets"),
    _body("body"),
    sa.Index("story_page", "date", "id"),
)

STORY_MEMBER = sa.Table(
    "story_member",
    metadata,
    _to("record_n", "record.n", key=True),
    _to("story_n", "story.n"),
    _real("score"),
    _body("reason"),
    sa.Index("story_member_story", "story_n"),
)

STORY_DECISION = sa.Table(
    "story_decision",
    metadata,
    _number("n"),
    _text("made"),
    _text("who"),
    _text("action"),  # "join" or "split"
    _text("first"),  # keys of records, which a new run does not change
    _text("second"),
    _body("note"),
    _text("undone", null=True),
    _text("undone_by", null=True),
)

DYAD_DAY = sa.Table(
    "dyad_day",
    metadata,
    _text("actor", key=True),
    _text("recipient", key=True),
    _text("date", key=True),
    _text("event", key=True),
    _text("status", key=True),
    _whole("quad", key=True),
    _text("source", key=True),
    # Whole numbers, so that what is added and taken away again leaves no trace.
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("confidence", sa.BigInteger, nullable=False),  # ten-thousandths
    sa.Column("scale", sa.BigInteger, nullable=False),  # thousandths
    sa.Column("goldstein", sa.BigInteger, nullable=False),  # thousandths
    sqlite_with_rowid=False,
)

SEARCH_TABLE = "text_words"
"""In SQLite, an FTS5 table whose rowid is ``text.n``; in PostgreSQL, a table with a tsvector of that number."""

POSTGRES_WORDS = sa.Table(
    SEARCH_TABLE,
    sa.MetaData(),
    _number("text_n"),
    sa.Column("words", postgresql.TSVECTOR, nullable=False),
    sa.Index("text_words_gin", "words", postgresql_using="gin"),
)
