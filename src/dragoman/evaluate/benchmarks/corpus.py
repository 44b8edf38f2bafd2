"""The held-back documents of our own corpus: what the reader finds, beside the first reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.split import Part, choose_part
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.readings import measure_reader
from dragoman.pipeline import LEXICAL, load_coder


def run(_folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the figures of the embedded reader on the held-back documents; with details, those of the first reader too."""
    documents = [
        one for one in check_files([find_corpus("invented")]).documents if choose_part(one.id) is Part.HELD_BACK
    ]
    yield f"corpus: {len(documents)} held-back documents, {sum(len(one.sentences) for one in documents)} sentences"
    for model in (None, LEXICAL) if details else (None,):
        yield from measure_reader(load_coder(model=model).reader, documents, with_curve=details)
