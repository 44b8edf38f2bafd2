"""A text or a file coded at once; kept only when the analyst asks for it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from fastapi import UploadFile

from dragoman.code.assemble import identify_article
from dragoman.errors import EmptyArticle, InputError
from dragoman.ingest import read_articles
from dragoman.intake import ingest
from dragoman.pipeline import Coded
from dragoman.records import Article, Rejection
from dragoman.serve.desk import Desk
from dragoman.serve.query import read_day

_FORMATS = {".txt": "text", ".html": "html", ".htm": "html"}
_MOST_CHARACTERS = 400_000


def read_upload(file: UploadFile | None, *, text: str, title: str, published: str, outlet: str) -> Article:
    """Return the article of a form: of its file where one came along, else of its text. Raises InputError where it is none."""
    day = read_day("published", published.strip())
    pasted = Article(text=text.replace("\r\n", "\n"), origin="<pasted>")
    article = _read_file(file) if file is not None and file.filename else pasted
    if not article.text.strip():
        raise EmptyArticle(
            "pasted text", expected="the text of an article", got="nothing", fix="paste one, or choose a file"
        )
    if len(article.text) > _MOST_CHARACTERS:
        raise InputError("article", expected=f"at most {_MOST_CHARACTERS:,} characters", got=f"{len(article.text):,}")
    return replace(
        article,
        title=title.strip()[:500] or article.title,
        published=day or article.published,
        outlet=outlet.strip()[:200] or article.outlet,
    )


def _read_file(file: UploadFile) -> Article:
    """The file's name tells its kind and nothing else: no file of that name is ever opened or made."""
    ending = (file.filename or "").lower().rpartition(".")[2]
    kind = _FORMATS.get(f".{ending}")
    if kind is None:
        raise InputError("file", expected="a .txt or .html file", got=f"one that ends with .{ending}"[:40])
    found = next(iter(read_articles(["-"], format=kind, stdin=BytesIO(file.file.read()))), None)
    if not isinstance(found, Article):
        raise InputError("file", expected="an article", got=found.reason if found else "nothing")
    return replace(found, origin="<uploaded>")


def code_pasted(desk: Desk, article: Article) -> Coded:
    """Return the article coded; nothing is kept. Raises InputError where it cannot be."""
    outcome = next(iter(desk.coder().code_articles([article])))
    if isinstance(outcome, Rejection):
        raise InputError("article", got=outcome.reason)
    return outcome


def keep_pasted(desk: Desk, article: Article) -> str:
    """Code the article into the store and return its id there."""
    outcome = code_pasted(desk, article)
    for _ in ingest(desk.store, [article], desk.settings):
        pass
    return identify_article(outcome.document.article)
