"""Parts of a foreign row as parts of our record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dragoman.errors import InputError, OntologyError
from dragoman.imports.outcome import NotAnEvent
from dragoman.ontology import find_cameo, load_ontology, plover_to_cameo, score_event
from dragoman.ontology.countries import country_of_name, find_country
from dragoman.records import Actor, Citation, Event, Moment, Place, Provenance, Size, Span, Status
from dragoman.records.event import Resolution

UNKNOWN = "UNK"
NO_RELEASE = "release not told"
NOBODY = Actor(UNKNOWN, (UNKNOWN,))
_DIGITS = 16
_NOWHERE = Span(0, 0)
_EPOCH = date(1970, 1, 1)
_LAST_YEAR, _FIRST_YEAR = 2200, 1800


@dataclass(frozen=True, slots=True)
class Kind:
    """What was done: type, modes, contexts, the closest CAMEO code, and what the source calls it.

    ``is_host`` says that the source's actor is our recipient, and the other way round.
    """

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str
    told: str
    is_host: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A row in our terms, before it has numbers. ``report`` is what tells the report apart: an address, else the key."""

    source: str
    key: str
    kind: Kind
    moment: Moment
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    cite: Citation
    report: str = ""
    size: Size | None = None
    why: tuple[str, ...] = ()


def provenance_of(coder: str, release: str, codebook: str) -> Provenance:
    """Return what made a data set's records; its release stands where ours name a model."""
    return Provenance(coder, release or NO_RELEASE, codebook)


def build_event(told: Told, provenance: Provenance) -> Event:
    """Return the event of a row. Its confidence is 1, for the sources tell none; it has no evidence, for they give no text.

    Raises InputError where the row has no id.
    """
    if not told.key.strip():
        raise InputError("id", expected="the data set's own id of the event", got="nothing")
    kind = told.kind
    actors, recipients = (told.recipients, told.actors) if kind.is_host else (told.actors, told.recipients)
    quad, score = _weigh(kind.type, kind.modes)
    return Event(
        id="e-" + _hash(told.source, told.key),
        article_id="a-" + _hash(told.source, told.report or told.key),
        event=kind.type,
        mode=kind.modes,
        status=Status.ACTUAL,
        context=kind.contexts,
        quad_code=quad,
        event_scale=score,
        cameo=kind.cameo,
        moment=told.moment,
        actor=actors or (NOBODY,),
        recipient=recipients,
        event_loc=told.place,
        speaker=None,
        evidence=(),
        confidence=1.0,
        why=(f"{provenance.coder}: {kind.told}", *told.why),
        cite=told.cite,
        provenance=provenance,
        size=told.size,
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


@lru_cache(maxsize=4096)
def _weigh(kind: str, modes: tuple[str, ...]) -> tuple[int, float]:
    ontology = load_ontology()
    return ontology.types[kind].quad_code, score_event(ontology, kind, modes)


@lru_cache(maxsize=4096)
def kind_of_cameo(code: str) -> Kind:
    """Return what a CAMEO code is in PLOVER. Raises NotAnEvent for public statements, OntologyError for what is no code."""
    found = find_cameo(code)
    target = found.target
    if target is None:
        raise NotAnEvent(f"CAMEO {found.code}, {found.title[:1].lower()}{found.title[1:]}: no event in PLOVER")
    contexts = tuple(one for one in load_ontology().contexts if one in target.contexts)
    return Kind(target.type, target.modes, contexts, found.code, f"CAMEO {code}", target.is_host)


@lru_cache(maxsize=4096)
def kind_of_plover(code: str, modes: tuple[str, ...], contexts: tuple[str, ...]) -> tuple[Kind, tuple[str, ...]]:
    """Return a type, modes and contexts of any dialect of PLOVER in our words, and what of them we do not know.

    Raises OntologyError for a type that no dialect has.
    """
    ontology = load_ontology()
    kind, translated = ontology.translate(code.upper(), modes)
    if kind not in ontology.types:
        expected = f"one of {', '.join(ontology.types)}"
        raise OntologyError("type", expected=expected, got=repr(code)[:40])
    known = tuple(one for one in translated if one in ontology.types[kind].modes)
    fitting = tuple(one for one in ontology.contexts if one in contexts)
    unknown = (*(one for one in translated if one not in known), *(one for one in contexts if one not in fitting))
    cameo = plover_to_cameo(kind, known, fitting)
    told = " ".join((code, *modes))
    return Kind(kind, known, fitting, cameo, told), tuple(f"not known here, left out: {one}" for one in unknown)


@lru_cache(maxsize=8192)
def read_day(written: str, column: str) -> date:
    """Return the day of ``2017-08-31`` (also with a time), ``20170831``, ``31 August 2017`` or a number of days since 1970.

    Raises InputError for what is no day between 1800 and 2200.
    """
    day = _try_day(written.strip())
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError(column, expected="a day such as 2017-08-31 or 20170831", got=repr(written)[:40])
    return day


def _try_day(written: str) -> date | None:
    try:
        digits = written.partition(".")[0]
        if digits.isdecimal() and digits.isascii():
            return date.fromisoformat(digits) if len(digits) == 8 else _EPOCH + timedelta(int(digits))  # noqa: PLR2004
        if " " in written and written[:1].isdecimal() and "-" not in written:
            number, month, year = written.replace(",", "").split()
            return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(number))
        return date.fromisoformat(written[:10])
    except (ValueError, OverflowError):
        return None


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def on(day: date) -> Moment:
    """Return the moment of one day, as the source tells it."""
    return Moment(day, "day", "text")


