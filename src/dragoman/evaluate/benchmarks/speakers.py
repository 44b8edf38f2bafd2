"""Who vouches for events: the reader's links alone, the voices that speech shows alone, and both weighed together.

Counted as the reader's own links are (``dragoman evaluate corpus``): on acts that were found, by any mention of the speaker; a speaker that
the act's sentence does not name need not be found. Beside it stand all speakers, of whatever sentence. With details, development
documents alone, and what is wrong there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.annotate.standoff import WIKINEWS_FOLDER, load_wikinews
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import to_dated_document, to_faultless_reading
from dragoman.evaluate.match import Score
from dragoman.evaluate.readings import Tally, find_entity, match_triggers
from dragoman.pipeline import load_coder
from dragoman.records import Reading, RoleKind
from dragoman.resolve import Resolver
from dragoman.resolve.coreference import trace_mentions
from dragoman.resolve.speakers import Speaker, find_speakers, listen

BAR = 0.80
_WAYS = ("the reader's links alone", "voices alone", "both")
Pairs = Sequence[tuple[MarkedDocument, Reading]]
Find = Callable[[Reading], Sequence[Speaker | None]]


@dataclass(slots=True)
class SpeakerReport:
    """Running counts: speakers named in the act's own sentence, and all of them; ``wrong`` tells each mistake."""

    near: Tally = field(default_factory=Tally)
    every: Tally = field(default_factory=Tally)
    wrong: list[str] = field(default_factory=list)


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the figures on the invented corpus and on annotated Wikinews; with details, development documents alone and each mistake."""
    coder = load_coder()
    corpora = {"invented": list(check_files([find_corpus("invented")]).documents)}
    if (folder / WIKINEWS_FOLDER).is_dir():
        articles = load_wikinews(find_corpus("wikinews"), folder)
        corpora["wikinews"] = [one for one in articles if isinstance(one, MarkedDocument)]
    for name, documents in corpora.items():
        for part in (Part.DEV,) if details else (Part.DEV, Part.HELD_BACK):
            chosen = [one for one in documents if choose_part(one.id) is part]
            read = coder.reader.read([to_dated_document(one) for one in chosen])
            pairs = [(one, found) for one, found in zip(chosen, read, strict=True) if isinstance(found, Reading)]
            given = [(one, without_speakers(to_faultless_reading(one))) for one in chosen]
            yield f"speakers, {name}, {part.value}: {len(chosen)} documents (bar {BAR:.2f})"
            yield from _compare_ways(pairs, coder.resolver, details=details)
            yield f"  voices alone, from gold readings: {_tell(measure(given, lambda one: _find(one, coder.resolver)))}"


def _compare_ways(pairs: Pairs, resolver: Resolver, *, details: bool) -> Iterator[str]:
    finds: tuple[Find, ...] = (
        find_linked,
        lambda reading: _find(without_speakers(reading), resolver),
        lambda reading: _find(reading, resolver),
    )
    for name, find in zip(_WAYS, finds, strict=True):
        report = measure(pairs, find)
        yield f"  {name}: {_tell(report)}"
    yield from (f"    {line}" for line in report.wrong) if details else ()


def without_speakers(reading: Reading) -> Reading:
    """Return the reading without its links to speakers."""
    return replace(reading, roles=tuple(role for role in reading.roles if role.kind is not RoleKind.SPEAKER))


def find_linked(reading: Reading) -> tuple[Speaker | None, ...]:
    """Return the speakers that the reader links."""
    roles = reading.group_roles()
    linked = [roles.get((number, RoleKind.SPEAKER), ()) for number in range(len(reading.triggers))]
    return tuple((one[0], "the reader links it") if one else None for one in linked)


def _find(reading: Reading, resolver: Resolver) -> Sequence[Speaker | None]:
    return find_speakers(reading, listen(reading, trace_mentions(reading, resolver.gazetteer)))


def measure(pairs: Iterable[tuple[MarkedDocument, Reading]], find: Find) -> SpeakerReport:
    """Return the counts over pairs of gold and reading."""
    report = SpeakerReport()
    for marked, reading in pairs:
        _count(report, marked, reading, find(reading))
    return report


def _count(report: SpeakerReport, marked: MarkedDocument, reading: Reading, speakers: Sequence[Speaker | None]) -> None:
    events = {event.event: event for event in marked.events}
    for number, gold in match_triggers(marked.triggers, events, reading.triggers).items():
        wanted = set(events[gold.event].roles.get("S", ()))
        here = {mention.entity for mention in marked.mentions if mention.sentence == gold.sentence}
        speaker = speakers[number]
        span = None if speaker is None else reading.mentions[speaker[0]].span
        is_right = span is not None and find_entity(marked, span) in wanted
        for tally, is_wanted in ((report.near, bool(wanted & here) or is_right), (report.every, bool(wanted))):
            tally.n_right += is_right
            tally.n_found += span is not None
            tally.n_gold += is_wanted
        if not is_right and (wanted or span is not None):
            named = [one.span.quote(marked.text) for one in marked.mentions if one.entity in wanted][:1]
            found = "nobody" if span is None else repr(span.quote(marked.text))
            report.wrong.append(f"{marked.id}: {gold.span.quote(marked.text)!r}: {named or 'nobody'}, taken {found}")


def _tell(report: SpeakerReport) -> str:
    return f"named in the sentence {_figures(report.near.score())}; all {_figures(report.every.score())}"


def _figures(score: Score) -> str:
    return f"P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f} ({score.n_gold} gold)"
