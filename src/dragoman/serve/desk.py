"""What the desk works with: the store, the coder, and who may write."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from dragoman.intake import Settings
from dragoman.pipeline import Coder
from dragoman.store import Store

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass
class Desk:
    """One open store with its web pages.

    ``token`` lets its bearer write; where others than this machine can reach the desk, also read.
    """

    store: Store
    name: str = "store"
    settings: Settings = field(default_factory=Settings)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    host: str = "127.0.0.1"
    port: int = 8000
    _lock: Lock = field(default_factory=Lock)

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach the desk."""
        return self.host in _LOOPBACK

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names by which a browser may call the desk; None where the token alone decides."""
        return frozenset((*_LOOPBACK, "[::1]")) if self.is_private else None

    @property
    def address(self) -> str:
        """The link that opens the desk with the right to write."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/enter?token={self.token}"

    @property
    def form_token(self) -> str:
        """What every form of ours carries, and no other site's can know."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    def is_token(self, given: str | None) -> bool:
        """Return whether it is the token, in a time that tells nothing about it."""
        return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def is_form_token(self, given: str | None) -> bool:
        """Return whether it is the token of our own forms."""
        return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), self.form_token.encode())

    @cached_property
    def _coder(self) -> Coder:
        return self.settings.load()

    def coder(self) -> Coder:
        """Return the coder, loaded when it is first asked for."""
        with self._lock:
            return self._coder