def between(first: date, last: date) -> Moment:
    """Return the moment of a stretch of days. Raises InputError where it ends before it begins."""
    if last < first:
        raise InputError("end of the event", expected=f"a day not before {first}", got=str(last))
    return on(first) if first == last else Moment(first, "range", "text", last)


def read_degrees(written: str, column: str, limit: int) -> float | None:
    """Return degrees, None for an empty cell. Raises InputError for what is none, or is beyond the limit."""
    if not written or written in ("None", "NA"):
        return None
    try:
        value = float(written)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise InputError(column, expected=f"degrees from -{limit} to {limit}", got=repr(written)[:40])
    return value


def read_whole(written: str, column: str) -> int:
    """Return a whole number of at least 0; an empty cell is 0. Raises InputError for anything else."""
    if not written:
        return 0
    whole = written.removesuffix(".0")
    if not (whole.isdecimal() and whole.isascii()) or len(whole) > _DIGITS:
        raise InputError(column, expected="a whole number", got=repr(written)[:40])
    return int(whole)


def place_at(
    names: Sequence[str | None], country: str | None, where: tuple[float | None, float | None], resolution: Resolution
) -> Place | None:
    """Return a place: its name and province, its country's code, latitude and longitude; None where not even the country is known.

    No words of a text stand for it, so its span is empty.
    """
    name, admin1 = (one or None for one in names)
    if not name and not country:
        return None
    return Place(name or admin1 or country or "", _NOWHERE, name, country, admin1, *where, None, resolution)


@lru_cache(maxsize=8192)
def code_of_country(written: str) -> str | None:
    """Return our code of a country named by ISO letters or by its full name, None where it is none."""
    country = find_country(written) or country_of_name(written)
    return country.code if country else None


def cite(key: str, outlet: str = "", url: str = "", published: date | None = None, language: str = "en") -> Citation:
    """Return the citation of a report: the source's own id, the outlet, the address and the day of the report."""
    return Citation(key, None, outlet or None, url or None, published, language)


def raw_of(row: dict[str, str]) -> dict[str, str]:
    """Return the row without its empty cells."""
    return {name: cell for name, cell in row.items() if cell}
