from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Article
from dragoman.segment import segment_article
from dragoman.segment.furniture import load_rules

RULES = yaml.safe_load((files("dragoman.segment") / "furniture.yaml").read_text(encoding="utf-8"))["rules"]
NEWS = "The army of Ruritania left the town of Zenda on Friday, the mayor said."
IDS = [f"{rule['kind']}-{rule['example'][:30]}" for rule in RULES]


def read(*paragraphs: str, title: str | None = "Army leaves Zenda") -> tuple[list[str], list[tuple[str, str]]]:
    document = segment_article(Article("\n\n".join(paragraphs), title))
    kept = document.text.split("\n\n")[1:] if title else document.text.split("\n\n")
    return kept, [(piece.kind, piece.text) for piece in document.furniture]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_the_example_of_a_rule_leaves_the_text(rule: dict[str, str]):
    place = {"head": (rule["example"], NEWS), "section": (NEWS, rule["example"])}
    kept, removed = read(*place.get(rule["where"], (NEWS, rule["example"])))
    assert kept == [NEWS]
    assert [text for _, text in removed] == [rule["example"]]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_the_rule_itself_removes_its_example(rule: dict[str, str]):
    book = load_rules()
    if rule["where"] == "close":
        assert book.credit_start(rule["example"], len(rule["example"])) == 0
    else:
        assert book.judge(rule["example"], rule["where"]) is not None


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_news_that_looks_like_furniture_stays(rule: dict[str, str]):
    for paragraphs in [(rule["keep"], NEWS), (NEWS, rule["keep"]), (NEWS, rule["keep"], NEWS)]:
        assert read(*paragraphs) == (list(paragraphs), [])


def test_a_line_glued_above_a_caption_is_a_caption():
    kept, removed = read(NEWS, "Soldiers cross the bridge at dawn\nTrucks follow them [Image by Jane Doe/AP]", NEWS)
    assert kept == [NEWS, NEWS]
    assert [kind for kind, _ in removed] == ["caption", "caption"]


def test_a_deck_above_a_picture_stays():
    kept, removed = read("Mayor says that the army left the town", "Photo: AP", NEWS)
    assert kept == ["Mayor says that the army left the town", NEWS]
    assert removed == [("credit", "Photo: AP")]


def test_only_the_credit_goes_from_a_long_paragraph():
    long = NEWS + " Nobody knew where it went." * 15
    assert read(long + " (AP Photo/Jane Doe)") == ([long], [("credit", "(AP Photo/Jane Doe)")])


def test_sentences_after_a_list_of_links_stay():
    kept, removed = read(NEWS, "Related stories", "Zenda bridge closed", "King to visit Zenda", NEWS)
    assert kept == [NEWS, NEWS]
    assert [text for _, text in removed] == ["Related stories", "Zenda bridge closed", "King to visit Zenda"]


def test_what_repeats_the_title_is_never_furniture():
    document = segment_article(Article("Photo: AP\n\n" + NEWS, "Photo: AP"))
    assert document.text == "Photo: AP\n\n" + NEWS
    assert document.furniture == ()


def test_furniture_stands_before_the_paragraph_that_followed_it():
    document = segment_article(
        Article(f"By Jane Q. Doe\n\n{NEWS}\n\nAdvertisement\n\n{NEWS}\n\n(File photo)", "Army leaves")
    )
    rest = [document.text[piece.position :] for piece in document.furniture]
    assert rest == [f"{NEWS}\n\n{NEWS}", NEWS, ""]


PARTS = st.sampled_from(
    [rule[key] for rule in RULES for key in ("example", "keep")]
    + [
        NEWS,
        "Zenda bridge closed",
        "SEOUL (AP) — ",
        "Friday, January 4, 2019",
        "STRELSAU, May 3 (Reuters) - " + NEWS,
        "Kyiv — " + NEWS,
        "Title",
        "…",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", " ", ""])


@given(st.lists(st.tuples(PARTS, BREAKS), max_size=12), st.sampled_from([None, "Title", "Photo: AP", "Advertisement"]))
def test_cleaned_text_holds_no_more_furniture(parts: list[tuple[str, str]], title: str | None):
    article = Article("".join(part + between for part, between in parts) + "\n\n" + NEWS, title)
    document = segment_article(article)
    again = segment_article(Article(document.text, title))
    assert again.text == document.text
    assert again.sentences == document.sentences
    assert again.furniture == ()


def test_a_paragraph_of_traps_takes_no_time():
    import time

    traps = [
        "Aa " * 230,
        "share " * 115,
        "By " + "Aa " * 200,
        "(photo " * 100,
        "updated " * 80,
        "A." * 340,
        "AFP/" * 170,
        "a " * 340,
    ]
    begun = time.process_time()
    segment_article(Article("\n\n".join(trap.strip()[:700] for trap in traps * 10) + "\n\n" + NEWS))
    assert time.process_time() - begun < 5
