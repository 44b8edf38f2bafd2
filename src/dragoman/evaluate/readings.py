"""A reader's readings against annotated documents: triggers, mentions, roles, status, modes, contexts, false events, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.annotate.form import MarkedDocument, MarkedEvent, MarkedTrigger
from dragoman.evaluate.match import Score
from dragoman.read import Reader
from dragoman.records import Article, Document, Reading, RoleKind, Sentence, Span, Trigger

ROLE_KEYS = {
    RoleKind.ACTOR: "A",
    RoleKind.RECIPIENT: "R",
    RoleKind.PLACE: "P",
    RoleKind.TIME: "T",
    RoleKind.SPEAKER: "S",
}
_BINS = 10


@dataclass(slots=True)
class Tally:
    """Running counts of one task."""

    n_right: int = 0
    n_found: int = 0
    n_gold: int = 0

    def score(self) -> Score:
        """Return the figures of the counts."""
        return Score(self.n_right, self.n_found, self.n_gold)


@dataclass(slots=True)
class ReadingReport:
    """All counts over some documents. Roles count links of triggers that were found, and links of missed triggers as missed."""

    triggers: Tally = field(default_factory=Tally)
    types: dict[str, Tally] = field(default_factory=dict)
    mentions: Tally = field(default_factory=Tally)
    roles: dict[RoleKind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in ROLE_KEYS})
    roles_of_found: dict[RoleKind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in ROLE_KEYS})
    statuses: Tally = field(default_factory=Tally)
    modes: Tally = field(default_factory=Tally)
    contexts: dict[str, Tally] = field(default_factory=dict)
    n_event_free: int = 0
    n_false_in_event_free: int = 0
    calibration: list[tuple[float, bool]] = field(default_factory=list)


def to_document(marked: MarkedDocument) -> Document:
    """Return the annotated document as a reader wants it."""
    sentences = tuple(
        Sentence(number, sentence.span, sentence.paragraph, sentence.is_headline)
        for number, sentence in enumerate(marked.sentences)
    )
    return Document(Article(marked.text, origin=marked.id), marked.text, sentences)


def compare_readings(pairs: Iterable[tuple[MarkedDocument, Reading]]) -> ReadingReport:
    """Return the counts over pairs of gold and reading."""
    report = ReadingReport()
    for marked, reading in pairs:
        _compare(report, marked, reading)
    return report


def _compare(report: ReadingReport, marked: MarkedDocument, reading: Reading) -> None:
    events = {event.event: event for event in marked.events}
    matched = match_triggers(marked.triggers, events, reading.triggers)
    _count_triggers(report, marked, events, reading, matched)
    _count_mentions(report, marked, reading)
    _count_event_free(report, marked, reading)
    for number, gold in matched.items():
        _count_details(report, reading.triggers[number], events[gold.event])
    _count_roles(report, marked, reading, matched)


def match_triggers(
    gold: Sequence[MarkedTrigger], events: dict[str, MarkedEvent], found: Sequence[Trigger]
) -> dict[int, MarkedTrigger]:
    """Return which gold trigger each found one answers: the same type (or an alternative) and words in common."""
    matched: dict[int, MarkedTrigger] = {}
    free = list(gold)
    for number, trigger in enumerate(found):
        fitting = (
            one
            for one in free
            if one.span.overlaps(trigger.span)
            and trigger.type in (events[one.event].type, *events[one.event].alternatives)
        )
        answered = next(fitting, None)
        if answered is not None:
            matched[number] = answered
            free.remove(answered)
    return matched


def _count_triggers(
    report: ReadingReport,
    marked: MarkedDocument,
    events: dict[str, MarkedEvent],
    reading: Reading,
    matched: dict[int, MarkedTrigger],
) -> None:
    _add(report.triggers, len(matched), len(reading.triggers), len(marked.triggers))
    for one in marked.triggers:
        report.types.setdefault(events[one.event].type, Tally()).n_gold += 1
    for number, trigger in enumerate(reading.triggers):
        tally = report.types.setdefault(trigger.type, Tally())
        tally.n_found += 1
        tally.n_right += number in matched
        report.calibration.append((trigger.score, number in matched))


def _count_mentions(report: ReadingReport, marked: MarkedDocument, reading: Reading) -> None:
    gold = {(mention.span, mention.kind) for mention in marked.mentions}
    found = {(mention.span, mention.kind) for mention in reading.mentions}
    _add(report.mentions, len(gold & found), len(found), len(gold))


def _count_event_free(report: ReadingReport, marked: MarkedDocument, reading: Reading) -> None:
    free = set(range(len(marked.sentences))) - {trigger.sentence for trigger in marked.triggers}
    report.n_event_free += len(free)
    report.n_false_in_event_free += sum(trigger.sentence in free for trigger in reading.triggers)


def _count_details(report: ReadingReport, trigger: Trigger, event: MarkedEvent) -> None:
    _add(report.statuses, trigger.status.value == event.status, 1, 1)
    if trigger.type == event.type:
        _add(report.modes, len({*trigger.modes} & {*event.modes}), len(trigger.modes), len(event.modes))
    for context in {*trigger.contexts, *event.contexts}:
        tally = report.contexts.setdefault(context, Tally())
        _add(
            tally,
            context in trigger.contexts and context in event.contexts,
            context in trigger.contexts,
            context in event.contexts,
        )


def _count_roles(
    report: ReadingReport, marked: MarkedDocument, reading: Reading, matched: dict[int, MarkedTrigger]
) -> None:
    """A link is right if it names the entity by any of its mentions; only entities of the trigger's own sentence can be missed."""
    events = {event.event: event for event in marked.events}
    answers = {id(gold): number for number, gold in matched.items()}
    for gold in marked.triggers:
        number = answers.get(id(gold))
        for kind, key in ROLE_KEYS.items():
            wanted = _entities_here(marked, gold, events[gold.event].roles.get(key, ()))
            linked = _linked_entities(marked, reading, number, kind) if number is not None else []
            allowed = set(events[gold.event].roles.get(key, ()))
            right = len({entity for entity in linked if entity in allowed})
            # An entity of the event that this sentence does not mention may be linked, but need not be.
            n_gold = max(len(wanted), right)
            _add(report.roles[kind], right, len(linked), n_gold)
            if number is not None:
                _add(report.roles_of_found[kind], right, len(linked), n_gold)


