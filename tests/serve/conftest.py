from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")

from fastapi.testclient import TestClient

from dragoman.ingest import read_articles
from dragoman.intake import Settings, ingest
from dragoman.records import Article
from dragoman.serve.app import make_app
from dragoman.serve.desk import Desk
from dragoman.store import Store, open_store

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
HOSTILE = Article(
    text="Russia attacked Ukraine on Monday. <script>document.title='owned'</script> <img src=x onerror=alert(1)> \u202eturned\u202c.\n\n"
    "Ukraine accused Russia of shelling Kharkiv. " + "x" * 200_000,
    title="<b>Bold</b> \u202etitle",
    outlet="=cmd|'/c calc'!A1",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "desk.db", create=True) as made:
        for _ in ingest(made, [*read_articles([SAMPLES]), HOSTILE], Settings(model="lexical")):
            pass
        yield made


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, settings=Settings(model="lexical"), token="t" * 24)


@pytest.fixture
def reader(desk: Desk) -> TestClient:
    """Reads without the token."""
    return TestClient(make_app(desk), base_url="http://127.0.0.1:8000")


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """Came by the printed link."""
    opened = TestClient(make_app(desk), base_url="http://127.0.0.1:8000")
    opened.get("/enter", params={"token": desk.token})
    return opened


@pytest.fixture
def form(desk: Desk) -> dict[str, Any]:
    return {"form_token": desk.form_token}
