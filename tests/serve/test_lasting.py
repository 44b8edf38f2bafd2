"""What stays right: corrections when articles are coded anew, pages while others write, decisions on stories."""

from __future__ import annotations

import threading
from typing import Any

from fastapi.testclient import TestClient

from dragoman.intake import Settings, ingest
from dragoman.records import Article
from dragoman.serve import amend
from dragoman.store import Coding, Filter, Member, RunKey, Store, StoredStory


def test_corrections_and_added_events_survive_coding_anew(
    client: TestClient, store: Store, form: dict[str, Any]
) -> None:
    article = next(one for one in store.articles() if "mended nets" in one.text)
    before = store.records_of(article.id)
    amend.change_field(store, before[0].record["id"], "context", ["lgbt"], who="Ada")
    amend.change_field(store, before[1].record["id"], "struck", ["yes"], who="Ada")
    start = article.text.index("mended nets")
    client.post(f"/add/{article.id}", data={**form, "start": str(start), "end": str(start + 6), "event": "AID"})
    events = tuple(one.event for one in ingested(store, article.id))
    run = store.start_run(RunKey("dragoman 9", "another", "plover-2.0"))
    store.keep(run, [Coding(Article(text=article.text, title=article.title), article.id, article.text, events)])
    after = store.records_of(article.id)
    assert {one.run for one in after} == {run.id}
    assert after[0].record["context"] == ["lgbt"] and after[1].is_struck
    page = client.get(f"/article/{article.id}").text
    assert page.count("added by hand") == 1 and "no event" in page
    assert store.count(Filter(context=("lgbt",))) == 1


def test_an_added_event_has_its_words_as_evidence_and_takes_corrections(
    client: TestClient, store: Store, form: dict[str, Any]
) -> None:
    article = next(one for one in store.articles() if "mended nets" in one.text)
    start = article.text.index("mended nets")
    client.post(f"/add/{article.id}", data={**form, "start": str(start), "end": str(start + 6), "event": "AID"})
    (added,) = store.records(Filter(source=(amend.HAND,)))
    (evidence,) = added.record["evidence"]
    assert evidence["event_text"] == "mended"
    assert article.text[evidence["anchor_start"] : evidence["anchor_end"]] == "mended"
    assert "mended nets" in article.text[evidence["start"] : evidence["end"]] and evidence["sentence"] > 0
    amend.change_field(store, added.record["id"], "status", ["negated"], who="Ada")
    assert store.find_record(added.record["id"]).record["status"] == "negated"
    assert next(iter(store.records(Filter(source=(amend.HAND,))))).record["status"] == "negated"
    assert store.count(Filter(source=(amend.HAND,), status=("negated",))) == 1
    assert {one.record["status"] for one in store.records_of(article.id)} != {"negated"}
    assert f"/article/{article.id}#{added.record['id']}" in client.get("/search?source=desk").text
    client.post(f"/undo/correction/{store.corrections()[-1].number}", data=form)
    assert store.count(Filter(source=(amend.HAND,), status=("actual",))) == 1


def ingested(store: Store, article_id: str) -> list[Any]:
    return [one for one in store.records_of(article_id)]


def test_pages_answer_while_an_ingest_writes(client: TestClient, store: Store) -> None:
    articles = [
        Article(text=f"France condemned Russia on Tuesday over the {number} ships. Russia rejected the accusation.", url=f"https://example.org/{number}")
        for number in range(120)
    ]  # fmt: skip
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for _ in ingest(store, articles, Settings(model="lexical")):
                pass
        except BaseException as error:  # noqa: BLE001 - told by the test below
            faults.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    totals = []
    while writer.is_alive():
        for path in ("/search?copies=1", "/search/facets", "/today?days=30", "/network", "/timeline"):
            assert client.get(path).status_code == 200
        totals.append(store.count(Filter(with_copies=True)))
    writer.join()
    assert faults == [] and totals == sorted(totals)
    assert f"{store.count(Filter(with_copies=True))} records" in client.get("/search?copies=1").text
    assert store.check() == ()


def test_stories_are_joined_and_split_and_each_can_be_undone(
    client: TestClient, store: Store, form: dict[str, Any]
) -> None:
    one, other = list(store.records())[:2]
    story = StoredStory(
        "s-1", one.number, (Member(one.number, 1.0, ""), Member(other.number, 0.8, "")), "2024-01-01", "2024-01-01", "AID", 2, 2, {}
    )  # fmt: skip
    store.put_stories([story])
    assert "Another event" in client.get("/story/s-1").text
    given = {**form, "first": one.record["id"], "second": other.record["id"], "back": "/story/s-1", "who": "Ada"}
    for action in ("join", "split"):
        answer = client.post("/decide", data={**given, "action": action}, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"] == "/story/s-1"
    assert [(kept.action, kept.who, kept.first) for kept in store.decisions()] == [
        ("join", "Ada", one.key),
        ("split", "Ada", one.key),
    ]
    client.post(f"/undo/decision/{store.decisions()[0].number}", data=form)
    assert [kept.action for kept in store.decisions()] == ["split"]
