"""Torch weights become the files that the reader runs from: one quantised ONNX graph, the pair head, settings, tokenizer."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from dragoman.read.decode import Thresholds
from dragoman.read.labels import Labels
from dragoman.read.neural import NETWORK_FILE, PAIR_FILE, SETTINGS_FILE, TOKENIZER_FILE, ReaderSettings
from dragoman.train.encoder import find_minilm
from dragoman.train.network import PairHead, ReaderNetwork, Scores

_OPSET = 17


class _OneWindow(nn.Module):
    """The network for one window without filling: (1, P), (1, W), (1, W), (1, W) -> scores."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, first_piece: Tensor, shapes: Tensor, cues: Tensor) -> Scores:
        scores: Scores = self.network(pieces, torch.ones_like(pieces), first_piece, shapes, cues)
        return scores


def export_reader(
    network: ReaderNetwork, pair_head: PairHead, labels: Labels, thresholds: Thresholds, version: str, folder: Path
) -> None:
    """Write all that ``NeuralReader`` needs into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    exact = folder / "network.fp32.onnx"
    export_network(network, exact)
    quantise(exact, folder / NETWORK_FILE)
    exact.unlink()
    export_pair_head(pair_head, folder / PAIR_FILE)
    (folder / SETTINGS_FILE).write_text(ReaderSettings(version, labels, thresholds, cue_words=True).to_json(), "utf-8")
    shutil.copyfile(find_minilm() / "tokenizer.json", folder / TOKENIZER_FILE)


def export_network(network: ReaderNetwork, path: Path) -> None:
    """Write the network as an ONNX graph in full precision; numbers of pieces and words are open."""
    # The exporter puts its module back into the state it found it in, so the wrapper itself must be in this one.
    one_window = _OneWindow(network).eval()
    n_pieces, n_words = 12, 7
    given = (
        torch.randint(1000, 2000, (1, n_pieces)),
        torch.arange(1, n_words + 1)[None],
        torch.zeros(1, n_words, dtype=torch.long),
        torch.zeros(1, n_words, dtype=torch.long),
    )
    torch.onnx.export(
        one_window,
        given,
        str(path),
        input_names=["pieces", "first_piece", "shapes", "cues"],
        output_names=list(Scores._fields),
        dynamic_axes={
            "pieces": {1: "P"},
            "first_piece": {1: "W"},
            "shapes": {1: "W"},
            "cues": {1: "W"},
            **{
                name: {1: "W", 2: "W"} if name in ("kinds", "role_starts", "role_ends") else {1: "W"}
                for name in Scores._fields
            },
        },
        opset_version=_OPSET,
        dynamo=False,
    )


def quantise(exact: Path, path: Path) -> None:
    """Write the graph with weights in 8 bits, scaled by channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        exact, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )


def export_pair_head(pair_head: PairHead, path: Path) -> None:
    """Write the pair head's weights as plain arrays."""
    inner, outer = pair_head.layers[0], pair_head.layers[3]
    arrays = {
        "inner_weight": inner.weight,
        "inner_bias": inner.bias,
        "outer_weight": outer.weight,
        "outer_bias": outer.bias,
    }
    with path.open("wb") as stream:
        np.savez(stream, **{name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()})  # type: ignore[arg-type,operator,union-attr]
