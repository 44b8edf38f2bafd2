"""Requests drawn from the desk's own OpenAPI description: none may end in a server error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.ingest import read_articles
from dragoman.intake import Settings, ingest
from dragoman.serve.app import make_app
from dragoman.serve.desk import Desk
from dragoman.store import open_store
from tests.serve.conftest import SAMPLES

TOKEN = "t" * 24


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("schema") / "desk.db"
    with open_store(path, create=True) as store:
        for _ in ingest(store, read_articles([SAMPLES]), Settings(model="lexical")):
            pass
        app = make_app(Desk(store, settings=Settings(model="lexical"), token=TOKEN))
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"Host": "127.0.0.1"})


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_request_ends_in_a_server_error(described: Any, data: st.DataObject) -> None:
    for operation in described.get_all_operations():
        case = data.draw(operation.ok().as_strategy())
        answer = case.call(headers={"Host": "127.0.0.1", "Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code in (200, 201, 400, 403, 404, 405, 413, 421, 422), (
            f"{case.as_curl_command()}: {answer.text}"
        )
