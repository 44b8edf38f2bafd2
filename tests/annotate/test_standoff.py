import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.form import MarkedDocument, parse_documents
from dragoman.annotate.standoff import from_standoff, load_wikinews, to_standoff, write_standoff
from dragoman.errors import AnnotationError
from tests.annotate.example import example_text

SHARED = Path("/work/shared")
STORED = Path(__file__).parents[2] / "corpus" / "wikinews"
URL = "https://news.example/1"
HEAD = f"=== wn-x-0001\npublished: 2020-01-01\noutlet: Wikinews\nurl: {URL}\n\n"


def parse_one(form):
    (document,) = parse_documents(form, "x.txt")
    assert isinstance(document, MarkedDocument), document
    return document


def forget_lines(document):
    """The document without its places in a file, and the URL that storage adds."""
    events = tuple(replace(event, line=0) for event in document.events)
    return replace(document, origin="", events=events, head={**document.head, "url": URL})


def spoil_spaces(document):
    """Title and text of an article with the document's sentences, untidily spaced, and furniture between them."""
    sentences = [sentence.span.quote(document.text) for sentence in document.sentences]
    title, *body = sentences if document.sentences[0].is_headline else ["Another title", *sentences]
    return title, "Tuesday\xa0\n\n\n" + "\n\n Picture: a harbour. \n".join(
        text.replace(" ", " \xa0\n") for text in body
    )


def test_example_of_the_page_goes_round():
    document = parse_one(example_text())
    title, text = spoil_spaces(document)
    stored = json.loads(write_standoff(to_standoff(document, text, title, URL)))
    assert forget_lines(from_standoff(stored, title, text)) == forget_lines(document)


WORD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=6).map(
    lambda word: "".join(f"\\{letter}" if letter in "[]{}\\" else letter for letter in word)
)


@st.composite
def sentences(draw, letter="|"):
    words = draw(st.lists(WORD, min_size=1, max_size=6))
    marked = [
        draw(st.sampled_from(["{w}", "[S1 {w}]", "[R2 a [S1 {w}]]", "{{e1 {w}}}"])).format(w=word) for word in words
    ]
    return f"{letter} {' '.join(marked)}" + draw(st.sampled_from(["", "\n"]))


@given(sentences("H|"), st.lists(sentences(), min_size=1, max_size=5))
def test_every_document_goes_round(headline, body):
    entities = ["= 1 PHL GOV,MIL | A name", "= 2 place", "= 3 UNK UNK | | Mayor"]
    event = "  e1 ASSAULT.aerial.destroy negated A=?,1 R=2 D=2020-01 X=military,legal alt=MOBILIZE"
    document = parse_one(HEAD + "\n".join([headline, *body, event, *entities]))
    title, text = spoil_spaces(document)
    stored = json.loads(write_standoff(to_standoff(document, text, title, URL)))
    assert forget_lines(from_standoff(stored, title, text)) == forget_lines(document)


def test_offsets_quote_the_article_and_keep_its_spaces():
    document = parse_one(
        HEAD + "| Nobody met [P1 Ana Sol] in [L2 Rome].\n= 1 ITA CVL | Ana Sol\n= 2 place ITA | Rome\n"
    )
    base = "Title\n\nRome, Monday. Nobody  met Ana\xa0 Sol in Rome."
    stored = to_standoff(document, base.removeprefix("Title\n\n"), "Title", URL)
    assert [base[start:end] for start, end, _ in stored["mentions"]] == ["Ana\xa0 Sol", "Rome"]
    assert stored["mentions"][1][0] == base.rindex("Rome")


def test_a_repeated_sentence_is_found_in_order():
    document = parse_one(HEAD + "| No.\n| Yes.\n| No.\n")
    stored = to_standoff(document, "No. Yes. No.", "Title", URL)
    assert [line[:2] for line in stored["sentences"]] == [[7, 10], [11, 15], [16, 19]]


def test_stored_annotation_holds_no_sentence():
    document = parse_one(example_text())
    title, text = spoil_spaces(document)
    written = write_standoff(to_standoff(document, text, title, URL))
    assert all(sentence.span.quote(document.text) not in written for sentence in document.sentences)


def test_other_text_is_refused():
    document = parse_one(HEAD + "| Nobody came.\n")
    stored = to_standoff(document, "Nobody came.", "Title", URL)
    with pytest.raises(AnnotationError, match=r"wn-x-0001: the article is not the one that was annotated.*sha256"):
        from_standoff(stored, "Title", "Nobody came. ")


@pytest.mark.parametrize("sentence", ["Somebody came.", "Nobody  came."])
def test_a_sentence_that_is_not_there_is_an_error(sentence):
    with pytest.raises(AnnotationError, match=r"x\.txt:1: sentence"):
        to_standoff(parse_one(HEAD + f"| {sentence}\n"), "Nobody came.", "Title", URL)


@pytest.mark.parametrize(
    "spoil", [{"mentions": [[8, 9, "?1"]]}, {"mentions": [[0, 900, "S1"]]}, {"events": ["e1"]}, {"sentences": None}]
)
def test_a_spoiled_annotation_is_an_error(spoil):
    stored = to_standoff(parse_one(HEAD + "| Nobody came.\n"), "Nobody came.", "Title", URL)
    with pytest.raises(AnnotationError):
        from_standoff({**stored, **spoil}, "Title", "Nobody came.")


def test_load_yields_documents_and_errors(tmp_path):
    articles = tmp_path / "data" / "news_wikinews"
    articles.mkdir(parents=True)
    (articles / "wikinews_2020.csv").write_text(
        f'url,date,title,text\n{URL},2020-01-01,Title,"Nobody\r\ncame."\n', "utf-8"
    )
    stored = to_standoff(parse_one(HEAD + "| Nobody came.\n"), "Nobody\r\ncame.", "Title", URL)
    (tmp_path / "1.json").write_text(write_standoff(stored), "utf-8")
    (tmp_path / "2.json").write_text(write_standoff({**stored, "url": "https://news.example/2"}), "utf-8")
    (tmp_path / "3.json").write_text("[]", "utf-8")
    first, second, third = load_wikinews(tmp_path, tmp_path)
    assert isinstance(first, MarkedDocument)
    assert first.text == "Nobody came."
    assert "article missing" in str(second)
    assert "cannot read" in str(third)


@pytest.mark.skipif(not (SHARED / "data" / "news_wikinews").is_dir(), reason="the articles are not shipped")
def test_the_shipped_annotations_fit_their_articles():
    errors = [str(loaded) for loaded in load_wikinews(STORED, SHARED) if isinstance(loaded, AnnotationError)]
    assert errors == []
