"""The web application: pages, the HTTP API, static files, and what all of them share."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import JSONResponse, Response

from dragoman import __version__
from dragoman.errors import BusyStore, DragomanError, MissingExtra, StoreError
from dragoman.serve import api, pages
from dragoman.serve.desk import Desk
from dragoman.serve.guard import make_guard
from dragoman.serve.shell import Shell

_STATIC = Path(__file__).parent / "static"


def make_app(desk: Desk) -> FastAPI:
    """Return the desk as a web application, for a server or a test client."""
    app = FastAPI(title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    shell = Shell(desk)
    app.middleware("http")(make_guard(desk))
    app.include_router(api.make_router(desk))
    app.include_router(pages.make_router(shell), include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    _answer_errors(app, shell)
    return app


def _answer_errors(app: FastAPI, shell: Shell) -> None:
    async def refuse(request: Request, error: Exception) -> Response:
        status, reason = _explain(error)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": reason}, status)
        return shell.page(request, "error.html", status_code=status, status=status, reason=reason)

    for kind in (DragomanError, AnyHTTPException, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, refuse)


def _explain(error: Exception) -> tuple[int, str]:
    if isinstance(error, AnyHTTPException):
        return error.status_code, str(error.detail)
    if isinstance(error, BusyStore):
        return 503, str(error)
    if isinstance(error, MissingExtra):
        return 501, str(error)
    if isinstance(error, StoreError):
        return 500, str(error)
    if isinstance(error, RequestValidationError):
        return 422, "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
    return 422, str(error)
