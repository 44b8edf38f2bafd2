from dragoman.annotate import check_files, describe_balance
from tests.annotate.example import example_text


def test_a_folder_is_checked_file_by_file_and_bad_files_are_named(tmp_path):
    (tmp_path / "a.txt").write_text(example_text(), "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00broken")
    checked = check_files([tmp_path, tmp_path / "missing.txt"])
    assert [document.id for document in checked.documents] == ["inv-sea-0042"]
    assert len(checked.problems) == 2
    assert "b.txt" in checked.problems[0]
    assert "missing.txt" in checked.problems[1]


def test_balance_counts_every_code_and_names_the_missing_ones(tmp_path):
    (tmp_path / "a.txt").write_text(example_text(), "utf-8")
    lines = dict(line.split(": ", 1) for line in describe_balance(check_files([tmp_path]).documents))
    assert lines["n_sentences"] == "4"
    assert lines["n_event_free_sentences"] == "1"
    assert "ACCUSE 2" in lines["types"]
    assert "PROTEST 0" in lines["types"]
    assert "ASSAULT.crowd-control 2" in lines["modes"]
