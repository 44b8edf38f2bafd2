"""The pages: each a link that can be sent, rendered on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from dragoman.errors import InputError, SettingsError
from dragoman.serve import alarms, amend, tables, views, wording
from dragoman.serve.guard import COOKIE, FORM_FIELD, check_write
from dragoman.serve.marks import MOST_SHOWN, cut_text, list_marks, tame
from dragoman.serve.paste import code_pasted, keep_pasted, read_upload
from dragoman.serve.query import Query, read_query, read_whole
from dragoman.serve.shell import Shell
from dragoman.store import StoredRecord

_ID = re.compile(r"[a-z]-[0-9a-z-]{1,60}")
_PAGE = 50
_MOST_DOWNLOADED = 200_000
ANALYST = "analyst"


def make_router(shell: Shell) -> APIRouter:
    """Return the routes of all pages."""
    router = APIRouter()
    for add in (_add_entry, _add_lists, _add_charts, _add_articles, _add_paste, _add_changes, _add_downloads):
        add(router, shell)
    return router


def _add_entry(router: APIRouter, shell: Shell) -> None:
    @router.get("/enter")
    def enter(token: str = "") -> Response:
        if not shell.desk.is_token(token):
            raise HTTPException(403, "That is not this desk's token: open the link that `dragoman serve` printed last.")
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
        return answer

    @router.get("/health")
    def health() -> Response:
        return Response("well\n", media_type="text/plain")


def _add_lists(router: APIRouter, shell: Shell) -> None:
    store = shell.desk.store

    @router.get("/")
    @router.get("/today")
    def today(request: Request) -> Response:
        query = read_query(request.query_params)
        days = read_whole(request.query_params, "days", 7, 1, 3660)
        since, until = views.period(query.wanted, store, days)
        wanted = _within(query, since, until)
        stories = views.today(store, wanted)
        latest = [] if stories else [views.brief(one) for one in store.page(wanted, limit=_PAGE).records]
        bars = views.months(store, wanted, "day")
        what: dict[str, Any] = {
            "stories": stories,
            "latest": latest,
            "since": since,
            "until": until,
            "days": days,
            "bars": bars,
        }
        return shell.page(request, "today.html", query=query, total=store.count(wanted), **what)

    @router.get("/today/alarms")
    def today_alarms(request: Request) -> Response:
        since, until = views.period(read_query(request.query_params).wanted, store, 7)
        return shell.page(request, "alarms.html", alarms=alarms.latest_alarms(store, since, until)[:8])

    @router.get("/search")
    def search(request: Request) -> Response:
        query = read_query(request.query_params)
        after = request.query_params.get("after") or None
        page = store.page(query.wanted, after=after, limit=_PAGE)
        hits = store.search(query.wanted.text, limit=8) if query.wanted.text.strip() and not after else ()
        what: dict[str, Any] = {
            "rows": [views.brief(one) for one in page.records],
            "next": page.next,
            "total": store.count(query.wanted),
            "hits": hits,
        }
        return shell.page(request, "search.html", query=query, **what)

    @router.get("/search/facets")
    def search_facets(request: Request) -> Response:
        query = read_query(request.query_params)
        counts = store.facets(query.wanted, views.FACETS, limit=10)
        return shell.page(request, "facets.html", query=query, facets=counts)


def _within(query: Query, since: Any, until: Any) -> Any:
    from dataclasses import replace

    return replace(query.wanted, since=since, until=until)


def _add_charts(router: APIRouter, shell: Shell) -> None:
    store = shell.desk.store

    @router.get("/timeline")
    def timeline(request: Request) -> Response:
        query = read_query(request.query_params)
        return shell.page(request, "timeline.html", query=query, **views.timeline(store, query.wanted))

    @router.get("/network")
    def network(request: Request) -> Response:
        query = read_query(request.query_params)
        size = read_whole(request.query_params, "size", 40, 2, 200)
        return shell.page(request, "network.html", query=query, size=size, **views.network(store, query.wanted, size))

    @router.get("/map")
    def show_map(request: Request) -> Response:
        query = read_query(request.query_params)
        return shell.page(request, "map.html", query=query, **views.world(store, query.wanted))

    @router.get("/pair")
    def pair(request: Request) -> Response:
        query = read_query(request.query_params)
        unit = request.query_params.get("unit", "month")
        if unit not in ("week", "month"):
            raise InputError("parameter 'unit'", expected="week or month", got=repr(unit)[:40])
        sides: dict[str, Any] = {name: request.query_params.get(name, "").upper()[:60] for name in ("a", "b", "c", "d")}
        shown = [
            _pair(shell, query, sides[one], sides[other], unit)
            for one, other in ("ab", "cd")
            if sides[one] and sides[other]
        ]
        known = [row for row in store.dyads(query.wanted, limit=24) if row.recipient and row.recipient != row.actor]
        return shell.page(request, "pair.html", query=query, pairs=shown, unit=unit, known=known[:12], **sides)


def _pair(shell: Shell, query: Query, one: str, other: str, unit: Any) -> dict[str, Any]:
    wanted = views.pair_filter(query.wanted, one, other)
    rows = views.months(shell.desk.store, wanted, unit)
    return {
        "one": one,
        "other": other,
        "rows": rows,
        "alarms": alarms.pair_alarms(rows, unit),
        "link": _pair_link(wanted),
    }


def _pair_link(wanted: Any) -> str:
    names = ("actor", "actor_sector", "recipient", "recipient_sector")
    parts = [f"{name}={quote(value)}" for name in names for value in getattr(wanted, name)]
    return "&".join([*parts, "either=1"])


def _add_articles(router: APIRouter, shell: Shell) -> None:
    store = shell.desk.store

    @router.get("/article/{article_id}")
    def article(request: Request, article_id: str) -> Response:
        found = store.find_article(_checked(article_id))
        if found is None:
            raise HTTPException(404, "No article of this id is in the store. It may have been sent from another store.")
        records = [*store.records_of(found.id), *amend.added_to(store, found)]
        return shell.page(
            request,
            "article.html",
            article=found,
            cards=[_card(shell, one) for one in records],
            paragraphs=_paragraphs(found.text, records),
            is_cut=len(found.text) > MOST_SHOWN,
            log=store.corrections(article_id=found.id),
            choices=wording.choices(),
        )

    @router.get("/record/{record_id}")
    def record(request: Request, record_id: str) -> Response:
        found = store.find_record(_checked(record_id))
        if found is None:
            raise HTTPException(404, "No record of this id is in the store.")
        if views.brief(found)["article"] is None:
            row = store.find_imported(found.number)
            given = row.raw if row else {}
            return shell.page(request, "record.html", row=views.brief(found), record=found.record, given=given)
        return RedirectResponse(f"/article/{found.record['article_id']}#{found.record['id']}", 303)

    @router.get("/story/{story_id}")
    def story(request: Request, story_id: str) -> Response:
        found = store.find_story(_checked(story_id))
        if found is None:
            raise HTTPException(
                404, "No story of this id is in the store. Linking anew may have joined it to another one."
            )
        members = store.find_records(one.record for one in found.members)
        near = [row for row in views.today(store, _near(found), limit=13) if row["story"] != found.id]
        return shell.page(request, "story.html", story=found, members=members, brief=views.brief, near=near[:12])


def _near(story: Any) -> Any:
    from dataclasses import replace
    from datetime import date, timedelta

    from dragoman.store import Filter

    if not story.date:
        return Filter(event=(story.event,))
    day = date.fromisoformat(story.date)
    return replace(Filter(event=(story.event,)), since=day - timedelta(days=2), until=day + timedelta(days=2))


def _checked(name: str) -> str:
    if _ID.fullmatch(name) is None:
        raise HTTPException(404, "That is no id of ours: ids look like a-51c0d3e8f7a2b946.")
    return name


def _paragraphs(text: str, records: list[StoredRecord]) -> Any:
    marks = [mark for number, one in enumerate(records) for mark in list_marks(one.record, number)]
    return cut_text(text, marks)


def _card(shell: Shell, stored: StoredRecord) -> dict[str, Any]:
    story = shell.desk.store.story_of(stored.number)
    return {"stored": stored, "record": stored.record, "brief": views.brief(stored), "story": story}


def _add_paste(router: APIRouter, shell: Shell) -> None:
    desk = shell.desk

    @router.get("/paste")
    def paste(request: Request) -> Response:
        return shell.page(request, "paste.html", given={}, coded=None, kept=None)

    @router.post("/paste")
    def code(  # noqa: PLR0913, PLR0917
        request: Request,
        text: Annotated[str, Form()] = "",
        title: Annotated[str, Form()] = "",
        published: Annotated[str, Form()] = "",
        outlet: Annotated[str, Form()] = "",
        keep: Annotated[str, Form()] = "",
        form_token: Annotated[str, Form(alias=FORM_FIELD)] = "",
        file: Annotated[UploadFile | None, File()] = None,
    ) -> Response:
        check_write(desk, request, form_token)
        article = read_upload(file, text=text, title=title, published=published, outlet=outlet)
        if keep == "yes":
            return RedirectResponse(f"/article/{keep_pasted(desk, article)}", 303)
        coded = code_pasted(desk, article)
        records = [_unkept(event) for event in coded.events]
        given = {
            "text": article.text,
            "title": article.title or "",
            "published": article.published or "",
            "outlet": article.outlet or "",
        }
        cards = [{"stored": one, "record": one.record, "brief": views.brief(one), "story": None} for one in records]
        shown = _paragraphs(coded.document.text, records)
        return shell.page(
            request,
            "paste.html",
            given=given,
            coded=coded,
            cards=cards,
            paragraphs=shown,
            kept=None,
            choices=wording.choices(),
        )


def _unkept(event: Any) -> StoredRecord:
    from dragoman.records import event_to_record

    return StoredRecord(0, event_to_record(event), "", "", None, 0)


def _add_changes(router: APIRouter, shell: Shell) -> None:  # noqa: C901
    store, desk = shell.desk.store, shell.desk

    @router.get("/changes")
    def changes(request: Request) -> Response:
        log = sorted(store.corrections(), key=lambda one: -one.number)[:200]
        decisions = sorted(store.decisions(with_undone=True), key=lambda one: -one.number)[:200]
        return shell.page(request, "changes.html", log=log, decisions=decisions)

    @router.post("/correct/{record_id}")
    async def correct(request: Request, record_id: str) -> Response:
        form = await _read_form(request)
        for field in form.get("field", []):
            values = form.get(field, [])
            amend.change_field(store, _checked(record_id), field, values, who=_who(form), note=_one(form, "note"))
        return _back(form, record_id)

    @router.post("/add/{article_id}")
    async def add(request: Request, article_id: str) -> Response:
        form = await _read_form(request)
        article = store.find_article(_checked(article_id))
        if article is None:
            raise HTTPException(404, "No article of this id is in the store.")
        fields = {name: _one(form, name) for name in form}
        return _back(form, amend.add_event(store, article, fields, who=_who(form)), article_id)

    @router.post("/undo/{kind}/{number}")
    async def undo(request: Request, kind: str, number: int) -> Response:
        form = await _read_form(request)
        take_back: Callable[..., Any] = store.undo_decision if kind == "decision" else store.undo_correction
        take_back(number, who=_who(form))
        return _back(form, "")

    @router.post("/decide")
    async def decide(request: Request) -> Response:
        form = await _read_form(request)
        action, first = _one(form, "action"), _one(form, "first")
        for second in form.get("second", []):
            if second != first:
                keys = (_key(store, first), _key(store, second))
                store.decide("join" if action == "join" else "split", *keys, who=_who(form))
        return _back(form, "")

    async def _read_form(request: Request) -> dict[str, list[str]]:
        form = await request.form(max_files=0, max_fields=200)
        given: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            given.setdefault(name, []).append(str(value)[:20_000].replace("\r\n", "\n").replace("\0", ""))
        check_write(desk, request, _one(given, FORM_FIELD))
        return given


def _key(store: Any, record_id: str) -> str:
    stored = store.find_record(_checked(record_id))
    if stored is None:
        raise SettingsError("decision on a story", expected="the id of a record in the store", got=repr(record_id)[:60])
    return str(stored.key)


def _one(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[-1].strip()


def _who(form: dict[str, list[str]]) -> str:
    return tame(_one(form, "who"), 40) or ANALYST


def _back(form: dict[str, list[str]], record_id: str, article_id: str = "") -> Response:
    """Lead back to the page that the form stood on, and nowhere else."""
    place = _one(form, "back") or (f"/article/{article_id}" if article_id else "/changes")
    is_ours = re.fullmatch(r"/(?:article|story)/[a-z]-[0-9a-z-]{1,60}|/changes|/today", place) is not None
    answer = RedirectResponse((place if is_ours else "/changes") + (f"#{record_id}" if record_id else ""), 303)
    answer.set_cookie("dragoman_name", quote(_who(form)), httponly=True, samesite="strict")
    return answer


def _add_downloads(router: APIRouter, shell: Shell) -> None:
    store = shell.desk.store

    @router.get("/download/{view}.{kind}")
    def download(request: Request, view: str, kind: str) -> Response:
        if kind not in tables.FORMATS or view not in _ROWS:
            raise HTTPException(404, "There is no such download: each view comes as csv, json or parquet.")
        query = read_query(request.query_params)
        content = _ROWS[view](store, query, request.query_params, kind)
        body = content if isinstance(content, bytes) else tables.write_rows(content, kind)
        named = {"Content-Disposition": f'attachment; filename="dragoman-{view}.{kind}"'}
        return Response(body, media_type=tables.FORMATS[kind], headers=named)


def _search_rows(store: Any, query: Query, _: Any, kind: str) -> bytes:
    from itertools import islice

    return tables.write_events(islice(store.events(query.wanted), _MOST_DOWNLOADED), kind)


def _today_rows(store: Any, query: Query, params: Any, _: str) -> list[dict[str, Any]]:
    since, until = views.period(query.wanted, store, read_whole(params, "days", 7, 1, 3660))
    return views.today(store, _within(query, since, until), limit=10_000)


def _pair_rows(store: Any, query: Query, params: Any, _: str) -> list[dict[str, Any]]:
    unit = "week" if params.get("unit") == "week" else "month"
    sides = [(params.get(one, ""), params.get(other, "")) for one, other in ("ab", "cd")]
    return [
        {"pair": f"{one}-{other}".upper(), **row}
        for one, other in sides
        if one and other
        for row in views.months(store, views.pair_filter(query.wanted, one, other), unit)
    ]


def _article_rows(store: Any, _: Query, params: Any, kind: str) -> bytes:
    return tables.write_events((one.event for one in store.records_of(_checked(params.get("id", "")))), kind)


_ROWS: dict[str, Callable[..., Any]] = {
    "search": _search_rows,
    "today": _today_rows,
    "pair": _pair_rows,
    "article": _article_rows,
    "timeline": lambda store, query, _, __: views.timeline(store, query.wanted)["points"],
    "network": lambda store, query, params, __: views.network(
        store, query.wanted, read_whole(params, "size", 40, 2, 200)
    )["links"],
    "map": lambda store, query, _, __: views.world(store, query.wanted)["countries"],
}
