"""The pages that tell the ontology are made from it, and the how-to does what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.ontology import FaultyOntology, load_ontology

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "howto" / "add-an-event-type.md"
PAGE = ROOT / "docs" / "ontology.md"


def find_block(language: str) -> str:
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    return blocks[0]


def test_the_pages_are_fresh() -> None:
    script = ROOT / "scripts" / "write_ontology_page.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_page_tells_every_code() -> None:
    page, ontology = PAGE.read_text("utf-8"), load_ontology()
    modes = [mode for kind in ontology.types.values() for mode in kind.modes]
    assert all(f"### {code}\n" in page for code in ontology.types)
    assert all(f"| `{code}` |" in page for code in [*modes, *ontology.contexts, *ontology.sectors, *ontology.statuses])


def test_no_cell_breaks_a_table() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} <= {3, 5, 6}


def test_the_how_to_runs(tmp_path: Path) -> None:
    (tmp_path / "elections.yaml").write_text(find_block("yaml"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", find_block("python")], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_error_that_the_how_to_quotes_is_the_one_that_comes(tmp_path: Path) -> None:
    path = tmp_path / "elections.yaml"
    path.write_text(find_block("yaml").replace("score: 1  ", "score: high  "), "utf-8")
    with pytest.raises(FaultyOntology) as caught:
        load_ontology(path)
    assert f"`{caught.value}`" in HOW_TO.read_text("utf-8")
