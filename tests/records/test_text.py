from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Article, Document, Sentence, Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


def test_quote_counts_code_points():
    assert Span(2, 4).quote("a𝒳é→z") == "é→"


@given(spans, spans)
def test_overlap_is_symmetric_and_excludes_a_gap(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.gap(other) == other.gap(one)
    if one.overlaps(other):
        assert one.gap(other) == 0


@given(spans, spans)
def test_covering_span_overlaps_unless_empty(one, other):
    if one.covers(other) and other.start < other.end:
        assert one.overlaps(other)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.integers(-1, 200))
def test_sentence_at_agrees_with_a_plain_search(lengths, offset):
    position, sentences = 0, []
    for number, length in enumerate(lengths):
        sentences.append(Sentence(number, Span(position, position + length), 0))
        position += length + 1
    document = Document(Article(""), "x" * position, tuple(sentences))
    plain = next((one for one in sentences if one.span.start <= offset < one.span.end), None)
    assert document.sentence_at(offset) == plain
