"""The Georgetown University Multilayer corpus (GUM, Zeldes 2017; annotations CC BY 4.0) as documents with gold mentions and chains.

Mentions and chains are OntoGUM's (as OntoNotes would mark them); what sort of thing a mention is comes from GUM's own entity types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.evaluate.chains import Chain
from dragoman.records import Article, Document, Mention, MentionKind, Sentence, Span

_OPENED = re.compile(r"\((\d+)")
_CLOSED = re.compile(r"(\d+)\)")
_KINDS = {
    "organization": MentionKind.ORGANISATION,
    "place": MentionKind.PLACE,
    "time": MentionKind.TIME,
}
_TYPED = frozenset({"person", "organization", "place"})
_N_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with what its treebank says of it. ``head`` counts from 0 over the document, -1 for a root."""

    span: Span
    sentence: int
    tag: str
    features: str
    head: int


@dataclass(frozen=True, slots=True)
class GumText:
    """A text: its genre, its mentions, which of them are persons, organisations or places, and its gold chains."""

    name: str
    genre: str
    document: Document
    mentions: tuple[Mention, ...]
    typed: frozenset[int]
    chains: tuple[Chain, ...]


def read_gum(folder: Path) -> Iterator[GumText]:
    """Yield the texts in the order of their names. ``folder`` holds ``dep`` and ``ontogum``."""
    for path in sorted((folder / "ontogum").glob("*.conll")):
        yield _read_text(path, folder / "dep" / f"{path.stem}.conllu")


def _read_text(path: Path, treebank: Path) -> GumText:
    text, tokens, sentences, entities = _read_tokens(treebank.read_text("utf-8"))
    runs = sorted(_read_mentions(path.read_text("utf-8")), key=lambda run: (run[0], -run[1]))
    types = [_find_type(run, entities) for run in runs]
    mentions = tuple(_to_mention(run, kind, tokens) for run, kind in zip(runs, types, strict=True))
    chains: dict[int, set[int]] = {}
    for number, run in enumerate(runs):
        chains.setdefault(run[2], set()).add(number)
    return GumText(
        path.stem,
        path.stem.split("_")[1],
        Document(Article(text, origin=path.stem), text, tuple(sentences)),
        mentions,
        frozenset(number for number, kind in enumerate(types) if kind in _TYPED),
        tuple(frozenset(chain) for chain in chains.values()),
    )


Run = tuple[int, int, int]
"""First word, last word, number of the entity."""


def _read_tokens(raw: str) -> tuple[str, list[Token], list[Sentence], list[tuple[int, int, str]]]:
    text, paragraph = "", -1
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    opened: list[tuple[str, int, str]] = []
    entities: list[tuple[int, int, str]] = []
    for block in raw.split("\n\n"):
        lines = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        words = [line for line in lines if line[0].isdigit() and len(line) == _N_COLUMNS]
        if not words:
            continue
        is_new = "# newpar" in block
        paragraph += is_new
        text += "\n\n" if is_new and text else " " if text and not text.endswith((" ", "\n")) else ""
        start, first = len(text), len(tokens)
        for line in words:
            for match in re.finditer(r"\((\d+)-([a-z]+)|(?<![-\w])(\d+)\)|(\))", _entity_of(line[9])):
                _take_bracket(match, len(tokens), opened, entities)
            head = int(line[6]) - 1 + first if line[6] != "0" else -1
            tokens.append(Token(Span(len(text), len(text) + len(line[1])), len(sentences), line[3], line[5], head))
            text += line[1] + ("" if "SpaceAfter=No" in line[9] else " ")
        text = text.rstrip() if text.endswith(" ") else text
        sentences.append(Sentence(len(sentences), Span(start, len(text)), max(paragraph, 0)))
    return text, tokens, sentences, entities


def _entity_of(misc: str) -> str:
    return next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")


def _take_bracket(
    match: re.Match[str], at: int, opened: list[tuple[str, int, str]], entities: list[tuple[int, int, str]]
) -> None:
    if match[1]:
        opened.append((match[1], at, match[2]))
        return
    closing = [place for place in range(len(opened)) if match[4] or opened[place][0] == match[3]]
    if closing:
        _, first, kind = opened.pop(closing[-1])
        entities.append((first, at, kind))


def _read_mentions(raw: str) -> Iterator[Run]:
    opened: dict[int, list[int]] = {}
    for line in raw.splitlines():
        parts = line.split("\t")
        if len(parts) < 3 or line.startswith("#"):  # noqa: PLR2004 - number, word, brackets
            continue
        at = int(parts[0])
        for entity in _OPENED.findall(parts[2]):
            opened.setdefault(int(entity), []).append(at)
        for entity in _CLOSED.findall(parts[2]):
            yield opened[int(entity)].pop(), at, int(entity)


def _find_type(run: Run, entities: Sequence[tuple[int, int, str]]) -> str:
    """Return the type of the entity with the same words, else of the one that shares most words with the run."""
    overlapping = [one for one in entities if one[0] <= run[1] and run[0] <= one[1]]
    best = min(overlapping, key=lambda one: abs(one[0] - run[0]) + abs(one[1] - run[1]), default=None)
    return best[2] if best else "abstract"


def _to_mention(run: Run, kind: str, tokens: Sequence[Token]) -> Mention:
    head = next((at for at in range(run[0], run[1] + 1) if not run[0] <= tokens[at].head <= run[1]), run[1])
    span = Span(tokens[run[0]].span.start, tokens[run[1]].span.end)
    return Mention(span, tokens[run[0]].sentence, _find_kind(kind, tokens[head]))


def _find_kind(kind: str, head: Token) -> MentionKind:
    if head.tag == "PRON":
        return MentionKind.PRONOUN
    if kind == "person":
        is_plural = "Number=Plur" in head.features
        return MentionKind.PERSON if head.tag == "PROPN" else MentionKind.GROUP if is_plural else MentionKind.ROLE
    return _KINDS.get(kind, MentionKind.WEAPON)
