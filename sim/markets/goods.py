"""Buyers: shares move by a replicator, footloose demand looks for suppliers."""

from __future__ import annotations

import numpy as np

from agents.exact import power
from agents.schema import Floats, Ints


def fitness(
    quality: Floats, price: Floats, edge: float, quality_weight: float, price_weight: float
) -> Floats:
    """Competitiveness against an outside competitor of fitness 1 (quality and price both 1)."""
    return power(quality, quality_weight) * power(price, -price_weight) * (1.0 + edge)


def compete(
    share: Floats, outside: Floats, fit: Floats, pull: Floats, sector: Ints,
    selection: float, footloose: float, outside_pull: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Shares of a market after a quarter, the firms' and the outside competitors'.

    Replicator (Dosi et al. 2010): share · (1 + selection · (fit / mean fit - 1)), the outside
    competitors having fitness 1; then the footloose part of demand is dealt out by `pull`
    (quality, reach and trust). Shapes: firms (n,), `outside` and `outside_pull` (sectors,). The
    shares of a sector, outside included, sum to one before and after.
    """
    count = len(outside)
    mean = np.bincount(sector, share * fit, count) + outside
    kept = share * np.maximum(1.0 + selection * (fit / mean[sector] - 1.0), 0.2)
    kept_outside = outside * np.maximum(1.0 + selection * (1.0 / mean - 1.0), 0.2)
    total = np.bincount(sector, kept, count) + kept_outside
    pulls = np.bincount(sector, pull, count) + outside_pull
    new = (1.0 - footloose) * kept / total[sector] + footloose * pull / pulls[sector]
    new_outside = (1.0 - footloose) * kept_outside / total + footloose * outside_pull / pulls
    return new, new_outside


def order_books(demand: Floats, largest: Floats, score: Floats, uid: Ints, volume: float) -> Floats:
    """Government orders placed with the best offers until the volume is gone (m yuan each)."""
    amount = np.minimum(demand, largest)
    order = np.lexsort((uid, -score))
    before = np.cumsum(amount[order]) - amount[order]
    out = np.zeros(len(score))
    out[order] = np.clip(volume - before, 0.0, amount[order])
    return out
