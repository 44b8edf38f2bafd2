"""What each view shows, as plain data: the pages, the API and the downloads all take it from here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dragoman.serve import wording
from dragoman.serve.marks import tame
from dragoman.store import BY_HAND, Filter, Store, StoredRecord, StoredStory
from dragoman.store.series import start_of

Row = dict[str, Any]
FACETS = (
    "event", "status", "mode", "context", "actor", "actor_sector", "recipient", "speaker", "country", "outlet", "source",
)  # fmt: skip
COOPERATION, CONFLICT = ("1", "2"), ("3", "4")
_DAYS_A_YEAR = 366
_MOST_BUBBLES = 4000


def brief(stored: StoredRecord) -> Row:
    """Return a record in a line: what lists, tables and the API's short form show."""
    record = stored.record
    return {
        "id": record["id"],
        # What was pasted stands in no run; what was imported stands in one, but without an article, unless it was added by hand.
        "article": stored.article or (record["article_id"] if _is_of_article(stored) else None),
        "date": record["date"] or "",
        "day": wording.name_day(record),
        "event": record["event"],
        "mode": record["mode"],
        "status": record["status"],
        "quad": record["quad_code"],
        "scale": record["event_scale"],
        "actor": tame(wording.name_parties(record["actor"]), 80),
        "actor_code": " ".join(dict.fromkeys(one["code"] for one in record["actor"])),
        "recipient": tame(wording.name_parties(record["recipient"]), 80) if record["recipient"] else "",
        "recipient_code": " ".join(dict.fromkeys(one["code"] for one in record["recipient"])),
        "place": tame(wording.name_place(record["event_loc"]), 60),
        "words": tame(wording.words_of(record), 120),
        "title": tame(record["cite"]["title"], 160),
        "outlet": tame(record["cite"]["publication"], 60),
        "confidence": record["confidence"],
        "corrected": bool(stored.corrected),
        "source": stored.source,
    }


def _is_of_article(stored: StoredRecord) -> bool:
    return bool(stored.record["evidence"]) and (not stored.run or stored.record["model"] == BY_HAND)


def last_day(store: Store) -> date | None:
    """Return the day of the latest record that happened, or None in an empty store."""
    for day in (date.today() + timedelta(days=1), None):
        page = store.page(Filter(until=day), limit=1)
        if page.records and page.records[0].record["date"]:
            return date.fromisoformat(page.records[0].record["date"])
    return None


def period(wanted: Filter, store: Store, days: int) -> tuple[date, date]:
    """Return the first and last day of a view: as the filter says, else the last days on which anything happened."""
    until = wanted.until or last_day(store) or date.today()
    return wanted.since or max(date.min + timedelta(days=days), until - timedelta(days=days - 1)), until


def today(store: Store, wanted: Filter, *, limit: int = 60) -> list[Row]:
    """Return the stories of a period, those of most weight and novelty first."""
    since = wanted.since.isoformat() if wanted.since else ""

    def weigh(day: str, n_reports: int, scale: float, status: str) -> float:
        weight = (1 + n_reports) * (1 + abs(scale) / 10) * (1.0 if status in ("actual", "future") else 0.6)
        return round(weight * (1.5 if day >= since else 1.0), 3)

    found = store.rank_stories(wanted, weigh, limit)
    best = store.find_records(story.best for story, _ in found)
    return [_story_row(story, best[story.best], rank, since) for story, rank in found if story.best in best]


def _story_row(story: StoredStory, best: StoredRecord, rank: float, since: str) -> Row:
    about = [str(one.get("about", "")) for one in story.body.get("disagreements", ()) if isinstance(one, dict)]
    counts = {"n_reports": story.n_reports, "n_outlets": story.n_outlets, "n_records": len(story.members)}
    told = {"story": story.id, **counts, "disagree": about, "is_new": story.date >= since, "rank": rank}
    return {**brief(best), **told}


def months(store: Store, wanted: Filter, unit: str = "month") -> list[Row]:
    """Return cooperation and conflict a period: counts, and the mean score of all. Periods without records stand with 0."""
    sums: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in store.series(wanted, unit=unit, by=("quad",)):
        side = "cooperation" if row.keys[0] in COOPERATION else "conflict"
        here = sums[row.start]
        here[side] += row.n
        here["n"] += row.n
        here["scale"] += row.scale
    starts = fill_periods(sorted(sums), unit)
    return [_month_row(start, sums[start]) for start in starts]


