"""The example of docs/annotation.md, cut from the page, so that page and parser cannot drift apart."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "annotation.md"


def example_text() -> str:
    page = PAGE.read_text("utf-8")
    return page.split("```\n")[1]
