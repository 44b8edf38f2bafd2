"""Full-text search over articles: the same words found in SQLite (FTS5) and PostgreSQL (tsvector).

Words are cut and folded here, not by the databases, so that both find the same, and so that what was found can be shown as offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from dragoman.errors import SettingsError
from dragoman.records import Span
from dragoman.store.schema import CODING, POSTGRES_WORDS, SEARCH_TABLE, TEXT

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_LONGEST_WORD = 64
"""Longer runs of letters are no words, and PostgreSQL takes no word above 2 KB."""
_MOST_POSITIONS = 256
_LAST_POSITION = 16_383
"""PostgreSQL's limits to where a word's places are kept."""
_EXCERPT = 240
_LEAD = 60
_SQLITE_WORDS = sa.table(SEARCH_TABLE, sa.column("rowid"), sa.column("words"))


@dataclass(frozen=True, slots=True)
class Term:
    """Words wanted next to one another. ``is_prefix``: the last one may go on. ``is_unwanted``: they must not stand there."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_unwanted: bool = False


def make_table(connection: sa.Connection) -> None:
    """Make the table for full-text search in the database's own way."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        POSTGRES_WORDS.create(connection)


def index_texts(connection: sa.Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Make texts searchable, given with their numbers."""
    if not texts:
        return
    if connection.dialect.name == "sqlite":
        rows = [{"rowid": number, "words": " ".join(word for word, _ in cut_words(text))} for number, text in texts]
        connection.execute(_SQLITE_WORDS.insert(), rows)
    else:
        vectors = [{"text_n": number, "words": _vector(text)} for number, text in texts]
        vector = sa.cast(sa.bindparam("words", type_=sa.Text), postgresql.TSVECTOR)
        connection.execute(POSTGRES_WORDS.insert().values(text_n=sa.bindparam("text_n"), words=vector), vectors)


