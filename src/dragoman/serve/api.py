"""The HTTP API: what the pages show, as JSON, under the same filters."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Query, Request

from dragoman.errors import InputError
from dragoman.serve import alarms, amend, views
from dragoman.serve.desk import Desk
from dragoman.serve.guard import check_write
from dragoman.serve.query import read_query
from dragoman.store import Filter

_Name = Annotated[str, Query(max_length=60)]
_Unit = Literal["day", "week", "month", "year"]
_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The request cannot be read."},
    403: {"description": "Writing needs the token."},
    404: {"description": "Nothing of this id is there."},
    413: {"description": "The request is too large."},
    421: {"description": "The desk does not answer to this name."},
    422: {"description": "A parameter cannot be read; `detail` says which and why."},
}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_FILTER = [
    {"name": name, "in": "query", "description": told, "schema": _STRINGS}
    for name, told in (
        ("event", "PLOVER type"), ("mode", "PLOVER mode"), ("status", "PLOVER status"), ("actor", "code of who acts"),
        ("recipient", "code of who is acted upon"), ("speaker", "code of who vouches"), ("country", "where it happened"),
        ("outlet", "who reported it"), ("since", "first day"), ("until", "last day"), ("q", "words of the article"),
        ("confidence", "at least, 0..1"), ("either", "1: either way round"), ("actor_sector", "PLOVER sector"),
        ("recipient_sector", "PLOVER sector"), ("context", "PLOVER context"), ("quad", "quad class 1..4"),
        ("source", "own, or whose event data"),
    )
]  # fmt: skip


def make_router(desk: Desk) -> APIRouter:
    """Return the routes under /api."""
    router = APIRouter(prefix="/api", responses=_ERRORS)
    _add_records(router, desk)
    _add_counts(router, desk)
    _add_corrections(router, desk)
    return router


def _wanted(request: Request) -> Filter:
    return read_query(request.query_params).wanted


def _add_records(router: APIRouter, desk: Desk) -> None:
    store = desk.store

    @router.get("/records", openapi_extra={"parameters": _FILTER})
    def records(
        request: Request,
        after: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> dict[str, Any]:
        """Event records, the newest first, and the cursor of the next page."""
        page = store.page(_wanted(request), after=after, limit=limit)
        return {"records": [one.record for one in page.records], "next": page.next}

    @router.get("/records/{record_id}")
    def record(record_id: str) -> dict[str, Any]:
        """One event record, as it counts at present."""
        found = store.find_record(_plain(record_id))
        if found is None:
            raise HTTPException(404, "No record of this id is in the store.")
        return found.record

    @router.get("/articles/{article_id}")
    def article(article_id: str) -> dict[str, Any]:
        """An article's text, which offsets point into, and its records."""
        found = store.find_article(_plain(article_id))
        if found is None:
            raise HTTPException(404, "No article of this id is in the store.")
        told = {
            "id": found.id,
            "title": found.title,
            "outlet": found.outlet,
            "url": found.url,
            "published": found.published,
        }
        return {**told, "text": found.text, "records": [one.record for one in store.records_of(found.id)]}

    @router.get("/stories", openapi_extra={"parameters": _FILTER})
    def stories(request: Request, limit: Annotated[int, Query(ge=1, le=500)] = 60) -> list[dict[str, Any]]:
        """Stories, those of most weight and novelty first."""
        return views.today(store, _wanted(request), limit=limit)


def _plain(name: str) -> str:
    if not name.isprintable() or len(name) > 80:  # noqa: PLR2004
        raise HTTPException(404, "That is no id of ours.")
    return name


def _add_counts(router: APIRouter, desk: Desk) -> None:
    store = desk.store

    @router.get("/facets", openapi_extra={"parameters": _FILTER})
    def facets(request: Request) -> dict[str, list[dict[str, Any]]]:
        """How many records have each value."""
        found = store.facets(_wanted(request), views.FACETS, limit=50)
        return {name: [{"value": one.value, "n": one.n} for one in counts] for name, counts in found.items()}

    @router.get("/series", openapi_extra={"parameters": _FILTER})
    def series(request: Request, unit: _Unit = "month") -> list[dict[str, Any]]:
        """Cooperation and conflict a period."""
        return views.months(store, _wanted(request), unit)

    @router.get("/pair", openapi_extra={"parameters": _FILTER})
    def pair(request: Request, a: _Name, b: _Name, unit: Literal["week", "month"] = "month") -> dict[str, Any]:
        """What two sides do to each other a period, with alarms and changes of level."""
        rows = views.months(store, views.pair_filter(_wanted(request), a, b), unit)
        return {"series": rows, "alarms": alarms.pair_alarms(rows, unit)}

    @router.get("/timeline", openapi_extra={"parameters": _FILTER})
    def timeline(request: Request) -> dict[str, Any]:
        """Records a day and type."""
        return views.timeline(store, _wanted(request))

    @router.get("/network", openapi_extra={"parameters": _FILTER})
    def network(request: Request, size: Annotated[int, Query(ge=2, le=200)] = 40) -> dict[str, Any]:
        """Who acts on whom."""
        return views.network(store, _wanted(request), size)

    @router.get("/map", openapi_extra={"parameters": _FILTER})
    def world(request: Request) -> dict[str, Any]:
        """Records a country, and the latest places."""
        return views.world(store, _wanted(request))

    @router.get("/alarms")
    def latest(since: date, until: date) -> list[dict[str, Any]]:
        """Rises and falls in a period among the pairs with most records."""
        if since > until:
            raise InputError("parameter 'since'", expected="a day not after 'until'", got=since.isoformat())
        return alarms.latest_alarms(store, since, until)


def _add_corrections(router: APIRouter, desk: Desk) -> None:
    @router.get("/corrections")
    def corrections() -> list[dict[str, Any]]:
        """All corrections in the order in which they were made, undone ones too."""
        from dataclasses import asdict

        return [asdict(one) for one in desk.store.corrections()]

    @router.post("/records/{record_id}/corrections", status_code=201)
    def correct(request: Request, record_id: str, change: Annotated[dict[str, Any], Body()]) -> dict[str, Any]:
        """Correct a field: {"field", "value", "who", "note"}. Needs `Authorization: Bearer TOKEN`."""
        from dataclasses import asdict

        check_write(desk, request)
        if desk.store.find_record(_plain(record_id)) is None:
            raise HTTPException(404, "No record of this id is in the store.")
        who, note = (str(change.get(name) or "")[:400] for name in ("who", "note"))
        made = desk.store.correct(
            record_id, str(change.get("field")), change.get("value"), who=who or amend.HAND, note=note
        )
        return asdict(made)
