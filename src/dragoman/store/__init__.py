"""Tables, and back: articles, records, runs, stories and corrections in SQLite or PostgreSQL. The only room that speaks SQL."""

from dragoman.store.copies import sketch_text
from dragoman.store.filter import Filter
from dragoman.store.reading import FACETS
from dragoman.store.rows import (
    BY_HAND,
    Change,
    Coding,
    Correction,
    Count,
    Decision,
    DyadRow,
    Hit,
    Imported,
    Kept,
    Member,
    Page,
    Run,
    RunKey,
    SeriesRow,
    StoredArticle,
    StoredRecord,
    StoredRejection,
    StoredStory,
)
from dragoman.store.store import Store, open_store

__all__ = [
    "BY_HAND",
    "FACETS",
    "Change",
    "Coding",
    "Correction",
    "Count",
    "Decision",
    "DyadRow",
    "Filter",
    "Hit",
    "Imported",
    "Kept",
    "Member",
    "Page",
    "Run",
    "RunKey",
    "SeriesRow",
    "Store",
    "StoredArticle",
    "StoredRecord",
    "StoredRejection",
    "StoredStory",
    "open_store",
    "sketch_text",
]
