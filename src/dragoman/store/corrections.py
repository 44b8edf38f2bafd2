"""Users' corrections: a log from which nothing is deleted, and what a record is with them applied."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from dragoman.errors import InputError, SettingsError
from dragoman.ontology import load_ontology, plover_to_cameo, score_event
from dragoman.records import Record, parse_record
from dragoman.store.rows import NO_ANCHOR, Correction, RecordKey, key_of
from dragoman.store.schema import CORRECTION

STRUCK_FIELD = "struck"
FIELDS = (
    "event",
    "mode",
    "status",
    "context",
    "event_scale",
    "cameo",
    "date",
    "enddate",
    "date_granularity",
    "date_basis",
    "actor",
    "recipient",
    "event_loc",
    "speaker",
    STRUCK_FIELD,
)
"""What of a record may be corrected; the other fields follow from these, or say where the record comes from."""
_DECIDE_CODES = ("event", "mode", "status", "context")


def now() -> str:
    """Return the present instant in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def check_correction(record: Record, field: str, value: Any) -> None:
    """Raise SettingsError where the field may not be corrected, or where the value is none that it can hold."""
    if field not in FIELDS:
        raise SettingsError("correction", expected="one of " + ", ".join(FIELDS), got=repr(field)[:60])
    if field == STRUCK_FIELD:
        if not isinstance(value, bool):
            raise SettingsError("correction of 'struck'", expected="true or false", got=repr(value)[:60])
        return
    try:
        parse_record({**record, **_moment_of(record, field, value), field: value})
    except InputError as error:
        raise SettingsError(f"correction of {field!r}", expected=error.expected, got=error.got) from None
    _check_codes(record, field, value)


def _moment_of(record: Record, field: str, value: Any) -> Record:
    return _complete_date({**record, "date": value}, {"date"}) if field == "date" else {}


def _check_codes(record: Record, field: str, value: Any) -> None:
    ontology = load_ontology()
    kinds = ontology.types
    event = value if field == "event" else record["event"]
    legal = {
        "event": tuple(kinds),
        "mode": tuple(kinds[event].modes) if event in kinds else (),
        "context": tuple(ontology.contexts),
    }.get(field)
    values = [value] if isinstance(value, str) else value
    if legal is not None and not set(values) <= set(legal):
        raise SettingsError(f"correction of {field!r}", expected=", ".join(legal) or "none", got=str(value)[:60])


def apply_corrections(record: Record, corrections: Iterable[Correction]) -> tuple[Record, tuple[str, ...], bool]:
    """Return the record with the corrections in it, the names of the fields changed, and whether it is struck out.

    The later correction of a field wins. A corrected type, mode, status or context brings its quad class, score and CAMEO
    code along, unless those were themselves corrected.
    """
    changes = {one.field: one.after for one in sorted(corrections, key=lambda one: one.number) if one.undone is None}
    is_struck = bool(changes.pop(STRUCK_FIELD, False))
    if not changes:
        return record, (STRUCK_FIELD,) if is_struck else (), is_struck
    changed = _complete({**record, **changes}, set(changes))
    fields = tuple(name for name in record if changed[name] != record[name])
    return changed, (*fields, STRUCK_FIELD) if is_struck else fields, is_struck


def _complete(record: Record, changed: set[str]) -> Record:
    """Return the record with what follows from its changed fields."""
    if "date" in changed:
        record = _complete_date(record, changed)
    kinds = load_ontology().types
    if not changed.intersection(_DECIDE_CODES) or record["event"] not in kinds:
        return record
    kind = kinds[record["event"]]
    record["mode"] = (
        [mode for mode in record["mode"] if mode in kind.modes] if "mode" not in changed else record["mode"]
    )
    record["quad_code"] = kind.quad_code
    if "event_scale" not in changed:
        record["event_scale"] = score_event(load_ontology(), record["event"], tuple(record["mode"]))
    if "cameo" not in changed:
        record["cameo"] = plover_to_cameo(
            record["event"],
            tuple(record["mode"]),
            tuple(record["context"]),
            status=record["status"],
            ontology=load_ontology(),
        )
    return record


def _complete_date(record: Record, changed: set[str]) -> Record:
    """A day put in by hand is a day, unless the user says otherwise; without a date there is no granularity."""
    if record["date"] is None:
        return {**record, "enddate": None, "date_granularity": None, "date_basis": None}
    given: Record = {name: record[name] for name in ("enddate", "date_granularity", "date_basis") if name in changed}
    basis = record["date_basis"] or "text"
    return {**record, "enddate": None, "date_granularity": "day", "date_basis": basis, **given}


class Corrected:
    """The corrections in force for some articles' records, to be handed out record by record."""

    def __init__(self, corrections: Iterable[tuple[Correction, str]]) -> None:
        self._by_words: dict[str, list[tuple[Correction, str]]] = defaultdict(list)
        for correction, event in corrections:
            self._by_words[correction.key].append((correction, event))

    def __bool__(self) -> bool:
        return bool(self._by_words)

    def of(self, record: Record, siblings: Sequence[Record]) -> list[Correction]:
        """Return those that are about the record. ``siblings`` are all records of its article in the same run."""
        on_words = self._by_words.get(str(key_of(record)), [])
        if not on_words:
            return []
        same = [one for one in siblings if key_of(one) == key_of(record)]
        return [correction for correction, event in on_words if _means(correction, event, same) is record]


def _means(correction: Correction, event: str, same: Sequence[Record]) -> Record:
    """Of the records on the same words: the one corrected, or the one of the type it had then, or the first."""
    for record in same:
        if record["id"] == correction.record_id:
            return record
    return next((record for record in same if record["event"] == event), same[0])


def corrections_for(connection: sa.Connection, article_ids: Sequence[str]) -> Corrected:
    """Return the corrections in force for the records of these articles (for imported records: these record ids)."""
    if not article_ids:
        return Corrected(())
    found = sa.select(CORRECTION).where(CORRECTION.c.article_id.in_(article_ids), CORRECTION.c.undone.is_(None))
    rows = connection.execute(found.order_by(CORRECTION.c.n)).mappings()
    return Corrected((read_correction(row), row["event"]) for row in rows)


def read_correction(row: Any) -> Correction:
    """Return the correction of a row."""
    return Correction(
        number=row["n"],
        made=row["made"],
        who=row["who"],
        key=str(RecordKey(row["article_id"], row["anchor_start"], row["anchor_end"])),
        record_id=row["record_id"],
        field=row["field"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
        note=row["note"],
        undone=row["undone"],
        undone_by=row["undone_by"],
    )


def log_correction(connection: sa.Connection, coded: Record, now_is: Record, field: str, value: Any, **who: str) -> int:
    """Write a correction down and return its number. ``coded`` is the coder's own record, ``now_is`` as it counts at present."""
    key = key_of(coded)
    number = (connection.scalar(sa.select(sa.func.max(CORRECTION.c.n))) or 0) + 1
    row = {
        "n": number,
        "article_id": key.article,
        "anchor_start": key.start,
        "anchor_end": key.end,
        "record_id": coded["id"],
        "event": coded["event"],
        "field": field,
        "before": json.dumps(now_is.get(field, False), ensure_ascii=False),
        "after": json.dumps(value, ensure_ascii=False),
        **who,
    }
    connection.execute(CORRECTION.insert().values(**row))
    return number


def is_about_imported(key: RecordKey) -> bool:
    """Return whether the key is that of a record without text."""
    return key.start == NO_ANCHOR
