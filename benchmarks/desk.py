"""How fast the desk answers over 100,000 records: each view over HTTP, and the first page in a real browser.

    python benchmarks/desk.py [--records 100000] [--times 7] [--keep DB]

Starts `dragoman serve` on a store of invented articles, records and stories (fixed seed), asks for each view, and prints a
table in Markdown: the median and the slowest answer in milliseconds, bodies read to their end. With Chromium there, the first
page is opened in a browser just started, before anything else was asked. `--keep` makes the store once and uses it again.
"""
# ruff: noqa: S603, S310 - our own command, on our own machine

from __future__ import annotations

import argparse
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from dragoman.ontology import load_ontology, plover_to_cameo, score_event
from dragoman.records import Actor, Article, Citation, Evidence, Moment, Place, Provenance, Span, Status
from dragoman.records.event import Event
from dragoman.store import Coding, Member, RunKey, Store, StoredStory, open_store

FIRST_PAGE_S, VIEW_MS = 1.0, 300.0
"""The bars."""
PER_ARTICLE = 5
CODES = "USA RUS CHN GBR FRA DEU UKR ISR PSE IRN SYR TUR IND PAK JPN KOR PRK EGY SAU YEM IRQ POL EST LVA FIN SWE NGA KEN ETH SDN MLI NER BRA VEN COL MEX CAN AUS IDN PHL VNM MMR THA GRC SRB HUN".split()
SECTORS = ("GOV", "MIL", "LEG", "COP", "PTY", "REB", "CVL", "JRN", "BUS", "OPP")
STATUSES = (*[Status.ACTUAL] * 7, Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED, Status.HISTORICAL)
OUTLETS = [
    f"{town} {name}"
    for town in ("North", "Harbour", "Valley", "Capital")
    for name in ("Post", "Herald", "Wire", "Gazette", "Times")
]
WORDS = [
    head + tail for head in "ba ce di fo gu ha ki lo mu ne pa ri".split() for tail in "ran sel tor ving mal der".split()
]
LAST_DAY = date(2024, 12, 31)
N_DAYS = 1096


