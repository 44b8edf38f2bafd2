import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.store import Filter
from dragoman.store.search import cut_words, mark_words, parse_query
from tests.store.sample import RUN, make_coding

TEXTS = {
    1: "The minister met the envoy in Zürich. Talks on water went on.",
    2: "The envoy, the minister said, had left. It's over: 3,000 troops.",
    3: "O'Brien's talks-about-talks failed; naïve hopes of ZURICH.",
    4: "Nothing of the kind <b>happened</b> here, 'or' there & everywhere.",
}


@pytest.fixture
def filled(store):
    store.keep(store.start_run(RUN), [make_coding(n, text=text) for n, text in TEXTS.items()])
    return store


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("minister", {1, 2}),
        ("MINISTER envoy", {1, 2}),
        ('"the envoy"', {1, 2}),
        ('"met the envoy"', {1}),
        ("zurich", {1, 3}),
        ("Zürich", {1, 3}),
        ("naive", {3}),
        ("talk*", {1, 3}),
        ("talks -water", {3}),
        ("-water -talks minister", {2}),
        ("troops 000", {2}),
        ("o'brien's", {3}),
        ("'or' & <b>", {4}),
        ("NOT OR AND", set()),
        ("min*ster", set()),
        ('"unclosed talks', set()),
        ("words:x", set()),
        ("absent", set()),
    ],
)
def test_both_databases_find_the_same(filled, query, numbers):
    found = {n for n, text in TEXTS.items() for hit in filled.search(query) if hit.article.text == text}
    assert found == numbers
    assert filled.count(Filter(text=query)) == len(numbers)


def test_hits_are_offsets_that_quote_the_words(filled):
    (hit,) = filled.search('"met the envoy" zurich')
    assert [mark.quote(hit.article.text) for mark in hit.marks] == ["met the envoy", "Zürich"]
    assert hit.excerpt.covers(hit.marks[0])


def test_a_search_sees_the_latest_text_only(filled):
    from tests.store.sample import LATER_RUN

    coding = make_coding(1, text=TEXTS[1])
    newer = type(coding)(coding.article, coding.article_id, "All is new.", coding.events, None)
    filled.keep(filled.start_run(LATER_RUN), [newer])
    assert filled.search("water") == ()
    assert [hit.article.text for hit in filled.search("new")] == ["All is new."]


@pytest.mark.parametrize("query", ["", " ", "-only", '""', "*", "...", "\0"])
def test_a_search_for_nothing_is_told(filled, query):
    with pytest.raises(SettingsError, match="search"):
        filled.search(query)


@given(st.text(max_size=60))
def test_no_query_is_a_statement(query):
    try:
        terms = parse_query(query)
    except SettingsError:
        return
    for term in terms:
        assert all(word.isalnum() for word in term.words)


@given(st.text(max_size=200))
def test_words_stand_where_they_are_said_to(text):
    for word, span in cut_words(text):
        assert word
        assert 0 <= span.start < span.end <= len(text)
    excerpt, marks = mark_words(text, parse_query("a*"))
    assert all(excerpt.covers(mark) for mark in marks)


@pytest.mark.parametrize("text", ["a" * 3_000_000, "a " * 300_000, "x\u0301" * 100_000])
def test_a_hostile_text_is_indexed(store, text):
    store.keep(store.start_run(RUN), [make_coding(1, text=text + " needle")])
    assert len(store.search("needle")) == 1


def test_any_query_is_answered_or_told_by_the_database(filled):
    for query in (
        "'",
        '"',
        ")",
        "a:*",
        "!!",
        "a <-> b",
        "NEAR(a b)",
        "a^2",
        "{a}",
        "col:x",
        "\\",
        "a\u0000b",
        "é" * 2000,
    ):
        try:
            filled.search(query)
        except SettingsError as error:
            assert "search" in str(error)
