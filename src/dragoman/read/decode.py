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

Hint = tuple[Span, MentionKind]
"""A span that somebody else knows to be a mention of this kind."""

MAX_WIDTH = 20
"""Words of the longest mention."""
_HINT_SCORE = 0.5
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
_PARTY_ROLES = (RoleKind.ACTOR, RoleKind.RECIPIENT)
"""One mention is one or the other; they are the first two of the labels' roles."""
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
    mention: float = 0.5
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
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


def decode_window(
    scores: WindowScores, window: Window, text: str, labels: Labels, thresholds: Thresholds, hints: Sequence[Hint] = ()
) -> WindowReading:
    """Return what the scores say of the window. ``hints`` are known names and times, which the roles may lead to as well."""
    return _Decoder(scores, window, text, labels, thresholds, hints).decode()


@dataclass(frozen=True, slots=True)
class _Decoder:
    """All that decoding one window needs, in one place."""

    scores: WindowScores
    window: Window
    text: str
    labels: Labels
    thresholds: Thresholds
    hints: Sequence[Hint]

    def decode(self) -> WindowReading:
        runs, mentions = _decode_mentions(
            self.scores.kinds, self.window, self.labels, self.thresholds.mention, self.hints
        )
        found = list(self._find_triggers())
        roles = [
            Role(number, mention, kind, score)
            for number, (word, _) in enumerate(found)
            for mention, kind, score in self._find_roles(word, runs)
        ]
        return WindowReading(tuple(mentions), tuple(trigger for _, trigger in found), tuple(roles))

    def _find_triggers(self) -> Iterator[tuple[int, Trigger]]:
        """Yield each trigger with the number of its first word."""
        tags = softmax(self.scores.tags / np.float32(self.thresholds.trigger_temperature))
        named = tags[:, 1:-1]
        last_used = -1
        for word in range(len(self.window.words)):
            if word <= last_used or float(named[word].max()) < self.thresholds.trigger:
                continue
            run = _Run(word, self._find_end(tags, word))
            last_used = run.last
            kind = self.labels.types[int(named[word].argmax())]
            yield word, self._make_trigger(run, kind, float(named[word].max()))

    def _find_end(self, tags: Floats, word: int) -> int:
        inside = len(self.labels.tags) - 1
        last = word
        while self._is_same_sentence(word, last + 1) and int(tags[last + 1].argmax()) == inside:
            last += 1
        return last

    def _is_same_sentence(self, word: int, other: int) -> bool:
        sentences = self.window.sentences
        return other < len(sentences) and sentences[other] == sentences[word]

    def _make_trigger(self, run: _Run, kind: str, score: float) -> Trigger:
        statuses = softmax(self.scores.statuses[run.first] / np.float32(self.thresholds.status_temperature))
        best = int(statuses.argmax())
        status, status_score = self.labels.statuses[best], round(float(statuses[best]), _DECIMALS)
        contexts = sigmoid(self.scores.contexts[run.first])
        return Trigger(
            span=_span(self.window, run),
            phrase=self._find_phrase(run),
            sentence=self.window.sentences[run.first],
            type=kind,
            modes=self._find_modes(run.first, kind),
            status=Status(status),
            contexts=tuple(
                name for name, one in zip(self.labels.contexts, contexts, strict=True) if one >= self.thresholds.context
            ),
            score=round(score, _DECIMALS),
            status_score=status_score,
            cue=f"{status} {status_score:.2f}",
        )

    def _find_modes(self, word: int, kind: str) -> tuple[str, ...]:
        probabilities = sigmoid(self.scores.modes[word])
        return tuple(
            name.split(".")[1]
            for name, one in zip(self.labels.modes, probabilities, strict=True)
            if name.startswith(f"{kind}.") and one >= self.thresholds.mode
        )

    def _find_phrase(self, run: _Run) -> Span:
        """The words an analyst would quote: from the trigger to the end of its clause, ten words at most."""
        last = run.last
        while last + 1 < run.first + _MAX_PHRASE and self._is_same_sentence(run.first, last + 1):
            if self.window.words[last + 1].quote(self.text).lower() in _PHRASE_ENDS:
                break
            last += 1
        return _span(self.window, _Run(run.first, last))

    def _find_roles(self, word: int, runs: Sequence[_Run]) -> Iterator[tuple[int, RoleKind, float]]:
        """Yield (mention, role, score) for the parts of the act whose trigger begins at the word."""
        if not runs:
            return
        firsts, lasts = [run.first for run in runs], [run.last for run in runs]
        probabilities = sigmoid(self.scores.role_starts[word, firsts] + self.scores.role_ends[word, lasts])
        best_role = probabilities[:, :2].argmax(axis=1)
        for column, name in enumerate(self.labels.roles):
            kind = RoleKind(name)
            fitting = [
                number for number in range(len(runs)) if probabilities[number, column] >= self.thresholds.roles[column]
            ]
            if kind in _PARTY_ROLES:
                fitting = [number for number in fitting if best_role[number] == column]
            scored = sorted((-round(float(probabilities[number, column]), _DECIMALS), number) for number in fitting)
            yield from _keep_apart(scored[:1] if kind in _SINGLE_ROLES else scored, runs, kind)


