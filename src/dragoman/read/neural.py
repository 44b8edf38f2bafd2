"""The trained reader: one small encoder, one pass over a window of sentences, everything that a reading holds.

Only this room knows the model runtime. One window is one call, so that the result depends neither on the batch nor on its order:
dynamic quantisation scales by what a call holds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import SettingsError
from dragoman.read.cues import find_cues
from dragoman.read.decode import Floats, Hint, Thresholds, WindowReading, WindowScores, decode_window, sigmoid, softmax
from dragoman.read.labels import Labels
from dragoman.read.lexicon import Lexicon, load_cue_words, load_lexicon
from dragoman.read.reader import NameFinder, TimeFinder
from dragoman.read.shapes import find_shape
from dragoman.read.windows import Window, pack_windows, piece_sentence
from dragoman.records import Document, Mention, MentionKind, Reading, Rejection, Role, Span, Trigger

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

EMBEDDED = Path(__file__).parent / "weights" / "reader-en"
"""Where the weights of the embedded English reader lie."""
NETWORK_FILE = "network.onnx"
PAIR_FILE = "pair.npz"
TOKENIZER_FILE = "tokenizer.json"
SETTINGS_FILE = "settings.json"
_DOCUMENTS_AT_ONCE = 16
_HASH_DIGITS = 6
_FLOOR_TOLD, _FLOOR_SEEN, _FLOOR_MASS = 0.02, 0.03, 0.001
"""How far either view of a pair may rule a type out alone; chosen on dev (`dragoman evaluate pairs --details`)."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What goes with the weights: the labels behind the numbers, the thresholds tuned on development documents, and whether
    the network learnt with the wide list of cue words.
    """

    version: str
    labels: Labels
    thresholds: Thresholds
    cue_words: bool = False

    def to_json(self) -> str:
        """Return the settings as a JSON document, always the same for the same settings."""
        stored = {
            "version": self.version,
            "labels": self.labels.to_json(),
            "thresholds": asdict(self.thresholds),
            "cue_words": self.cue_words,
        }
        return json.dumps(stored, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ReaderSettings:
        """Return the settings that ``to_json`` stored."""
        stored: dict[str, Any] = json.loads(text)
        thresholds = stored["thresholds"] | {"roles": tuple(stored["thresholds"]["roles"])}
        return cls(
            stored["version"],
            Labels.from_json(stored["labels"]),
            Thresholds(**thresholds),
            # Weights of earlier versions learnt with the first reader's lexicon alone.
            stored.get("cue_words", False),
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans of a text, between which an act is to be typed."""

    text: str
    source: Span
    target: Span


