"""Applying for support: who thinks a scheme worth the effort, and what reviewers make of it."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints
from sim.markets.projects import with_support

# Few firms find a scheme worth the effort, and those are found first, without a branch; only they
# are asked what the money would change.


@njit(cache=True, error_model="numpy")
def to_standing(
    cost: Floats, part: float, cap: float, seen: Floats, required: Floats, chance: float,
    effort: float, cash: Floats, aware: Flags, anchor: Flags, honesty: Floats, temptation: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of the firms that apply for a grant, and what they ask for: a part of the project's cost
    up to the cap (m yuan).

    They know of it, can pay the effort, expect more than it costs, and would do the project with it
    (or, where honesty is below the temptation, take the money).
    """
    rows = np.empty(cost.size, np.int64)
    count = 0
    for i in range(cost.size):
        rows[count] = i
        worth = chance * min(part * cost[i], cap) > effort
        count += worth & aware[i] & (not anchor[i]) & (cash[i] > effort)
    asked = np.empty(count)
    asking = 0
    for i in rows[:count]:
        amount = min(part * cost[i], cap)
        helped = with_support(seen[i], amount / (cost[i] + 1e-12)) >= required[i]
        rows[asking], asked[asking] = i, amount
        asking += helped | (honesty[i] < temptation)
    return rows[:asking], asked[:asking]


@njit(cache=True, error_model="numpy")
def with_project(
    eligible: Flags, aware: Flags, anchor: Flags, cash: Floats, honesty: Floats, cost: Floats,
    granted: Floats, seen: Floats, required: Floats, one_scheme: bool, share: float, cap: float,
    chance: float, effort: float, temptation: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the firms that apply to a scheme for a share, up to a cap, of what other grants have
    left of their project's cost; what is left, and what they ask for (m yuan).

    They would do the project with that, or are tempted. With `one_scheme` nobody who holds a grant
    may apply.
    """
    rows = np.empty(cost.size, np.int64)
    count = 0
    for i in range(cost.size):
        rows[count] = i
        left = cost[i] - granted[i]
        worth = (chance * min(share * left, cap) > effort) & (left > 0.0)
        may = eligible[i] & aware[i] & (not anchor[i]) & (cash[i] > effort)
        count += worth & may & ((not one_scheme) | (granted[i] <= 0.0))
    left, asked = np.empty(count), np.empty(count)
    asking = 0
    for i in rows[:count]:
        rest = cost[i] - granted[i]
        amount = min(share * rest, cap)
        paid = (granted[i] + amount) / max(cost[i], 1e-12)
        helped = with_support(seen[i], paid) >= required[i]
        rows[asking], left[asking], asked[asking] = i, rest, amount
        asking += helped | (honesty[i] < temptation)
    return rows[:asking], left[:asking], asked[:asking]


@njit(cache=True, error_model="numpy")
def with_wish(
    eligible: Flags, aware: Flags, anchor: Flags, cash: Floats, honesty: Floats, wish: Floats,
    granted: Floats, yardstick: Floats, only_once: bool, least_wish: float, part: float,
    least_cost: float, zone: Ints, sector: Ints, rent: Floats, share: float, cap: float,
    chance: float, effort: float, temptation: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the firms that apply for a share, up to a cap, of what a thing they wish for costs;
    the cost, and what they ask for (m yuan).

    It costs a `part` of a yardstick, at least `least_cost`, and the `rent` of its room by zone and
    sector. They can pay the rest, or are tempted. With `only_once` nobody who holds a grant may apply.
    """
    rows = np.empty(cash.size, np.int64)
    count = 0
    for i in range(cash.size):
        rows[count] = i
        may = eligible[i] & aware[i] & (not anchor[i]) & (cash[i] > effort)
        count += may & (wish[i] > least_wish) & ((not only_once) | (granted[i] <= 0.0))
    cost, asked = np.empty(count), np.empty(count)
    asking = 0
    for i in rows[:count]:
        whole = max(part * yardstick[i], least_cost) + rent[zone[i], sector[i]]
        amount = min(share * whole, cap)
        able = whole - amount <= max(cash[i], 0.0)
        rows[asking], cost[asking], asked[asking] = i, whole, amount
        asking += (able | (honesty[i] < temptation)) & (chance * amount > effort)
    return rows[:asking], cost[:asking], asked[:asking]


@njit(cache=True, error_model="numpy")
def merit(
    rows: Ints, seen: Floats, unit: float, noise: float, error: Floats, strictness: float,
    rights: Floats, record: Floats, weight: float, rating: Floats,
) -> Floats:  # fmt: skip
    """What reviewers make of applicants, one value a row: what is seen of the work in units of its
    spread, through noise (`error` standard normal, one a row); the firm's rights, record and rating.
    """
    out = np.empty(rows.size)
    for j in range(rows.size):
        i = rows[j]
        out[j] = seen[i] / unit + noise * error[j]
        out[j] += strictness * rights[i]
        out[j] = out[j] + record[i] + weight * rating[i]
    return out
