import pytest

from dragoman.records import Article
from dragoman.segment import segment_article

NEWS = "The government rejected the offer of talks on Friday and closed the border."
DATELINES = [
    ("SEOUL, South Korea, Aug. 29 (Reuters) - ", "SEOUL, South Korea", "Aug. 29", "Reuters"),
    ("KYIV — ", "KYIV", None, None),
    ("(CNN) — ", None, None, "CNN"),
    ("(CNN)", None, None, "CNN"),
    ("Seoul (AFP) – ", "Seoul", None, "AFP"),
    ("BEIRUT/AMMAN (Reuters) - ", "BEIRUT/AMMAN", None, "Reuters"),
    ("WASHINGTON, D.C. (AP) -- ", "WASHINGTON, D.C.", None, "AP"),
    ("Geneva, 5 March 2020 – ", "Geneva", "5 March 2020", None),
    ("UNITED NATIONS, Sept 3 (Xinhua) -- ", "UNITED NATIONS", "Sept 3", "Xinhua"),
    ("ISLAMABAD: ", "ISLAMABAD", None, None),
    ("Kyiv — ", "Kyiv", None, None),
    ("Aug. 29 (UPI) -- ", None, "Aug. 29", "UPI"),
    ("ST. PETERSBURG, Russia — ", "ST. PETERSBURG, Russia", None, None),
    ("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", None, "AP"),
]
NO_DATELINES = [
    "NATO — The alliance said on Friday that it would close the border.",
    "LIVE — The government rejected the offer of talks on Friday and left.",
    "HOST: Welcome back to the programme, in which we talk about the border.",
    "Trump — The president rejected the offer of talks on Friday and left.",
    "Jane Roe (August 9, 1929 – February 13, 2014) was foreign minister of Ruritania.",
    "MOSCOW — WAR?",
    "The border — closed since May — was opened on Friday by both governments.",
]


@pytest.mark.parametrize(("line", "place", "day", "agency"), DATELINES)
def test_a_dateline_leaves_the_text_and_is_kept_apart(
    line: str, place: str | None, day: str | None, agency: str | None
):
    document = segment_article(Article(line + NEWS + "\n\nNobody was hurt.", "Border closed"))
    assert document.text == f"Border closed\n\n{NEWS}\n\nNobody was hurt."
    assert document.dateline is not None
    assert (document.dateline.place, document.dateline.day, document.dateline.agency) == (place, day, agency)
    assert document.dateline.text == line.strip()


@pytest.mark.parametrize("text", NO_DATELINES)
def test_what_only_looks_like_a_dateline_stays(text: str):
    document = segment_article(Article(text, "Border closed"))
    assert document.text == f"Border closed\n\n{text}"
    assert document.dateline is None


def test_a_day_line_and_a_dateline_make_one():
    document = segment_article(Article(f"Friday, January 4, 2019\n\nKYIV (AP) — {NEWS}", "Border closed"))
    assert document.dateline is not None
    assert (document.dateline.place, document.dateline.day, document.dateline.agency) == (
        "KYIV",
        "Friday, January 4, 2019",
        "AP",
    )


def test_a_headline_is_no_dateline():
    document = segment_article(Article(f"Moscow — Talks fail again\n\n{NEWS}"))
    assert document.text.startswith("Moscow — Talks fail again")
