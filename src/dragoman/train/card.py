"""The card that goes with new weights: what they are, what they learnt from and how, how good they are, and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

from dragoman.annotate.form import MarkedDocument
from dragoman.train.recipe import Recipe

CARD_FILE = "model-card.md"


@dataclass(frozen=True, slots=True)
class Making:
    """How weights came to be: recipe, rounds taken, documents, and the lines that tell the dev figures."""

    version: str
    recipe: Recipe
    n_epochs: int
    train: Sequence[MarkedDocument]
    dev: Sequence[MarkedDocument]
    n_role_windows: int
    figures: Sequence[str]


def write_card(making: Making, folder: Path) -> None:
    """Write the model card into the folder of the weights."""
    template = resources.files("dragoman.train").joinpath(CARD_FILE).read_text("utf-8")
    recipe = asdict(making.recipe) | {"start": _describe_start(making.recipe)}
    filled = template.format(
        **recipe,
        version=making.version,
        n_epochs=making.n_epochs,
        n_role_windows=making.n_role_windows,
        n_real=sum(_is_real(one) for one in (*making.train, *making.dev)),
        train=_describe(making.train),
        dev=_describe(making.dev),
        figures="\n".join(making.figures),
    )
    (folder / CARD_FILE).write_text(filled, "utf-8")


def _describe_start(recipe: Recipe) -> str:
    return f"the weights of an earlier training (`{recipe.start.name}`)" if recipe.start else "the supporting rounds"


def _describe(documents: Sequence[MarkedDocument]) -> str:
    n_sentences = sum(len(one.sentences) for one in documents)
    return f"{len(documents)} documents of {n_sentences} sentences"


def _is_real(document: MarkedDocument) -> bool:
    return "url" in document.head or document.id.startswith("wn-")
