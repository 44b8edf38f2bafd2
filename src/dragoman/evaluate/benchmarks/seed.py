"""The seed article: 28 agreed records of one report on the North Korea crisis of August 2017."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import SettingsError
from dragoman.evaluate.gold import GoldArticle, load_gold
from dragoman.evaluate.match import Pairing, Score, pair_events, tally_fields, wrong_fields
from dragoman.ingest import read_articles
from dragoman.pipeline import Coded, load_coder
from dragoman.records import Event


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield precision, recall and F1 of events, and how many are right in each and in every field."""
    gold = load_gold(folder / "seed" / "gold.json")
    coded = _code(folder / "seed" / "article.txt", gold)
    pairing = pair_events(gold, coded.document, coded.events)
    score = Score(len(pairing.pairs), len(coded.events), len(gold.events))
    yield f"seed: {score.n_gold} gold events, {score.n_found} coded, {score.n_right} matched"
    yield "  (matched: same type or an alternative that gold allows, and a shared sentence)"
    yield f"  precision {score.precision:.2f}  recall {score.recall:.2f}  F1 {score.f1:.2f}"
    counts = tally_fields((gold.events[left], coded.events[right]) for left, right in pairing.pairs)
    yield "  right among the matched: " + ", ".join(f"{name} {count}" for name, count in counts.items())
    yield f"  right in every field: {counts['every field']} of {score.n_gold} gold events"
    if details:
        yield from _list_errors(gold, coded.events, pairing)


def _code(path: Path, gold: GoldArticle) -> Coded:
    for outcome in load_coder().code_articles(read_articles([path], published=gold.published)):
        if isinstance(outcome, Coded):
            return outcome
        raise SettingsError("seed article", where=outcome.origin, got=outcome.reason)
    raise SettingsError("seed article", where=str(path), expected="one article", got="none")


def _list_errors(gold: GoldArticle, events: tuple[Event, ...], pairing: Pairing) -> Iterator[str]:
    for left, right in pairing.pairs:
        wrong = wrong_fields(gold.events[left], events[right])
        if wrong:
            yield f"  wrong {', '.join(wrong)}: {gold.events[left].types[0]} {gold.events[left].anchor!r}"
    yield from (f"  missed: {gold.events[left].types[0]} {gold.events[left].anchor!r}" for left in pairing.missed)
    yield from (
        f"  invented: {events[right].event} {events[right].evidence[0].event_text!r}" for right in pairing.invented
    )
