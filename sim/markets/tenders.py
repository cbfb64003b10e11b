"""Government orders: how offers are scored, and what comes of those that win."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import log_one, normals
from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def offers(
    rows: Ints, u: Floats, quality: Floats, rated: Floats, rating_weight: float, revenue: Floats,
    pilot: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Score of each offer, with luck from uniforms `u`, and what the firm could deliver of the order
    (m yuan): at most what doubles its quarter, or a small pilot.
    """
    score, able = normals(u), np.empty(rows.size)
    for j in range(rows.size):
        able[j] = quality[rows[j]]
    for j in range(rows.size):
        score[j] = log_one(able[j]) / 0.2 + score[j]
    for j in range(rows.size):
        score[j] += rating_weight * rated[rows[j]]
        able[j] = max(revenue[rows[j]], pilot)
    return score, able


@njit(cache=True, error_model="numpy")
def deliver(
    rows: Ints, won: Floats, u: Floats, sector: Ints, quality: Floats, capability: Floats,
    references: Floats, shown: bool, market: Floats, government_share: Floats, revenue: Floats,
) -> tuple[Floats, Flags, Floats]:  # fmt: skip
    """What is ordered of the winners (m yuan, of what they have `won`) and which of them deliver, by
    uniforms `u`; also the revenue (m yuan) that every firm loses.

    No sector is ordered more from than government buys of it; those who would have sold to
    government lose in proportion to their share of the `market` (m yuan a quarter by sector). In
    place: revenue is lost, and who delivers learns and earns a reference if it may be `shown`.
    """
    asked, loss = np.zeros(market.size), np.empty(market.size)
    for j in range(rows.size):
        asked[sector[rows[j]]] += won[j]
    for s in range(market.size):
        placed = min(asked[s], government_share[s] * market[s])
        loss[s] = min(placed / market[s], 0.5)
        asked[s] = placed / max(asked[s], 1e-12)
    value, works = np.empty(rows.size), np.empty(rows.size, np.bool_)
    for j in range(rows.size):
        i = rows[j]
        value[j] = won[j] * asked[sector[i]]
        chance = 0.55 + 0.3 * capability[i] + 0.25 * (quality[i] - 0.9)
        works[j] = u[j] < min(max(chance, 0.2), 0.97)
        if works[j]:
            references[i] += shown
            capability[i] += 0.02 * (1.0 - capability[i])
    lost = np.empty(revenue.size)
    for i in range(revenue.size):
        lost[i] = revenue[i] * loss[sector[i]]
    for i in range(revenue.size):
        revenue[i] -= lost[i]
    return value, works, lost
