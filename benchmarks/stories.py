"""How long the linking of simulated reports takes, and how the time grows with their number.

    python benchmarks/stories.py [--most 100000]

A year of simulated news: events fall on dyads by a Zipf law (a few wars take much of the news), each is told in one to twelve reports over
three days, every report in 12 to 30 words of which a third are the event's own. Nothing is read from disk.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta

from dragoman.evaluate.stories import measure_bcubed
from dragoman.link import Report, link_reports
from dragoman.link.blocks import find_pairs
from dragoman.link.facts import gather_facts
from dragoman.records import Actor, Citation, Event, Evidence, Moment, Place, Provenance, Span, Status

CODES = "USA RUS UKR CHN ISR PSE IRN SYR TUR GBR FRA DEU IND PAK PRK KOR JPN SAU YEM IRQ AFG MMR SDN ETH NGA MLI SOM COD RWA EGY VEN COL".split()
TYPES = {
    "ASSAULT": 4,
    "ACCUSE": 3,
    "CONSULT": 1,
    "AGREE": 1,
    "REQUEST": 3,
    "THREATEN": 3,
    "MOBILIZE": 4,
    "SANCTION": 4,
    "COERCE": 4,
    "REJECT": 3,
}
SYLLABLES = "ba ke lo mi nu ra se to vi za chu dre fla gon hal".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=100_000)
    most = parser.parse_args().most
    print(
        f"{'reports':>8}{'pairs':>12}{'pairs/report':>14}{'seconds':>9}{'processor':>11}{'reports/s':>11}{'stories':>9}{'B-cubed F1':>12}{'MiB':>7}"
    )
    for n_reports in (1_000, 3_000, 10_000, 20_000, 50_000, 100_000, 300_000):
        if n_reports <= most:
            measure(n_reports)


def measure(n_reports: int) -> None:
    reports, gold = simulate(n_reports)
    n_pairs = len(find_pairs(sorted(map(gather_facts, reports), key=lambda one: one.id)))
    begin, busy = time.perf_counter(), time.process_time()
    stories = link_reports(reports)
    seconds, processor = time.perf_counter() - begin, time.process_time() - busy
    predicted = {record: story.id for story in stories for record in story.records}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{n_reports:8}{n_pairs:12}{n_pairs / n_reports:14.1f}{seconds:9.1f}{processor:11.1f}{n_reports / processor:11.0f}{len(stories):9}"
        f"{measure_bcubed(predicted, gold).f1:12.3f}{peak:7.0f}",
        flush=True,
    )


def simulate(n_reports: int, seed: int = 2026) -> tuple[list[Report], dict[str, str]]:
    """Return the reports, and which event each tells of."""
    draw = random.Random(seed)
    vocabulary = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(30_000)]
    common = vocabulary[:300]
    reports: list[Report] = []
    gold: dict[str, str] = {}
    while len(reports) < n_reports:
        event = f"{len(gold)}"
        for report in _tell_event(draw, vocabulary, common, len(reports)):
            reports.append(report)
            gold[report.event.id] = event
    dropped = reports[n_reports:]
    for report in dropped:
        del gold[report.event.id]
    return reports[:n_reports], gold


def _tell_event(draw: random.Random, vocabulary: list[str], common: list[str], start: int) -> Iterator[Report]:
    actor, recipient = _draw_dyad(draw)
    kind = draw.choice(list(TYPES))
    day = date(2021, 1, 1) + timedelta(days=draw.randrange(365))
    own = draw.sample(vocabulary, 12)
    place = draw.choice(vocabulary[:2000])
    for number in range(min(12, int(draw.paretovariate(1.0)))):
        words = draw.sample(own, draw.randint(3, 9)) + draw.choices(common, k=draw.randint(8, 20))
        draw.shuffle(words)
        told = draw.choice(list(TYPES)) if draw.random() < 0.1 else kind
        yield _write(
            f"{start + number:07}",
            told,
            actor,
            recipient,
            day,
            place if draw.random() < 0.6 else None,
            " ".join(words),
            draw,
        )


def _draw_dyad(draw: random.Random) -> tuple[str, str]:
    """Zipf's law: the dyad in place n is told of 1/n as often as the first, which takes about a tenth."""
    n_dyads = len(CODES) * (len(CODES) - 1)
    rank = int(n_dyads ** draw.random()) - 1
    one, other = divmod(rank * 37 % n_dyads, len(CODES) - 1)
    return CODES[one], CODES[other if other < one else other + 1]


def _write(
    name: str, kind: str, actor: str, recipient: str, day: date, place: str | None, text: str, draw: random.Random
) -> Report:
    published = day + timedelta(days=draw.randrange(3))
    is_told = draw.random() < 0.6
    event = Event(
        id=f"e-{draw.getrandbits(64):016x}",
        article_id=f"a-{name}",
        event=kind,
        mode=(),
        status=Status.ACTUAL,
        context=(),
        quad_code=TYPES[kind],
        event_scale=0.0,
        cameo="",
        moment=Moment(day if is_told else published, "day", "text" if is_told else "publication"),
        actor=(Actor(actor if draw.random() < 0.85 else "UNK", ("GOV",)),),
        recipient=(Actor(recipient, ("GOV",)),) if draw.random() < 0.7 else (),
        event_loc=Place(place, Span(0, 1), place, recipient) if place else None,
        speaker=None,
        evidence=(Evidence(0, Span(0, len(text)), Span(0, 20), text[:20]),),
        confidence=0.8,
        why=(),
        cite=Citation(None, None, f"Outlet {draw.randrange(200)}", None, published, "en"),
        provenance=Provenance("dragoman", "simulated", "plover-2.0"),
    )
    return Report(event, (text,))


if __name__ == "__main__":
    main()
