"""The network's scores for one window become mentions, triggers and roles. Plain look-ups, no learning left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.read.labels import Labels
from dragoman.read.windows import Window
from dragoman.records import Mention, MentionKind, Role, RoleKind, Span, Status, Trigger

Floats = NDArray[np.float32]

MAX_WIDTH = 20
"""Words of the longest mention."""
_MAX_PHRASE = 10
_PHRASE_ENDS = frozenset('.,;:“”"—–()!?') | {
    "that",
    "because",
    "although",
    "while",
    "but",
    "which",
    "who",
    "after",
    "before",
    "when",
}
_SINGLE_ROLES = frozenset({RoleKind.PLACE, RoleKind.TIME, RoleKind.SPEAKER})
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Unnormalised scores of one window of W words.

    ``kinds`` (W, W, kinds), ``tags`` (W, tags), ``statuses``, ``modes``, ``contexts`` (W, each),
    ``role_starts`` and ``role_ends`` (W, W, roles), ``words`` (W, width).
    """

    kinds: Floats
    tags: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats
    role_starts: Floats
    role_ends: Floats
    words: Floats


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on something counts, tuned on development documents, and how scores become probabilities.

    ``temperatures`` divide the tags' and statuses' scores before the softmax, so that confidence is calibrated.
    """

    trigger: float = 0.5
    mode: float = 0.5
    context: float = 0.4
    roles: tuple[float, ...] = (0.5, 0.5, 0.5, 0.5, 0.5)
    trigger_temperature: float = 1.0
    status_temperature: float = 1.0


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What a window holds; roles index its own mentions and triggers, in text order."""

    mentions: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of words, both ends inclusive."""

    first: int
    last: int


def softmax(scores: Floats) -> Floats:
    """Return the probabilities of scores along the last axis."""
    lowered = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = lowered / lowered.sum(axis=-1, keepdims=True)
    return result


def sigmoid(scores: Floats) -> Floats:
    """Return the probability of each score by itself."""
    result: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return result


def decode_window(
    scores: WindowScores, window: Window, text: str, labels: Labels, thresholds: Thresholds
) -> WindowReading:
    """Return what the scores say of the window."""
    runs, mentions = _decode_mentions(scores.kinds, window, labels)
    found = list(_decode_triggers(scores, window, text, labels, thresholds))
    roles = [
        Role(number, mention, kind, score)
        for number, (word, _) in enumerate(found)
        for mention, kind, score in _decode_roles(scores, word, runs, labels, thresholds)
    ]
    return WindowReading(tuple(mentions), tuple(trigger for _, trigger in found), tuple(roles))


def _decode_mentions(kinds: Floats, window: Window, labels: Labels) -> tuple[list[_Run], list[Mention]]:
    """Take the likeliest spans first; spans may nest, but not cross."""
    places = np.arange(len(window.words))
    gap = places[None, :] - places[:, None]
    sentences = np.array(window.sentences)
    possible = (gap >= 0) & (gap < MAX_WIDTH) & (sentences[:, None] == sentences[None, :])
    firsts, lasts = np.nonzero(possible & (kinds.argmax(axis=-1) > 0))
    probabilities = softmax(kinds[firsts, lasts])
    order = sorted(
        range(len(firsts)), key=lambda one: (round(float(probabilities[one, 0]), _DECIMALS), firsts[one], lasts[one])
    )
    chosen: list[tuple[_Run, int, float]] = []
    for one in order:
        run = _Run(int(firsts[one]), int(lasts[one]))
        if not any(_cross(run, other) for other, _, _ in chosen):
            kind = int(probabilities[one, 1:].argmax()) + 1
            chosen.append((run, kind, 1 - float(probabilities[one, 0])))
    chosen.sort(key=lambda one: (one[0].first, -one[0].last))
    runs = [run for run, _, _ in chosen]
    return runs, [
        Mention(
            _span(window, run), window.sentences[run.first], MentionKind(labels.kinds[kind]), round(score, _DECIMALS)
        )
        for run, kind, score in chosen
    ]


def _cross(one: _Run, other: _Run) -> bool:
    return one.first < other.first <= one.last < other.last or other.first < one.first <= other.last < one.last


def _span(window: Window, run: _Run) -> Span:
    return Span(window.words[run.first].start, window.words[run.last].end)


def _decode_triggers(
    scores: WindowScores, window: Window, text: str, labels: Labels, thresholds: Thresholds
) -> Iterator[tuple[int, Trigger]]:
    tags = softmax(scores.tags / np.float32(thresholds.trigger_temperature))
    named = tags[:, 1:-1]
    inside = len(labels.tags) - 1
    last_used = -1
    for word in range(len(window.words)):
        score = float(named[word].sum())
        if word <= last_used or score < thresholds.trigger:
            continue
        run = _Run(word, _find_end(tags, word, window, inside))
        last_used = run.last
        kind = labels.types[int(named[word].argmax())]
        yield word, _make_trigger(scores, window, text, run, kind, float(named[word].max()), labels, thresholds)


def _find_end(tags: Floats, word: int, window: Window, inside: int) -> int:
    last = word
    while (
        last + 1 < len(window.words)
        and window.sentences[last + 1] == window.sentences[word]
        and int(tags[last + 1].argmax()) == inside
    ):
        last += 1
    return last


def _make_trigger(
    scores: WindowScores,
    window: Window,
    text: str,
    run: _Run,
    kind: str,
    score: float,
    labels: Labels,
    thresholds: Thresholds,
) -> Trigger:
    word = run.first
    statuses = softmax(scores.statuses[word] / np.float32(thresholds.status_temperature))
    status = int(statuses.argmax())
    contexts = sigmoid(scores.contexts[word])
    return Trigger(
        span=_span(window, run),
        phrase=_find_phrase(window, text, run),
        sentence=window.sentences[word],
        type=kind,
        modes=_decode_modes(scores.modes[word], kind, labels, thresholds),
        status=Status(labels.statuses[status]),
        contexts=tuple(name for name, one in zip(labels.contexts, contexts, strict=True) if one >= thresholds.context),
        score=round(score, _DECIMALS),
        status_score=round(float(statuses[status]), _DECIMALS),
        cue=f"{labels.statuses[status]} {float(statuses[status]):.2f}",
    )


def _decode_modes(scores: Floats, kind: str, labels: Labels, thresholds: Thresholds) -> tuple[str, ...]:
    return tuple(
        name.split(".")[1]
        for name, one in zip(labels.modes, sigmoid(scores), strict=True)
        if name.startswith(f"{kind}.") and one >= thresholds.mode
    )


def _find_phrase(window: Window, text: str, run: _Run) -> Span:
    """The words an analyst would quote: from the trigger to the end of its clause, ten words at most."""
    last = run.last
    stop = min(run.first + _MAX_PHRASE, len(window.words))
    while last + 1 < stop and window.sentences[last + 1] == window.sentences[run.first]:
        if window.words[last + 1].quote(text).lower() in _PHRASE_ENDS:
            break
        last += 1
    return _span(window, _Run(run.first, last))


def _decode_roles(
    scores: WindowScores, word: int, runs: Sequence[_Run], labels: Labels, thresholds: Thresholds
) -> Iterator[tuple[int, RoleKind, float]]:
    if not runs:
        return
    firsts, lasts = [run.first for run in runs], [run.last for run in runs]
    probabilities = sigmoid(scores.role_starts[word, firsts] + scores.role_ends[word, lasts])
    best_role = probabilities[:, :2].argmax(axis=1)
    for column, name in enumerate(labels.roles):
        kind = RoleKind(name)
        fitting = [number for number in range(len(runs)) if probabilities[number, column] >= thresholds.roles[column]]
        if column < 2:  # noqa: PLR2004 - actor and recipient exclude each other
            fitting = [number for number in fitting if best_role[number] == column]
        fitting.sort(key=lambda number: (-round(float(probabilities[number, column]), _DECIMALS), number))
        kept: list[int] = []
        for number in fitting[:1] if kind in _SINGLE_ROLES else fitting:
            # "[Manila]'s [police]" is one actor, not two: of nested mentions the likelier stands.
            if not any(_overlap(runs[number], runs[other]) for other in kept):
                kept.append(number)
        yield from ((number, kind, round(float(probabilities[number, column]), _DECIMALS)) for number in sorted(kept))


def _overlap(one: _Run, other: _Run) -> bool:
    return one.first <= other.last and other.first <= one.last
