from __future__ import annotations

import io

from dragoman.ingest import read_articles
from dragoman.records import Article, Rejection


def read(data: str) -> list[Article | Rejection]:
    return list(read_articles(["-"], stdin=io.BytesIO(data.encode()), format="csv"))


def test_header_that_cannot_be_split_is_one_rejection() -> None:
    (found,) = read("text\rx,id\na,b\n")
    assert isinstance(found, Rejection)
    assert found.reason.startswith("broken row")


def test_careless_quotes_are_read_where_most_rows_have_them() -> None:
    found = read('text,id\nThe talks ended.,1\n"The" envoy left.,2\nThe envoy left.,3\n')
    assert [item.text for item in found if isinstance(item, Article)][1:] == ["The envoy left.", "The envoy left."]


def test_row_with_broken_quotes_costs_itself_only() -> None:
    """Strict quotes win where the first rows keep them; a broken row far below is then named."""
    rows = ["The talks ended.,1\n"] * 300
    found = read("text,id\n" + "".join(rows) + '"The" envoy,2\n' + "".join(rows))
    (bad,) = [item for item in found if isinstance(item, Rejection)]
    assert bad.origin == "<stdin>:302"
    assert bad.reason.startswith("broken row")
    assert len(found) == 601


def test_empty_cells_after_the_last_column_are_forgiven() -> None:
    (found,) = read("text\tid\nThe talks ended.\t1\t\t\n")
    assert isinstance(found, Article)


def test_column_given_twice_counts_where_it_differs() -> None:
    same, other = read("text,id,id\nA.,1,1\nB.,1,2\n")
    assert isinstance(same, Article)
    assert isinstance(other, Rejection)
    assert other.reason.startswith('column given twice: expected each column once, got "id"')
