"""What all pages stand in: templates, filters, and what every page knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dragoman import __version__
from dragoman.serve import amend, wording
from dragoman.serve.desk import Desk
from dragoman.serve.guard import may_write
from dragoman.serve.marks import show, tame
from dragoman.serve.query import Query
from dragoman.store import Filter

_TEMPLATES = Path(__file__).parent / "templates"
VIEWS = (
    ("today", "Today"),
    ("search", "Search"),
    ("timeline", "Timeline"),
    ("pair", "Pair"),
    ("network", "Network"),
    ("map", "Map"),
    ("paste", "Paste"),
    ("changes", "Changes"),
)


class Shell:
    """Renders pages for one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._pages = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.filters.update(
            tame=tame, sign=wording.sign, quad=wording.name_quad, side=wording.side_of, show=_show
        )
        self._pages.globals.update(
            statuses=wording.STATUSES,
            wording=wording,
            amend=amend,
            views=VIEWS,
            version=__version__,
            urlencode=urlencode,
        )

    def page(self, request: Request, template: str, *, status_code: int = 200, **what: Any) -> HTMLResponse:
        """Return a page made from a template."""
        writes = may_write(self.desk, request)
        known = {
            "path": request.url.path,
            "can_write": writes,
            "form_token": self.desk.form_token if writes else "",
            "store_name": self.desk.name,
            "query": Query(Filter(), ()),
            "who": tame(request.cookies.get("dragoman_name"), 40),
        }
        return HTMLResponse(self._pages.get_template(template).render({**known, **what}), status_code)


def _show(text: str) -> list[tuple[str, bool]]:
    return list(show(text))
