"""Reports made for tests: short to write, full events inside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.link import Report
from dragoman.records import Actor, Citation, Event, Evidence, Moment, Place, Provenance, Span, Status

DAY = date(2021, 6, 8)


def make_actor(code: str, sector: str = "GOV") -> Actor:
    return Actor(code, (sector,), text=code)


def make_report(name: str, text: str, **changes: Any) -> Report:
    """Return a report of a missile launch by PRK on 8 June 2021; ``changes`` are fields of the event, or those below."""
    article = changes.pop("article", f"a-{name}")
    day, basis = changes.pop("day", DAY), changes.pop("basis", "text")
    outlet, title = changes.pop("outlet", f"Outlet {name}"), changes.pop("title", None)
    published, witness = changes.pop("published", day + timedelta(days=1)), changes.pop("witness", "")
    fields: dict[str, Any] = {
        "event": "MOBILIZE",
        "mode": (),
        "status": Status.ACTUAL,
        "context": (),
        "quad_code": 4,
        "event_scale": -6.5,
        "cameo": "154",
        "actor": (make_actor("PRK"),),
        "recipient": (),
        "event_loc": None,
        "speaker": None,
        "confidence": 0.8,
        "moment": Moment(day, "day", basis),
    } | changes
    event = Event(
        id=f"e-{name}",
        article_id=article,
        evidence=(Evidence(0, Span(0, len(text)), Span(0, len(text)), changes.pop("event_text", text)),),
        why=(),
        cite=Citation(None, title, outlet, None, published, "en"),
        provenance=Provenance("dragoman 0", "reader", "plover-2.0"),
        **{key: value for key, value in fields.items() if key != "event_text"},
    )
    return Report(event, (text,), witness)


def make_place(name: str, lat: float, lon: float, country: str = "SOM") -> Place:
    return Place(name, Span(0, len(name)), name, country, None, lat, lon, None, "city")


LAUNCH_TEXTS = (
    "North Korea fired a ballistic missile into the Sea of Japan on Tuesday",
    "A ballistic missile was launched by North Korea on Tuesday, the military in Seoul said",
    "Pyongyang launched a missile that fell into the sea off Japan",
    "The North fired a ballistic missile early on Tuesday, landing 300 km off Aomori",
    "North Korea test-fired a missile on Tuesday that landed in the Sea of Japan",
    "Tuesday's launch of a ballistic missile by Pyongyang alarmed Japan",
    "North Korea has launched a ballistic missile over the sea, Japan's coast guard said",
    "Japan said North Korea fired a missile which dropped in waters near Aomori",
    "Kim Jong Un's regime fired a ballistic missile that flew 520 km on Tuesday",
    "The missile that North Korea fired on Tuesday flew 520 km before hitting the sea",
)


def make_launch(n_reports: int = 10, **changes: Any) -> list[Report]:
    return [make_report(f"{number:02}", text, **changes) for number, text in enumerate(LAUNCH_TEXTS[:n_reports])]
