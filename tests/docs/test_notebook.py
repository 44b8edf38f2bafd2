"""The notebook of the docs, run cell by cell as a reader runs it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "howto"


def _load_cells() -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads((FOLDER / "notebook.ipynb").read_text("utf-8"))["cells"]
    return cells


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell and return the value of its last line, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)  # noqa: S102 - our own page
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names) if last else None  # noqa: S307


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[Any]]:
    names: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(FOLDER)
        patch.setenv("MPLBACKEND", "Agg")
        patch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("notebook")))
        shown = [_run("".join(cell["source"]), names) for cell in _load_cells() if cell["cell_type"] == "code"]
    return names, shown


def test_no_output_is_kept_that_could_grow_stale() -> None:
    assert [cell["id"] for cell in _load_cells() if cell.get("outputs") or cell.get("execution_count")] == []


def test_the_first_cell_shows_evidence_that_stands_in_the_samples(ran: tuple[dict[str, Any], list[Any]]) -> None:
    names, shown = ran
    assert "<mark>" in shown[0]._repr_html_()
    assert len({event.article_id for event in names["events"]}) >= 3
    for event in names["events"]:
        assert event.evidence[0].event_text in names["events"]._texts[event.article_id]


def test_the_second_report_joins_the_first_in_a_story(ran: tuple[dict[str, Any], list[Any]]) -> None:
    names, _ = ran
    (story,) = [one for one in names["retold"] if one.event == "SANCTION"]
    assert (story.event, story.n_reports, len(story.body["articles"])) == ("SANCTION", 2, 2)
    assert story.body["outlets"] == ["Sample Evening News"]  # the first sample is plain text, which names no outlet


def test_the_series_counts_what_was_invented_and_the_plot_is_there(ran: tuple[dict[str, Any], list[Any]]) -> None:
    names, _ = ran
    assert [period.n for period in names["periods"]].count(14) == 1
    assert sum(period.n for period in names["periods"]) == len(names["invented"])
    assert (names["folder"] / "dyad.png").stat().st_size > 1000


def test_the_invented_rise_is_the_alert(ran: tuple[dict[str, Any], list[Any]]) -> None:
    names, _ = ran
    found = [(alert.matter, alert.alarm.direction, alert.alarm.start.isoformat()) for alert in names["alerts"]]
    assert ("conflict", "rise", "2022-10-01") in found


def test_the_last_cell_reads_back_the_parquet(ran: tuple[dict[str, Any], list[Any]]) -> None:
    _, shown = ran
    assert list(shown[-1].columns) == ["date", "event", "status"]
    assert set(shown[-1]["status"]) == {"actual"}
