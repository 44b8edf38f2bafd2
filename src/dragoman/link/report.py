"""A report: an event record together with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.records import Document, Event


@dataclass(frozen=True, slots=True)
class Report:
    """One record that may tell of the same event as others.

    ``sentences`` are the words of its evidence, in text order. ``witness`` names what counts as one independent report: the same for
    an article and its reprints; the article's id where nothing is known of reprints.
    """

    event: Event
    sentences: tuple[str, ...] = ()
    witness: str = ""

    @property
    def source(self) -> str:
        """What counts as one independent report."""
        return self.witness or self.event.article_id


def list_reports(document: Document, events: Iterable[Event], witness: str = "") -> tuple[Report, ...]:
    """Return the events of one document as reports, with the sentences that they rest on."""
    return tuple(Report(event, _quote(document.text, event), witness) for event in events)


def _quote(text: str, event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence.span.quote(text) for evidence in event.evidence))
