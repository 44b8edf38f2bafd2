"""The held-back ones of the annotated Wikinews articles: real news. The texts lie beside the project, not in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.annotate.form import MarkedDocument
from dragoman.annotate.split import Part, choose_part
from dragoman.annotate.standoff import WIKINEWS_FOLDER, load_wikinews
from dragoman.errors import SettingsError
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.readings import measure_reader
from dragoman.pipeline import LEXICAL, load_coder


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the figures of the embedded reader on the annotated articles; with details, those of the first reader too."""
    if not (folder / WIKINEWS_FOLDER).is_dir():
        raise SettingsError("Wikinews articles", where=str(folder), got="none", fix="name their folder with --data")
    articles = [one for one in load_wikinews(find_corpus("wikinews"), folder) if isinstance(one, MarkedDocument)]
    documents = [one for one in articles if choose_part(one.id) is Part.HELD_BACK]
    yield f"wikinews: {len(documents)} held-back articles, {sum(len(one.sentences) for one in documents)} sentences"
    for model in (None, LEXICAL) if details else (None,):
        yield from measure_reader(load_coder(model=model).reader, documents)
