"""Invented articles and events, without the work of coding."""

import random
from dataclasses import replace
from datetime import date, timedelta

from dragoman.code.assemble import identify_article
from dragoman.ontology import load_ontology
from dragoman.records import Actor, Article, Citation, Evidence, Moment, Place, Provenance, Span, Status
from dragoman.records.event import Event
from dragoman.store import Coding, RunKey, sketch_text

RUN = RunKey("dragoman 0", "reader one", "plover-2.0", "2026-01-15")
LATER_RUN = replace(RUN, model="reader two")
CODES = ("USA", "RUS", "CHN", "PRK", "UNO")
SECTORS = ("GOV", "MIL", "REB")
EVENTS = {"AGREE": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
CAMEO = {"AGREE": "030", "AID": "070", "ACCUSE": "112", "ASSAULT": "190"}
START = date(2024, 1, 1)
WORDS = (
    "river market envoy border harvest winter bridge letter council signal copper garden tower orchard meadow".split()
)


def make_text(seed, n_words=60):
    drawn = random.Random(seed)
    return f"Report {seed}. " + " ".join(drawn.choice(WORDS) + str(drawn.randrange(50)) for _ in range(n_words)) + "."


def make_article(number=1, **given):
    text = given.pop("text", None) or make_text(number)
    given = {"title": f"Title {number}", "outlet": f"Outlet {number % 3}", "published": START, **given}
    return Article(
        text=text, url=given.pop("url", f"https://example.org/{number}"), origin=f"news.jsonl:{number}", **given
    )


def make_event(article_id="a-0", position=0, **given):
    start = 10 * position
    event = given.pop("event", "ACCUSE")
    day = given.pop("day", START)
    parts = {
        "id": f"e-{article_id[2:10]}{position:04d}{event[:4].lower()}",
        "article_id": article_id,
        "event": event,
        "mode": (),
        "status": Status.ACTUAL,
        "context": (),
        "quad_code": EVENTS[event],
        "event_scale": load_ontology().types[event].score,
        "cameo": CAMEO[event],
        "moment": Moment(day, "day", "text") if day else None,
        "actor": (Actor("RUS", ("GOV",), text="Russia"),),
        "recipient": (Actor("USA", ("GOV",), text="the US"),),
        "event_loc": None,
        "speaker": None,
        "evidence": (Evidence(0, Span(0, 50), Span(start, start + 5), "words"),),
        "confidence": 0.8,
        "why": ("because",),
        "cite": Citation(None, "Title", "Outlet 0", None, START, "en"),
        "provenance": Provenance(RUN.coder, RUN.model, RUN.codebook),
    }
    return Event(**{**parts, **given})


def make_coding(number=1, events=None, article=None, **given):
    article = article or make_article(number, **given)
    name = identify_article(article)
    made = [make_event(name)] if events is None else [replace(event, article_id=name) for event in events]
    return Coding(article, name, article.text, tuple(made), sketch_text(article.text))


def draw_event(drawn, article_id, position):
    """Return an event drawn at random, of all shapes that records come in."""
    event = drawn.choice(sorted(EVENTS))
    return make_event(
        article_id,
        position,
        event=event,
        day=None if drawn.random() < 0.05 else START + timedelta(days=drawn.randrange(60)),
        status=drawn.choice((Status.ACTUAL, Status.ACTUAL, Status.HYPOTHETICAL)),
        mode=("arrest",) if drawn.random() < 0.2 else (),
        context=tuple(drawn.sample(("military", "health", "legal"), drawn.randrange(3))),
        actor=tuple(_draw_actor(drawn) for _ in range(drawn.choice((1, 1, 2, 3)))),
        recipient=tuple(_draw_actor(drawn) for _ in range(drawn.choice((0, 1, 1, 2)))),
        speaker=_draw_actor(drawn) if drawn.random() < 0.3 else None,
        event_loc=Place("Kidal", Span(0, 5), "Kidal", "MLI", lat=18.44, lon=1.41) if drawn.random() < 0.3 else None,
        confidence=round(drawn.random(), 4),
        cite=Citation(None, None, drawn.choice(("Courier", "Gazette")), None, None, "en"),
    )


def _draw_actor(drawn):
    return Actor(drawn.choice(CODES), tuple(drawn.sample(SECTORS, drawn.choice((1, 1, 2)))), text="who")


def draw_codings(n_articles, seed=1):
    drawn = random.Random(seed)
    codings = []
    for number in range(n_articles):
        article = make_article(1000 + number)
        name = identify_article(article)
        codings.append(
            make_coding(article=article, events=[draw_event(drawn, name, n) for n in range(drawn.randrange(6))])
        )
    return codings
