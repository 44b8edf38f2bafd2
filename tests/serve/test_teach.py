from __future__ import annotations

from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.writer import write_documents
from dragoman.serve import amend
from dragoman.serve.teach import teach
from dragoman.store import Store


def test_nothing_corrected_teaches_nothing(store: Store) -> None:
    assert teach(store).documents == ()


def test_what_an_analyst_changed_struck_and_added_is_what_the_document_says(store: Store, tmp_path: Path) -> None:
    article = next(one for one in store.articles() if "mended nets" in one.text)
    changed, struck, *others = store.records_of(article.id)
    amend.change_field(store, changed.record["id"], "event", ["AID"], who="Ada")
    amend.change_field(store, changed.record["id"], "mode", [], who="Ada")
    amend.change_field(store, changed.record["id"], "status", ["hypothetical"], who="Ada")
    amend.change_field(store, struck.record["id"], "struck", ["yes"], who="Ada")
    start = article.text.index("mended nets")
    form = {"start": str(start), "end": str(start + 6), "event": "COOPERATE", "status": "negated"}
    amend.add_event(store, article, form, who="Ada")
    taught = teach(store)
    assert taught.left_out == ()
    (document,) = taught.documents
    words = {one.event: one.span.quote(document.text) for one in document.triggers}
    told = {(one.type, one.status, words[one.event]) for one in document.events}
    assert ("AID", "hypothetical", changed.record["evidence"][0]["event_text"].split()[-1]) in {
        (kind, status, quoted.split()[-1]) for kind, status, quoted in told
    }
    assert ("COOPERATE", "negated", "mended") in told
    assert len(document.events) == len(others) + 2
    file = tmp_path / "corrected.txt"
    file.write_text(write_documents(taught.documents), "utf-8")
    checked = check_files([file])
    assert checked.problems == () and checked.documents[0].text == document.text


def test_times_are_marked_and_given_to_the_events_that_they_date(store: Store) -> None:
    article = next(one for one in store.articles() if "mended nets" in one.text)
    for stored in store.records_of(article.id)[:1]:
        amend.change_field(store, stored.record["id"], "status", ["negated"], who="Ada")
    (document,) = teach(store).documents
    times = {one.entity: one.span.quote(document.text) for one in document.mentions if one.kind == "time"}
    assert times and len(set(times)) == len([one for one in document.mentions if one.kind == "time"])
    assert not set(times) & {one.number for one in document.entities}
    dated = [one for one in document.events if "T" in one.roles]
    assert dated and all(one.date and set(one.roles["T"]) <= set(times) for one in dated)
