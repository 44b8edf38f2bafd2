import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.errors import EmptyArticle, InputError
from dragoman.export import build_schema, event_to_record
from dragoman.export.record import event_to_line
from dragoman.ontology import load_ontology
from dragoman.pipeline import Coded, Coder, load_coder
from dragoman.records import Article, Reading, Rejection

CODER = load_coder()
VALIDATOR = jsonschema.Draft202012Validator(build_schema(load_ontology()))
NEWS = (
    "Hungary expelled two Serbian diplomats on Monday. Serbia condemned the move and summoned the Hungarian ambassador."
)
SENTENCES = (
    "Kenya condemned the attack on Mali.",
    "Police arrested protesters in Paris on Tuesday.",
    "“We will not sign,” President Jean Exemple said.",
    "The U.S. imposed sanctions on Iran last week…",
    "Bild: APA/Müller",
    "Read more: why",
    "𝕱𝖗𝖊𝖓𝖈𝖍 troops left Chad — Ñ \u200fשלום\u200f.",
)
articles = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=40)), max_size=8).map("\n\n".join),
)


def quotes_of(record, text):
    """Yield every (quoted, text[start:end]) of a record."""
    parties = [*record["actor"], *record["recipient"], *([record["speaker"]] if record["speaker"] else [])]
    for party in parties:
        if party["start"] is not None:
            yield party["text"], text[party["start"] : party["end"]]
    if record["event_loc"]:
        yield record["event_loc"]["text"], text[record["event_loc"]["start"] : record["event_loc"]["end"]]
    for evidence in record["evidence"]:
        yield evidence["event_text"], text[evidence["anchor_start"] : evidence["anchor_end"]]
        assert evidence["start"] <= evidence["anchor_start"] < evidence["anchor_end"] <= evidence["end"]


@settings(max_examples=150, deadline=None)
@given(articles, st.one_of(st.none(), st.text(max_size=60)))
def test_records_of_any_article_validate_and_quote_exactly(text, title):
    (outcome,) = CODER.code_articles([Article(text, title, date(2021, 3, 4))])
    if isinstance(outcome, Rejection):
        assert outcome.stage == "segment", outcome.reason
        return
    for event in outcome.events:
        record = event_to_record(event)
        VALIDATOR.validate(record)
        for quoted, found in quotes_of(record, outcome.document.text):
            assert quoted == found


def test_a_plain_report_is_coded():
    events = dragoman.load().code(NEWS, published="2024-03-06")
    (expelled,) = [event for event in events if event.event == "SANCTION"]
    assert [actor.code for actor in expelled.actor] == ["HUN"]
    assert expelled.moment.date == date(2024, 3, 4)
    assert expelled.mode == ("expel",)
    assert expelled.why


def test_same_article_gives_same_bytes_in_any_company_and_order():
    one, two = Article(NEWS, published=date(2024, 3, 6)), Article("\n\n".join(SENTENCES), "Title", date(2021, 3, 4))
    filler = [
        Article(f"Chad thanked Niger {number} times on Monday.", published=date(2020, 1, 1)) for number in range(70)
    ]

    def lines(given):
        return {
            outcome.document.article.text: [event_to_line(event) for event in outcome.events]
            for outcome in CODER.code_articles(given)
            if isinstance(outcome, Coded)
        }

    alone = lines([one]) | lines([two])
    together = lines([two, *filler, one])
    assert alone == {text: together[text] for text in alone}
    assert all(alone.values())


def test_ids_are_unique_within_an_article():
    (outcome,) = CODER.code_articles([Article("\n\n".join(SENTENCES * 3), None, date(2021, 3, 4))])
    ids = [event.id for event in outcome.events]
    assert len(ids) == len(set(ids)) > 2


def test_outcomes_keep_the_order_of_the_inputs_and_rejections_pass_through():
    broken = Rejection("b.txt", "ingest", "broken")
    outcomes = list(
        CODER.code_articles([Article(NEWS, published=date(2024, 3, 6)), broken, Article("  "), Article(NEWS)])
    )
    assert [type(outcome) for outcome in outcomes] == [Coded, Rejection, Rejection, Coded]
    assert outcomes[1] is broken


def test_without_a_day_of_publication_dates_stay_open():
    (outcome,) = CODER.code_articles([Article(NEWS)])
    assert {event.moment for event in outcome.events} == {None}


@dataclass(frozen=True)
class BrittleReader:
    """Breaks on one article, batch or not."""

    name: str = "brittle"

    def read(self, documents):
        for document in documents:
            if "poison" in document.text:
                raise ZeroDivisionError("poison")
            yield Reading(document)


def test_an_article_that_breaks_the_reader_takes_nobody_along():
    coder = Coder(BrittleReader(), CODER.resolver, CODER.ontology)
    outcomes = list(coder.code_articles([Article("Fine."), Article("A poison.", origin="p.txt"), Article("Fine too.")]))
    assert [type(outcome) for outcome in outcomes] == [Coded, Rejection, Coded]
    assert (outcomes[1].origin, outcomes[1].stage) == ("p.txt", "read")
    assert "ZeroDivisionError" in outcomes[1].reason


@pytest.mark.parametrize(
    "published",
    [
        "2024-03-05T23:30:00-08:00",
        "2024-03-05T00:30:00+12:00",
        datetime(2024, 3, 5, 23, 30, tzinfo=timezone(timedelta(hours=-8))),
        datetime(2024, 3, 5, 0, 30, tzinfo=timezone(timedelta(hours=12))),
        date(2024, 3, 5),
    ],
)
def test_the_outlets_own_time_zone_rules_the_weekday(published):
    events = CODER.code("Chad warned Niger on Monday.", published=published)
    assert [event.moment.date for event in events] == [date(2024, 3, 4)]
    assert events[0].cite.published == date(2024, 3, 5)
    assert type(events[0].cite.published) is date


@pytest.mark.parametrize(("text", "published", "error"), [("", None, EmptyArticle), ("Fine.", "yesterday", InputError)])
def test_faulty_calls_raise_what_they_are(text, published, error):
    with pytest.raises(error):
        CODER.code(text, published=published)


def test_a_very_long_article_takes_time_in_proportion():
    def seconds(n_sentences):
        text = "Kenya condemned Sudan on Monday. It warned them against sanctions. " * n_sentences
        began = time.process_time()
        (outcome,) = load_coder(model="lexical").code_articles([Article(text, published=date(2020, 1, 1))])
        assert isinstance(outcome, Coded)
        return time.process_time() - began

    seconds(20)
    short, long = seconds(500), seconds(4000)
    assert long < 8 * short * 2
