"""Who acts on whom: a directed network of parties."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.analyse.series import count_actual
from dragoman.store import DyadRow, Filter, Store


@dataclass(frozen=True, slots=True)
class Edge:
    """What one party does to another. Scores are sums and means over the records, on PLOVER's scale and on Goldstein's.

    ``n_back`` is how many records go the other way; ``reciprocity`` in 0..1 the smaller of the two counts over the larger.
    """

    actor: str
    recipient: str
    n: int
    weight: float
    scale_sum: float
    scale_mean: float
    goldstein_sum: float
    goldstein_mean: float
    n_back: int
    reciprocity: float


_ALL_DYADS = 100_000


def build_network(store: Store, wanted: Filter, *, limit: int = 100) -> tuple[Edge, ...]:
    """Return the edges of the network, the most frequent first; only ``actual`` counts unless the filter names statuses."""
    rows = [row for row in store.dyads(count_actual(wanted), limit=_ALL_DYADS) if row.recipient]
    counts = {(row.actor, row.recipient): row.n for row in rows}
    return tuple(_draw_edge(row, counts.get((row.recipient, row.actor), 0)) for row in rows[:limit])


def _draw_edge(row: DyadRow, n_back: int) -> Edge:
    return Edge(
        actor=row.actor,
        recipient=row.recipient,
        n=row.n,
        weight=round(row.weight, 4),
        scale_sum=round(row.scale, 4),
        scale_mean=round(row.scale / row.n, 4),
        goldstein_sum=round(row.goldstein, 4),
        goldstein_mean=round(row.goldstein / row.n, 4),
        n_back=n_back,
        reciprocity=round(min(row.n, n_back) / max(row.n, n_back), 4),
    )
