"""Corpus in, a new reader out: weights, labels, thresholds, tokenizer, and the figures that the model card cites."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.annotate import check_files
from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.annotate.standoff import WIKINEWS_FOLDER, load_wikinews
from dragoman.errors import SettingsError
from dragoman.evaluate.readings import describe_report
from dragoman.ontology import load_ontology
from dragoman.read.decode import Hint
from dragoman.read.labels import Labels, make_labels
from dragoman.read.neural import load_tokenizer
from dragoman.records import MentionKind, Span
from dragoman.resolve import load_resolver
from dragoman.train.card import Making, write_card
from dragoman.train.encoder import find_minilm
from dragoman.train.examples import Example, NameSwapper, collect_person_words, make_examples, piece_document
from dragoman.train.export import export_reader
from dragoman.train.recipe import Recipe
from dragoman.train.supporting import load_supporting
from dragoman.train.training import Material, train_network
from dragoman.train.tuning import report_scored, score_documents, tune_thresholds

if TYPE_CHECKING:
    from tokenizers import Tokenizer

VERSION = "2026.11"
_THREADS = 2


def train(
    corpus: Path, output: Path, recipe: Recipe, *, tell: Callable[[str], None], shared: Path | None = None
) -> None:
    """Train a reader on the corpus's training documents and write it to ``output``.

    Where ``shared`` holds the supporting corpora, they are learnt first. Thresholds are tuned on the dev documents; the held-back
    ones are not read. A checkpoint is written after each epoch, and training goes on from it when it is there. Raises
    SettingsError where the corpus has problems or too few documents.
    """
    import torch

    torch.set_num_threads(_THREADS)
    documents = _load_documents(corpus, shared)
    labels = make_labels(load_ontology())
    tokenizer = load_tokenizer(find_minilm() / "tokenizer.json")
    parts = {part: [one for one in documents if choose_part(one.id) is part] for part in (Part.TRAIN, Part.DEV)}
    tell(f"{len(parts[Part.TRAIN])} documents to train on, {len(parts[Part.DEV])} to tune on")
    warm_up = list(load_supporting(shared, labels, tokenizer)) if shared else []
    output.parent.mkdir(parents=True, exist_ok=True)
    place = output.with_suffix(".checkpoint")
    swapper = NameSwapper(_name_families(), collect_person_words(parts[Part.TRAIN]), random.Random(recipe.seed))  # noqa: S311
    material = Material(parts[Part.TRAIN], swapper, warm_up)
    trained = train_network(material, labels, tokenizer, recipe, place, tell)
    dev = ((one, _examples(one, labels, tokenizer)) for one in parts[Part.DEV])
    scored = score_documents(trained.network, dev, labels, make_hint_finder())
    thresholds = tune_thresholds(scored, labels)
    tell(f"thresholds: {thresholds}")
    figures = tuple(describe_report(report_scored(scored, labels, thresholds), with_curve=True))
    for line in figures:
        tell(f"dev: {line}")
    export_reader(trained.network, trained.pair_head, labels, thresholds, VERSION, output)
    write_card(
        Making(VERSION, recipe, trained.n_epochs, parts[Part.TRAIN], parts[Part.DEV], len(warm_up), figures), output
    )
    tell(f"written to {output}")


def _examples(document: MarkedDocument, labels: Labels, tokenizer: Tokenizer) -> Sequence[Example]:
    return list(make_examples(document, piece_document(document, tokenizer), labels, tokenizer))


def make_hint_finder() -> Callable[[str, Span], Sequence[Hint]]:
    """Return a finder of the known names and times of a stretch of text, as the reader is given them at run time."""
    resolver = load_resolver()

    def find_hints(text: str, span: Span) -> Sequence[Hint]:
        return [
            *((found, MentionKind.TIME) for found in resolver.find_times(text, span)),
            *resolver.find_names(text, span),
        ]

    return find_hints


def _load_documents(corpus: Path, shared: Path | None) -> Sequence[MarkedDocument]:
    """Return the documents of the corpus: the invented ones, and the annotated Wikinews articles where their texts are present."""
    invented = corpus / "invented"
    checked = check_files([invented if invented.is_dir() else corpus])
    if checked.problems:
        raise SettingsError(
            "corpus",
            where=str(corpus),
            expected="no problems",
            got=checked.problems[0],
            fix="run: dragoman corpus check",
        )
    if not checked.documents:
        raise SettingsError("corpus", where=str(corpus), expected="annotated documents (*.txt)", got="none")
    real: list[MarkedDocument] = []
    if shared is not None and (corpus / "wikinews").is_dir() and (shared / WIKINEWS_FOLDER).is_dir():
        real = [one for one in load_wikinews(corpus / "wikinews", shared) if isinstance(one, MarkedDocument)]
    return (*checked.documents, *real)


def _name_families() -> Iterator[list[str]]:
    """Yield the groups of single words that may stand for one another: names of states, their adjectives."""
    table = resources.files("dragoman.resolve").joinpath("gazetteer", "countries.csv").read_text("utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    yield sorted({row["name"] for row in rows if row["name"].isalpha()})
    yield sorted({word for row in rows for word in row["adjectives"].split("|") if word.isalpha()})
