from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dragoman.analyse import is_linked, load_groups, read_side
from dragoman.cli import run
from dragoman.errors import SettingsError
from dragoman.store import open_store

TEXTS = {
    "one": ("2021-06-08", "North Korea fired a ballistic missile into the sea on Tuesday. Japan condemned the launch."),
    "two": ("2021-06-08", "On Tuesday North Korea fired a ballistic missile into the sea, the military in Seoul said."),
    "three": ("2021-06-09", "North Korea fired a ballistic missile on Tuesday. Russia expelled two Polish diplomats."),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    lines = [
        json.dumps({"id": name, "date": day, "text": text, "publication": name}) for name, (day, text) in TEXTS.items()
    ]
    articles = folder / "news.jsonl"
    articles.write_text("\n".join(lines), "utf-8")
    assert run(["ingest", str(articles), "--db", str(folder / "news.db"), "-q", "-j", "1"]) == 0
    return folder / "news.db"


def ask(store: Path, name: str, *options: str) -> list[dict[str, object]]:
    output = store.parent / f"{name}.jsonl"
    assert run([name, "--db", str(store), "-o", str(output), *options]) == 0
    return [json.loads(line) for line in output.read_text("utf-8").splitlines()]


def test_the_most_reported_story_comes_first_and_names_its_reports(store: Path) -> None:
    found = ask(store, "stories", "--relink")
    assert int(str(found[0]["n_reports"])) >= 2
    assert [int(str(one["n_reports"])) for one in found] == sorted(
        (int(str(one["n_reports"])) for one in found), reverse=True
    )
    assert ask(store, "stories", "--relink") == found
    assert all(int(str(one["n_reports"])) >= 2 for one in ask(store, "stories", "--reports", "2"))


def test_an_ingest_links_what_it_kept_unless_told_not_to(store: Path) -> None:
    with open_store(store) as filled:
        assert is_linked(filled)
    articles, young = store.parent / "news.jsonl", store.parent / "young.db"
    given = ["ingest", str(articles), "--db", str(young), "-q", "-j", "1"]
    assert run([*given, "--no-link"]) == 0
    with open_store(young) as filled:
        assert not list(filled.stories())
        assert not is_linked(filled)
    assert run(given) == 0  # nothing to code any more, but to link
    with open_store(young) as filled, open_store(store) as other:
        assert list(filled.stories()) == list(other.stories())


def test_dyads_name_who_acts_on_whom(store: Path) -> None:
    edges = ask(store, "dyads")
    assert ("RUS", "POL") in {(edge["actor"], edge["recipient"]) for edge in edges}
    series = ask(store, "dyads", "--actor", "RUS", "--recipient", "@EU", "--unit", "day", "--by", "quad")
    assert [row["n"] for row in series if row["actor"] == "RUS"] == [1]


def test_a_young_store_raises_no_alerts(store: Path) -> None:
    assert ask(store, "alerts", "--fewest", "1") == []
    assert ask(store, "alerts", "--fewest", "1", "--changes") == []


def test_every_format_is_written(store: Path) -> None:
    for name in ("table", "json", "csv", "parquet"):
        output = store.parent / f"out.{name}"
        assert run(["stories", "--db", str(store), "-f", name, "-o", str(output)]) == 0
        assert output.stat().st_size > 0
    rows = list(csv.DictReader(io.StringIO((store.parent / "out.csv").read_text("utf-8"))))
    assert rows and rows[0]["event"]


@pytest.mark.parametrize(
    "options", [("--unit", "year"), ("--false-alarms", "often"), ("--actor", "nobody"), ("--actor", "@NOWHERE")]
)
def test_wrong_options_are_usage_errors(store: Path, options: tuple[str, str]) -> None:
    assert run(["alerts", "--db", str(store), *options]) == 2


def test_sides_are_read() -> None:
    assert read_side("PRK/MIL").sectors == ("MIL",)
    assert read_side("PRK,CHN").codes == ("PRK", "CHN")
    assert "FRA" in read_side("@EU").codes and "GBR" not in read_side("@EU").codes
    with pytest.raises(SettingsError, match="@EU"):
        read_side("@MARS")


def test_own_groups_go_before_ours(tmp_path: Path) -> None:
    own = tmp_path / "groups.yaml"
    own.write_text("EU: [AAA]\nMINE: [BBB]\n", "utf-8")
    groups = load_groups(own)
    assert (groups["EU"], groups["MINE"]) == (("AAA",), ("BBB",)) and "NATO" in groups
    own.write_text("- just\n- a list\n", "utf-8")
    with pytest.raises(SettingsError, match="groups"):
        load_groups(own)
