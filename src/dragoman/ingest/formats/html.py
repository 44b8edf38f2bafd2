"""HTML: one page, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.ingest.fields import attempt
from dragoman.ingest.page import read_page
from dragoman.ingest.source import Source
from dragoman.records import Article, Rejection

name = "html"
suffixes = (".html", ".htm", ".xhtml", ".shtml")

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:body|article|main|section|div|p|h1|meta|title)\b", re.IGNORECASE)


def sniff(head: str) -> float:
    """Return 1 for a page, less for a piece of one."""
    if _PAGE.match(head):
        return 1.0
    return 0.7 if _FRAGMENT.match(head) else 0.0


def read(source: Source) -> Iterator[Article | Rejection]:
    """Return the page's one article, or why there is none."""
    data = source.whole()
    yield attempt(source.origin, read_page, data, source.origin)
