from pathlib import Path

import pytest

from dragoman.errors import SettingsError
from dragoman.read.neural import NeuralReader


def test_missing_weights_are_named_with_what_to_do(tmp_path):
    with pytest.raises(SettingsError, match=r"settings\.json.*--model|network\.onnx.*--model"):
        list(NeuralReader(Path(tmp_path / "nothing")).read([]))


def test_broken_settings_are_named(tmp_path):
    for file in ("network.onnx", "tokenizer.json"):
        (tmp_path / file).write_bytes(b"{}")
    (tmp_path / "settings.json").write_text("{}", "utf-8")
    with pytest.raises(SettingsError, match="weights cannot be used"):
        _ = NeuralReader(tmp_path)._settings
