from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import SettingsError
from dragoman.read.decode import WindowScores
from dragoman.read.neural import EMBEDDED, NeuralReader, Pair, weigh_acts
from dragoman.records import Span


def test_missing_weights_are_named_with_what_to_do(tmp_path):
    with pytest.raises(SettingsError, match=r"settings\.json.*--model|network\.onnx.*--model"):
        list(NeuralReader(Path(tmp_path / "nothing")).read([]))


def test_broken_settings_are_named(tmp_path):
    for file in ("network.onnx", "tokenizer.json"):
        (tmp_path / file).write_bytes(b"{}")
    (tmp_path / "settings.json").write_text("{}", "utf-8")
    with pytest.raises(SettingsError, match="weights cannot be used"):
        _ = NeuralReader(tmp_path)._settings


def test_acts_between_two_spans_are_weighed_by_their_links():
    n_words, n_types = 5, 3
    tags = np.full((n_words, n_types + 2), -9.0, dtype=np.float32)
    tags[:, 0] = 0.0
    tags[2, 0], tags[2, 2] = -9.0, 5.0  # word 2 names an act of the second type
    starts = np.full((n_words, n_words, 5), -9.0, dtype=np.float32)
    starts[2, 0, 0] = starts[2, 4, 1] = 9.0  # from word 0 to word 4
    nothing = np.zeros((n_words, n_words, 5), dtype=np.float32)
    scores = WindowScores(nothing, tags, tags, tags, tags, starts, nothing, tags)
    forth, back = weigh_acts(scores, (0, 0), (4, 4)), weigh_acts(scores, (4, 4), (0, 0))
    assert forth.argmax() == 1
    assert forth[1] > 0.9
    assert back.sum() < 0.01


@pytest.mark.skipif(not EMBEDDED.is_dir(), reason="a build without weights")
def test_a_pair_gets_a_distribution_that_follows_its_direction():
    text = "Kenya condemned Uganda, which had bombed a village in Kenya."
    forth = Pair(text, Span(0, 5), Span(16, 22))
    (answer,) = NeuralReader().relate([forth])
    assert sum(answer.values()) == pytest.approx(1, abs=1e-4)
    assert max(answer, key=answer.get) == "ACCUSE"
