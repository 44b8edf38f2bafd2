"""Codes in words and colours: how types, statuses, sectors and scores are shown."""

from __future__ import annotations

from typing import Any

from dragoman.ontology import load_ontology

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
STATUSES = {
    "actual": ("done", "●"),
    "future": ("planned", "◔"),
    "hypothetical": ("supposed", "◇"),
    "negated": ("denied", "✕"),
    "historical": ("past", "◂"),
}
"""PLOVER's statuses: in plain words, and a sign, so that colour is never alone."""
_COOPERATION = (1, 2)


def name_quad(quad: int | str) -> str:
    """Return the quad class in words."""
    return QUADS.get(int(quad), "not classed") if str(quad).isdecimal() else "not classed"


def side_of(quad: int) -> str:
    """Return "coop" or "conf": which of the two a quad class belongs to."""
    return "coop" if quad in _COOPERATION else "conf"


def name_parties(parties: list[dict[str, Any]]) -> str:
    """Return who they are, in a few words."""
    return ", ".join(name_party(party) for party in parties) or "nobody named"


def name_party(party: dict[str, Any]) -> str:
    """Return a party's name, else its words, else its code and sectors."""
    return str(party.get("name") or party.get("text") or name_code(party))


def name_code(party: dict[str, Any]) -> str:
    """Return a party's code and sectors, "PRK GOV"."""
    return " ".join([party["code"], *party["sector"]])


def name_place(place: dict[str, Any] | None) -> str:
    """Return a place in words: its name and country."""
    if not place:
        return ""
    return ", ".join(part for part in (place.get("name") or place.get("text"), place.get("country")) if part)


def name_day(record: dict[str, Any]) -> str:
    """Return when it happened, as exactly as is known."""
    if not record["date"]:
        return "day not known"
    kind = record["date_granularity"]
    shown = {"month": record["date"][:7], "year": record["date"][:4], "week": f"week of {record['date']}"}.get(kind)
    end = f" to {record['enddate']}" if record["enddate"] else ""
    return (shown or str(record["date"])) + end


def act_of(record: dict[str, Any]) -> str:
    """Return type and modes, "MOBILIZE · weapons"."""
    return " · ".join([record["event"], *record["mode"]])


def words_of(record: dict[str, Any]) -> str:
    """Return the words that name the act."""
    return str(record["evidence"][0]["event_text"]) if record["evidence"] else ""


def sign(number: float) -> str:
    """Return a score with its sign, "−6.5"."""
    return f"{number:+.1f}".replace("-", "−")


def choices() -> dict[str, Any]:
    """Return what a correction may choose from: types with their modes, statuses, contexts, sectors, each with its definition."""
    known = load_ontology()
    return {
        "types": [(one.code, one.definition, one.quad) for one in known.types.values()],
        "modes": {
            one.code: [(mode.code, mode.definition) for mode in one.modes.values()] for one in known.types.values()
        },
        "statuses": [(code, word, STATUSES[code][1]) for code, (word, _) in STATUSES.items()],
        "contexts": list(known.contexts),
        "sectors": list(known.sectors),
    }