def _entities_here(marked: MarkedDocument, trigger: MarkedTrigger, numbers: Sequence[int]) -> set[int]:
    here = {mention.entity for mention in marked.mentions if mention.sentence == trigger.sentence}
    return here & set(numbers)


def _linked_entities(marked: MarkedDocument, reading: Reading, number: int, kind: RoleKind) -> list[int]:
    """Return the entity of each linked mention; 0 where the mention is none of the gold's."""
    spans = [reading.mentions[mention].span for mention in reading.mentions_in_role(number, kind)]
    entities = [find_entity(marked, span) for span in spans]
    return list(dict.fromkeys(entity for entity in entities if entity)) + [0 for entity in entities if not entity]


def find_entity(marked: MarkedDocument, span: Span) -> int:
    """Return the number of the gold entity whose mention is closest to a span's words; 0 where none overlaps."""
    overlapping = [mention for mention in marked.mentions if mention.span.overlaps(span)]
    closest = min(
        overlapping,
        key=lambda one: (abs(one.span.end - span.end) + abs(one.span.start - span.start), one.entity),
        default=None,
    )
    return closest.entity if closest else 0


def _add(tally: Tally, n_right: int, n_found: int, n_gold: int) -> None:
    tally.n_right += n_right
    tally.n_found += n_found
    tally.n_gold += n_gold


def measure_calibration_error(points: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error in 0..1: how far, on average, confidence lies from the share that is right (ten bins)."""
    bins = _sort_into_bins(points)
    gaps = (abs(sum(score for score, _ in group) - sum(right for _, right in group)) for group in bins.values())
    return sum(gaps) / len(points) if points else 0.0


def draw_reliability(points: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Yield the reliability curve as lines: for each tenth of confidence its mean, the share that is right, and how many there are."""
    for _, group in sorted(_sort_into_bins(points).items()):
        mean, share = (sum(one[part] for one in group) / len(group) for part in (0, 1))
        yield f"  confidence {mean:.2f}: {share:.2f} right of {len(group):4d}  {'#' * round(40 * share)}"


def _sort_into_bins(points: Sequence[tuple[float, bool]]) -> dict[int, list[tuple[float, bool]]]:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, is_right in points:
        bins.setdefault(min(int(score * _BINS), _BINS - 1), []).append((score, is_right))
    return bins


def describe_report(report: ReadingReport, *, with_curve: bool = False) -> Iterator[str]:
    """Yield the figures as lines for people; ``with_curve`` adds the reliability curve of the triggers' confidence."""
    yield _line("triggers (type and words)", report.triggers.score())
    yield "  by type: " + ", ".join(f"{kind} {tally.score().f1:.2f}" for kind, tally in sorted(report.types.items()))
    false_rate = 100 * report.n_false_in_event_free / report.n_event_free if report.n_event_free else 0.0
    yield f"false triggers per 100 event-free sentences: {false_rate:.1f} ({report.n_event_free} sentences)"
    yield _line("mentions (span and kind)", report.mentions.score())
    for kind in ROLE_KEYS:
        yield (
            _line(f"{kind.value} links", report.roles[kind].score())
            + f"  (of found triggers: F1 {report.roles_of_found[kind].score().f1:.3f})"
        )
    yield f"status accuracy of found triggers: {report.statuses.score().recall:.3f}"
    yield _line("modes of found triggers", report.modes.score())
    yield f"contexts of found triggers: macro F1 {_macro_f1(report.contexts.values()):.3f}"
    yield f"expected calibration error of triggers: {measure_calibration_error(report.calibration):.3f}"
    if with_curve:
        yield from draw_reliability(report.calibration)


def _macro_f1(tallies: Iterable[Tally]) -> float:
    figures = [tally.score().f1 for tally in tallies if tally.n_gold]
    return sum(figures) / len(figures) if figures else 0.0


def _line(name: str, score: Score) -> str:
    return f"{name}: precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f} ({score.n_gold} gold)"


def measure_reader(reader: Reader, documents: Sequence[MarkedDocument], *, with_curve: bool = False) -> Iterator[str]:
    """Yield the figures of a reader on annotated documents, as lines for people."""
    yield f"  {reader.name}"
    readings = reader.read(to_document(document) for document in documents)
    pairs = (
        (document, reading)
        for document, reading in zip(documents, readings, strict=True)
        if isinstance(reading, Reading)
    )
    yield from (f"    {line}" for line in describe_report(compare_readings(pairs), with_curve=with_curve))