def _month_row(start: date, sums: dict[str, float]) -> Row:
    n = int(sums["n"])
    mean = round(sums["scale"] / n, 2) if n else None
    return {
        "start": start.isoformat(),
        "cooperation": int(sums["cooperation"]),
        "conflict": int(sums["conflict"]),
        "n": n,
        "mean_score": mean,
    }


def fill_periods(starts: list[date], unit: str, most: int = 4000) -> list[date]:
    """Return all periods from the first to the last, without gaps; at most so many, the latest."""
    if not starts:
        return []
    filled, here = [], starts[0]
    while here <= starts[-1]:
        filled.append(here)
        here = next_period(here, unit)
    return filled[-most:]


def next_period(start: date, unit: str) -> date:
    """Return the first day of the period that follows."""
    if unit in ("day", "week"):
        return start + timedelta(days=1 if unit == "day" else 7)
    if unit == "year":
        return start.replace(year=start.year + 1)
    return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)


def pair_filter(wanted: Filter, first: str, second: str) -> Filter:
    """Return the filter of what two sides do to each other; a side is a code, several joined by +, with a sector after a dot."""
    one, other = split_side(first), split_side(second)
    return replace(
        wanted,
        actor=one[0],
        actor_sector=one[1],
        recipient=other[0],
        recipient_sector=other[1],
        is_either_way=True,
    )


def split_side(side: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return codes and sectors of a side, "RUS+BLR" or "UKR.MIL"."""
    codes, _, sectors = side.upper().partition(".")
    return tuple(part for part in codes.split("+") if part), tuple(part for part in sectors.split("+") if part)


def timeline(store: Store, wanted: Filter) -> Row:
    """Return how many records of each type stand on each day (week, month where that is too many), for a chart with a lane a type."""
    rows = store.series(wanted, by=("event", "quad"))
    counts: dict[tuple[date, str, int], int] = {}
    for unit in ("day", "week", "month", "year"):
        counts = defaultdict(int)
        for row in rows:
            counts[start_of(row.start, unit), row.keys[0], int(row.keys[1])] += row.n
        if len(counts) <= _MOST_BUBBLES:
            break
    points = [
        {"start": start.isoformat(), "event": event, "quad": quad, "n": n}
        for (start, event, quad), n in sorted(counts.items())
    ]
    return {"unit": unit, "points": points, "n": sum(row.n for row in rows)}


def network(store: Store, wanted: Filter, n_actors: int) -> Row:
    """Return who acts on whom among the actors with most records: actors, and links with their mean score."""
    dyads = [row for row in store.dyads(wanted, limit=4000) if row.recipient and row.actor != row.recipient]
    weights: dict[str, int] = defaultdict(int)
    for row in dyads:
        weights[row.actor] += row.n
        weights[row.recipient] += row.n
    chosen = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:n_actors])
    links = [
        {"actor": row.actor, "recipient": row.recipient, "n": row.n, "mean_score": round(row.scale / row.n, 2)}
        for row in dyads
        if row.actor in chosen and row.recipient in chosen
    ]
    return {"actors": [{"code": code, "n": n} for code, n in chosen.items()], "links": links}


def world(store: Store, wanted: Filter, *, n_points: int = 400) -> Row:
    """Return how many records lie in each country, and the latest places with their coordinates."""
    countries = store.facets(wanted, ("country",), limit=300)["country"]
    page = store.page(wanted, limit=n_points)
    points = [_point(stored) for stored in page.records if _has_place(stored)]
    return {
        "countries": [{"country": one.value, "n": one.n} for one in countries if one.value],
        "unplaced": store.count(wanted) - sum(one.n for one in countries if one.value),
        "points": points,
        "of_latest": len(page.records),
    }


def _has_place(stored: StoredRecord) -> bool:
    place = stored.record["event_loc"]
    return bool(place) and place["lat"] is not None and place["resolution"] != "country"


def _point(stored: StoredRecord) -> Row:
    place = stored.record["event_loc"]
    row = brief(stored)
    kept = ("id", "article", "date", "event", "quad", "place", "actor", "recipient")
    return {"lat": place["lat"], "lon": place["lon"], **{name: row[name] for name in kept}}
