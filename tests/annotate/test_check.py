import pytest

from dragoman.annotate.check import check_corpus, check_document
from dragoman.annotate.form import parse_documents
from dragoman.ontology import load_ontology
from tests.annotate.example import example_text

DOCUMENT = """=== inv-x-0001
published: 2020-01-01
outlet: Sample
region: africa
style: wire

| [S1 Mali] {e1 warned} [S2 Niger] on [T3 Monday].
  e1 THREATEN actual A=1 R=2 T=3 D=2019-12-30 X=military
= 1 MLI GOV
= 2 NER GOV
"""


def faults(text):
    (document,) = parse_documents(text, "x.txt")
    return [what for _, what in check_document(document, load_ontology())]


@pytest.mark.parametrize("text", [DOCUMENT, example_text()])
def test_good_documents_have_no_faults(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("published: 2020-01-01", "published: 2020-13-01", "expected an ISO date"),
        ("outlet: Sample\n", "", "no 'outlet'"),
        ("THREATEN actual", "THREATEN.nonsense actual", "no mode 'nonsense'"),
        ("THREATEN actual", "THREAT actual", "unknown type"),
        ("actual", "perhaps", "unknown status"),
        ("{e1 warned}", "{e1 has warned}", "mark 'warned' only"),
        ("X=military", "X=weather", "unknown context"),
        ("A=1", "A=9", "no mention has this number"),
        ("A=1 R", "R", "no A="),
        ("D=2019-12-30", "D=2019-02-30", "expected 2022-11-14"),
        ("D=2019-12-30", "D=2020-01-05..2020-01-01", "expected 2022-11-14"),
        ("= 2 NER GOV\n", "", "has no '=' line"),
        ("= 2 NER GOV", "= 2 NER KING", "unknown sector"),
        ("= 2 NER GOV", "= 2 Niger GOV", "three-letter code"),
        ("{e1 warned}", "warned", "marks no words"),
        ("{e1 warned}", "{e1 warned} {e2 again}", "has no annotation line"),
        ("THREATEN actual A=1 R=2", "SANCTION actual A=1", "needs a recipient"),
    ],
)
def test_each_fault_is_found_and_told(old, new, told):
    assert old in DOCUMENT
    assert any(told in fault for fault in faults(DOCUMENT.replace(old, new)))


def test_the_same_sentence_or_id_twice_is_found():
    long_line = "| This sentence is long enough not to recur by chance.\n"
    text = (DOCUMENT + DOCUMENT).replace("| [S1 Mali]", long_line + "| [S1 Mali]")
    problems = [what for _, what in check_corpus(parse_documents(text, "x.txt"))]
    assert any("id already used" in problem for problem in problems)
    assert any("already written" in problem for problem in problems)
