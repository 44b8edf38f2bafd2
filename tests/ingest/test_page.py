from __future__ import annotations

import logging
from datetime import date

import pytest

from dragoman.errors import InputError
from dragoman.ingest.page import read_page

BODY = "<article><p>The foreign minister met the ambassador on Tuesday and promised to reopen the border soon.</p>%s</article>"


def page(head: str = "", more: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{BODY % more}</body></html>".encode()


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="20170831">',
        '<meta itemprop="datePublished" content="2017-08-31T23:00:00-10:00">',
        '<meta property="article:published_time" content="{{date}}"><meta name="pubdate" content="31 August 2017">',
        '<script type="application/ld+json">[{"datePublished": "2017-08-31"}]</script>',
        '<script type="application/ld+json">{broken</script><meta name="dc.date" content="2017-08-31">',
    ],
)
def test_publication_day_comes_from_the_pages_own_words(head: str) -> None:
    assert read_page(page(head), "x").published == date(2017, 8, 31)


def test_day_modified_is_not_the_day_published() -> None:
    head = '<meta property="article:modified_time" content="2019-01-01"><meta property="article:published_time" content="2017-08-31">'
    assert read_page(page(head), "x").published == date(2017, 8, 31)


def test_dates_of_the_text_are_no_publication_dates() -> None:
    assert read_page(page(more="<p>The treaty of 3 March 1878 was signed in the town.</p>"), "x").published is None


def test_garbage_instead_of_a_date_is_refused() -> None:
    with pytest.raises(InputError, match=r'published is no date: .* got "soon"'):
        read_page(page('<meta name="date" content="soon">'), "x")


def test_caption_is_a_paragraph_that_says_so() -> None:
    more = (
        "<figure><img src='a'><figcaption><span>Soldiers</span> at the quay</figcaption></figure><p>The envoy left.</p>"
    )
    paragraphs = read_page(page(more=more), "x").text.split("\n\n")
    assert "Image caption: Soldiers at the quay" in paragraphs


def test_line_breaks_part_paragraphs_or_lines_but_never_glue_words() -> None:
    text = read_page(page(more="<p>The talks<br><br>ended.<br>The envoy left.</p>"), "x").text
    assert "talksended" not in text
    assert "ended.The" not in text


def test_title_at_the_head_of_the_report_is_not_repeated() -> None:
    head = "<title>Border to reopen</title>"
    found = read_page(page(head).replace(b"<article>", b"<article><h1>Border to reopen</h1>"), "x")
    assert found.title == "Border to reopen"
    assert not found.text.startswith("Border to reopen")


def test_menus_and_scripts_are_left_out() -> None:
    data = page().replace(b"<body>", b"<body><nav><a>Home</a> Menu</nav><script>alert('x')</script>")
    assert "Menu" not in read_page(data, "x").text
    assert "alert" not in read_page(data, "x").text


def test_nothing_is_printed_about_hostile_pages(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("trafilatura").handlers.clear()
    for data in (b"<html>", b"<a" * 1000, b"<html><body>" + b"<div>" * 3000 + b"x"):
        try:
            read_page(data, "x")
        except InputError:
            continue
    assert capfd.readouterr() == ("", "")
