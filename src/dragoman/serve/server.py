"""Opening the desk: the store, the application, and the server on this machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from dragoman.errors import MissingExtra, SettingsError
from dragoman.intake import Settings


def serve_desk(
    where: str, settings: Settings, *, host: str, port: int, token: str | None, tell: Callable[[str], None]
) -> None:
    """Serve the desk of a store until it is interrupted. ``tell`` gets the link to open.

    Raises SettingsError where others could reach the desk and no token was chosen, MissingExtra where the web framework is missing.
    """
    try:
        import uvicorn

        from dragoman.serve.app import make_app
        from dragoman.serve.desk import Desk
    except ImportError as error:
        raise MissingExtra(f"{error.name} is not installed", fix="run: pip install 'dragoman[desk]'") from error
    from dragoman.store import open_store

    with open_store(where) as store:
        desk = Desk(store, where.rpartition("/")[2].rpartition("@")[2], settings, host=host, port=port)
        desk.token = token or desk.token
        if not desk.is_private and not token:
            raise SettingsError(
                "--host", expected="127.0.0.1, or also --token", got=host, fix="choose a token of 16 characters or more"
            )
        if token is not None and len(token) < 16:  # noqa: PLR2004
            raise SettingsError("--token", expected="16 characters or more", got=f"{len(token)}")
        tell(f"The desk is open. To read and correct: {desk.address}")
        with suppress(KeyboardInterrupt):
            uvicorn.run(make_app(desk), host=host, port=port, log_level="warning", server_header=False)