def draw_codings(n_records: int, seed: int = 1) -> Iterator[Coding]:
    """Three years of invented articles with five records each; few countries hold most of them, as in real news."""
    drawn = random.Random(seed)
    for number in range(n_records // PER_ARTICLE):
        name, day = f"a-{number:016x}", LAST_DAY - timedelta(drawn.randrange(N_DAYS))
        sentences = [" ".join(drawn.choices(WORDS, k=24)).capitalize() + "." for _ in range(12)]
        text = "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, 12, 3))
        article = Article(
            text=text,
            title=" ".join(drawn.choices(WORDS, k=7)).capitalize(),
            outlet=drawn.choice(OUTLETS),
            published=day,
            url=f"https://example.org/{number}",
        )
        events = tuple(_draw_event(drawn, article, name, text, index, day) for index in range(PER_ARTICLE))
        yield Coding(article, name, text, events)


def _draw_event(drawn: random.Random, article: Article, name: str, text: str, index: int, day: date) -> Event:
    ontology = load_ontology()
    kind = drawn.choice(list(ontology.types.values()))
    modes = tuple(drawn.sample(list(kind.modes), 1)) if kind.modes and drawn.random() < 0.6 else ()
    contexts = tuple(drawn.sample(list(ontology.contexts), 1)) if drawn.random() < 0.5 else ()
    status = drawn.choice(STATUSES)
    start = text.index(" ", index * (len(text) // PER_ARTICLE)) + 1
    end = text.index(" ", start + 8)
    actor, recipient = (_draw_actor(drawn, text, place) for place in (start, end + 1))
    country = _draw_code(drawn)
    place = Place(
        "there",
        Span(start, end),
        f"{country.title()} Town",
        country,
        lat=drawn.uniform(-50, 65),
        lon=drawn.uniform(-150, 150),
        resolution="city",
    )
    return Event(
        id=f"e-{name[2:]}{index}", article_id=name, event=kind.code, mode=modes, status=status, context=contexts,
        quad_code=kind.quad_code, event_scale=score_event(ontology, kind.code, modes),
        cameo=plover_to_cameo(kind.code, modes, contexts, status=status, ontology=ontology),
        moment=Moment(day - timedelta(drawn.randrange(3)), "day", "text"), actor=(actor,), recipient=(recipient,),
        event_loc=place, speaker=actor if drawn.random() < 0.2 else None,
        evidence=(Evidence(index, Span(start, end), Span(start, end), text[start:end]),), confidence=round(drawn.uniform(0.4, 1), 3), why=("invented",),
        cite=Citation(None, article.title, article.outlet, article.url, day, "en"), provenance=Provenance("benchmark", "none", ontology.name),
    )  # fmt: skip


def _draw_code(drawn: random.Random) -> str:
    return CODES[int(drawn.random() ** 2 * len(CODES))]


def _draw_actor(drawn: random.Random, text: str, start: int) -> Actor:
    code = _draw_code(drawn)
    end = text.find(" ", start + 3)
    return Actor(code, (drawn.choice(SECTORS),), f"{code.title()} office", text=text[start:end], span=Span(start, end))


def draw_stories(n_records: int, seed: int = 2) -> Iterator[StoredStory]:
    """Stories of one to nine neighbouring records each, two on the average."""
    drawn, number, first = random.Random(seed), 0, 1
    while first <= n_records:
        size = min(drawn.choice((1, 1, 1, 1, 1, 2, 2, 3, 9)), n_records + 1 - first)
        members = tuple(Member(one, 0.9, "invented") for one in range(first, first + size))
        body = {"disagreements": [{"about": "dead", "accounts": []}]} if size > 2 else {}
        day = (LAST_DAY - timedelta(drawn.randrange(N_DAYS))).isoformat()
        yield StoredStory(f"s-{number:016x}", first, members, day, day, "CONSULT", size, min(size, 4), body)
        number, first = number + 1, first + size


def make_store(path: Path, n_records: int) -> None:
    start = time.perf_counter()
    with open_store(path, create=True) as store:
        run = store.start_run(RunKey("benchmark", "none", "plover-2.0"))
        batch: list[Coding] = []
        for coding in draw_codings(n_records):
            batch.append(coding)
            if len(batch) == 500:
                store.keep(run, batch)
                batch = []
        store.keep(run, batch)
        n_stories = store.put_stories(draw_stories(n_records))
        _correct_some(store)
    size = path.stat().st_size / 1e6
    print(
        f"{n_records} records, {n_stories} stories, {size:.0f} MB, made in {time.perf_counter() - start:.0f} s\n",
        flush=True,
    )


def _correct_some(store: Store) -> None:
    """Corrections cost time wherever records are shown: a store that is worked with has some."""
    for stored in store.page(limit=100).records:
        store.correct(stored.record["id"], "status", "negated", who="benchmark")


VIEWS = {
    "Today, a week": "/today",
    "Today, a year": "/today?days=365",
    "Today's alarms": "/today/alarms",
    "Search, no filter": "/search",
    "Search, words": "/search?q=baran+sel",
    "Search, a word, type and status": "/search?q=bator&event=ACCUSE&status=actual",
    "Search, an actor": "/search?actor=RUS",
    "Search, sector and speaker": "/search?actor_sector=MIL&speaker=USA",
    "Search's facets, no filter (loaded after the page)": "/search/facets",
    "Search's facets, an actor": "/search/facets?actor=RUS",
    "Search, a context": "/search?context={context}",
    "Search, sure at least 0.9": "/search?confidence=0.9",
    "Search, the second page": "/search?after={after}",
    "Article": "/article/{article}",
    "Story": "/story/{story}",
    "Timeline, all": "/timeline",
    "Timeline, an actor and a sector": "/timeline?actor=RUS&actor_sector=MIL",
    "Network, 40": "/network",
    "Network, 200, sure at least 0.9": "/network?size=200&confidence=0.9",
    "Map": "/map",
    "Map, an actor": "/map?actor=RUS",
    "Pair, choosing": "/pair",
    "Pair by month": "/pair?a=USA&b=RUS",
    "Pair by week, two pairs": "/pair?a=USA&b=RUS&c=CHN&d=GBR&unit=week",
    "Pair of groups, a sector": "/pair?a=USA%2BGBR&b=RUS.MIL",
    "Changes": "/changes",
    "API: a page of records": "/api/records",
    "API: facets": "/api/facets",
    "API: series by day": "/api/series?unit=day",
    "API: stories": "/api/stories",
    "API: alarms of a month": "/api/alarms?since=2024-12-01&until=2024-12-31",
}  # fmt: skip


@contextmanager
def serving(path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).parent / "dragoman")
    process = subprocess.Popen([program, "serve", "--db", str(path), "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        yield _wait(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)


def _wait(base: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the desk did not start")
        try:
            ask(base + "/health")
        except OSError:
            time.sleep(0.1)
        else:
            return base
    raise SystemExit("the desk did not answer within a minute")


def ask(url: str) -> float:
    """Return the seconds of one answer."""
    start = time.perf_counter()
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - start


def fill_links(path: Path) -> dict[str, str]:
    with open_store(path) as store:
        page = store.page(limit=50)
        story = next(iter(store.stories()))
        names = {"after": page.next, "article": page.records[0].article, "story": story.id, "context": load_context()}
    return {name: link.format(**names) for name, link in VIEWS.items()}


def load_context() -> str:
    return next(iter(load_ontology().contexts))


def time_views(base: str, links: dict[str, str], times: int) -> list[tuple[str, float, float]]:
    rows = []
    for name, link in links.items():
        seconds = [ask(base + link) * 1000 for _ in range(times)]
        rows.append((name, statistics.median(seconds), max(seconds)))
    return rows


def time_first_page(base: str) -> dict[str, float] | None:
    """Return milliseconds from the click to painted, loaded, and charts drawn in a fresh browser; None without Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if program is None:
        return None
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        start = time.perf_counter()
        page.goto(base + "/")
        page.wait_for_function("[...document.querySelectorAll('[data-chart]')].every(one => one.dataset.ready)")
        drawn = (time.perf_counter() - start) * 1000
        told = page.evaluate(
            "() => ({painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,"
            " loaded: performance.timing.loadEventEnd - performance.timing.navigationStart})"
        )
        browser.close()
    return {**told, "charts drawn": drawn}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="where the store stays, to be used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "desk.db"
        if not path.exists():
            make_store(path, options.records)
        links = fill_links(path)
        with serving(path) as base:
            first = time_first_page(base)
            rows = time_views(base, links, options.times)
    tell(first, rows)


def tell(first: dict[str, float] | None, rows: list[tuple[str, float, float]]) -> None:
    told = ", ".join(f"{name} {ms:.0f} ms" for name, ms in first.items()) if first else "no Chromium here"
    print(f"First page in Chromium: {told}\n\n| view | median ms | slowest ms |\n|---|--:|--:|")
    for name, median, slowest in rows:
        print(f"| {name} | {median:.0f} | {slowest:.0f} |")
    slow = [name for name, median, _ in rows if median > VIEW_MS]
    slow += ["first page"] if first and max(first.values()) > FIRST_PAGE_S * 1000 else []
    print(f"\nOver the bar: {', '.join(slow) or 'none'}")
    raise SystemExit(bool(slow))


if __name__ == "__main__":
    main()
