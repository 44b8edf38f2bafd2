"""The shipped corpus itself is checked: form, codes, links, duplicates."""

from pathlib import Path

from dragoman.annotate import check_files

CORPUS = Path(__file__).parents[2] / "corpus"


def test_the_shipped_corpus_has_no_problems():
    checked = check_files([CORPUS])
    assert checked.problems == ()
    assert checked.documents
