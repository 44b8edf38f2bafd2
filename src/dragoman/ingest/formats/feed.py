"""RSS and Atom files: one article an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import EmptyArticle, UnreadableInput
from dragoman.ingest.characters import clean, clean_line, printable, quoted
from dragoman.ingest.fields import attempt, day_of, language_of
from dragoman.ingest.markup import forget, local_name, paragraphs, parse_html, parse_xml
from dragoman.ingest.source import Source
from dragoman.records import Article, Rejection

name = "feed"
suffixes = (".rss", ".atom", ".xml", ".rdf")

_XML = re.compile(r"<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_][\w:.-]{0,60}[\s/>])")
_ANY_XML = 0.2
_ROOT = re.compile(r"<(?:[a-z]+:)?(rss|feed|rdf)\b", re.IGNORECASE)
_ROOTS = frozenset(("rss", "feed", "rdf"))
_ITEMS = frozenset(("item", "entry"))
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubdate", "published", "date", "issued", "updated", "modified")
# Media and podcast modules have titles and descriptions of their own, of pictures and programmes.
_OTHER_MODULES = ("mrss", "itunes", "slash")
_IDS = ("guid", "id", "identifier")


def sniff(head: str) -> float:
    """Return 1 for XML whose first element is that of a feed, a little for any XML: its kind is named when it is read."""
    start = head.lstrip("\ufeff \t\r\n")[:5000]
    if not _XML.match(start):
        return 0.0
    found = _ROOT.search(start)
    return 1.0 if found and "<html" not in start[: found.start()].lower() else _ANY_XML


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return one article or rejection for each item; raises UnreadableInput for other XML and at a break."""
    about: dict[str, str] = {}
    for event, element in parse_xml(source, _ITEMS):
        tag, parent = local_name(element), element.getparent()
        if event == "start":
            _check_root(element, parent)
        elif tag in _ITEMS:
            origin = f"{source.origin}:{element.sourceline}"
            yield attempt(origin, _read_item, element, about, origin)
            forget(element)
        elif tag in ("title", "language") and parent is not None and local_name(parent) in ("channel", "feed"):
            about.setdefault(tag, clean_line("".join(element.itertext())))


def _read_item(item: Any, about: dict[str, str], origin: str) -> Article:
    parts = _parts(item)
    text = next((text for text in (_words(parts[tag]) for tag in _TEXTS if tag in parts) if text), "")
    if not text:
        raise EmptyArticle(
            "empty item",
            expected="<content:encoded>, <content>, <description> or <summary>",
            got="no words",
            fix="leave it out",
        )
    day = next((tag for tag in _DAYS if tag in parts), None)
    language = item.get("{http://www.w3.org/XML/1998/namespace}lang") or about.get("language")
    return Article(
        text=text,
        title=clean_line(_words(parts["title"])) or None if "title" in parts else None,
        published=day_of(_line(parts[day]), day) if day else None,
        outlet=about.get("title") or None,
        url=_address(item),
        source_id=next((_line(parts[tag]) for tag in _IDS if tag in parts), None),
        language=language_of(language),
        origin=printable(origin),
    )


def _parts(item: Any) -> dict[str, Any]:
    """Return the item's elements by name, the first of each name that holds anything."""
    parts: dict[str, Any] = {}
    for element in item:
        if not any(module in str(element.tag) for module in _OTHER_MODULES) and (
            len(element) or (element.text or "").strip()
        ):
            parts.setdefault(local_name(element), element)
    return parts


def _words(element: Any) -> str:
    """Return the words of an element that holds text, escaped HTML or XHTML."""
    if len(element):
        return clean(paragraphs(element))
    text = element.text or ""
    return clean(paragraphs(parse_html(f"<div>{clean(text)}</div>"))) if "<" in text or "&" in text else clean(text)


def _line(element: Any) -> str:
    return clean_line("".join(element.itertext()))


def _address(item: Any) -> str | None:
    for link in (element for element in item if local_name(element) == "link"):
        address = clean_line(link.text or "") or (clean_line(link.get("href") or "") if _is_page(link) else "")
        if address:
            return address
    return None


def _is_page(link: Any) -> bool:
    return bool(link.get("rel", "alternate") == "alternate")


def _check_root(element: Any, parent: Any) -> None:
    if parent is not None or local_name(element) in _ROOTS:
        return
    raise UnreadableInput(
        "XML of an unknown kind",
        expected="<rss>, <feed>, <rdf:RDF>, <Sentences> or <html>",
        got=quoted(f"<{local_name(element)}>"),
        fix="convert it to one of these, or to JSON Lines",
    )
