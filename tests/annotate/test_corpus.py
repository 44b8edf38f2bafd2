"""The shipped corpus itself is checked: form, codes, links, duplicates."""

from pathlib import Path

import pytest

from dragoman.annotate import check_files

CORPUS = Path(__file__).parents[2] / "corpus"
PARTS = sorted(path for path in CORPUS.iterdir() if path.is_dir())
SECOND = CORPUS / "second"
"""The second reading repeats documents of the first on purpose, so it is checked by itself."""


def test_the_shipped_corpus_has_no_problems():
    checked = check_files([path for path in PARTS if path != SECOND])
    assert checked.problems == ()
    assert checked.documents


@pytest.mark.skipif(not SECOND.exists(), reason="nothing was read twice")
def test_the_second_reading_has_no_problems():
    checked = check_files([SECOND])
    assert checked.problems == ()
    assert checked.documents
