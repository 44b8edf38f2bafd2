from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.serve.guard import POLICY
from dragoman.store import Filter, Store

VIEWS = [
    "/",
    "/today?days=3660",
    "/search?q=talks&status=actual",
    "/timeline",
    "/pair?a=EST&b=RUS&unit=week",
    "/pair",
    "/network?size=200",
    "/map",
    "/paste",
]
VIEWS += [
    "/changes",
    "/today/alarms",
    "/search?source=own",
    "/health",
    "/api/openapi.json",
    "/api/records",
    "/api/facets",
    "/api/series",
    "/api/timeline",
]
VIEWS += [
    "/api/network",
    "/api/map",
    "/api/stories",
    "/api/corrections",
    "/api/pair?a=EST&b=RUS",
    "/api/alarms?since=2024-01-01&until=2024-02-01",
]
VIEWS += [
    f"/download/{view}.{kind}"
    for view in ("search", "today", "timeline", "network", "map")
    for kind in ("csv", "json", "parquet")
]


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_answers_and_may_load_nothing_from_elsewhere(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY
    if path.startswith("/api/") is False and "html" in answer.headers["content-type"]:
        assert "<script>" not in answer.text and " style=" not in answer.text and 'src="http' not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/article/../../etc/passwd",
        "/article/a-0",
        "/search?since=yesterday",
        "/network?size=9000",
        "/search?after=x",
        "/story/s-1",
    ],
)
def test_what_cannot_be_shown_says_why(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code in (404, 422)


def test_hostile_text_stays_text(reader: TestClient, store: Store) -> None:
    hostile = next(one for one in store.articles(limit=50) if "owned" in one.text)
    page = reader.get(f"/article/{hostile.id}").text
    assert "<script>document" not in page and "onerror=alert(1)>" not in page
    assert "&lt;script&gt;" in page and "\u202e" not in page and "U+202E" in page and "is not shown" in page


def test_another_name_is_refused(reader: TestClient) -> None:
    assert reader.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}])
def test_other_sites_cannot_write(
    client: TestClient, reader: TestClient, store: Store, form: dict[str, Any], headers: dict[str, str]
) -> None:
    record = next(iter(store.records()))
    change = {"field": "status", "status": "negated"}
    given = {**change, **(form if headers else {})}
    assert client.post(f"/correct/{record.record['id']}", data=given, headers=headers).status_code == 403
    assert reader.post(f"/correct/{record.record['id']}", data={**change, **form}).status_code == 403
    assert not store.corrections()


def test_a_change_is_kept_and_undone(client: TestClient, store: Store, form: dict[str, Any]) -> None:
    record = next(one for one in store.records() if one.record["status"] == "actual")
    name = record.record["id"]
    given = {
        **form,
        "field": ["status", "actor", "date"],
        "status": "negated",
        "actor": "FRA GOV | France",
        "date": "2020-02-03",
        "who": "Ada",
    }
    answer = client.post(f"/correct/{name}", data=given, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    changed = store.find_record(name)
    assert changed is not None
    assert (changed.record["status"], changed.record["actor"][0]["code"], changed.record["date"]) == (
        "negated",
        "FRA",
        "2020-02-03",
    )
    log = store.corrections()
    assert {one.who for one in log} == {"Ada"}
    client.post(f"/undo/correction/{log[0].number}", data=form)
    assert store.corrections()[0].undone


def test_a_missed_event_is_added_once(client: TestClient, store: Store, form: dict[str, Any]) -> None:
    article = store.articles(limit=1)[0]
    given = {**form, "start": "0", "end": "5", "event": "AID", "actor": "EST GOV | Estonia"}
    for _ in range(2):
        assert client.post(f"/add/{article.id}", data=given, follow_redirects=False).status_code == 303
    assert store.count(Filter(source=("desk",))) == 1
    assert "AID" in client.get(f"/article/{article.id}").text


def test_pasted_text_is_coded_and_not_kept(client: TestClient, store: Store, form: dict[str, Any]) -> None:
    before = store.info()
    assert client.get("/paste").status_code == 200
    text = "France condemned Russia on Tuesday. Russia rejected the accusation."
    page = client.post("/paste", data={**form, "text": text, "published": "2024-03-06"})
    assert page.status_code == 200 and "ACCUSE" in page.text
    assert store.info() == before
    assert client.post("/paste", data=form, files={"file": ("../../x.exe", b"MZ")}).status_code == 422
    assert client.post("/paste", content=b"x" * 5_000_000).status_code == 413


def test_formulas_are_disarmed(reader: TestClient) -> None:
    assert ",=cmd" not in reader.get("/download/search.csv").text
