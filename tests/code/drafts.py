"""Drafts for the tests of rules and merging: one plain draft, and a way to vary it."""

from dataclasses import replace
from datetime import date

from dragoman.code.draft import Draft
from dragoman.records import Actor, Evidence, Moment, Span, Status

PUBLISHED = date(2022, 6, 15)
KENYA = Actor("KEN", ("GOV",), "Government of Kenya", text="Kenya", span=Span(0, 5))
SUDAN = Actor("SDN", ("GOV",), "Government of Sudan", text="Sudan", span=Span(20, 25))
CHAD = Actor("TCD", ("GOV",), "Government of Chad", text="Chad", span=Span(30, 34))
TODAY = Moment(PUBLISHED, "day", "publication")


def on(day: date, granularity="day") -> Moment:
    return Moment(day, granularity, "text")


def evidence(sentence: int, start: int) -> Evidence:
    return Evidence(
        sentence,
        Span(sentence * 100, sentence * 100 + 99),
        Span(sentence * 100 + start, sentence * 100 + start + 5),
        "words",
    )


PLAIN = Draft(
    type="ACCUSE",
    modes=(),
    status=Status.ACTUAL,
    contexts=(),
    actors=(KENYA,),
    recipients=(SUDAN,),
    moment=TODAY,
    place=None,
    speaker=None,
    evidence=(evidence(0, 10),),
    score=0.8,
)


def vary(**changes) -> Draft:
    return replace(PLAIN, **changes)
