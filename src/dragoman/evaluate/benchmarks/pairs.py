"""Typing of given pairs, as `dragoman relate` does it: who acts, who is acted upon and the sentence are given, the type is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument, MarkedMention, MarkedTrigger
from dragoman.annotate.split import Part, choose_part
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.match import Score
from dragoman.pipeline import load_coder
from dragoman.read import NeuralReader, Pair
from dragoman.records import Span


def run(_folder: Path, *, details: bool) -> Iterator[str]:
    """Yield accuracy and macro F1 over types on held-back sentences of our own; with details by type, and on the dev part too."""
    reader = load_coder().reader
    if not isinstance(reader, NeuralReader):
        yield "pairs: not run: the first reader types no pairs"
        return
    documents = check_files([find_corpus("invented")]).documents
    for part in (Part.HELD_BACK, Part.DEV) if details else (Part.HELD_BACK,):
        yield from _report(reader, part, [one for one in documents if choose_part(one.id) is part], details=details)


def _report(reader: NeuralReader, part: Part, documents: Sequence[MarkedDocument], *, details: bool) -> Iterator[str]:
    asked = [pair for document in documents for pair in find_pairs(document)]
    answers = reader.relate(pair for pair, _ in asked)
    judged = [
        (gold, max(answer, key=lambda kind: answer[kind])) for (_, gold), answer in zip(asked, answers, strict=True)
    ]
    figures = score_types(judged)
    accuracy = sum(gold == answer for gold, answer in judged) / max(1, len(judged))
    macro = sum(one.f1 for one in figures.values()) / max(1, len(figures))
    yield f"pairs ({part.value}): {len(judged)} given pairs, accuracy {accuracy:.3f}, macro F1 {macro:.3f} over {len(figures)} types"
    if details:
        yield "  " + ", ".join(f"{kind} {one.f1:.2f}" for kind, one in figures.items())


def score_types(judged: Iterable[tuple[str, str]]) -> dict[str, Score]:
    """Return precision and recall for each gold type, from pairs of gold type and answered type."""
    counts = Counter(judged)
    kinds = sorted({gold for gold, _ in counts})
    asked = {kind: sum(n for (gold, _), n in counts.items() if gold == kind) for kind in kinds}
    answered = {kind: sum(n for (_, answer), n in counts.items() if answer == kind) for kind in kinds}
    return {kind: Score(counts[kind, kind], answered[kind], asked[kind]) for kind in kinds}


def find_pairs(document: MarkedDocument) -> Iterator[tuple[Pair, str]]:
    """Yield each event's nearest actor and recipient in the sentence of its first trigger, with the type.

    A pair between which one sentence tells of acts of several types is left out: there is no one answer to give.
    """
    events = {event.event: event for event in document.events}
    found: dict[tuple[int, Span, Span], set[str]] = {}
    seen: set[str] = set()
    for trigger in document.triggers:
        if trigger.event in seen:
            continue
        seen.add(trigger.event)
        event = events[trigger.event]
        actor = _nearest(document, trigger, event.roles.get("A", ()))
        recipient = _nearest(document, trigger, event.roles.get("R", ()))
        if actor and recipient and not actor.span.overlaps(recipient.span):
            found.setdefault((trigger.sentence, actor.span, recipient.span), set()).add(event.type)
    for (sentence, source, target), types in found.items():
        if len(types) == 1:
            whole = document.sentences[sentence].span
            yield (
                Pair(whole.quote(document.text), _shift(source, whole.start), _shift(target, whole.start)),
                next(iter(types)),
            )


def _nearest(document: MarkedDocument, trigger: MarkedTrigger, entities: Sequence[int]) -> MarkedMention | None:
    here = [one for one in document.mentions if one.sentence == trigger.sentence and one.entity in entities]
    return min(here, key=lambda one: (one.span.gap(trigger.span), one.span.start - one.span.end), default=None)


def _shift(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)
