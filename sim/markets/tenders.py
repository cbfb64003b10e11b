"""Government orders: which offers can win, how they are scored, and what comes of those that win."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one, normals
from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of

LUCKY = 0.925  # uniforms above it are the luck that is looked at first
USUAL_LUCK = 1.44  # and no other adds as much as this to a score (s.d.)


@njit(cache=True, inline="always", error_model="numpy")
def _scores(rows: Ints, u: Floats, quality: Floats, rated: Floats, rating_weight: float) -> Floats:
    """Score of the rows' offers: how good the product is, luck, and a fresh rating."""
    column = np.empty(rows.size)
    for j in range(rows.size):
        column[j] = u[rows[j]]
    score = normals(column)
    for j in range(rows.size):
        column[j] = quality[rows[j]]
    for j in range(rows.size):
        score[j] = log_one(column[j]) / 0.2 + score[j]
    for j in range(rows.size):
        score[j] += rating_weight * rated[rows[j]]
    return score


@njit(cache=True, inline="always", error_model="numpy")
def _new(rows: Ints, novelty: Floats, references: Floats) -> Ints:
    """Those of the rows with something new, or with a reference for what was."""
    count = 0
    for i in rows:
        rows[count] = i
        count += (novelty[i] > 0.25) | (references[i] > 0.0)
    return rows[:count]


@njit(cache=True, inline="always", error_model="numpy")
def _bar(score: Floats, able: Floats, largest: float, volume: float) -> float:
    """A score above which orders of at most `largest` exceed the volume, so that nobody below it gets
    any; -inf where those of all do not.
    """
    low, high, bar, middle = np.inf, -np.inf, -np.inf, -np.inf
    for j in range(score.size):
        low, high = min(low, score[j]), max(high, score[j])
    # Sums in another order differ in the last bits: a little more than the volume is asked for.
    enough = volume * (1.0 + 1e-9) + 1e-9
    for _ in range(9):
        asked = 0.0
        for j in range(score.size):
            asked += min(able[j], largest) if score[j] > middle else 0.0
        if asked > enough:
            bar = middle
            low = max(low, middle)
        else:
            high = middle
        middle = 0.5 * (low + high)
    return bar


@njit(cache=True, error_model="numpy")
def offers(
    eligible: Flags, aware: Flags, novelty: Floats, references: Floats, u: Floats,
    quality: Floats, rated: Floats, rating_weight: float, revenue: Floats, pilot: float,
    largest: float, volume: float, served: Floats,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the firms whose offers are among the best, their scores, with luck from uniforms `u`,
    and what each could deliver of the order (m yuan): at most what doubles its quarter, or a small
    pilot, and what its people can serve beside what it sells (`served`, m yuan a quarter in all).

    Firms offer what is new, or what government bought of them before. The lucky are scored first;
    of the others, where those fill the `volume`, only whose product is good enough to pass them.
    """
    among, good = np.empty(u.size, np.bool_), np.inf
    while True:
        for i in range(u.size):
            among[i] = eligible[i] & aware[i] & ((u[i] > LUCKY) | (quality[i] >= good))
        rows = _new(rows_of(among), novelty, references)
        score, able = _scores(rows, u, quality, rated, rating_weight), np.empty(rows.size)
        for j in range(rows.size):
            spare = max(served[rows[j]] - revenue[rows[j]], 0.0)
            able[j] = min(max(revenue[rows[j]], pilot), spare)
        if good < np.inf:
            return rows, score, able
        bar = _bar(score, able, largest, volume)
        # A rating counts 1 at its freshest.
        good = exp_one(0.2 * (bar - USUAL_LUCK - rating_weight)) if bar > -np.inf else -np.inf


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
        revenue[i] -= lost[i]
    return value, works, lost
