"""Examples padded into tensors, and the loss of the network's scores against them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.read.cues import find_cues
from dragoman.read.labels import Labels
from dragoman.read.lexicon import load_cue_words
from dragoman.read.shapes import find_shape
from dragoman.read.windows import Window
from dragoman.train.examples import IGNORED, MAX_WIDTH, Example
from dragoman.train.network import PairHead, ReaderNetwork, Scores

_SMOOTHING = 0.03
_MASK = 103
_MARKERS = (101, 102)
"""Of BERT's vocabulary: the piece that hides another, and those that begin and end a text."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some examples: ``pieces``, ``counts`` (batch, P); ``first_piece``, ``shapes``, ``cues``, ``tags`` (batch, W);
    ``kinds`` (batch, W, W), IGNORED where no mention can be."""

    examples: tuple[Example, ...]
    pieces: Tensor
    counts: Tensor
    first_piece: Tensor
    shapes: Tensor
    cues: Tensor
    tags: Tensor
    kinds: Tensor


def make_batch(
    examples: Sequence[Example], labels: Labels, hidden_share: float = 0.0, generator: random.Random | None = None
) -> Batch:
    """Return the examples as padded tensors.

    With a generator, that share of the words is hidden behind the mask piece, so that an act is also known by its company.
    """
    n_pieces = max(len(example.window.pieces) for example in examples)
    n_words = max(len(example.window.words) for example in examples)
    size = len(examples)
    pieces, counts = torch.zeros(size, n_pieces, dtype=torch.long), torch.zeros(size, n_pieces, dtype=torch.long)
    first_piece, shapes, cues = (torch.zeros(size, n_words, dtype=torch.long) for _ in range(3))
    tags = torch.full((size, n_words), IGNORED, dtype=torch.long)
    kinds = torch.full((size, n_words, n_words), IGNORED, dtype=torch.long)
    for row, example in enumerate(examples):
        window = example.window
        secret = _draw_words(len(window.words), hidden_share, generator)
        pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
        counts[row, : len(window.pieces)] = 1
        first_piece[row, : len(window.words)] = torch.tensor(window.first_piece)
        shapes[row, : len(window.words)] = torch.tensor(
            [int(find_shape(word.quote(example.text))) for word in window.words]
        )
        cues[row, : len(window.words)] = torch.tensor(find_cues(window, example.text, labels.types, load_cue_words()))
        cues[row, secret] = 0
        pieces[row, _list_pieces(window, secret)] = _MASK
        tags[row, : len(window.words)] = _make_tags(example, labels)
        kinds[row, : len(window.words), : len(window.words)] = _make_kinds(example)
    return Batch(tuple(examples), pieces, counts, first_piece, shapes, cues, tags, kinds)


def _draw_words(n_words: int, share: float, generator: random.Random | None) -> list[int]:
    return [number for number in range(n_words) if generator.random() < share] if generator else []


def _list_pieces(window: Window, words: Sequence[int]) -> list[int]:
    """Return where the pieces of the words lie among the window's, without the markers between sentences."""
    stops = [*window.first_piece[1:], len(window.pieces)]
    runs = (range(window.first_piece[word], stops[word]) for word in words)
    return [place for run in runs for place in run if window.pieces[place] not in _MARKERS]


def _make_tags(example: Example, labels: Labels) -> Tensor:
    tags = torch.zeros(len(example.window.words), dtype=torch.long)
    for trigger in example.triggers:
        tags[trigger.first] = trigger.type
        tags[trigger.first + 1 : trigger.last + 1] = len(labels.tags) - 1
    return tags


def _make_kinds(example: Example) -> Tensor:
    sentences = torch.tensor(example.window.sentences)
    places = torch.arange(len(sentences))
    gap = places[None, :] - places[:, None]
    possible = (gap >= 0) & (gap < MAX_WIDTH) & (sentences[None, :] == sentences[:, None])
    kinds = torch.where(possible, 0, IGNORED)
    for mention in example.mentions:
        if mention.last - mention.first < MAX_WIDTH:
            kinds[mention.first, mention.last] = mention.kind
    return kinds


