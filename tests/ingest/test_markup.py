from __future__ import annotations

import io

import pytest

from dragoman.errors import UnreadableInput
from dragoman.ingest.markup import paragraphs, parse_html, parse_xml, without_markup
from dragoman.ingest.source import open_source


def tags(data: bytes) -> list[str]:
    return [
        element.tag
        for event, element in parse_xml(open_source("x", "x", io.BytesIO(data)), frozenset())
        if event == "end"
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>bold</b>, two.</p><p>Three.</p>", "One bold, two.\n\nThree."),
        ("<div>One<br>two<br/><br/>three</div>", "One\ntwo\n\nthree"),
        ("<ul><li>One</li><li>Two</li></ul>tail", "One\n\nTwo\n\ntail"),
        ("<p>a\n  b\t c</p>", "a b c"),
        ("<p>a<!-- no -->b</p>", "ab"),
        ("<p>a&#27;b&#x1B;c&#0;d&#xFFFE;e\uffff&#x41;</p>", "abcdeA"),
        ("<p>A&amp;B &lt;c&gt;</p>", "A&B <c>"),
    ],
)
def test_paragraphs(markup: str, text: str) -> None:
    assert paragraphs(parse_html(markup)) == text


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "The <b and a> b", "<3 million", "AT&T said &c.", "<quote> he said"]
)
def test_text_that_is_no_markup_is_left_alone(text: str) -> None:
    assert without_markup(text) == text


def test_scripts_are_no_text() -> None:
    assert without_markup("<p>One.</p><script>var x;</script><style>p {}</style>") == "One."


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE r [<!ENTITY a "x">]><r>&a;</r>',
        b'<!DOCTYPE r [<!-- <r> --><!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
        b"<!DOCTYPE r [" + b" " * 3000 + b'<!ENTITY a "x">]><r b="&a;"/>',
        '<!DOCTYPE r [<!ENTITY a "x">]><r>&a;</r>'.encode("utf-16"),
    ],
)
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="entities of its own"):
        tags(data)


def test_nothing_is_fetched_for_a_document_type() -> None:
    assert tags(b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><r><a/></r>') == ["a", "r"]


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="nested too deeply"):
        tags(b"<a>" * 100_000)


def test_small_errors_are_forgiven() -> None:
    assert tags(b"<r><a>AT&T &nbsp; x</a></r>") == ["a", "r"]


@pytest.mark.parametrize(("data", "reason"), [(b"<r><a></a>", "cut short"), (b"no markup", "no XML")])
def test_what_is_no_whole_xml_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        tags(data)
