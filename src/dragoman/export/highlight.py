"""Records as HTML for a notebook: a table an article, with the words that each record rests on marked in their sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from dragoman.export.printable import escape_controls
from dragoman.records import Actor, Event, Evidence

_MOST_SHOWN = 100
_COLUMNS = ("date", "who", "did what", "to whom", "status", "who says so", "in the words", "sure")


def show_events(events: Sequence[Event], texts: Mapping[str, str]) -> str:
    """Return the events as an HTML table for each article, at most 100 rows in all, the evidence in ``<mark>``.

    ``texts`` are the cleaned texts by article id; without an article's text only the words of the act are shown. What articles say
    is escaped, so that it is text and never a tag.
    """
    shown = groupby(events[:_MOST_SHOWN], key=lambda event: event.article_id)
    blocks = [_show_article(list(group), texts.get(article_id, "")) for article_id, group in shown]
    left_out = len(events) - _MOST_SHOWN
    more = f"<p>and {left_out} more</p>" if left_out > 0 else ""
    return f"<div>{''.join(blocks)}{more}</div>"


def _show_article(events: Sequence[Event], text: str) -> str:
    cite = events[0].cite
    day = cite.published.isoformat() if cite.published else "no date"
    title = " · ".join(_safe(part) for part in (cite.title or "untitled", cite.publication, day) if part)
    head = "".join(f"<th>{column}</th>" for column in _COLUMNS)
    rows = "".join(f"<tr>{_join_cells(event, text)}</tr>" for event in events)
    return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _join_cells(event: Event, text: str) -> str:
    return "".join(f'<td style="text-align:left">{cell}</td>' for cell in _list_cells(event, text))


def _list_cells(event: Event, text: str) -> Iterator[str]:
    yield _safe(event.moment.date.isoformat() if event.moment else "?")
    yield _name(event.actor)
    yield _safe(" ".join((event.event, *event.mode)))
    yield _name(event.recipient)
    yield _safe(event.status.value)
    yield _name((event.speaker,) if event.speaker else ())
    yield "<br>".join(_mark(evidence, text) for evidence in event.evidence)
    yield f"{event.confidence:.2f}"


def _mark(evidence: Evidence, text: str) -> str:
    """The sentence with its words of the act marked; those words alone where the text is not at hand."""
    if not text:
        return f"<mark>{_safe(evidence.event_text)}</mark>"
    before, after = text[evidence.span.start : evidence.anchor.start], text[evidence.anchor.end : evidence.span.end]
    return f"{_safe_part(before)}<mark>{_safe_part(evidence.anchor.quote(text))}</mark>{_safe_part(after)}"


def _name(parties: Iterable[Actor]) -> str:
    return ", ".join(_safe(" ".join((party.code, *party.sector[:1], party.name or party.text))) for party in parties)


def _safe(text: str) -> str:
    return escape(escape_controls(text))


def _safe_part(text: str) -> str:
    """The same for a piece of a sentence, whose outer spaces part it from the next piece."""
    lead, tail = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if lead else ''}{_safe(text)}{' ' if tail and text.strip() else ''}"
