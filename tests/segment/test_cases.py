"""Whole articles, invented, in the styles of many outlets: one folder a case."""

import json
from pathlib import Path

import pytest

from dragoman.records import Article
from dragoman.segment import segment_article

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def read_case(folder: Path) -> Article:
    fields = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    with (folder / "input.txt").open(encoding="utf-8", newline="") as source:  # line ends are part of some cases
        return Article(source.read(), **fields)


def test_there_are_cases_in_many_styles():
    assert len(CASES) >= 15


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_article_becomes_the_expected_document(folder: Path):
    document = segment_article(read_case(folder))
    sentences = document.sentences
    numbers = sorted({sentence.paragraph for sentence in sentences})
    dateline = document.dateline
    assert {
        "headline": next((s.span.quote(document.text) for s in sentences if s.is_headline), None),
        "paragraphs": [[s.span.quote(document.text) for s in sentences if s.paragraph == n] for n in numbers],
        "furniture": [[piece.kind, piece.text] for piece in document.furniture],
        "dateline": dateline and {"place": dateline.place, "day": dateline.day, "agency": dateline.agency},
    } == json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_segmenting_the_cleaned_text_again_changes_nothing(folder: Path):
    article = read_case(folder)
    document = segment_article(article)
    for title in (article.title and document.text.split("\n\n")[0], None):
        again = segment_article(Article(document.text, title))
        assert again.text == document.text
        assert [s.span for s in again.sentences] == [s.span for s in document.sentences]
        assert again.furniture == ()
