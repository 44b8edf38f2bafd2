"""Who held which office on a day: dated questions written from people's knowledge, not from the gazetteer, answered by the gazetteer."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import SettingsError
from dragoman.records import MentionKind
from dragoman.resolve.actor_gazetteer import Gazetteer
from dragoman.resolve.actor_words import make_key
from dragoman.resolve.actors import Identity, identify, load_gazetteer

QUESTIONS = Path("tests/resolve/offices.csv")
RECENT = datetime.date(2015, 1, 1)
_BESIDE_THE_SOURCE = Path(__file__).parents[4] / QUESTIONS


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who held the office that ``text`` names on a day ("holder"), or which office the person held ("office").

    ``persons`` and ``offices`` list the answers that count as right; of an office's name a part is enough.
    """

    kind: str
    text: str
    on: datetime.date
    code: str
    persons: tuple[str, ...]
    offices: tuple[str, ...]


def run(_folder: Path, *, details: bool) -> Iterator[str]:
    """Yield how many questions are answered rightly, by kind and time; with details, each wrong answer. The folder is not needed.

    Raises SettingsError where the questions are missing.
    """
    gazetteer = load_gazetteer()
    answers = [(question, answer(question, gazetteer)) for question in load_questions()]
    right = [is_right(question, found, gazetteer) for question, found in answers]
    yield f"offices: {_share(right)} dated questions right (knowledge as of {gazetteer.as_of})"
    for name, wanted in (("who held it", "holder"), ("which office", "office")):
        yield f"  {name}: {_share([ok for (one, _), ok in zip(answers, right, strict=True) if one.kind == wanted])}"
    yield f"  since 2015: {_share([ok for (one, _), ok in zip(answers, right, strict=True) if one.on >= RECENT])}"
    yield f"  before 2015: {_share([ok for (one, _), ok in zip(answers, right, strict=True) if one.on < RECENT])}"
    if details:
        yield from (f"  wrong: {_tell(*one)}" for one, ok in zip(answers, right, strict=True) if not ok)


def load_questions() -> tuple[Question, ...]:
    """Return the dated questions of the repository. Raises SettingsError where the file is missing."""
    path = next((one for one in (QUESTIONS, _BESIDE_THE_SOURCE) if one.is_file()), None)
    if path is None:
        raise SettingsError(
            "questions on offices", where=str(QUESTIONS), got="none", fix="run it in a checkout of the repository"
        )
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Question(
                row["kind"],
                row["text"],
                datetime.date.fromisoformat(row["on"]),
                row["code"],
                tuple(filter(None, row["person"].split("|"))),
                tuple(filter(None, row["office"].split("|"))),
            )
            for row in csv.DictReader(file)
        )


def answer(question: Question, gazetteer: Gazetteer) -> Identity | None:
    """Return whom the gazetteer takes the question's words for."""
    kind = MentionKind.ROLE if question.kind == "holder" else MentionKind.PERSON
    return identify(question.text, kind, on=question.on, gazetteer=gazetteer)


def is_right(question: Question, found: Identity | None, gazetteer: Gazetteer) -> bool:
    """Return whether code and person, or code and office, are those that the question's writer knows."""
    if found is None or found.code != question.code:
        return False
    if question.kind == "holder":
        key = make_key(found.name or "", gazetteer.spellings)
        return key in {make_key(name, gazetteer.spellings) for name in question.persons}
    return any(part in (found.office or "").lower() for part in question.offices)


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right)} of {len(right)} ({sum(right) / (len(right) or 1):.3f})"


def _tell(question: Question, found: Identity | None) -> str:
    wanted = " or ".join(question.persons or question.offices)
    got = "nobody" if found is None else f"{found.code} {found.name or '-'}, {found.office or 'no office'}"
    return f"'{question.text}' on {question.on}: expected {question.code} {wanted}, got {got}"
