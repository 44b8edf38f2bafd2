"""The desk in a real browser. DRAGOMAN_SCREENSHOTS=1 also writes the pictures of docs/desk."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")
uvicorn = pytest.importorskip("uvicorn")

from dragoman.ingest import read_articles
from dragoman.intake import Settings, ingest
from dragoman.serve.app import make_app
from dragoman.serve.desk import Desk
from dragoman.store import open_store
from tests.serve.conftest import HOSTILE, SAMPLES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
PICTURES = Path(__file__).parents[2] / "docs" / "desk"
PATHS = {
    "today": "/today?days=3660",
    "search": "/search",
    "timeline": "/timeline",
    "pair": "/pair?a=EST&b=RUS",
    "network": "/network?size=200",
    "map": "/map",
    "paste": "/paste",
    "changes": "/changes",
}
_SERIOUS = """axe.run().then(found => found.violations.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => one.id + ": " + one.nodes[0].html))"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open_store(tmp_path_factory.mktemp("desk") / "news.db", create=True) as store:
        for _ in ingest(store, [*read_articles([SAMPLES]), HOSTILE], Settings(model="lexical")):
            pass
        desk = Desk(store, "news.db", Settings(model="lexical"), port=port)
        server = uvicorn.Server(uvicorn.Config(make_app(desk), port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield desk
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide-light", "narrow-dark"])
def page(request: pytest.FixtureRequest, desk: Desk, browser: Any) -> Iterator[Any]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.set_default_timeout(6000)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.on(
        "request",
        lambda sent: page.faults.append(sent.url) if not sent.url.startswith((_base(desk), "data:")) else None,
    )
    page.goto(desk.address)
    yield page
    assert page.faults == []
    context.close()


def _base(desk: Desk) -> str:
    return f"http://127.0.0.1:{desk.port}"


def _check(page: Any, name: str) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...document.querySelectorAll('[data-chart]')].every(one => one.dataset.ready === 'yes')")
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if os.environ.get("DRAGOMAN_SCREENSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{width}.png")
    page.evaluate(AXE)
    assert page.evaluate(_SERIOUS) == []


@pytest.mark.parametrize("name", PATHS)
def test_each_view_is_readable_and_loads_nothing_from_elsewhere(page: Any, desk: Desk, name: str) -> None:
    page.goto(_base(desk) + PATHS[name])
    _check(page, name)


def _article(desk: Desk, words: str) -> str:
    return f"{_base(desk)}/article/" + next(one.id for one in desk.store.articles() if words in one.text)


def test_hostile_text_does_not_run(page: Any, desk: Desk) -> None:
    page.goto(_article(desk, "owned"))
    _check(page, "hostile")
    assert "owned" not in page.title()


def test_a_record_is_corrected_by_keys_alone(page: Any, desk: Desk) -> None:
    page.goto(_article(desk, "Estonia"))
    _check(page, "article")
    name = page.locator("[data-card]").first.get_attribute("id")
    page.keyboard.press("j")
    page.keyboard.press("4")
    page.wait_for_url(f"**#{name}")
    page.wait_for_selector(".log li")
    assert desk.store.find_record(name).record["status"] == "negated"
    page.keyboard.press("u")
    page.wait_for_selector(".log li.undone")
    assert desk.store.find_record(name).record["status"] != "negated"
    page.keyboard.press("x") if page.evaluate("document.activeElement.id") == name else page.locator(
        f"#{name} .strike"
    ).click()
    page.wait_for_selector(f"#{name}.struck")
    page.locator(f"#{name} .strike").click()
    page.wait_for_selector(f"#{name}:not(.struck)")


def test_hovering_a_record_lights_its_words(page: Any, desk: Desk) -> None:
    page.goto(_article(desk, "Estonia"))
    page.locator("[data-card]").first.hover()
    assert page.locator("#text .lit").count() > 0


def test_selected_words_become_an_event(page: Any, desk: Desk) -> None:
    page.goto(_article(desk, "Estonia"))
    start = page.evaluate("""() => {
        const piece = [...document.querySelectorAll("#text [data-at]")].find(one => one.textContent.includes("mended nets"));
        const text = piece.firstChild, at = text.data.indexOf("mended nets");
        getSelection().setBaseAndExtent(text, at, text, at + 11);
        return Number(piece.dataset.at) + [...text.data.slice(0, at)].length; }""")
    page.keyboard.press("n")
    assert page.locator("#words").text_content() == "mended nets"
    assert page.locator("#start").input_value() == str(start)
    page.locator("#add select[name=event]").select_option("AID")
    page.locator("#add button").click()
    page.wait_for_selector("text=added by hand >> nth=0", state="attached")


def test_a_pasted_text_is_coded(page: Any, desk: Desk) -> None:
    page.goto(_base(desk) + "/paste")
    page.fill("textarea[name=text]", "France condemned Russia on Tuesday. Russia rejected the accusation.")
    page.click("text=Code it")
    page.wait_for_selector("[data-card]")
    _check(page, "pasted")
