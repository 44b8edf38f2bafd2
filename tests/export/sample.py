"""One event with every field filled, and one with everything optional left out."""

from dataclasses import replace
from datetime import date

from dragoman.records import Actor, Citation, Event, Evidence, Moment, Place, Provenance, Span, Status

FULL = Event(
    id="e-0123456789abcdef",
    article_id="a-0123456789abcdef",
    event="ASSAULT",
    mode=("aerial", "destroy"),
    status=Status.ACTUAL,
    context=("military",),
    quad_code=4,
    event_scale=-9.5,
    cameo="195",
    moment=Moment(date(2021, 5, 3), "range", "text", date(2021, 5, 5), Span(0, 3), ("'3 to 5 May'",)),
    actor=(
        Actor("MLI", ("MIL",), "Malian Air Force", None, None, "The air force", Span(4, 17), ("air force of Mali",)),
    ),
    recipient=(Actor("MLI", ("REB",), None, None, None, "rebels", Span(24, 30)),),
    event_loc=Place("Kidal", Span(40, 45), "Kidal", "MLI", "Kidal", 18.44, 1.41, 2455290, "city"),
    speaker=Actor("FRA", ("GOV",), "Jean Exemple", "Minister of Defence", "Q1", "he", Span(50, 52)),
    evidence=(Evidence(0, Span(0, 60), Span(18, 30), "bombed rebels"),),
    confidence=0.75,
    why=("trigger 'bombed'",),
    cite=Citation("s-1", "=Air raid", "Sample", "https://example.org", date(2021, 5, 6), "en"),
    provenance=Provenance("dragoman 0", "reader", "plover-2.0"),
)
BARE = replace(
    FULL,
    id="e-fedcba9876543210",
    event="AGREE",
    mode=(),
    context=(),
    quad_code=1,
    event_scale=2.5,
    cameo="030",
    moment=None,
    actor=(Actor("UNK", ("UNK",)),),
    recipient=(),
    event_loc=None,
    speaker=None,
    why=(),
    cite=Citation(None, None, None, None, None, "en"),
)
