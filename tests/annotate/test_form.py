import pytest

from dragoman.annotate.form import parse_documents
from dragoman.errors import AnnotationError
from dragoman.records import MentionKind
from tests.annotate.example import example_text

HEAD = "=== inv-x-0001\npublished: 2020-01-01\n\n"


def parse_one(text):
    (document,) = parse_documents(text, "x.txt")
    if isinstance(document, AnnotationError):
        raise document
    return document


def test_example_of_the_page_parses_into_plain_text():
    document = parse_one(example_text())
    assert document.text.startswith(
        "Manila protests Chinese water-cannon attack on supply boat\n\nThe Philippines summoned"
    )
    assert not set("[]{}") & set(document.text)


def test_marks_quote_their_words():
    document = parse_one(example_text())
    quotes = {(mention.kind, mention.entity): mention.span.quote(document.text) for mention in document.mentions}
    assert quotes[MentionKind.ROLE, 4] == "China's ambassador"
    assert quotes[MentionKind.PLACE, 7] == "Second Thomas Shoal"
    assert [trigger.span.quote(document.text) for trigger in document.triggers if trigger.event == "e2"] == [
        "water-cannon attack",
        "fired",
    ]


def test_sentences_quote_lines_and_paragraphs_part_at_blank_lines():
    document = parse_one(HEAD + "| One two.\n| Three.\n\n| Four.\n= 1 USA GOV\n")
    assert [sentence.span.quote(document.text) for sentence in document.sentences] == ["One two.", "Three.", "Four."]
    assert document.text == "One two. Three.\n\nFour."
    assert [sentence.paragraph for sentence in document.sentences] == [0, 0, 1]


def test_event_line_is_read_in_full():
    line = "  e1 ASSAULT.aerial.destroy negated A=1,2 R=? P=3 T=4 S=5 D=2020-01 X=military alt=MOBILIZE,THREATEN"
    event = parse_one(HEAD + "| [S1 A] {e1 b}.\n" + line + "\n").events[0]
    assert (event.type, event.modes, event.status) == ("ASSAULT", ("aerial", "destroy"), "negated")
    assert event.roles == {"A": (1, 2), "R": (0,), "P": (3,), "T": (4,), "S": (5,)}
    assert (event.date, event.contexts, event.alternatives) == ("2020-01", ("military",), ("MOBILIZE", "THREATEN"))


def test_escaped_brackets_are_text():
    assert parse_one(HEAD + r"| He said \[sic\] \{so\}.").text == "He said [sic] {so}."


@pytest.mark.parametrize(
    "sentence",
    [
        "| [S1 open.",
        "| close].",
        "| [X1 unknown kind]",
        "| [S1 crossed {e1 marks] here}",
        "| [S1  padded ]",
        "| {e1 }",
        "| {a words}",
    ],
)
def test_faulty_marks_are_named_with_file_and_line(sentence):
    with pytest.raises(AnnotationError, match=r"x\.txt:4: mark"):
        parse_one(HEAD + sentence + "\n")


@pytest.mark.parametrize(
    "line",
    [
        "  e1 THREATEN",
        "  e1 THREATEN actual A=",
        "  e1 THREATEN actual A=1 A=2",
        "  e1 THREATEN actual B=1",
        "= one USA",
    ],
)
def test_faulty_lines_are_refused(line):
    with pytest.raises(AnnotationError):
        parse_one(HEAD + "| [S1 A] {e1 b}.\n" + line + "\n")


def test_a_faulty_document_leaves_the_next_one_whole():
    first, second = parse_documents(HEAD + "| [S1 open.\n" + HEAD.replace("0001", "0002") + "| Fine.\n", "x.txt")
    assert isinstance(first, AnnotationError)
    assert second.text == "Fine."
