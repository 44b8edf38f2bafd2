"""How the corpus is balanced: counts of documents, sentences, types, modes, statuses and contexts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.annotate.form import MarkedDocument
from dragoman.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts over a corpus. Types, modes and statuses are counted per trigger mention, contexts per event.

    ``modes`` has keys such as "ASSAULT.aerial". Codes that never occur are present with 0.
    """

    n_documents: int
    n_event_free_documents: int
    n_sentences: int
    n_event_free_sentences: int
    n_mentions: int
    n_triggers: int
    types: dict[str, int]
    modes: dict[str, int]
    statuses: dict[str, int]
    contexts: dict[str, int]
    kinds: dict[str, int]
    regions: dict[str, int]
    n_with_speaker: int


def measure_balance(documents: Iterable[MarkedDocument], ontology: Ontology) -> Balance:
    """Return the counts over the documents, with every code of the ontology present."""
    types = Counter({code: 0 for code in ontology.types})
    modes = Counter({f"{code}.{mode}": 0 for code, kind in ontology.types.items() for mode in kind.modes})
    statuses = Counter({status: 0 for status in ontology.statuses})
    contexts = Counter({context: 0 for context in ontology.contexts})
    kinds: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for document in documents:
        events = {event.event: event for event in document.events}
        with_events = {trigger.sentence for trigger in document.triggers}
        totals["documents"] += 1
        totals["event_free_documents"] += not document.triggers
        totals["sentences"] += len(document.sentences)
        totals["event_free_sentences"] += len(document.sentences) - len(with_events)
        totals["mentions"] += len(document.mentions)
        totals["triggers"] += len(document.triggers)
        totals["with_speaker"] += sum("S" in event.roles for event in document.events)
        regions[document.head.get("region", "")] += 1
        kinds.update(mention.kind.value for mention in document.mentions)
        contexts.update(context for event in document.events for context in event.contexts)
        for trigger in document.triggers:
            event = events[trigger.event]
            types[event.type] += 1
            statuses[event.status] += 1
            modes.update(f"{event.type}.{mode}" for mode in event.modes)
    return Balance(
        n_documents=totals["documents"],
        n_event_free_documents=totals["event_free_documents"],
        n_sentences=totals["sentences"],
        n_event_free_sentences=totals["event_free_sentences"],
        n_mentions=totals["mentions"],
        n_triggers=totals["triggers"],
        types=dict(types),
        modes=dict(modes),
        statuses=dict(statuses),
        contexts=dict(contexts),
        kinds=dict(kinds),
        regions=dict(regions),
        n_with_speaker=totals["with_speaker"],
    )
