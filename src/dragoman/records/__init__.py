"""The types that the stages hand on: Article -> Document -> Reading -> Resolved -> Event -> Story. All frozen."""

from dragoman.records.event import (
    Act,
    Actor,
    Citation,
    Event,
    Evidence,
    Moment,
    Place,
    Provenance,
    Resolved,
    Size,
)
from dragoman.records.reading import Mention, MentionKind, Reading, Role, RoleKind, Status, Trigger
from dragoman.records.story import Account, Disagreement, Join, Story
from dragoman.records.text import Article, Dateline, Document, Furniture, Rejection, Sentence, Span
from dragoman.records.wire import Record, event_to_line, event_to_record, parse_line, parse_record

__all__ = [
    "Account",
    "Act",
    "Actor",
    "Article",
    "Citation",
    "Dateline",
    "Disagreement",
    "Document",
    "Event",
    "Evidence",
    "Furniture",
    "Join",
    "Mention",
    "MentionKind",
    "Moment",
    "Place",
    "Provenance",
    "Reading",
    "Record",
    "Rejection",
    "Resolved",
    "Role",
    "RoleKind",
    "Sentence",
    "Size",
    "Span",
    "Status",
    "Story",
    "Trigger",
    "event_to_line",
    "event_to_record",
    "parse_line",
    "parse_record",
]
