"""Who is who, given gold mentions and acts: how often code and main sector are right, by kind of mention and part of the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument, MarkedEntity
from dragoman.annotate.split import Part, choose_part
from dragoman.annotate.standoff import WIKINEWS_FOLDER, load_wikinews
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import to_faultless_reading
from dragoman.records import MentionKind
from dragoman.resolve.actors import Identity
from dragoman.resolve.coreference import identify_mentions
from dragoman.resolve.resolver import load_resolver

BAR = 0.90
"""The share of right codes that the project asks for."""
_WITHOUT_ACTOR = frozenset({MentionKind.TIME, MentionKind.WEAPON, MentionKind.PLACE})
_MOST_COMMON = 40


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gold mention, whom it stands for by the gold, and whom the resolver took it for (None where it did not say).

    ``plays`` tells whether the entity is actor, recipient or speaker of an event of the document.
    """

    document: str
    part: Part
    words: str
    kind: MentionKind
    gold: MarkedEntity
    found: Identity | None
    plays: bool

    @property
    def code(self) -> str:
        """The code that was found; ``UNK`` where nothing was."""
        return "UNK" if self.found is None else self.found.code

    @property
    def is_code_right(self) -> bool:
        """Whether the code is the gold's. To leave open what the gold leaves open is right."""
        return self.code == self.gold.code

    @property
    def is_sector_right(self) -> bool:
        """Whether the main sector is the gold's."""
        main = self.found.sectors[:1] if self.found is not None else ()
        return (main or ("UNK",)) == (self.gold.sectors[:1] or ("UNK",))

    @property
    def failure(self) -> str:
        """What kind of mistake the code is; "" where it is right."""
        if self.is_code_right:
            return ""
        if self.found is None:
            return "not told"
        if self.code == "UNK":
            return "country left open"
        return "told where the gold leaves it open" if self.gold.code == "UNK" else "another code"


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the figures on the invented corpus and on annotated Wikinews; with details, what was confused outside the held-back part.

    ``folder`` holds the texts of the Wikinews articles; without it they are left out. Raises SettingsError without the corpus.
    """
    invented = list(check_files([find_corpus("invented")]).documents)
    yield from _describe("actors, invented", judge_documents(invented), details=details)
    if (folder / WIKINEWS_FOLDER).is_dir():
        articles = [one for one in load_wikinews(find_corpus("wikinews"), folder) if isinstance(one, MarkedDocument)]
        yield from _describe("actors, wikinews", judge_documents(articles), details=details)


def judge_documents(documents: Iterable[MarkedDocument]) -> list[Verdict]:
    """Return a verdict on every gold mention of a state, person, body, group, role or pronoun."""
    gazetteer = load_resolver().gazetteer
    verdicts: list[Verdict] = []
    for marked in documents:
        verdicts += _judge(marked, identify_mentions(to_faultless_reading(marked), gazetteer))
    return verdicts


def _judge(marked: MarkedDocument, found: Sequence[Identity | None]) -> Iterator[Verdict]:
    entities = {entity.number: entity for entity in marked.entities}
    playing = {number for event in marked.events for key in "ARS" for number in event.roles.get(key, ())}
    for mention, identity in zip(marked.mentions, found, strict=True):
        gold = entities.get(mention.entity)
        if gold is None or gold.code == "place" or mention.kind in _WITHOUT_ACTOR:
            continue
        words = mention.span.quote(marked.text)
        part = choose_part(marked.id)
        yield Verdict(marked.id, part, words, mention.kind, gold, identity, mention.entity in playing)


def _describe(title: str, verdicts: Sequence[Verdict], *, details: bool) -> Iterator[str]:
    for part in Part:
        own = [verdict for verdict in verdicts if verdict.part is part]
        yield f"{title}, {part.value}: {_figures(own)} (bar for codes: {BAR:.2f})"
        yield f"  in events: {_figures([verdict for verdict in own if verdict.plays])}"
        for kind in MentionKind:
            of_kind = [verdict for verdict in own if verdict.kind is kind]
            if of_kind:
                yield f"  {kind.value}: {_figures(of_kind)}"
        yield "  wrong codes: " + ", ".join(f"{why} {count}" for why, count in _count_failures(own))
    if details:
        yield from _confusions([verdict for verdict in verdicts if verdict.part is not Part.HELD_BACK])


def _figures(verdicts: Sequence[Verdict]) -> str:
    n_all = len(verdicts) or 1
    code = sum(verdict.is_code_right for verdict in verdicts) / n_all
    sector = sum(verdict.is_sector_right for verdict in verdicts) / n_all
    both = sum(verdict.is_code_right and verdict.is_sector_right for verdict in verdicts) / n_all
    return f"code {code:.3f} main sector {sector:.3f} both {both:.3f} ({len(verdicts)} mentions)"


def _count_failures(verdicts: Iterable[Verdict]) -> list[tuple[str, int]]:
    return Counter(verdict.failure for verdict in verdicts if verdict.failure).most_common()


def _confusions(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the commonest confusions of sectors, then each wrong mention with the reasons given."""
    pairs = Counter(
        (verdict.gold.sectors[:1], verdict.found.sectors[:1] if verdict.found else ())
        for verdict in verdicts
        if not verdict.is_sector_right
    )
    for (gold, found), count in pairs.most_common(_MOST_COMMON):
        yield f"  sector: {'+'.join(gold) or '-'} taken for {'+'.join(found) or '-'}: {count}"
    for verdict in verdicts:
        if not (verdict.is_code_right and verdict.is_sector_right):
            yield f"  {_tell(verdict)}"


def _tell(verdict: Verdict) -> str:
    found = "nobody" if verdict.found is None else f"{verdict.found.code} {','.join(verdict.found.sectors)}"
    why = "" if verdict.found is None else f" | {'; '.join(verdict.found.why)}"
    gold = f"{verdict.gold.code} {','.join(verdict.gold.sectors)} {verdict.gold.name or ''}".rstrip()
    return f"{verdict.document} {verdict.kind.value} '{verdict.words}': {gold}, taken for {found}{why}"
