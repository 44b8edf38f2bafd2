"""Decoding is tested on scores written by hand: large where something is, small elsewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ontology import load_ontology
from dragoman.read.decode import Thresholds, WindowScores, decode_window
from dragoman.read.labels import Labels, make_labels
from dragoman.read.neural import ReaderSettings
from dragoman.read.windows import Window, split_words
from dragoman.records import MentionKind, RoleKind, Span, Status

LABELS = make_labels(load_ontology())
TEXT = "Kenya's army shelled Chad near Moundou on Monday."


def make_window(text=TEXT, sentences=None):
    words = split_words(text, Span(0, len(text)))
    return Window(words, tuple(sentences or [0] * len(words)), (0,) * (len(words) + 2), tuple(range(1, len(words) + 1)))


def make_scores(n, fill=-9.0):
    blank = np.full
    return WindowScores(
        kinds=blank((n, n, len(LABELS.kinds)), fill, np.float32),
        tags=blank((n, len(LABELS.tags)), fill, np.float32),
        statuses=np.zeros((n, len(LABELS.statuses)), np.float32),
        modes=blank((n, len(LABELS.modes)), fill, np.float32),
        contexts=blank((n, len(LABELS.contexts)), fill, np.float32),
        role_starts=blank((n, n, len(LABELS.roles)), fill, np.float32),
        role_ends=np.zeros((n, n, len(LABELS.roles)), np.float32),
        words=np.zeros((n, 4), np.float32),
    )


def sample():
    """Kenya's army (actor) shelled Chad (recipient) near Moundou (place) on Monday (time)."""
    window = make_window()
    words = [word.quote(TEXT) for word in window.words]
    scores = make_scores(len(words))
    scores.kinds[:, :, 0] = 0
    scores.tags[:, 0] = 5
    at = words.index
    runs = {
        "owner": (at("Kenya"), at("Kenya"), "state"),
        "actor": (at("Kenya"), at("army"), "organisation"),
        "recipient": (at("Chad"), at("Chad"), "state"),
        "place": (at("Moundou"), at("Moundou"), "place"),
        "time": (at("Monday"), at("Monday"), "time"),
    }
    for first, last, kind in runs.values():
        scores.kinds[first, last, LABELS.kinds.index(kind)] = 6
    trigger = at("shelled")
    scores.tags[trigger, LABELS.tags.index("ASSAULT")] = 9
    scores.statuses[trigger, LABELS.statuses.index("negated")] = 4
    scores.modes[trigger, LABELS.modes.index("ASSAULT.heavy-weapons")] = 3
    scores.modes[trigger, LABELS.modes.index("CONSULT.phone")] = 3
    scores.contexts[trigger, LABELS.contexts.index("military")] = 3
    for role in ("actor", "recipient", "place", "time"):
        scores.role_starts[trigger, runs[role][0], LABELS.roles.index(role)] = 4
    return window, scores


def decode():
    window, scores = sample()
    return decode_window(scores, window, TEXT, LABELS, Thresholds())


def test_everything_that_the_scores_say_is_read():
    reading = decode()
    (trigger,) = reading.triggers
    assert (trigger.type, trigger.status, trigger.contexts) == ("ASSAULT", Status.NEGATED, ("military",))
    assert trigger.span.quote(TEXT) == "shelled"
    assert trigger.phrase.quote(TEXT) == "shelled Chad near Moundou on Monday"
    assert 0.5 < trigger.score <= 1


def test_modes_of_other_types_do_not_count():
    assert decode().triggers[0].modes == ("heavy-weapons",)


def test_roles_lead_to_mentions_and_nested_ones_yield_to_the_likelier():
    reading = decode()
    found = {role.kind: reading.mentions[role.mention].span.quote(TEXT) for role in reading.roles}
    assert found[RoleKind.RECIPIENT] == "Chad"
    assert found[RoleKind.PLACE] == "Moundou"
    assert found[RoleKind.TIME] == "Monday"
    assert found[RoleKind.ACTOR] in ("Kenya", "Kenya's army")
    assert len([role for role in reading.roles if role.kind is RoleKind.ACTOR]) == 1


def test_mentions_may_nest():
    spans = {mention.span.quote(TEXT): mention.kind for mention in decode().mentions}
    assert spans["Kenya"] is MentionKind.STATE
    assert spans["Kenya's army"] is MentionKind.ORGANISATION


def test_mentions_do_not_cross_or_run_over_sentences():
    window = make_window(sentences=[0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    scores = make_scores(len(window.words))
    scores.kinds[:, :, 0] = 0
    for first, last, score in ((0, 2, 6), (1, 3, 7), (4, 6, 9)):
        scores.kinds[first, last, 1] = score
    reading = decode_window(scores, window, TEXT, LABELS, Thresholds())
    assert [(mention.span.start, mention.sentence) for mention in reading.mentions] == [(window.words[1].start, 0)]


def test_a_trigger_of_several_words_is_one():
    window = make_window()
    scores = make_scores(len(window.words))
    scores.tags[:, 0] = 5
    scores.tags[4, LABELS.tags.index("AID")] = 9
    scores.tags[5, -1] = 9
    (trigger,) = decode_window(scores, window, TEXT, LABELS, Thresholds()).triggers
    assert trigger.span == Span(window.words[4].start, window.words[5].end)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.9))
def test_any_scores_give_a_sound_reading(seed, threshold):
    window = make_window()
    draw = np.random.default_rng(seed).normal(0, 4, size=200_000).astype(np.float32)
    blank = make_scores(len(window.words))
    filled, used = [], 0
    for name in WindowScores.__dataclass_fields__:
        shape = getattr(blank, name).shape
        size = int(np.prod(shape))
        filled.append(draw[used : used + size].reshape(shape))
        used += size
    reading = decode_window(WindowScores(*filled), window, TEXT, LABELS, Thresholds(trigger=threshold))
    for trigger in reading.triggers:
        assert trigger.phrase.covers(trigger.span)
        assert set(trigger.modes) <= set(load_ontology().types[trigger.type].modes)
    parties = [
        (role.trigger, role.mention) for role in reading.roles if role.kind in (RoleKind.ACTOR, RoleKind.RECIPIENT)
    ]
    assert len(parties) == len(set(parties))
    for role in reading.roles:
        assert 0 <= role.mention < len(reading.mentions)


def test_settings_come_back_from_their_file():
    settings_before = ReaderSettings("2026.11", LABELS, Thresholds(trigger=0.4, roles=(0.1, 0.2, 0.3, 0.4, 0.5)))
    assert ReaderSettings.from_json(settings_before.to_json()) == settings_before
    assert Labels.from_json(LABELS.to_json()) == LABELS
    assert len(LABELS.types) == 16


@pytest.mark.parametrize(("score", "expected"), [(9, 1), (-9, 0)])
def test_the_threshold_decides(score, expected):
    window = make_window()
    scores = make_scores(len(window.words))
    scores.tags[:, 0] = 0
    scores.tags[3, 1] = score
    assert len(decode_window(scores, window, TEXT, LABELS, Thresholds()).triggers) == expected
