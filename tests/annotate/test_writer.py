from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.annotate.form import MarkedDocument, parse_documents
from dragoman.annotate.writer import write_document, write_documents

CORPUS = Path(__file__).parents[2] / "corpus" / "invented"
FILES = sorted(CORPUS.rglob("*.txt"))


def _plain(document: MarkedDocument) -> MarkedDocument:
    """Without where it was read."""
    return replace(document, origin="", events=tuple(replace(event, line=0) for event in document.events))


def _read(text: str, name: str) -> list[MarkedDocument]:
    documents = list(parse_documents(text, name))
    assert all(isinstance(one, MarkedDocument) for one in documents), documents
    return [one for one in documents if isinstance(one, MarkedDocument)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_written_reads_as_the_same_document(file: Path) -> None:
    for document in _read(file.read_text("utf-8"), file.name):
        (again,) = _read(write_document(document), "again")
        assert _plain(again) == _plain(document)


def test_a_file_holds_several_documents() -> None:
    documents = _read(FILES[0].read_text("utf-8"), "file")
    again = _read(write_documents(documents), "again")
    assert [one.id for one in again] == [one.id for one in documents]


def test_brackets_in_the_text_stay_text() -> None:
    text = "=== inv-x-1\n\n| He \\[sic\\] {e1 asked \\{twice\\}} back\\\\slash\n  e1 REQUEST actual A=?\n"
    (document,) = _read(text, "file")
    assert "[sic]" in document.text and "{twice}" in document.text
    assert _plain(_read(write_document(document), "again")[0]) == _plain(document)
