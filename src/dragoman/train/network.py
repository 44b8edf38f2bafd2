"""The network: one encoder, and small heads over its word vectors for everything that a reading holds."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from dragoman.read.labels import Labels
from dragoman.train.encoder import WIDTH, Encoder

_SPAN_WIDTH = 128
_ROLE_WIDTH = 96
_PAIR_WIDTH = 256
N_SHAPES = 6
N_DISTANCES = 32


class Scores(NamedTuple):
    """Unnormalised scores (logits) of one batch; W is the number of words.

    ``kinds`` (batch, W start, W end, kinds); ``tags`` (batch, W, tags); ``statuses``, ``modes``, ``contexts`` (batch, W, each);
    ``role_starts`` and ``role_ends`` (batch, W trigger, W start or end of a mention, roles), to be added up;
    ``words`` (batch, W, width), from which ``PairHead`` types a given pair.
    """

    kinds: Tensor
    tags: Tensor
    statuses: Tensor
    modes: Tensor
    contexts: Tensor
    role_starts: Tensor
    role_ends: Tensor
    words: Tensor


class Biaffine(nn.Module):
    """Scores for every pair of words and every label: (batch, W, width) -> (batch, W, W, labels). Dozat and Manning 2017."""

    def __init__(self, width: int, n_labels: int, dropout: float) -> None:
        super().__init__()
        self.left = nn.Linear(WIDTH, width)
        self.right = nn.Linear(WIDTH, width)
        self.bilinear = nn.Linear(width, width * n_labels, bias=False)
        self.left_alone = nn.Linear(width, n_labels)
        self.right_alone = nn.Linear(width, n_labels)
        self.dropout = nn.Dropout(dropout)
        self.n_labels = n_labels
        self.width = width
        nn.init.normal_(self.bilinear.weight, std=0.02)

    def forward(self, words: Tensor) -> Tensor:
        """Return the scores of all pairs."""
        left = self.dropout(torch.relu(self.left(words)))
        right = self.dropout(torch.relu(self.right(words)))
        turned = self.bilinear(left).reshape(words.shape[0], -1, self.width)  # (batch, W * labels, width)
        product = (turned @ right.transpose(1, 2)).reshape(
            words.shape[0], words.shape[1], self.n_labels, words.shape[1]
        )
        product = product.transpose(2, 3)  # (batch, W, W, labels)
        return product + self.left_alone(left)[:, :, None, :] + self.right_alone(right)[:, None, :, :]  # type: ignore[no-any-return]


class ReaderNetwork(nn.Module):
    """Everything a reading needs, in one pass over a window's word pieces."""

    def __init__(self, labels: Labels, dropout: float = 0.1, cue_dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.shapes = nn.Embedding(N_SHAPES, WIDTH)
        self.cues = nn.Embedding(len(labels.types) + 1, WIDTH)
        self.cue_dropout = cue_dropout
        self.distances = nn.Embedding(N_DISTANCES, len(labels.roles))
        self.mix = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout))
        self.norm = nn.LayerNorm(WIDTH)
        self.kinds = Biaffine(_SPAN_WIDTH, len(labels.kinds), dropout)
        self.tags = nn.Linear(WIDTH, len(labels.tags))
        self.statuses = nn.Linear(WIDTH, len(labels.statuses))
        self.modes = nn.Linear(WIDTH, len(labels.modes))
        self.contexts = nn.Linear(WIDTH, len(labels.contexts))
        self.topic_contexts = nn.Linear(WIDTH, len(labels.contexts))
        self.role_starts = Biaffine(_ROLE_WIDTH, len(labels.roles), dropout)
        self.role_ends = Biaffine(_ROLE_WIDTH, len(labels.roles), dropout)
        nn.init.zeros_(self.distances.weight)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.cues.weight, std=0.02)

    def forward(self, pieces: Tensor, counts: Tensor, first_piece: Tensor, shapes: Tensor, cues: Tensor) -> Scores:
        """Return the scores. ``pieces``, ``counts`` (batch, P); ``first_piece``, ``shapes``, ``cues`` (batch, W)."""
        hidden = self._encode(pieces, counts)  # (batch, P, width)
        index = first_piece[:, :, None].expand(-1, -1, hidden.shape[2])
        words = torch.gather(hidden, 1, index) + self.shapes(shapes) + self.cues(self._drop_cues(cues))
        words = self.norm(words + self.mix(words))
        return Scores(
            kinds=self.kinds(words),
            tags=self.tags(words),
            statuses=self.statuses(words),
            modes=self.modes(words),
            contexts=self.contexts(words) + self.topic_contexts(_find_topic(hidden, counts))[:, None, :],
            role_starts=self.role_starts(words) + self._distance_scores(words.shape[1]),
            role_ends=self.role_ends(words),
            words=words,
        )

    def _encode(self, pieces: Tensor, counts: Tensor) -> Tensor:
        """In training the encoder multiplies in 16 bits, which takes two thirds of the time; reading is in full precision."""
        if not self.training:
            return self.encoder(pieces, counts)  # type: ignore[no-any-return]
        with torch.autocast("cpu", torch.bfloat16):
            return self.encoder(pieces, counts).float()  # type: ignore[no-any-return]

    def _drop_cues(self, cues: Tensor) -> Tensor:
        """In training some cues are hidden, so that the network learns to do without the lexicon as well."""
        if not self.training:
            return cues
        return cues * (torch.rand(cues.shape) >= self.cue_dropout)

    def _distance_scores(self, n_words: int) -> Tensor:
        """How likely each role is at each distance in words from the trigger, in log-sized steps to both sides."""
        places = torch.arange(n_words)
        gap = places[None, :] - places[:, None]
        half = N_DISTANCES // 2
        step = torch.log2(gap.abs().float() + 1) * 2
        bucket = half + torch.sign(gap) * torch.clamp(step.long(), max=half - 1)
        return self.distances(bucket)[None]  # type: ignore[no-any-return]


def _find_topic(hidden: Tensor, counts: Tensor) -> Tensor:
    """The mean of a window's word pieces, which tells what it is about: (batch, P, width) -> (batch, width)."""
    shares = counts.to(hidden.dtype) / counts.sum(1, keepdim=True)
    return (hidden * shares[:, :, None]).sum(1)


class PairHead(nn.Module):
    """The type of the act between two given spans: (batch, 4 * width) -> (batch, types)."""

    def __init__(self, n_types: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(4 * WIDTH, _PAIR_WIDTH), nn.GELU(), nn.Dropout(dropout), nn.Linear(_PAIR_WIDTH, n_types)
        )

    def forward(self, features: Tensor) -> Tensor:
        """Return the scores of the types."""
        return self.layers(features)  # type: ignore[no-any-return]
