"""Who may do what: host names, tokens, other sites' forms, and what a page may load."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.responses import PlainTextResponse, Response

from dragoman.serve.desk import Desk

COOKIE = "dragoman"
FORM_FIELD = "form_token"
HEADER = "X-Dragoman-Form"
MOST_BYTES = 4_000_000
"""What a request may bring along, an uploaded file included."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # "no-referrer" would also hide the origin by which a form of ours is known
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_OPEN_PATHS = ("/enter", "/static/", "/health")
Next = Callable[[Request], Awaitable[Response]]


def make_guard(desk: Desk) -> Callable[[Request, Next], Awaitable[Response]]:
    """Return the middleware that every request passes."""

    async def guard(request: Request, follow: Next) -> Response:
        response = _refusal(desk, request) or await follow(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if not request.url.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return guard


def _refusal(desk: Desk, request: Request) -> Response | None:
    if desk.hosts is not None and host_of(request.headers.get("host", "")) not in desk.hosts:
        return PlainTextResponse(
            "This desk answers to 127.0.0.1 and localhost only. Open it by one of these names.\n", 421
        )
    if not is_small(request):
        return PlainTextResponse(f"Too large: at most {MOST_BYTES:,} bytes, and their number must be told.\n", 413)
    is_open = request.url.path.startswith(_OPEN_PATHS)
    if not desk.is_private and not is_open and not may_write(desk, request):
        return PlainTextResponse("This desk needs its token: open the link that `dragoman serve` printed.\n", 401)
    return None


def is_small(request: Request) -> bool:
    """Return whether the request says that it is small enough; one that does not say how long it is, is not."""
    length = request.headers.get("content-length")
    if length is None:
        return "transfer-encoding" not in request.headers
    return length.isdecimal() and len(length) < len(str(MOST_BYTES)) + 1 and int(length) <= MOST_BYTES


def host_of(header: str) -> str:
    """Return the host of a Host header, without its port."""
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
    return name.lower()


def may_write(desk: Desk, request: Request) -> bool:
    """Return whether the request shows the token: in our cookie, or as the bearer of a program."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return desk.is_token(request.cookies.get(COOKIE)) or (kind.lower() == "bearer" and desk.is_token(given.strip()))


def check_write(desk: Desk, request: Request, form_token: str | None = None) -> None:
    """Raise where the request may not write: no token, or sent by another site's page."""
    if not may_write(desk, request):
        raise HTTPException(
            403, "Writing needs the token: open the link that `dragoman serve` printed when it started."
        )
    if _is_bearer(request):
        return
    given = form_token or request.headers.get(HEADER)
    if not desk.is_form_token(given) or not _is_own_page(request):
        raise HTTPException(403, "This form did not come from this desk: open the page again and repeat the change.")


def _is_bearer(request: Request) -> bool:
    return request.headers.get("authorization", "").lower().startswith("bearer ")


def _is_own_page(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
