"""Events paired with gold, and the figures that follow: precision, recall, F1, and how many are right in every field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.evaluate.gold import GoldArticle, GoldEvent
from dragoman.records import Document, Event, Span


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, and the figures that follow from them; every figure is in 0..1."""

    n_right: int
    n_found: int
    n_gold: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.n_right / self.n_found if self.n_found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is none."""
        return self.n_right / self.n_gold if self.n_gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.n_right / (self.n_found + self.n_gold) if self.n_right else 0.0


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which event answers which gold event (as indices), and what stayed alone on either side."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    invented: tuple[int, ...]


Field = Callable[[GoldEvent, Event], bool]

FIELDS: dict[str, Field] = {
    "type": lambda gold, event: event.event in gold.types,
    "mode": lambda gold, event: frozenset(event.mode) == gold.modes or event.event != gold.types[0],
    "status": lambda gold, event: event.status in gold.statuses,
    "actor": lambda gold, event: frozenset(actor.code for actor in event.actor) in gold.actors,
    "recipient": lambda gold, event: frozenset(one.code for one in event.recipient) in gold.recipients,
    "date": lambda gold, event: event.moment is not None and event.moment.date in gold.dates,
    "place": lambda gold, event: (
        gold.place is None or (event.event_loc is not None and event.event_loc.country == gold.place)
    ),
    "speaker": lambda gold, event: gold.speaker == (event.speaker.code if event.speaker else None),
}
"""How each field is judged. Gold does not list the modes of alternative types; it names a place only where one is told."""


def locate_sentences(gold: GoldArticle, document: Document) -> tuple[Span | None, ...]:
    """Return where each gold sentence stands in the document's text; None for those that were taken out (captions)."""
    spans: list[Span | None] = []
    position = 0
    for sentence in gold.sentences:
        start = document.text.find(sentence, position)
        spans.append(Span(start, start + len(sentence)) if start >= 0 else None)
        position = start + len(sentence) if start >= 0 else position
    return tuple(spans)


def pair_events(gold: GoldArticle, document: Document, events: Sequence[Event]) -> Pairing:
    """Return the pairing with the most pairs, and among those the one with most fields right.

    An event can answer a gold event if its type is the gold's or one of its alternatives, and they share a sentence.
    """
    spans = locate_sentences(gold, document)
    weights = [[_weigh(one, event, spans) for event in events] for one in gold.events]
    pairs = assign(weights)
    paired_gold, paired_events = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return Pairing(
        pairs=tuple(pairs),
        missed=tuple(number for number in range(len(gold.events)) if number not in paired_gold),
        invented=tuple(number for number in range(len(events)) if number not in paired_events),
    )


def wrong_fields(gold: GoldEvent, event: Event) -> tuple[str, ...]:
    """Return the names of the fields in which the event differs from the gold."""
    return tuple(name for name, is_right in FIELDS.items() if not is_right(gold, event))


def _weigh(gold: GoldEvent, event: Event, spans: Sequence[Span | None]) -> int:
    """Return 0 where the two cannot be paired; otherwise more than all fields together, plus the number of fields right."""
    told = [span for number in gold.sentences if (span := spans[number]) is not None]
    shared = any(evidence.span.overlaps(span) for evidence in event.evidence for span in told)
    if event.event not in gold.types or not shared:
        return 0
    return 1 + 2 * len(FIELDS) - len(wrong_fields(gold, event))


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the pairing of rows and columns with the greatest sum of weights (whole numbers, 0 or more); pairs of weight 0 are left out.

    The Hungarian algorithm with potentials (Kuhn 1955, Munkres 1957), in O(n^3).
    """
    size = max(len(weights), max((len(row) for row in weights), default=0))
    cost = [
        [-(weights[i][j] if i < len(weights) and j < len(weights[i]) else 0) for j in range(size)] for i in range(size)
    ]
    rows_of = [-1] * (size + 1)
    row_potential, column_potential = [0] * (size + 1), [0] * (size + 1)
    for row in range(size):
        _augment(row, cost, rows_of, row_potential, column_potential)
    pairs = [(rows_of[column], column) for column in range(size)]
    return sorted((row, column) for row, column in pairs if cost[row][column] < 0)


def _augment(
    row: int, cost: list[list[int]], rows_of: list[int], row_potential: list[int], column_potential: list[int]
) -> None:
    size = len(cost)
    rows_of[size] = row
    slack: list[float] = [float("inf")] * size
    previous = [size] * size
    visited: list[int] = []
    column = size
    while rows_of[column] != -1:
        visited.append(column)
        current = rows_of[column]
        open_columns = [each for each in range(size) if each not in visited]
        for each in open_columns:
            reduced = cost[current][each] - row_potential[current] - column_potential[each]
            if reduced < slack[each]:
                slack[each], previous[each] = reduced, column
        best = min(open_columns, key=lambda each: slack[each])
        delta = int(slack[best])
        for each in visited:
            row_potential[rows_of[each]] += delta
            column_potential[each] -= delta
        for each in open_columns:
            slack[each] -= delta
        column = best
    while column != size:
        rows_of[column] = rows_of[previous[column]]
        column = previous[column]
    rows_of[size] = -1


def tally_fields(pairs: Iterable[tuple[GoldEvent, Event]]) -> dict[str, int]:
    """Return how many of the pairs are right in each field, and in "every field"."""
    counts = dict.fromkeys((*FIELDS, "every field"), 0)
    for gold, event in pairs:
        wrong = wrong_fields(gold, event)
        for name in FIELDS:
            counts[name] += name not in wrong
        counts["every field"] += not wrong
    return counts
