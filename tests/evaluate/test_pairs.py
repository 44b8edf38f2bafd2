from dragoman.annotate.form import MarkedDocument, parse_documents
from dragoman.evaluate.benchmarks.pairs import find_pairs, score_types

_DOCUMENT = """=== inv-test-0001
published: 2024-03-06
outlet: Test
region: europe
style: wire

| [S1 France] {e1 accused} [S2 Mali] of theft and {e2 recalled} [R3 its envoy].
  e1 ACCUSE.allege actual A=1 R=2
  e2 SANCTION.withdraw actual A=1 R=2
| [S4 Chad] {e3 thanked} [S1 Paris].
  e3 SUPPORT actual A=4 R=1
| [S4 Chad] then {e4 struck} back.
  e4 ASSAULT actual A=4 R=2

= 1 FRA GOV
= 2 MLI GOV
= 3 FRA GOV
= 4 TCD GOV
"""


def test_pairs_are_those_of_one_sentence_with_one_type() -> None:
    (document,) = parse_documents(_DOCUMENT, "test")
    assert isinstance(document, MarkedDocument)
    found = list(find_pairs(document))
    # France and Mali are told of two acts of different types in one sentence; the last act's recipient stands elsewhere.
    assert [(pair.source.quote(pair.text), pair.target.quote(pair.text), kind) for pair, kind in found] == [
        ("Chad", "Paris", "SUPPORT")
    ]


def test_figures_by_type() -> None:
    figures = score_types([("AID", "AID"), ("AID", "AGREE"), ("AGREE", "AGREE")])
    assert round(figures["AID"].recall, 2) == 0.5
    assert figures["AID"].precision == 1.0
    assert round(figures["AGREE"].f1, 2) == 0.67
