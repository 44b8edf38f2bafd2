"""Web page -> Article: the report without the page around it, and what the page says of itself."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from dragoman.errors import EmptyArticle, InputError
from dragoman.ingest.characters import clean, clean_line, printable
from dragoman.ingest.day import is_missing, parse_day
from dragoman.ingest.encoding import declared_charset, decode
from dragoman.ingest.fields import language_of
from dragoman.ingest.markup import UNSEEN, paragraphs, parse_html
from dragoman.records import Article

_DAY_META = tuple(
    "article:published_time og:published_time datepublished date_published publication_date pubdate publishdate"
    " publish-date dc.date.issued dcterms.issued dcterms.created dc.date sailthru.date parsely-pub-date date"
    " article.published cxenseparse:recs:publishtime".split()
)
_META_NAMES = ("property", "name", "itemprop")
_LARGEST_LINKED_DATA = 1 << 20
# Nothing of the clock: the same page gives the same article in any year.
_DAY_OPTIONS = {"original_date": True, "extensive_search": False, "min_date": "1800-01-01", "max_date": "2200-12-31"}
# trafilatura weighs every paragraph several times over; a page above this is a book, and its paragraphs are taken as they stand.
_WEIGHED_LENGTH = 2_000_000
_CAPTION = re.compile(r"(?:image|photo|picture|video|media) caption\b", re.IGNORECASE)
_LONGEST_GAP = 2000
_FURNITURE = ("nav", "header", "footer", "aside", "form", "title", "head")


def read_page(data: bytes, origin: str, charset: str | None = None, url: str | None = None) -> Article:
    """Return the article of an HTML page.

    ``charset`` is what the server declared, ``url`` where the page was fetched. Raises EmptyArticle where the page holds no
    report, InputError where its publication date is no date.
    """
    text = clean(decode(data, charset or declared_charset(data)))
    tree = parse_html(text)
    about = _about(tree)
    body, title = _body(tree, text), clean_line(about.get("title") or "") or None
    if not body:
        raise EmptyArticle("no report on the page", expected="paragraphs", got="none", fix="leave the page out")
    return Article(
        text=_without_title(body, title),
        title=title,
        published=_published(tree, about.get("date")),
        outlet=clean_line(about.get("sitename") or "") or None,
        url=url or about.get("url") or None,
        language=language_of(tree.get("lang")),
        origin=printable(origin),
    )


def _about(tree: Any) -> dict[str, str | None]:
    """Return what trafilatura finds of the page's title, date, site name and address."""
    from trafilatura.metadata import extract_metadata

    _hush()
    found = extract_metadata(tree, date_config=dict(_DAY_OPTIONS))
    return {name: getattr(found, name, None) for name in ("title", "date", "sitename", "url")}


def _body(tree: Any, text: str) -> str:
    """Return the report's paragraphs, blank lines between them."""
    _mark_captions(tree)
    if len(text) > _WEIGHED_LENGTH:
        return _all_paragraphs(tree)
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False, fast=True)
    body = getattr(found, "body", None)
    report = clean(paragraphs(body)) if body is not None else ""
    if "\n\n" in report:
        return report
    again = parse_html(text)  # the extraction leaves no tree as it was
    _mark_captions(again)
    page = _all_paragraphs(again)
    return _parted(report, page.split("\n\n")) or report or page


def _parted(report: str, page: list[str]) -> str:
    """Return the report in the page's paragraphs: from a short page trafilatura takes the words but not the breaks."""
    words, at = "".join(report.split()), 0
    kept = []
    for paragraph in page:
        wanted = "".join(paragraph.split())
        start = words.find(wanted, at, at + len(wanted) + _LONGEST_GAP)
        if start >= 0:
            kept.append(paragraph)
            at = start + len(wanted)
    return "\n\n".join(kept) if at == len(words) else ""


def _mark_captions(tree: Any) -> None:
    """Turn captions into paragraphs of their own that say what they are, as many outlets' own pages do.

    A caption reads like any sentence of the report; only the page's markup tells that it is none.
    """
    for caption in list(tree.iter("figcaption")):
        words = " ".join("".join(caption.itertext()).split())
        tail = caption.tail
        caption.clear()
        caption.tag, caption.tail = "p", tail
        caption.text = words if not words or _CAPTION.match(words) else f"Image caption: {words}"
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None:
            figure.tag = "div"


def _all_paragraphs(tree: Any) -> str:
    for node in list(tree.iter(*UNSEEN, *_FURNITURE)):
        if node.getparent() is not None:
            node.drop_tree()
    return clean(paragraphs(tree))


def _without_title(body: str, title: str | None) -> str:
    first, _, rest = body.partition("\n\n")
    repeats = title is not None and " ".join(first.split()).casefold() == title.casefold()
    return rest if repeats and rest else body


def _published(tree: Any, found: str | None) -> date | None:
    """Return the day of the first date that the page declares and that is one, else the one that trafilatura found."""
    failure: InputError | None = None
    for value in (value for value in _declared_days(tree) if not is_missing(value)):
        try:
            return parse_day(value)
        except InputError as error:
            failure = failure or error
    if found:
        return parse_day(found)
    if failure:
        raise failure
    return None


def _declared_days(tree: Any) -> Iterator[str]:
    """Return the dates of publication that the page declares, the most telling first."""
    declared: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for kind in _META_NAMES:
            declared.setdefault((meta.get(kind) or "").lower(), meta.get("content") or "")
    yield from (declared[name] for name in _DAY_META[:4] if name in declared)
    yield from _linked_days(tree)
    yield from (declared[name] for name in _DAY_META[4:] if name in declared)
    for moment in tree.iter("time"):
        if moment.get("datetime") and (moment.get("pubdate") is not None or moment.get("itemprop") == "datePublished"):
            yield moment.get("datetime")


def _linked_days(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        source = script.text or ""
        if (script.get("type") or "").lower() != "application/ld+json" or len(source) > _LARGEST_LINKED_DATA:
            continue
        try:
            yield from _days_in(json.loads(source))
        except (ValueError, RecursionError):
            continue


def _days_in(linked: object) -> Iterator[str]:
    items = linked if isinstance(linked, list) else [linked]
    for item in items:
        if isinstance(item, dict):
            if isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
            yield from _days_in(item.get("@graph") or [])


def _hush() -> None:
    # Without a handler Python would print the libraries' complaints, which quote the page, to the terminal.
    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
