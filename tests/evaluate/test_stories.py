from __future__ import annotations

import pytest

from dragoman.errors import SettingsError
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.stories import is_held_back, measure_bcubed, read_clusters


def test_bcubed_of_the_textbook_cases() -> None:
    gold = {"a": "1", "b": "1", "c": "2", "d": "2"}
    assert measure_bcubed(gold, gold).f1 == 1
    together = measure_bcubed(dict.fromkeys(gold, "x"), gold)
    assert (together.precision, together.recall) == (0.5, 1.0)
    alone = measure_bcubed({record: record for record in gold}, gold)
    assert (alone.precision, alone.recall) == (1.0, 0.5)
    assert measure_bcubed({}, {}).f1 == 0


def test_the_corpus_is_of_the_form_and_every_mark_stands_in_its_text() -> None:
    clusters = read_clusters(find_corpus("stories"))
    assert len(clusters) >= 25 and 5 <= sum(map(is_held_back, clusters)) < len(clusters)
    for marked in clusters.values():
        assert 3 <= len(marked) <= 12
        for one in marked:
            assert one.marks
            assert "[" not in one.article.text and all(
                words in f"{one.article.title}\n{one.article.text}" for _, words in one.marks
            )


def test_a_file_of_another_form_is_refused(tmp_path) -> None:
    (tmp_path / "x.yaml").write_text("articles: 3\n", "utf-8")
    with pytest.raises(SettingsError, match="articles"):
        read_clusters(tmp_path)
