"""The training run: epochs over the corpus with checkpoints, resumable, with fixed seeds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from dragoman.annotate.form import MarkedDocument
from dragoman.errors import SettingsError
from dragoman.read.labels import Labels
from dragoman.read.windows import MAX_PIECES, PiecedSentence
from dragoman.train.batches import make_batch, measure_loss, run_network
from dragoman.train.encoder import load_minilm
from dragoman.train.examples import Example, NameSwapper, make_examples, piece_document
from dragoman.train.network import PairHead, ReaderNetwork
from dragoman.train.recipe import Recipe
from dragoman.train.supporting import SupportingExample
from dragoman.train.warm_up import warm_up

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_SWAP_SHARE = 0.5
"""The share of documents whose names are exchanged in an epoch."""
_SMALLEST_FIRST_WINDOW = 32
_WARM_UP = 0.08
_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained network with its pair head, and the epochs it took."""

    network: ReaderNetwork
    pair_head: PairHead
    n_epochs: int


@dataclass(frozen=True, slots=True)
class _Run:
    """All that changes while training, which a checkpoint keeps."""

    network: ReaderNetwork
    pair_head: PairHead
    average: AveragedModel
    optimizer: torch.optim.AdamW
    schedule: torch.optim.lr_scheduler.LambdaLR

    def state(self) -> dict[str, Any]:
        """Return everything by name."""
        return {name: getattr(self, name).state_dict() for name in self.__dataclass_fields__}

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Take over what ``state`` returned."""
        for name in self.__dataclass_fields__:
            getattr(self, name).load_state_dict(state[name])


@dataclass(frozen=True, slots=True)
class Material:
    """What is learnt from: annotated documents, whose names are exchanged at times, and supporting examples for the warm-up."""

    documents: Sequence[MarkedDocument]
    swapper: NameSwapper
    warm_up: Sequence[SupportingExample] = ()


def train_network(
    material: Material,
    labels: Labels,
    tokenizer: Tokenizer,
    recipe: Recipe,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> Trained:
    """Return the network trained on the documents, after the warm-up.

    Goes on from ``checkpoint`` where there is one, and writes it after each epoch.
    """
    torch.manual_seed(recipe.seed)
    network, pair_head = ReaderNetwork(labels, recipe.dropout), PairHead(len(labels.types))
    load_minilm(network.encoder)
    # Words that the corpus does not hold must stay where their neighbours are; it saves half of each step, too.
    network.encoder.words.weight.requires_grad_(False)
    pieced = [(document, piece_document(document, tokenizer)) for document in material.documents]
    steps = recipe.epochs * _count_batches(pieced, labels, tokenizer, recipe)
    optimizer = torch.optim.AdamW(
        _group_parameters(network, pair_head, recipe), weight_decay=recipe.weight_decay, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate_at(step, steps))
    average = AveragedModel(nn.ModuleList([network, pair_head]), multi_avg_fn=get_ema_multi_avg_fn(recipe.average_keep))
    run = _Run(network, pair_head, average, optimizer, schedule)
    resumed = _resume(checkpoint, run)
    first = resumed or 0
    began = time.monotonic()
    if resumed is None and recipe.start is not None:
        _load_weights(recipe.start, network, pair_head)
        tell(f"starting from the weights of {recipe.start}")
    elif resumed is None and material.warm_up:
        warm_up(network, material.warm_up, labels, recipe, tell)
        _save(checkpoint, run, 0)
    for epoch in range(first, recipe.epochs):
        generator = random.Random(recipe.seed * 1000 + epoch)  # noqa: S311 - shuffling, no secrets
        torch.manual_seed(recipe.seed * 1000 + epoch)
        examples = list(_draw_examples(pieced, labels, tokenizer, material.swapper, generator))
        loss = _train_epoch(run, examples, labels, recipe, generator)
        _save(checkpoint, run, epoch + 1)
        minutes = (time.monotonic() - began) / 60
        shown = ", ".join(f"{name} {value:.3f}" for name, value in loss.items())
        tell(f"epoch {epoch + 1} of {recipe.epochs}: {len(examples)} windows, {minutes:.1f} min; {shown}")
        if (
            recipe.limit_minutes is not None
            and minutes * (epoch + 2 - first) / (epoch + 1 - first) > recipe.limit_minutes
        ):
            tell("stopping: the next epoch would pass the limit")
            return _finish(run, epoch + 1)
    return _finish(run, recipe.epochs)


def _finish(run: _Run, n_epochs: int) -> Trained:
    """Return the mean of the weights over the last steps, which generalises better than those of the very last one."""
    network, pair_head = cast("tuple[ReaderNetwork, PairHead]", tuple(cast(nn.ModuleList, run.average.module)))
    return Trained(network, pair_head, n_epochs)


def _draw_examples(
    pieced: Sequence[tuple[MarkedDocument, tuple[PiecedSentence, ...]]],
    labels: Labels,
    tokenizer: Tokenizer,
    swapper: NameSwapper | None,
    generator: random.Random,
) -> Iterator[Example]:
    """Yield all windows in a new order, cut at other places, with some documents' names exchanged."""
    order = list(range(len(pieced)))
    generator.shuffle(order)
    for number in order:
        document, sentences = pieced[number]
        if swapper is not None and generator.random() < _SWAP_SHARE:
            sentences = swapper.swap(document, sentences, tokenizer)
        yield from make_examples(
            document, sentences, labels, tokenizer, generator.randint(_SMALLEST_FIRST_WINDOW, MAX_PIECES)
        )


