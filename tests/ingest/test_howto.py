"""The how-to page and the table for users, run as they stand."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from dragoman import ingest
from dragoman.ingest import all_formats, formats, read_articles
from dragoman.records import Article, Rejection

DOCS = Path(__file__).parents[2] / "docs"


def test_format_of_the_how_to_is_found_and_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCS / "howto" / "add-a-format.md").read_text("utf-8")
    (snippet,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "minutes.py").write_text(snippet)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    try:
        assert "minutes" in [found.name for found in all_formats()]
        data = b"%%\n2017-08-31\nThe talks ended.\n%%\nsoon\nThe envoy left.\n"
        first, second = read_articles(["-"], stdin=io.BytesIO(data))
    finally:
        sys.modules.pop("dragoman.ingest.formats.minutes", None)
        vars(formats).pop("minutes", None)
    assert isinstance(first, Article)
    assert (first.text, first.published, first.origin) == ("The talks ended.", date(2017, 8, 31), "<stdin>:1")
    assert isinstance(second, Rejection)
    assert second.origin == "<stdin>:2"


def test_table_for_users_names_every_format_and_suffix() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    for found in all_formats():
        row, *_ = [line for line in page.splitlines() if line.startswith(f"| `{found.name}` |")]  # inputs come first
        assert [suffix for suffix in found.suffixes if f"`{suffix}`" not in row] == []


def test_table_for_users_names_every_key() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    keys = yaml.safe_load((Path(ingest.__file__).parent / "fields.yaml").read_text("utf-8"))
    for part, names in keys.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {part} |")]
        assert [name for name in names if f"`{name}`" not in row] == []
