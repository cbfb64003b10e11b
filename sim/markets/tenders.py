"""Government orders: which offers can win, how they are scored, and what comes of those that win."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one, normals
from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of

LUCKY = 0.925  # uniforms above it are the luck that is looked at first
USUAL_LUCK = 1.44  # and no other adds as much as this to a score (s.d.)


@njit(cache=True, error_model="numpy")
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


@njit(cache=True, error_model="numpy")
def _new(rows: Ints, novelty: Floats, references: Floats) -> Ints:
    """Those of the rows with something new, or with a reference for what was."""
    count = 0
    for i in rows:
        rows[count] = i
        count += (novelty[i] > 0.25) | (references[i] > 0.0)
    return rows[:count]


@njit(cache=True, error_model="numpy")
def _bar(score: Floats, amount: Floats, volume: float) -> float:
    """A score above which the amounts exceed the volume, so that nobody below it gets any; -inf where
    the amounts of all do not.
    """
    # Sums in another order differ in the last bits: a little more than the volume is asked for.
    bar, enough = -np.inf, volume * (1.0 + 1e-9) + 1e-9
    if amount.sum() > enough:
        low, high = score.min(), score.max()
        for _ in range(8):
            middle, asked = 0.5 * (low + high), 0.0
            for j in range(score.size):
                asked += amount[j] if score[j] > middle else 0.0
            if asked > enough:
                low = bar = middle
            else:
                high = middle
    return bar


@njit(cache=True, error_model="numpy")
def offers(
    eligible: Flags, aware: Flags, novelty: Floats, references: Floats, u: Floats,
    quality: Floats, rated: Floats, rating_weight: float, revenue: Floats, pilot: float,
    largest: float, volume: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the firms whose offers are among the best, their scores, with luck from uniforms `u`,
    and what each could deliver of the order (m yuan): at most what doubles its quarter, or a small
    pilot.

    Firms offer what is new, or what government bought of them before. Where the lucky alone fill the
    `volume`, with orders of at most `largest`, only those whose product can pass them are scored.
    """
    among, good = np.empty(u.size, np.bool_), -np.inf
    for i in range(u.size):
        among[i] = eligible[i] & aware[i] & (u[i] > LUCKY)
    lucky = _new(rows_of(among), novelty, references)
    score, amount = _scores(lucky, u, quality, rated, rating_weight), np.empty(lucky.size)
    for j in range(lucky.size):
        amount[j] = min(max(revenue[lucky[j]], pilot), largest)
    bar = _bar(score, amount, volume)
    if bar > -np.inf:
        # A rating counts 1 at its freshest.
        good = exp_one(0.2 * (bar - USUAL_LUCK - rating_weight))
    for i in range(u.size):
        among[i] = eligible[i] & aware[i] & (u[i] <= LUCKY) & (quality[i] >= good)
    for j in range(lucky.size):
        among[lucky[j]] = score[j] > bar
    rows = _new(rows_of(among), novelty, references)
    able = np.empty(rows.size)
    for j in range(rows.size):
        able[j] = max(revenue[rows[j]], pilot)
    return rows, _scores(rows, u, quality, rated, rating_weight), able


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
