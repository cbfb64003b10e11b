"""Exits: who is insolvent, whose owners give up, and who asks where else the firm could be."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of


@njit(cache=True, error_model="numpy")
def failing(
    cash: Floats, cost: Floats, arrears: float, profit: Floats, quality: Floats, prototype: Floats,
    revenue: Floats, before: Floats, option: float, salary: Floats, least: float, below: Ints,
    patience: Ints, post_kept_until: Ints, now: int, anchor: Flags, listed: Flags,
    fund_share: Floats,
) -> tuple[Ints, Ints, Flags]:  # fmt: skip
    """Rows of the insolvent and of those whose owners close, and one flag a firm: it stays.

    Insolvent are firms that owe more than suppliers and staff wait for: `arrears`, in quarters of
    cost. Owners close whose income has been below a share (`least`) of the salary they gave up for
    longer than their patience, or is below it in the last quarter in which a post is kept for them;
    but no anchor, and no listed firm or one that funds hold, on an owner's whim. Counts the quarters
    `below` in a row, in place.

    Staying in is worth profit, the promise of the product (an `option`, worth more the better it is
    and the faster sales grow) and idle cash (m yuan/year): an equal founding team draws its pay in
    wages already. revenue, before: m yuan/year, of this year and the last.
    """
    fails, closes = np.empty(cash.size, np.bool_), np.empty(cash.size, np.bool_)
    # Loops that write no positions are done for several firms at a time.
    for i in range(cash.size):
        product = quality[i] + prototype[i]
        growth = min(max(revenue[i] / (before[i] + 1e-9), 0.5), 2.0)
        promise = option * (product * product * product) * growth
        income = profit[i] + promise + 0.08 * max(cash[i] - cost[i], 0.0)
        below[i] = below[i] + 1 if income < least * salary[i] else 0
    for i in range(cash.size):
        alone = (not anchor[i]) & (not listed[i]) & (fund_share[i] <= 0.0)
        last = (post_kept_until[i] == now) & (below[i] > 0)
        fails[i] = cash[i] < -arrears * cost[i]
        closes[i] = ((below[i] > patience[i]) | last) & alone & (not fails[i])
    return rows_of(fails), rows_of(closes), ~(fails | closes)


@njit(cache=True, error_model="numpy")
def restless(
    drawn: Floats, rate: float, bound_until: Ints, now: int, asked: Flags, staying: Flags
) -> Ints:
    """Rows of the staying firms that ask themselves whether to move away: by their draw, who is
    `asked` to (one flag for all or one a firm), and who was paid to come when its promise has run out.
    """
    one_each = asked.size > 1
    asks = np.empty(drawn.size, np.bool_)
    for i in range(drawn.size):
        released = (bound_until[i] == now) & (now > 0)
        told = asked[i] if one_each else asked[0]
        asks[i] = ((drawn[i] < rate) | released | told) & staying[i]
    return rows_of(asks)
