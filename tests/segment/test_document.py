import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import EmptyArticle
from dragoman.records import Article, Document, Rejection
from dragoman.segment import segment_article, segment_articles

NEWS = "The army left the town on Friday. Nobody was hurt."


def check_offsets(document: Document) -> None:
    position = 0
    for index, sentence in enumerate(document.sentences):
        assert sentence.index == index
        assert document.text[position : sentence.span.start].strip() == ""
        assert sentence.span.quote(document.text).strip() == sentence.span.quote(document.text) != ""
        assert document.sentence_at(sentence.span.start) == sentence
        position = sentence.span.end
    assert document.text[position:] == ""
    assert document.text == document.text.strip()
    assert all(0 <= piece.position <= len(document.text) for piece in document.furniture)
    paragraphs = document.text.split("\n\n")
    assert {sentence.paragraph for sentence in document.sentences} == set(range(len(paragraphs)))


def test_the_headline_is_sentence_0():
    document = segment_article(Article(NEWS, "Army leaves town. Nobody hurt"))
    first = document.sentences[0]
    assert (first.is_headline, first.paragraph, first.span.quote(document.text)) == (
        True,
        0,
        "Army leaves town. Nobody hurt",
    )
    assert [sentence.is_headline for sentence in document.sentences[1:]] == [False, False]


def test_a_title_that_the_body_repeats_stands_once():
    document = segment_article(Article("ARMY LEAVES TOWN\n\nBy Jane Q. Doe\n\n" + NEWS, "Army leaves town"))
    assert document.text == "Army leaves town\n\n" + NEWS


def test_a_first_sentence_that_begins_with_the_title_stays():
    document = segment_article(Article("Army leaves town on Friday. So it said.", "Army leaves town"))
    assert document.text == "Army leaves town\n\nArmy leaves town on Friday. So it said."


def test_without_a_title_a_first_line_without_a_full_stop_is_the_headline():
    assert segment_article(Article("Army leaves town\n\n" + NEWS)).sentences[0].is_headline
    assert not segment_article(Article(NEWS + "\n\n" + NEWS)).sentences[0].is_headline
    assert not segment_article(Article("Army leaves town")).sentences[0].is_headline


def test_the_outlets_name_leaves_the_title():
    document = segment_article(Article(NEWS, "Army leaves town | The Daily", outlet="The Daily"))
    assert document.text == "Army leaves town\n\n" + NEWS


@pytest.mark.parametrize("text", ["", " \n\n\t", "\u200b\ufeff", "Photo: AP", "Advertisement\n\nRead more: x", "???"])
def test_an_article_of_which_nothing_is_left_is_refused(text: str):
    with pytest.raises(EmptyArticle, match=r"news\.jsonl:17: nothing is left to read"):
        segment_article(Article(text, origin="news.jsonl:17"))


def test_an_empty_body_is_refused_even_under_a_title():
    with pytest.raises(EmptyArticle):
        segment_article(Article("", "Army leaves town"))


def test_a_refused_article_comes_out_as_a_rejection_in_its_place():
    articles = [Article(NEWS), Article("", origin="b"), Article(NEWS)]
    one, two, three = segment_articles(articles)
    assert isinstance(one, Document)
    assert isinstance(three, Document)
    assert isinstance(two, Rejection)
    assert (two.origin, two.stage) == ("b", "segment")
    assert "nothing is left" in two.reason


ANY_TEXT = st.text(st.characters(), max_size=300)
LINES = st.lists(st.text(max_size=60), max_size=12).map("\n".join)


@given(st.one_of(ANY_TEXT, LINES), st.one_of(st.none(), ANY_TEXT))
@settings(max_examples=300)
def test_any_text_gives_exact_offsets_and_the_same_again(text: str, title: str | None):
    article = Article(text, title)
    try:
        document = segment_article(article)
    except EmptyArticle:
        return
    check_offsets(document)
    assert segment_article(article) == document
    again = segment_article(Article(document.text, title))
    assert again.text == document.text
    assert again.sentences == document.sentences
    document.text.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    ["The army left. " * 140_000, "\n" * 2_000_000 + NEWS, ("a\n" * 100_000) + NEWS, "x" * 2_000_000, "😀" * 500_000],
    ids=["sentences", "newlines", "short-lines", "letters", "emoji"],
)
def test_two_megabytes_take_linear_time(text: str):
    begun = time.process_time()
    check = segment_article(Article(text))
    assert check.sentences
    assert time.process_time() - begun < 30