def cut_words(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the words of a text, in small letters and without accents, and where each stands."""
    for found in _WORD.finditer(text):
        word = _fold(found[0]) if found.end() - found.start() <= _LONGEST_WORD else ""
        if word:
            yield word, Span(*found.span())


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    small = word.lower()
    if small.isascii():
        return small
    plain = (character for character in unicodedata.normalize("NFKD", small) if character.isalnum())
    return "".join(plain).lower()


def parse_query(query: str) -> tuple[Term, ...]:
    """Return what a search asks for. Raises SettingsError where it asks for nothing."""
    terms = tuple(term for match in _PART.finditer(query) for term in _terms(match[1], match[2], match[3]))
    if not any(not term.is_unwanted for term in terms):
        raise SettingsError(
            "search", expected='words, "words together", word*, -unwanted', got=repr(query)[:80], fix="name a word"
        )
    return terms


def _terms(minus: str, quoted: str | None, bare: str | None) -> Iterator[Term]:
    wanted = quoted if quoted is not None else bare or ""
    words = tuple(word for word, _ in cut_words(wanted))
    if words:
        yield Term(words, is_prefix=bare is not None and bare.endswith("*"), is_unwanted=bool(minus))


def match_texts(connection: sa.Connection, terms: Sequence[Term], *, is_ranked: bool = True) -> sa.Subquery:
    """Return the numbers of the texts that fit, and how well (``rank``, the smaller the better), which costs much where many fit."""
    if connection.dialect.name == "sqlite":
        matches = sa.literal_column(SEARCH_TABLE).op("MATCH")(_fts_query(terms))
        rank: sa.Label[float] = sa.literal_column("rank" if is_ranked else "0", sa.Double).label("rank")
        found = sa.select(_SQLITE_WORDS.c.rowid.label("n"), rank)
        return found.select_from(_SQLITE_WORDS).where(matches).subquery()
    query = sa.cast(sa.bindparam("query", _ts_query(terms)), postgresql.TSQUERY)
    vector = POSTGRES_WORDS.c.words
    found = sa.select(POSTGRES_WORDS.c.text_n.label("n"), (-sa.func.ts_rank(vector, query)).label("rank"))
    return found.where(vector.op("@@")(query)).subquery()


def articles_with(connection: sa.Connection, query: str) -> sa.Select[Any]:
    """Return the numbers of the articles whose latest text fits."""
    found = match_texts(connection, parse_query(query), is_ranked=False)
    return sa.select(CODING.c.article_n).select_from(_latest(found)).where(CODING.c.is_latest)


def ranked_texts(connection: sa.Connection, terms: Sequence[Term], limit: int) -> list[tuple[int, int]]:
    """Return article and text number of the best matches among the latest texts, the best first."""
    found = match_texts(connection, terms)
    latest = sa.select(CODING.c.article_n, CODING.c.text_n).select_from(_latest(found))
    latest = latest.where(CODING.c.is_latest).order_by(found.c.rank, CODING.c.article_n).limit(limit)
    return [(article, text) for article, text in connection.execute(latest)]


def _latest(found: sa.FromClause) -> sa.FromClause:
    """Join texts to their codings by way of the article, for which there is an index; without one 20,000 matches take 20 seconds."""
    texts = found.join(TEXT, TEXT.c.n == found.c.n)
    return texts.join(CODING, sa.and_(CODING.c.article_n == TEXT.c.article_n, CODING.c.text_n == TEXT.c.n))


def text_bodies(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the texts of these numbers."""
    return dict(connection.execute(sa.select(TEXT.c.n, TEXT.c.body).where(TEXT.c.n.in_(numbers))).all())


def mark_words(text: str, terms: Sequence[Term]) -> tuple[Span, tuple[Span, ...]]:
    """Return the stretch of a text worth showing, and every place in it where wanted words stand."""
    cut = list(cut_words(text))
    words = [word for word, _ in cut]
    wanted = [term for term in terms if not term.is_unwanted]
    marks = sorted({span for term in wanted for span in _places(term, words, cut)})
    start = max(0, marks[0].start - _LEAD) if marks else 0
    excerpt = Span(_word_start(text, start), min(len(text), start + _EXCERPT))
    return excerpt, tuple(mark for mark in marks if excerpt.covers(mark))


def _places(term: Term, words: list[str], cut: list[tuple[str, Span]]) -> Iterator[Span]:
    *heads, last = term.words
    for index, word in enumerate(words):
        begin = index - len(heads)
        if begin >= 0 and (word.startswith(last) if term.is_prefix else word == last) and words[begin:index] == heads:
            yield Span(cut[begin][1].start, cut[index][1].end)


def _word_start(text: str, start: int) -> int:
    space = text.find(" ", start, start + _LEAD) if start else -1
    return start if space < 0 else space + 1


def _fts_query(terms: Sequence[Term]) -> str:
    wanted = " AND ".join(_fts_term(term) for term in terms if not term.is_unwanted)
    return " NOT ".join([f"({wanted})", *(_fts_term(term) for term in terms if term.is_unwanted)])


def _fts_term(term: Term) -> str:
    # Folded words hold letters and digits only: nothing in them can end the quotes.
    return f'"{" ".join(term.words)}"' + (" *" if term.is_prefix else "")


def _ts_query(terms: Sequence[Term]) -> str:
    return " & ".join(("!" if term.is_unwanted else "") + _ts_term(term) for term in terms)


def _ts_term(term: Term) -> str:
    lexemes = [f"'{word}'" for word in term.words]
    return "(" + " <-> ".join(lexemes) + (":*" if term.is_prefix else "") + ")"


def _vector(text: str) -> str:
    places: dict[str, list[int]] = {}
    for position, (word, _) in enumerate(cut_words(text), 1):
        kept = places.setdefault(word, [])
        if len(kept) < _MOST_POSITIONS:
            kept.append(min(position, _LAST_POSITION))
    return " ".join(f"'{word}':{','.join(map(str, kept))}" for word, kept in places.items())
