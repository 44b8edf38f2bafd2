"""Dragoman reads political news and writes down who did what to whom, when, where, and who says so.

>>> import dragoman
>>> coder = dragoman.load()
>>> events = coder.code("Russia expelled two Polish diplomats on Monday.", published="2024-03-06")
>>> events[0].event, events[0].date.isoformat()  # doctest: +SKIP
('SANCTION', '2024-03-04')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.pipeline import Coder

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(*, ontology: str | Path | None = None, actors: str | Path | None = None) -> Coder:
    """Return a coder with the embedded English reader.

    ``ontology`` names a user's own ontology file, ``actors`` a user's own list of actors. Raises
    ``dragoman.errors.SettingsError`` where either is faulty.
    """
    # Loading the parts takes longer than `import dragoman` may.
    from pathlib import Path

    from dragoman.pipeline import load_coder

    return load_coder(ontology=Path(ontology) if ontology else None, actors=Path(actors) if actors else None)
