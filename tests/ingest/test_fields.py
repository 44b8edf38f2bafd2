from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import EmptyArticle, InputError
from dragoman.ingest import read_articles
from dragoman.ingest.characters import clean, clean_line
from dragoman.ingest.fields import article_from, language_of
from dragoman.records import Article

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<"), min_size=1).filter(lambda text: bool(clean(text)))
LINES = WORDS.filter(lambda text: bool(clean_line(text)))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": LINES,
            "title": LINES,
            "text": WORDS,
            "published": st.dates(date(1800, 1, 1), date(2200, 12, 31)),
            "url": LINES,
        }
    ),
    min_size=1,
    max_size=4,
)


def expected(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [
        (clean_line(str(row["id"])), clean_line(str(row["title"])), clean(str(row["text"])), row["published"])
        for row in rows
    ]


def read(data: str, format: str) -> list[tuple[object, ...]]:
    found = list(read_articles(["-"], stdin=io.BytesIO(data.encode()), format=format))
    assert all(isinstance(item, Article) for item in found), found
    return [(item.source_id, item.title, item.text, item.published) for item in found if isinstance(item, Article)]


@given(ROWS, st.booleans())
def test_json_lines_round_trip(rows: list[dict[str, object]], ascii_only: bool) -> None:
    data = "".join(json.dumps(row, default=str, ensure_ascii=ascii_only) + "\n" for row in rows)
    assert read(data, "jsonl") == expected(rows)


@given(ROWS, st.sampled_from([None, 1]))
def test_json_round_trip(rows: list[dict[str, object]], indent: int | None) -> None:
    assert read(json.dumps(rows, default=str, indent=indent), "json") == expected(rows)
    assert read(json.dumps({"n": [1], "articles": rows}, default=str, indent=indent), "json") == expected(rows)


@given(ROWS, st.sampled_from(",;\t|"))
def test_csv_round_trip(rows: list[dict[str, object]], delimiter: str) -> None:
    written = io.StringIO()
    writer = csv.DictWriter(
        written, ["url", "text", "published", "title", "id"], delimiter=delimiter, quoting=csv.QUOTE_ALL
    )
    writer.writeheader()
    writer.writerows(rows)
    assert read(written.getvalue(), "csv") == expected(rows)


@pytest.mark.parametrize(
    ("fields", "part", "value"),
    [
        ({"pub_date": "2017-08-31"}, "published", date(2017, 8, 31)),
        ({"datePublished": "2017-08-31"}, "published", date(2017, 8, 31)),
        ({"date": "n/a"}, "published", None),
        ({"published": "", "date": "20170831"}, "published", date(2017, 8, 31)),
        ({"source": {"id": "x", "name": "Lantern"}}, "outlet", "Lantern"),
        ({"source": "https://lantern.example/1"}, "url", "https://lantern.example/1"),
        ({"source": "https://lantern.example/1"}, "outlet", None),
        ({"publisher": "P", "outlet": "O"}, "outlet", "O"),
        ({"_id": {"$oid": "5f"}}, "source_id", "5f"),
        ({"id": 17}, "source_id", "17"),
        ({"Headline": "A\nB"}, "title", "A B"),
        ({"title": {"rendered": "A <b>b</b>"}}, "title", "A b"),
        ({"lang": "fr-CA"}, "language", "fr"),
        ({"language": "English"}, "language", "en"),
    ],
)
def test_other_peoples_names(fields: dict[str, object], part: str, value: object) -> None:
    assert getattr(article_from({"text": "The talks ended.", **fields}, "x"), part) == value


def test_text_wins_over_its_other_names_and_equal_texts_are_one() -> None:
    assert article_from({"content": "B.", "text": "A.", "body": "C."}, "x").text == "A."
    assert article_from({"content": "B.", "body": "B."}, "x").text == "B."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"body": "A.", "content": "B."}, 'two texts: .* got "body" and "content"'),
        ({"title": "A."}, 'no text: expected a key "text", got "title"'),
        ({}, 'no text: .* got "no keys"'),
        ({"text": 5}, 'text is no text: expected a string, got a number "5"'),
        ({"text": "A.", "title": ["B"]}, "title is no text: expected a string, got a list"),
        ({"text": "A.", "id": True}, "id is no text: expected a string, got true or false"),
        ({"text": "A.", "date": "soon"}, 'published is no date: .* got "soon"'),
    ],
)
def test_what_cannot_be_used_is_named(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        article_from(fields, "x")


@pytest.mark.parametrize("text", ["", None, " \n", "\0", "<p> </p>"])
def test_empty_text(text: object) -> None:
    with pytest.raises(EmptyArticle, match="empty text"):
        article_from({"text": text}, "x")


def test_language_of_nothing_is_the_default() -> None:
    assert [language_of(None), language_of(5), language_of("x" * 50)] == ["en"] * 3
