"""Bytes -> Article: one file a format, found by scanning the folder."""

from dragoman.ingest.formats import Format, all_formats
from dragoman.ingest.reader import read_articles
from dragoman.ingest.source import ARTICLE_LIMIT, Source

__all__ = ["ARTICLE_LIMIT", "Format", "Source", "all_formats", "read_articles"]