def _count_batches(
    pieced: Sequence[tuple[MarkedDocument, tuple[PiecedSentence, ...]]],
    labels: Labels,
    tokenizer: Tokenizer,
    recipe: Recipe,
) -> int:
    """About how many steps an epoch takes; where windows are cut varies a little from epoch to epoch."""
    generator = random.Random(recipe.seed)  # noqa: S311 - shuffling, no secrets
    n_examples = sum(1 for _ in _draw_examples(pieced, labels, tokenizer, None, generator))
    return n_examples // recipe.batch_size + 1


def _group_parameters(network: ReaderNetwork, pair_head: PairHead | None, recipe: Recipe) -> list[dict[str, object]]:
    known = {id(parameter) for parameter in network.encoder.parameters()}
    encoder = [parameter for parameter in network.encoder.parameters() if parameter.requires_grad]
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    return [
        {"params": encoder, "lr": recipe.encoder_rate},
        {"params": [*heads, *(pair_head.parameters() if pair_head else ())], "lr": recipe.head_rate},
    ]


def _rate_at(step: int, steps: int) -> float:
    warm = max(1, int(steps * _WARM_UP))
    return min(step / warm, max(0.0, (steps - step) / max(1, steps - warm)))


def _train_epoch(
    run: _Run, examples: Sequence[Example], labels: Labels, recipe: Recipe, generator: random.Random
) -> dict[str, float]:
    network, pair_head = run.network, run.pair_head
    network.train()
    pair_head.train()
    totals: dict[str, float] = {}
    batches = _make_groups(examples, recipe.batch_size, generator)
    for group in batches:
        batch = make_batch(group, labels, recipe.hidden_words, generator)
        losses = measure_loss(run_network(network, batch), batch, pair_head)
        run.optimizer.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_([*network.parameters(), *pair_head.parameters()], _CLIP)
        run.optimizer.step()
        run.schedule.step()
        run.average.update_parameters(nn.ModuleList([network, pair_head]))
        for name, value in losses.items():
            totals[name] = totals.get(name, 0.0) + float(value.detach())
    return {name: value / len(batches) for name, value in totals.items()}


def _make_groups(examples: Sequence[Example], size: int, generator: random.Random) -> list[list[Example]]:
    """Group windows of like length, so that little is filled up, in a random order."""
    jittered = sorted(examples, key=lambda example: len(example.window.pieces) + generator.random() * 24)
    groups = [list(jittered[start : start + size]) for start in range(0, len(jittered), size)]
    generator.shuffle(groups)
    return groups


def _save(path: Path, run: _Run, epoch: int) -> None:
    partial = path.with_suffix(".partial")
    torch.save(run.state() | {"epoch": epoch}, partial)
    partial.replace(path)


def _load_weights(path: Path, network: ReaderNetwork, pair_head: PairHead) -> None:
    try:
        state = torch.load(path, weights_only=True)
        network.load_state_dict(state["network"])
        pair_head.load_state_dict(state["pair_head"])
    except (OSError, KeyError, RuntimeError) as error:
        raise SettingsError(
            "checkpoint", where=str(path), expected="a checkpoint of `dragoman train`", got=str(error)[:200]
        ) from error


def _resume(path: Path, run: _Run) -> int | None:
    """Return how many epochs the checkpoint has behind it, 0 after the warm-up; None where there is no checkpoint."""
    if not path.exists():
        return None
    state = torch.load(path, weights_only=True)
    run.load_state(state)
    return int(state["epoch"])
