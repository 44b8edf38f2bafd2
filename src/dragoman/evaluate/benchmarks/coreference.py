"""Which words mean the same entity: GUM and our own corpus with gold mentions, and GAP's ambiguous pronouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.errors import SettingsError
from dragoman.evaluate.chains import Chain, score_chains
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.gap import GapItem, read_gap
from dragoman.evaluate.gum import GumText, read_gum
from dragoman.evaluate.marked import to_dated_document
from dragoman.records import Mention, MentionKind
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_links import link_mentions

_WITHOUT_ENTITY = frozenset({MentionKind.TIME, MentionKind.WEAPON})


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield MUC, B3, CEAF and their mean on gold mentions, and F1 on GAP; with details, the wrong pronouns of our development documents.

    Raises SettingsError where neither GUM nor GAP lies in ``folder``.
    """
    gum, gap = folder / "data/gum", folder / "data/gap"
    if not gum.is_dir() and not gap.is_dir():
        raise SettingsError("coreference corpora", where=str(folder), expected="data/gum, data/gap", got="neither")
    if gum.is_dir():
        yield from _describe_gum(list(read_gum(gum)))
    if gap.is_dir():
        yield from _describe_gap(list(read_gap(gap / "gap-development.tsv")))
    yield from _describe_corpus(details=details)


def _describe_gum(texts: Sequence[GumText]) -> Iterator[str]:
    yield "coreference, GUM, gold mentions"
    for name, chosen in (("news", [one for one in texts if one.genre == "news"]), ("all genres", texts)):
        results = [(one, _chains_of(link_mentions(one.document, one.mentions))) for one in chosen]
        yield _line(f"{name}, all mentions", [(one.chains, found) for one, found in results])
        typed = [(_keep(one.chains, one.typed), _keep(found, one.typed)) for one, found in results]
        yield _line(f"{name}, persons, bodies and places", typed)


def _chains_of(chains: Chains) -> list[Chain]:
    return [frozenset(chain) for chain in chains.group()]


def _keep(chains: Iterable[Chain], kept: frozenset[int]) -> list[Chain]:
    return [chain & kept for chain in chains]


def _line(name: str, pairs: Sequence[tuple[Sequence[Chain], Sequence[Chain]]]) -> str:
    figures = ", ".join(f"{measure} {figure:.3f}" for measure, figure in score_chains(pairs).items())
    return f"  {name}: {figures} ({len(pairs)} texts)"


def judge_gap(item: GapItem) -> tuple[bool, bool]:
    """Return whether the pronoun is taken for the first name, and for the second."""
    chains = link_mentions(item.document, item.mentions)
    first, second = (chains.are_joined(item.pronoun, name) for name in item.names)
    return first, second


def _describe_gap(items: Sequence[GapItem]) -> Iterator[str]:
    yield "coreference, GAP development (peers: parallelism 66.9, with Wikipedia's titles 70.6)"
    judged = [(item, judge_gap(item)) for item in items]
    for name, chosen in (
        ("overall", judged),
        ("feminine", [pair for pair in judged if pair[0].is_feminine]),
        ("masculine", [pair for pair in judged if not pair[0].is_feminine]),
    ):
        counts = Counter(cell for item, found in chosen for cell in zip(item.gold, found, strict=True))
        right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
        f1 = 2 * right / max(1, 2 * right + wrong + missed)
        yield f"  {name}: F1 {f1:.3f} (precision {right / max(1, right + wrong):.3f}, recall {right / max(1, right + missed):.3f})"


def _describe_corpus(*, details: bool) -> Iterator[str]:
    yield "coreference, our corpus, gold mentions"
    documents = check_files([find_corpus("invented")]).documents
    for part in (Part.DEV, Part.HELD_BACK):
        chosen = [one for one in documents if choose_part(one.id) is part]
        results = [(marked, link_marked(marked)) for marked in chosen]
        yield _line(part.value, [(_gold_chains(one), _chains_of(found)) for one, found in results])
        if details and part is Part.DEV:
            yield from (line for one, found in results for line in _list_wrong(one, found))


def link_marked(marked: MarkedDocument) -> Chains:
    """Return the chains that we see among an annotated document's mentions."""
    mentions = tuple(Mention(one.span, one.sentence, one.kind) for one in marked.mentions)
    return link_mentions(to_dated_document(marked), mentions)


def _gold_chains(marked: MarkedDocument) -> list[Chain]:
    chains: dict[int, set[int]] = {}
    for number, mention in enumerate(marked.mentions):
        if mention.kind not in _WITHOUT_ENTITY:
            chains.setdefault(mention.entity, set()).add(number)
    return [frozenset(chain) for chain in chains.values()]


def _list_wrong(marked: MarkedDocument, chains: Chains) -> Iterator[str]:
    """Yield each mention that is linked to a mention of another entity, or to none where its entity was named before."""
    entities = [mention.entity for mention in marked.mentions]
    for number, mention in enumerate(marked.mentions):
        link = chains.links.get(number)
        if mention.kind in _WITHOUT_ENTITY or (
            link and entities[number] in [entities[one] for one in link.antecedents]
        ):
            continue
        if link is None and entities[number] not in entities[:number]:
            continue
        got = " + ".join(_quote(marked, one) for one in link.antecedents) if link else "nothing"
        before = [one for one in range(number) if entities[one] == entities[number]]
        gold = _quote(marked, before[-1]) if before else "somebody new"
        yield f"    {marked.id}: {_quote(marked, number)}: {gold} / {got}{' (' + link.why + ')' if link else ''}"


def _quote(marked: MarkedDocument, number: int) -> str:
    return repr(marked.mentions[number].span.quote(marked.text))
