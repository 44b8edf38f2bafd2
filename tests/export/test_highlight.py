"""Records as a notebook shows them."""

from dataclasses import replace
from html.parser import HTMLParser

import polars
import pyarrow

from dragoman.export import Events
from dragoman.records import Evidence, Span
from tests.export.sample import BARE, FULL

TEXT = "Planes bombed the rebels <b>on</b> Monday & left. Nobody said more."
_START, _END = TEXT.index("bombed"), TEXT.index(" <b>")
MARKED = replace(FULL, evidence=(Evidence(0, Span(0, TEXT.index(" Nobody")), Span(_START, _END), TEXT[_START:_END]),))


class _Reader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.marked, self.words = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the base class gives them
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)
        if "mark" in self.open:
            self.marked.append(data)


def test_evidence_is_marked_in_its_sentence():
    page = _Reader(Events([MARKED], texts={FULL.article_id: TEXT})._repr_html_())
    assert page.marked == ["bombed the rebels"]
    assert "Planes bombed the rebels <b>on</b> Monday & left." in "".join(page.words)
    assert "Nobody" not in "".join(page.words)


def test_without_the_text_the_words_of_the_act_stand_alone():
    assert _Reader(Events([FULL])._repr_html_()).marked == [FULL.evidence[0].event_text]


def test_what_articles_say_never_becomes_a_tag():
    cite = replace(FULL.cite, title="<script>alert(1)</script>", publication='"><img src=x onerror=alert(1)>')
    actor = replace(FULL.actor[0], name="<svg onload=alert(1)>")
    page = _Reader(Events([replace(MARKED, cite=cite, actor=(actor,))], texts={FULL.article_id: TEXT})._repr_html_())
    assert not {"script", "img", "svg", "b"} & set(page.tags)
    assert page.open == []


def test_a_long_table_is_cut_and_says_so():
    page = Events([MARKED] * 103)._repr_html_()
    assert page.count("<tr>") == 101  # the heading and a hundred rows
    assert "and 3 more" in page


def test_a_record_with_everything_left_out_and_no_records_at_all_are_shown():
    assert _Reader(Events([BARE])._repr_html_()).open == []
    assert Events([])._repr_html_() == "<div></div>"


def test_a_slice_keeps_the_texts():
    events = Events([MARKED, MARKED], texts={FULL.article_id: TEXT})
    assert "Planes" in events[:1]._repr_html_()


def test_other_libraries_read_the_arrow_stream_as_it_is():
    events = Events([FULL, BARE])
    assert pyarrow.table(events).equals(events.to_arrow())
    assert polars.DataFrame(events)["id"].to_list() == [FULL.id, BARE.id]
