"""Where our own corpus lies, for the benchmarks that read it. It is part of the repository, not of the installed package."""

from __future__ import annotations

from pathlib import Path

from dragoman.errors import SettingsError

_BESIDE_THE_SOURCE = Path(__file__).parents[3] / "corpus"


def find_corpus(part: str) -> Path:
    """Return the folder of a part of the corpus ("invented"), under the current folder or beside the source.

    Raises SettingsError where it is in neither.
    """
    for corpus in (Path("corpus"), _BESIDE_THE_SOURCE):
        if (corpus / part).is_dir():
            return corpus / part
    raise SettingsError(
        "corpus",
        where=f"corpus/{part}",
        expected="the folder of annotated documents",
        got="none",
        fix="run it in a checkout of the repository",
    )
