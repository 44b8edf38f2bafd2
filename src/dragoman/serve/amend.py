"""An analyst's changes, as forms send them: fields of a record, events that were missed, stories joined and split."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from dragoman import __version__
from dragoman.errors import InputError
from dragoman.ontology import load_ontology, plover_to_cameo, score_event
from dragoman.records import Actor, Citation, Event, Evidence, Moment, Provenance, Span, Status
from dragoman.segment import split_sentences
from dragoman.store import BY_HAND, Filter, Imported, RunKey, Store, StoredArticle, StoredRecord

HAND = "desk"
"""The source of events that an analyst added."""
_AT = r"(?:\s*@(?P<start>\d{1,8})-(?P<end>\d{1,8}))?"
_PARTY = re.compile(r"(?P<code>[A-Z]{3})(?: (?P<sector>[A-Z]{3}(?:,[A-Z]{3})*))?(?:\s*\|\s*(?P<name>[^|@]*?))?" + _AT)
_FORM = "CODE SECTOR,SECTOR | name @start-end, such as PRK GOV | Kim Jong Un"
_MOST_LINES = 30
LISTS = ("mode", "context")
PARTIES = ("actor", "recipient")


def change_field(store: Store, record_id: str, field: str, values: list[str], *, who: str, note: str = "") -> None:
    """Correct one field of a record as a form gave it; what is already so is not written down again."""
    stored = store.find_record(record_id)
    if stored is None:
        raise InputError("record", expected="the id of a record in the store", got=repr(record_id)[:60])
    value = read_value(store, stored, field, values)
    if field == "struck" or stored.record.get(field) != value:
        store.correct(record_id, field, value, who=who, note=note)


def read_value(store: Store, stored: StoredRecord, field: str, values: list[str]) -> Any:
    """Return what a form's words mean for a field of the record."""
    given = [value.strip() for value in values if value.strip()]
    text = _text_of(store, stored)
    if field in LISTS:
        return given
    if field in PARTIES:
        return [_read_party(line, stored.record[field], text) for line in _lines(given)]
    if field == "speaker":
        old = [stored.record["speaker"]] if stored.record["speaker"] else []
        return next((_read_party(line, old, text) for line in _lines(given)), None)
    if field == "struck":
        return given == ["yes"]
    if field == "event_loc":
        return _read_place(given[0], stored.record["event_loc"], text) if given else None
    return given[0] if given else None


def _lines(values: list[str]) -> Iterator[str]:
    lines = [line.strip() for value in values for line in value.splitlines() if line.strip()]
    if len(lines) > _MOST_LINES:
        raise InputError("parties", expected=f"at most {_MOST_LINES}", got=str(len(lines)))
    yield from lines


def party_line(party: dict[str, Any]) -> str:
    """Return a party as the line that a form shows and takes back."""
    line = str(party["code"]) + (" " + ",".join(party["sector"]) if party["sector"] else "")
    line += f" | {_plain(party.get('name') or party.get('text'))}" if party.get("name") or party.get("text") else ""
    return line + (f" @{party['start']}-{party['end']}" if party.get("start") is not None else "")


def _plain(text: str | None) -> str:
    return " ".join(re.sub(r"[|@]", " ", text or "").split())


def _read_party(line: str, known: list[dict[str, Any]], text: str) -> dict[str, Any]:
    for party in known:
        if party_line(party) == line:
            return party
    match = _PARTY.fullmatch(line)
    if match is None:
        raise InputError("party", expected=_FORM, got=repr(line)[:80])
    sectors = match["sector"].split(",") if match["sector"] else []
    _check_party(match["code"], sectors)
    start, end = _read_span(match["start"], match["end"], text)
    name = match["name"] or None
    words = text[start:end] if start is not None else ""
    empty = {"office": None, "wikidata": None}
    return {"code": match["code"], "sector": sectors, "name": name, **empty, "text": words, "start": start, "end": end}


def _check_party(code: str, sectors: list[str]) -> None:
    unknown = [one for one in sectors if one not in load_ontology().sectors]
    if unknown:
        raise InputError(f"sector of {code}", expected=", ".join(load_ontology().sectors), got=unknown[0])


def _read_span(start: str | None, end: str | None, text: str) -> tuple[int | None, int | None]:
    if start is None or end is None:
        return None, None
    if not int(start) < int(end) <= len(text):
        raise InputError("words", expected=f"a stretch of the article's {len(text)} characters", got=f"{start}-{end}")
    return int(start), int(end)


def _read_place(line: str, known: dict[str, Any] | None, text: str) -> dict[str, Any]:
    """A place is "name, COUNTRY @start-end"; what the coder knew of the same place is kept."""
    if known and place_line(known) == line:
        return known
    match = re.fullmatch(
        r"(?P<name>[^@]*?)(?:,\s*(?P<country>[A-Z]{3}))?(?:\s*@(?P<start>\d{1,8})-(?P<end>\d{1,8}))?", line
    )
    if match is None or not match["name"].strip():
        raise InputError("place", expected="name, COUNTRY @start-end, such as Aleppo, SYR", got=repr(line)[:80])
    start, end = _read_span(match["start"], match["end"], text)
    empty = dict.fromkeys(("admin1", "lat", "lon", "geonameid", "resolution"))
    words = text[start:end] if start is not None else match["name"]
    return {
        "text": words,
        "start": start or 0,
        "end": end or 0,
        "name": match["name"],
        "country": match["country"],
        **empty,
    }