class NeuralReader:
    """Reads with the trained network in ``folder``. ``find_names`` and ``find_times`` add the names and times that the gazetteer
    and the calendar know to the mentions that the network finds, so that roles can lead to them. ``n_threads`` windows are
    read side by side; the result does not depend on it.
    """

    def __init__(
        self,
        folder: Path = EMBEDDED,
        n_threads: int | None = None,
        find_names: NameFinder | None = None,
        find_times: TimeFinder | None = None,
    ) -> None:
        self._folder = folder
        self._find_names = find_names
        self._find_times = find_times
        self._n_threads = n_threads or len(os.sched_getaffinity(0))

    @cached_property
    def _settings(self) -> ReaderSettings:
        try:
            return ReaderSettings.from_json(self._path(SETTINGS_FILE).read_text("utf-8"))
        except (ValueError, KeyError, TypeError) as error:
            raise self._broken(SETTINGS_FILE, str(error)) from error

    @cached_property
    def _cue_lexicon(self) -> Lexicon:
        return load_cue_words() if self._settings.cue_words else load_lexicon()

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread a call gives the same bits on any machine; calls run side by side instead.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(self._path(NETWORK_FILE)), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self._path(TOKENIZER_FILE))

    @cached_property
    def name(self) -> str:
        """The reader's name, version and the beginning of the hash of its weights and thresholds, as records cite it."""
        digest = hashlib.sha256(self._path(NETWORK_FILE).read_bytes() + self._path(SETTINGS_FILE).read_bytes())
        return f"reader-en {self._settings.version} {digest.hexdigest()[:_HASH_DIGITS]}"

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Rejection]:
        """Yield one reading for each document, in order."""
        stream = iter(documents)
        # Everything that is loaded late is loaded before threads could load it twice.
        _ = self._session, self._tokenizer, self._settings
        with ThreadPoolExecutor(self._n_threads) as pool:
            while group := list(islice(stream, _DOCUMENTS_AT_ONCE)):
                yield from pool.map(self._read_document, group)

    def relate(self, pairs: Iterable[Pair]) -> Iterator[dict[str, float]]:
        """Yield, for each pair, the probability of each type for the act of the source towards the target."""
        types = self._settings.labels.types
        for pair in pairs:
            yield {kind: round(float(one), 6) for kind, one in zip(types, self._relate_one(pair), strict=True)}

    def _relate_one(self, pair: Pair) -> Floats:
        """Weigh what the pair head says of the two spans against the acts that the reader sees between them."""
        sentence = piece_sentence(pair.text, 0, Span(0, len(pair.text)), self._tokenizer)
        (window,) = pack_windows([sentence], self._tokenizer)
        scores = self._run(window, pair.text)
        source, target = (_find_words(window, span, pair.text) for span in (pair.source, pair.target))
        told = self._type_pair(make_pair_features(scores.words, window.sentences, source, target))
        seen = weigh_acts(scores, source, target)
        joined = np.sqrt(told + _FLOOR_TOLD) * (seen / (seen.sum() + _FLOOR_MASS) + _FLOOR_SEEN)
        result: Floats = joined / joined.sum()
        return result

    def _type_pair(self, features: Floats) -> Floats:
        weights = self._pair_weights
        hidden = _gelu(weights["inner_weight"] @ features + weights["inner_bias"])
        scores = weights["outer_weight"] @ hidden + weights["outer_bias"]
        return softmax(scores.astype(np.float32))

    @cached_property
    def _pair_weights(self) -> dict[str, NDArray[np.float32]]:
        with np.load(self._path(PAIR_FILE), allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}

    def _read_document(self, document: Document) -> Reading:
        sentences = [
            piece_sentence(document.text, sentence.index, sentence.span, self._tokenizer)
            for sentence in document.sentences
        ]
        mentions: list[Mention] = []
        triggers: list[Trigger] = []
        roles: list[Role] = []
        for window in pack_windows([one for one in sentences if one.words], self._tokenizer):
            hints = [hint for number in dict.fromkeys(window.sentences) for hint in self._find_hints(document, number)]
            found = self._read_window(window, document.text, hints)
            roles += [
                replace(role, trigger=role.trigger + len(triggers), mention=role.mention + len(mentions))
                for role in found.roles
            ]
            mentions += found.mentions
            triggers += found.triggers
        return Reading(document, tuple(mentions), tuple(triggers), tuple(roles))

    def _find_hints(self, document: Document, sentence: int) -> Iterator[Hint]:
        span = document.sentences[sentence].span
        if self._find_times is not None:
            yield from ((found, MentionKind.TIME) for found in self._find_times(document.text, span))
        if self._find_names is not None:
            yield from self._find_names(document.text, span)

    def _read_window(self, window: Window, text: str, hints: Sequence[Hint]) -> WindowReading:
        return decode_window(
            self._run(window, text), window, text, self._settings.labels, self._settings.thresholds, hints
        )

    def _run(self, window: Window, text: str) -> WindowScores:
        given = {
            "pieces": np.array([window.pieces], dtype=np.int64),
            "first_piece": np.array([window.first_piece], dtype=np.int64),
            "shapes": np.array([[int(find_shape(word.quote(text))) for word in window.words]], dtype=np.int64),
            "cues": np.array([find_cues(window, text, self._settings.labels.types, self._cue_lexicon)], dtype=np.int64),
        }
        names = list(WindowScores.__dataclass_fields__)
        # Weights of earlier versions know nothing of cues.
        given = {one.name: given[one.name] for one in self._session.get_inputs()}
        return WindowScores(*(scores[0] for scores in self._session.run(names, given)))

    def _path(self, file: str) -> Path:
        path = self._folder / file
        if not path.is_file():
            raise self._broken(file, "no such file")
        return path

    def _broken(self, file: str, got: str) -> SettingsError:
        return SettingsError(
            "the reader's weights cannot be used",
            where=str(self._folder / file),
            expected="the files that `dragoman train` writes",
            got=got,
            fix="install dragoman again, or name another folder with --model",
        )


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer of a file, without filling up and cutting off, which windows see to."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def make_pair_features(
    words: Floats, sentences: Sequence[int], source: tuple[int, int], target: tuple[int, int]
) -> Floats:
    """Return what the pair head sees: both spans, the words between them, and their sentences' greatest values. (4 * width,)

    ``words`` is (W, width); spans are word numbers, both ends inclusive.
    """
    low, high = sorted((source, target))
    between = words[low[1] : high[0] + 1] if low[1] < high[0] else words[low[0] : high[1] + 1]
    near = {sentences[source[0]], sentences[target[0]]}
    own = [number for number, sentence in enumerate(sentences) if sentence in near]
    halves = [words[span[0]] + words[span[1]] for span in (source, target)]
    features: Floats = np.concatenate([*halves, between.mean(axis=0), words[own].max(axis=0)])
    return features


def weigh_acts(scores: WindowScores, source: tuple[int, int], target: tuple[int, int]) -> Floats:
    """Return for each type how many triggers of it the window is expected to hold that lead from source to target. (types,)"""
    types = softmax(scores.tags)[:, 1:-1]  # (W, types)
    acts, suffers = (
        sigmoid(scores.role_starts[:, span[0], role] + scores.role_ends[:, span[1], role])
        for role, span in enumerate((source, target))
    )
    weighed: Floats = (types * (acts * suffers)[:, None]).sum(axis=0)
    return weighed


def _find_words(window: Window, span: Span, text: str) -> tuple[int, int]:
    """Return the words that a span covers, also where it cuts through some."""
    covered = [number for number, word in enumerate(window.words) if word.overlaps(span)]
    if not covered:
        raise SettingsError(
            "pair", expected=f"a span with words in a text of {len(text)} code points", got=f"{span.start}..{span.end}"
        )
    return covered[0], covered[-1]


def _gelu(values: Floats) -> Floats:
    from math import erf

    result: Floats = values * 0.5 * (1 + np.vectorize(erf)(values / np.sqrt(2)))
    return result
