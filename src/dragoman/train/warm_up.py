"""The warm-up: the encoder learns syntax, PropBank roles and factuality with heads that are thrown away afterwards.

Source of the biaffine parser: Dozat and Manning 2017; of the order, first syntax and roles and then events: our own trials (decision 6).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.read.labels import Labels
from dragoman.train.batches import Batch, make_batch, measure_role_loss, run_network
from dragoman.train.encoder import WIDTH
from dragoman.train.network import Biaffine, ReaderNetwork
from dragoman.train.recipe import Recipe
from dragoman.train.supporting import Facts, SupportingExample

_NONE = 0
_ARC_WIDTH = 192
_LABEL_WIDTH = 64
_RAREST = 200
_BATCH = 8
_WARM = 0.08
_CLIP = 1.0
_SURELY = 3.0


class SupportingHeads(nn.Module):
    """Heads over the words for what is only learnt in the warm-up."""

    def __init__(self, parts: Sequence[str], relations: Sequence[str], arguments: Sequence[str]) -> None:
        super().__init__()
        self.parts, self.relations, self.arguments = list(parts), list(relations), ["", *arguments]
        self.part = nn.Linear(WIDTH, len(parts))
        self.arcs = Biaffine(_ARC_WIDTH, 1, 0.2)
        self.relation = nn.Bilinear(_LABEL_WIDTH, _LABEL_WIDTH, len(relations))
        self.governor, self.dependent = nn.Linear(WIDTH, _LABEL_WIDTH), nn.Linear(WIDTH, _LABEL_WIDTH)
        self.argument = Biaffine(_LABEL_WIDTH, len(self.arguments), 0.2)
        self.happened = nn.Linear(WIDTH, 1)

    def measure(self, words: Tensor, batch: Batch, facts: Sequence[Sequence[Facts]]) -> dict[str, Tensor]:
        """Return the losses. ``words`` is (batch, W, width)."""
        rows, starts, heads, parts, relations = self._list_tokens(batch, facts)
        states, governors = words[rows, starts], words[rows, heads]
        arcs = self.arcs(words)[rows, starts, :, 0].masked_fill(_elsewhere(batch, rows, starts), -1e4)
        relation = self.relation(torch.relu(self.governor(governors)), torch.relu(self.dependent(states)))
        losses = {
            "parts": functional.cross_entropy(self.part(states), parts),
            "arcs": functional.cross_entropy(arcs, heads),
            "relations": functional.cross_entropy(relation, relations),
            "arguments": 20 * self._measure_arguments(words, batch, facts),
        }
        return losses | self._measure_happened(words, batch, facts)

    def _list_tokens(self, batch: Batch, facts: Sequence[Sequence[Facts]]) -> tuple[Tensor, ...]:
        table = [
            (
                row,
                place[one.start],
                place[one.head],
                self.parts.index(one.part_of_speech),
                self.relations.index(one.relation),
            )
            for row, place, sentence in _sentences(batch, facts)
            for one in sentence.tokens
            if one.start in place and one.head in place
        ]
        return tuple(torch.tensor(column) for column in zip(*table, strict=True))

    def _measure_arguments(self, words: Tensor, batch: Batch, facts: Sequence[Sequence[Facts]]) -> Tensor:
        """Only the rows of predicates count: for each other word of the sentence, which argument it heads, mostly none."""
        targets: dict[tuple[int, int], Tensor] = {}
        for row, place, sentence in _sentences(batch, facts):
            for one in sentence.arguments:
                if one.predicate in place and one.filler in place:
                    empty = torch.zeros(words.shape[1], dtype=torch.long)
                    target = targets.setdefault((row, place[one.predicate]), empty)
                    target[place[one.filler]] = (
                        self.arguments.index(one.label) if one.label in self.arguments else _NONE
                    )
        if not targets:
            return words.sum() * 0
        rows, starts = (torch.tensor(column) for column in zip(*targets, strict=True))
        here = ~_elsewhere(batch, rows, starts)
        scores = self.argument(words)[rows, starts]
        return functional.cross_entropy(scores[here], torch.stack(list(targets.values()))[here])

    def _measure_happened(self, words: Tensor, batch: Batch, facts: Sequence[Sequence[Facts]]) -> dict[str, Tensor]:
        table = [
            (row, place[start], surely)
            for row, place, sentence in _sentences(batch, facts)
            for start, surely in sentence.happened
            if start in place
        ]
        if not table:
            return {}
        rows, starts, surely = (torch.tensor(column) for column in zip(*table, strict=True))
        told = self.happened(words[rows, starts])[:, 0] * _SURELY
        return {"happened": functional.smooth_l1_loss(told, surely.float())}


def warm_up(
    network: ReaderNetwork,
    examples: Sequence[SupportingExample],
    labels: Labels,
    recipe: Recipe,
    tell: Callable[[str], None],
) -> None:
    """Train the network for the recipe's rounds on the supporting tasks, with heads and an optimizer of their own."""
    heads = make_heads(examples)
    generator = random.Random(recipe.seed)  # noqa: S311 - shuffling, no secrets
    known = {id(one) for one in network.encoder.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": [one for one in network.encoder.parameters() if one.requires_grad], "lr": recipe.encoder_rate},
            {
                "params": [*(one for one in network.parameters() if id(one) not in known), *heads.parameters()],
                "lr": recipe.head_rate,
            },
        ],
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    steps = recipe.warm_up_rounds * (len(examples) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / (steps * _WARM), max(0.0, (steps - step) / (steps * (1 - _WARM))))
    )
    network.train()
    heads.train()
    for number in range(recipe.warm_up_rounds):
        totals: dict[str, float] = {}
        groups = _make_groups(examples, generator)
        for group in groups:
            batch = make_batch([one.example for one in group], labels)
            scores = run_network(network, batch)
            losses = measure_role_loss(scores, batch) | heads.measure(scores.words, batch, [one.facts for one in group])
            optimizer.zero_grad()
            torch.stack(list(losses.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_([*network.parameters(), *heads.parameters()], _CLIP)
            optimizer.step()
            schedule.step()
            for name, value in losses.items():
                totals[name] = totals.get(name, 0.0) + float(value.detach()) / len(groups)
        shown = ", ".join(f"{name} {value:.3f}" for name, value in totals.items())
        tell(f"supporting round {number + 1} of {recipe.warm_up_rounds}: {len(examples)} windows; {shown}")


def make_heads(examples: Sequence[SupportingExample]) -> SupportingHeads:
    """Return fresh heads for the labels that the examples hold; arguments told fewer than 200 times count as none."""
    facts = [one for example in examples for one in example.facts]
    counts: dict[str, int] = {}
    for argument in (one for fact in facts for one in fact.arguments):
        counts[argument.label] = counts.get(argument.label, 0) + 1
    return SupportingHeads(
        sorted({one.part_of_speech for fact in facts for one in fact.tokens}),
        sorted({one.relation for fact in facts for one in fact.tokens}),
        sorted(label for label, count in counts.items() if count >= _RAREST),
    )


def _sentences(batch: Batch, facts: Sequence[Sequence[Facts]]) -> Iterator[tuple[int, dict[int, int], Facts]]:
    """Yield each sentence's facts with the row of its window and the word at each place of the text."""
    for row, (example, sentences) in enumerate(zip(batch.examples, facts, strict=True)):
        place = {span.start: number for number, span in enumerate(example.window.words)}
        yield from ((row, place, one) for one in sentences)


def _elsewhere(batch: Batch, rows: Tensor, starts: Tensor) -> Tensor:
    """Return which words lie outside the sentence of each given word: (tokens, W)."""
    numbers = torch.full(batch.tags.shape, -1)
    for row, example in enumerate(batch.examples):
        numbers[row, : len(example.window.sentences)] = torch.tensor(example.window.sentences)
    return numbers[rows] != numbers[rows, starts][:, None]


def _make_groups(examples: Sequence[SupportingExample], generator: random.Random) -> list[list[SupportingExample]]:
    jittered = sorted(examples, key=lambda one: len(one.example.window.pieces) + generator.random() * 24)
    groups = [jittered[start : start + _BATCH] for start in range(0, len(jittered), _BATCH)]
    generator.shuffle(groups)
    return groups