def _keep_apart(
    scored: Sequence[tuple[float, int]], runs: Sequence[_Run], kind: RoleKind
) -> Iterator[tuple[int, RoleKind, float]]:
    """Yield the likeliest of nested mentions: "[[Manila]'s police]" is one actor, not two."""
    kept: dict[int, float] = {}
    for lowered, number in scored:
        if not any(_overlap(runs[number], runs[other]) for other in kept):
            kept[number] = -lowered
    yield from ((number, kind, kept[number]) for number in sorted(kept))


def _overlap(one: _Run, other: _Run) -> bool:
    return one.first <= other.last and other.first <= one.last


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run of words that may be a mention: ``kind`` indexes the labels, ``score`` is in 0..1."""

    run: _Run
    kind: int
    score: float

    @property
    def order(self) -> tuple[float, int, int]:
        """The likeliest come first, then the first in the text."""
        return (-self.score, self.run.first, self.run.last)


def _decode_mentions(
    kinds: Floats, window: Window, labels: Labels, threshold: float, hints: Sequence[Hint]
) -> tuple[list[_Run], list[Mention]]:
    """Take the likeliest spans first; spans may nest, but not cross."""
    chosen: list[_Candidate] = []
    for one in [
        *sorted(_find_candidates(kinds, window, threshold), key=lambda one: one.order),
        *_place_hints(window, labels, hints),
    ]:
        if not any(one.run == other.run or _cross(one.run, other.run) for other in chosen):
            chosen.append(one)
    chosen.sort(key=lambda one: (one.run.first, -one.run.last))
    mentions = [
        Mention(_span(window, one.run), window.sentences[one.run.first], MentionKind(labels.kinds[one.kind]), one.score)
        for one in chosen
    ]
    return [one.run for one in chosen], mentions


def _find_candidates(kinds: Floats, window: Window, threshold: float) -> Iterator[_Candidate]:
    places = np.arange(len(window.words))
    gap = places[None, :] - places[:, None]
    sentences = np.array(window.sentences)
    possible = (gap >= 0) & (gap < MAX_WIDTH) & (sentences[:, None] == sentences[None, :])
    firsts, lasts = np.nonzero(possible)
    probabilities = softmax(kinds[firsts, lasts])
    for one in np.nonzero(probabilities[:, 0] <= 1 - threshold)[0]:
        kind = int(probabilities[one, 1:].argmax()) + 1
        score = round(1 - float(probabilities[one, 0]), _DECIMALS)
        yield _Candidate(_Run(int(firsts[one]), int(lasts[one])), kind, score)


def _place_hints(window: Window, labels: Labels, hints: Sequence[Hint]) -> Iterator[_Candidate]:
    """Yield the names and times that somebody else knows as candidates, where they begin and end with words of the window."""
    starts = {word.start: number for number, word in enumerate(window.words)}
    ends = {word.end: number for number, word in enumerate(window.words)}
    for span, kind in hints:
        if span.start in starts and span.end in ends:
            yield _Candidate(_Run(starts[span.start], ends[span.end]), labels.kinds.index(kind.value), _HINT_SCORE)


def _cross(one: _Run, other: _Run) -> bool:
    return one.first < other.first <= one.last < other.last or other.first < one.first <= other.last < one.last


def _span(window: Window, run: _Run) -> Span:
    return Span(window.words[run.first].start, window.words[run.last].end)
