"""The measure itself is measured: a perfect reading scores 1, and each kind of fault costs where it should."""

from dataclasses import replace

import pytest

from dragoman.annotate.form import parse_documents
from dragoman.evaluate.readings import (
    compare_readings,
    describe_report,
    draw_reliability,
    measure_calibration_error,
    to_document,
)
from dragoman.records import Mention, Reading, Role, RoleKind, Span, Status, Trigger
from tests.annotate.example import example_text

(MARKED,) = parse_documents(example_text(), "x.txt")
KEYS = {"A": RoleKind.ACTOR, "R": RoleKind.RECIPIENT, "P": RoleKind.PLACE, "T": RoleKind.TIME, "S": RoleKind.SPEAKER}


def perfect_reading():
    events = {event.event: event for event in MARKED.events}
    mentions = tuple(Mention(mention.span, mention.sentence, mention.kind) for mention in MARKED.mentions)
    triggers, roles = [], []
    for trigger in MARKED.triggers:
        event = events[trigger.event]
        for key, numbers in event.roles.items():
            for number, mention in enumerate(MARKED.mentions):
                if mention.entity in numbers and mention.sentence == trigger.sentence:
                    roles.append(Role(len(triggers), number, KEYS[key]))
        triggers.append(
            Trigger(
                trigger.span,
                trigger.span,
                trigger.sentence,
                event.type,
                event.modes,
                Status(event.status),
                event.contexts,
            )
        )
    return Reading(to_document(MARKED), mentions, tuple(triggers), tuple(roles))


def test_a_perfect_reading_is_perfect():
    report = compare_readings([(MARKED, perfect_reading())])
    assert report.triggers.score().f1 == 1
    assert report.mentions.score().f1 == 1
    assert all(tally.score().f1 == 1 for tally in report.roles.values() if tally.n_gold)
    assert report.statuses.score().recall == 1
    assert report.n_false_in_event_free == 0


def test_a_wrong_type_costs_a_trigger_and_its_links():
    reading = perfect_reading()
    wrong = replace(reading, triggers=(replace(reading.triggers[0], type="AID", modes=()), *reading.triggers[1:]))
    report = compare_readings([(MARKED, wrong)])
    assert report.triggers.n_right == len(reading.triggers) - 1
    assert report.roles[RoleKind.ACTOR].score().recall < 1


def test_a_link_to_somebody_else_costs_precision():
    reading = perfect_reading()
    stray = Role(0, len(reading.mentions) - 1, RoleKind.RECIPIENT)
    report = compare_readings([(MARKED, replace(reading, roles=(*reading.roles, stray)))])
    assert report.roles[RoleKind.RECIPIENT].score().precision < 1


def test_a_trigger_in_an_event_free_sentence_counts_as_false():
    reading = perfect_reading()
    free = MARKED.sentences[-1].span
    false = Trigger(
        Span(free.start, free.start + 3), Span(free.start, free.start + 3), len(MARKED.sentences) - 1, "AID"
    )
    report = compare_readings([(MARKED, replace(reading, triggers=(*reading.triggers, false)))])
    assert (report.n_event_free, report.n_false_in_event_free) == (1, 1)


def test_report_is_told_in_lines():
    assert any("F1 1.000" in line for line in describe_report(compare_readings([(MARKED, perfect_reading())])))


@pytest.mark.parametrize(
    ("points", "error"),
    [([], 0.0), ([(1.0, True)] * 4, 0.0), ([(0.95, False)] * 4, 0.95), ([(0.75, True)] * 3 + [(0.75, False)], 0.0)],
)
def test_calibration_error_is_the_gap_between_confidence_and_truth(points, error):
    assert measure_calibration_error(points) == pytest.approx(error)


def test_the_reliability_curve_has_a_line_for_each_tenth_that_holds_something():
    lines = list(draw_reliability([(0.91, True), (0.97, True), (0.93, False), (0.12, False)]))
    assert len(lines) == 2
    assert "confidence 0.12: 0.00 right of    1" in lines[0]
    assert "confidence 0.94: 0.67 right of    3" in lines[1]