def place_line(place: dict[str, Any] | None) -> str:
    """Return a place as the line that a form shows and takes back."""
    if not place:
        return ""
    line = _plain(place.get("name") or place["text"]) + (f", {place['country']}" if place["country"] else "")
    return line + (f" @{place['start']}-{place['end']}" if place["end"] else "")


def _text_of(store: Store, stored: StoredRecord) -> str:
    article = store.find_article(stored.record["article_id"])
    return article.text if article else ""


def add_event(store: Store, article: StoredArticle, form: dict[str, str], *, who: str) -> str:
    """Keep an event that the coder missed, on words of the article that an analyst selected; return its record's id.

    It is kept beside the coder's runs, so that coding again neither loses nor doubles it, with the words selected as its evidence.
    """
    start, end = (
        _read_span(form.get("start") or "x", form.get("end") or "x", article.text) if _is_span(form) else (None, None)
    )
    if start is None or end is None:
        raise InputError("missed event", expected="words of the article, selected", got="none")
    event = _build_event(article, form, start, end)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    raw = {
        "who": who,
        "made": made,
        "article": article.id,
        "start": str(start),
        "end": str(end),
        "note": form.get("note", ""),
    }
    run = store.start_run(hand_key())
    kept = store.keep_imported(run, [Imported(event.id, event, raw)])
    if not kept.n_records:
        store.correct(event.id, "struck", False, who=who, note="added again")
    return event.id


def _is_span(form: dict[str, str]) -> bool:
    return all((form.get(name) or "").isdecimal() and len(form[name]) < 9 for name in ("start", "end"))  # noqa: PLR2004


def hand_key() -> RunKey:
    """Return the run that holds what analysts added."""
    return RunKey(f"dragoman {__version__}", BY_HAND, load_ontology().name, source=HAND)


def _build_event(article: StoredArticle, form: dict[str, str], start: int, end: int) -> Event:
    ontology = load_ontology()
    code = form.get("event", "")
    if code not in ontology.types:
        raise InputError("type", expected=", ".join(ontology.types), got=repr(code)[:40])
    status = form.get("status") or "actual"
    if status not in list(Status):
        raise InputError("status", expected=", ".join(Status), got=repr(status)[:40])
    actors = tuple(_to_actor(_read_party(line, [], article.text)) for line in _lines([form.get("actor", "")]))
    recipients = tuple(_to_actor(_read_party(line, [], article.text)) for line in _lines([form.get("recipient", "")]))
    name = hashlib.sha256(f"{article.id}@{start}-{end}:{code}".encode()).hexdigest()[:16]
    cite = Citation(article.source_id, article.title, article.outlet, article.url, article.published, article.language)
    return Event(
        id=f"e-{name}",
        article_id=article.id,
        event=code,
        mode=(),
        status=Status(status),
        context=(),
        quad_code=ontology.types[code].quad_code,
        event_scale=score_event(ontology, code, ()),
        cameo=plover_to_cameo(code, (), (), status=status, ontology=ontology),
        moment=_read_moment(form.get("date"), article.published),
        actor=actors or (Actor("UNK", ()),),
        recipient=recipients,
        event_loc=None,
        speaker=None,
        evidence=(_quote(article.text, Span(start, end)),),
        confidence=1.0,
        why=(f"added by hand on the words at {start}-{end}",),
        cite=cite,
        provenance=Provenance(f"dragoman {__version__}", BY_HAND, ontology.name),
    )


def _quote(text: str, words: Span) -> Evidence:
    """Return the words as evidence, in the sentence that they begin in and that reaches at least to their end."""
    sentences = split_sentences(text)
    number = max((n for n, one in enumerate(sentences) if one.start <= words.start), default=0)
    sentence = sentences[number] if sentences else words
    span = Span(min(sentence.start, words.start), max(sentence.end, words.end))
    return Evidence(number, span, words, words.quote(text))


def _to_actor(party: dict[str, Any]) -> Actor:
    span = Span(party["start"], party["end"]) if party["start"] is not None else None
    return Actor(party["code"], tuple(party["sector"]), party["name"], text=party["text"], span=span)


def _read_moment(given: str | None, published: date | None) -> Moment | None:
    if given:
        try:
            return Moment(date.fromisoformat(given), "day", "text")
        except ValueError:
            raise InputError("date", expected="a day such as 2017-08-31", got=repr(given)[:40]) from None
    return Moment(published, "day", "publication") if published else None


def added_to(store: Store, article: StoredArticle) -> list[StoredRecord]:
    """Return the events that analysts added to an article, with the words that they stand on."""
    found = []
    for stored in store.records(Filter(source=(HAND,), with_struck=True)):
        if stored.record["article_id"] == article.id:
            if not stored.record["evidence"]:
                _give_words(store, stored, article.text)
            found.append(stored)
    return found


def _give_words(store: Store, stored: StoredRecord, text: str) -> None:
    """Give an event that an earlier version added without evidence the words that its row names."""
    imported = store.find_imported(stored.number)
    if imported is None:
        return
    start, end = int(imported.raw["start"]), int(imported.raw["end"])
    sentence = (max(text.rfind(". ", 0, start) + 1, text.rfind("\n", 0, start) + 1, 0), end)
    stored.record["evidence"] = [
        {
            "sentence": 0,
            "start": sentence[0],
            "end": sentence[1],
            "event_text": text[start:end],
            "anchor_start": start,
            "anchor_end": end,
        }
    ]