def run_network(network: ReaderNetwork, batch: Batch) -> Scores:
    """Return the network's scores of a batch."""
    scores: Scores = network(batch.pieces, batch.counts, batch.first_piece, batch.shapes, batch.cues)
    return scores


def measure_role_loss(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of the roles alone, for text that is annotated with nothing else."""
    return _measure_roles(scores, batch)


def measure_loss(scores: Scores, batch: Batch, pair_head: PairHead) -> dict[str, Tensor]:
    """Return the loss of each task, as scalars."""
    losses = {
        "kinds": 20 * functional.cross_entropy(scores.kinds.flatten(0, 2), batch.kinds.flatten(), ignore_index=IGNORED),
        "tags": 6 * functional.cross_entropy(
            scores.tags.flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, label_smoothing=_SMOOTHING
        ),
    }  # fmt: skip
    at = [(row, trigger) for row, example in enumerate(batch.examples) for trigger in example.triggers]
    if not at:
        return losses
    rows = torch.tensor([row for row, _ in at])
    words = torch.tensor([trigger.first for _, trigger in at])
    losses["statuses"] = functional.cross_entropy(
        scores.statuses[rows, words], torch.tensor([trigger.status for _, trigger in at]), label_smoothing=_SMOOTHING
    )
    losses["modes"] = 20 * _multi_label(scores.modes[rows, words], [trigger.modes for _, trigger in at])
    losses["contexts"] = 10 * _multi_label(scores.contexts[rows, words], [trigger.contexts for _, trigger in at])
    losses |= _measure_roles(scores, batch)
    losses |= _measure_pairs(scores, batch, pair_head)
    return losses


def _multi_label(logits: Tensor, chosen: Sequence[Sequence[int]]) -> Tensor:
    target = torch.zeros_like(logits)
    for row, numbers in enumerate(chosen):
        target[row, list(numbers)] = 1
    return functional.binary_cross_entropy_with_logits(logits, target)


def _measure_roles(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    logits, targets = [], []
    for row, example in enumerate(batch.examples):
        if not example.mentions:
            continue
        firsts = torch.tensor([mention.first for mention in example.mentions])
        lasts = torch.tensor([mention.last for mention in example.mentions])
        for trigger in example.triggers:
            logits.append(scores.role_starts[row, trigger.first, firsts] + scores.role_ends[row, trigger.first, lasts])
            targets.append(torch.tensor(trigger.roles, dtype=torch.float))
    if not logits:
        return {}
    all_logits, all_targets = torch.cat(logits), torch.cat(targets)
    counted = all_targets >= 0
    loss = functional.binary_cross_entropy_with_logits(all_logits[counted], all_targets[counted])
    return {"roles": 15 * loss}


def _measure_pairs(scores: Scores, batch: Batch, pair_head: PairHead) -> dict[str, Tensor]:
    features, types = [], []
    for row, example in enumerate(batch.examples):
        for trigger in example.triggers:
            actors = [mention for mention, roles in zip(example.mentions, trigger.roles, strict=True) if roles[0] == 1]
            recipients = [
                mention for mention, roles in zip(example.mentions, trigger.roles, strict=True) if roles[1] == 1
            ]
            for actor in actors[:1]:
                for recipient in recipients[:1]:
                    pair = (actor.first, actor.last), (recipient.first, recipient.last)
                    features.append(pair_features(scores.words[row], example.window.sentences, *pair))
                    types.append(trigger.type - 1)
    if not features:
        return {}
    return {
        "pairs": functional.cross_entropy(
            pair_head(torch.stack(features)), torch.tensor(types), label_smoothing=_SMOOTHING
        )
    }


def pair_features(words: Tensor, sentences: Sequence[int], source: tuple[int, int], target: tuple[int, int]) -> Tensor:
    """Return what the pair head sees of two spans: both, the words between them, and their sentences' mean. (4 * width,)"""
    low, high = sorted((source, target))
    between = words[low[1] : high[0] + 1] if low[1] < high[0] else words[low[0] : high[1] + 1]
    own = [
        number for number, sentence in enumerate(sentences) if sentence in (sentences[source[0]], sentences[target[0]])
    ]
    halves = [words[span[0]] + words[span[1]] for span in (source, target)]
    return torch.cat([*halves, between.mean(0), words[own].amax(0)])
