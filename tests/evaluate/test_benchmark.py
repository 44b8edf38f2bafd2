import pytest

from dragoman.errors import SettingsError
from dragoman.evaluate import list_benchmarks, run_benchmarks


def test_a_benchmark_whose_data_is_missing_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dragoman.evaluate.corpus._BESIDE_THE_SOURCE", tmp_path / "nothing")
    lines = list(run_benchmarks([], tmp_path, details=False))
    not_run = {line.split(":")[0] for line in lines if ": not run: " in line}
    # The questions on office holders come with the tests; all others need the corpus or the shared data.
    assert not_run == {*list_benchmarks()} - {"offices"}


def test_a_named_benchmark_whose_data_is_missing_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="--data"):
        list(run_benchmarks(["seed"], tmp_path, details=False))


def test_an_unknown_benchmark_is_told_with_those_there_are(tmp_path):
    with pytest.raises(SettingsError, match="seed"):
        list(run_benchmarks(["nonsense"], tmp_path, details=False))


def test_the_corpus_benchmark_compares_both_readers():
    lines = list(run_benchmarks(["corpus"], None, details=True))
    assert sum("actor links" in line for line in lines) == 2
    assert any("reader-lexical" in line for line in lines)
