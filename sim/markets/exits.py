"""Exits: who is insolvent, whose owners give up, and who asks where else the firm could be."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of
from sim.markets.sums import heads_by


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
    drawn: Floats, rate: float, bound_until: Ints, now: int, asked: Flags, staying: Flags,
    staff: Floats, away: Floats, zone: Ints, used: Floats, rent: Floats, region: float,
    relief: Floats, revenue: Floats, profit: Floats, cost: float, anchor: Flags, incubator: Ints,
    birth: Ints,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the staying firms that ask themselves whether to move away, what three years' rent in
    the region would save and what moving takes (m yuan).

    They ask by their draw, who is `asked` to go, and who was paid to come when its promise has run
    out; anchors, tenants of carriers and the young are rooted. A zone's floor space in use (m²) is
    shared by heads, at `rent` (yuan/m²/month), less the `relief`; a head costs `region` (m yuan/year)
    there. Moving takes a part (`cost`) of yearly revenue and six years' profit. asked, relief: one
    for all or one a firm.
    """
    all_asked, all_relieved = asked.size == 1, relief.size == 1
    asks = np.empty(drawn.size, np.bool_)
    for i in range(drawn.size):
        released = (bound_until[i] == now) & (now > 0)
        told = asked[0] if all_asked else asked[i]
        asks[i] = ((drawn[i] < rate) | released | told) & staying[i]
    rows, count = rows_of(asks), 0
    a_head = used / np.maximum(heads_by(zone, staff, away, used.size), 1.0) * rent * 12.0 / 1e6
    saved, taken = np.empty(rows.size), np.empty(rows.size)
    for i in rows:
        local, relieved = staff[i] - away[i], relief[0] if all_relieved else relief[i]
        rows[count] = i
        saved[count] = (local * a_head[zone[i]] * (1.0 - relieved) - local * region) * 3.0
        taken[count] = cost * revenue[i] + 6.0 * max(profit[i], 0.0)
        count += not (anchor[i] | (incubator[i] >= 0) | ((now - birth[i]) * 0.25 < 3.0))
    return rows[:count], saved[:count], taken[:count]


@njit(cache=True, error_model="numpy")
def cashed_in(
    ended: Ints, worth: Floats, firm: Ints, share: Floats, cash: Floats, listed: Flags
) -> tuple[Flags, Ints, Floats, Floats]:
    """Which stakes in firms end with some that fetch what they are worth (m yuan): one flag a stake,
    their rows, and what their share of the price and of what is left in the firm brings.

    Shareholders of an unlisted firm that ends without a buyer share what cash its creditors left.
    """
    ends, value = np.zeros(cash.size, np.bool_), np.empty(cash.size)
    for j in range(ended.size):
        ends[ended[j]], value[ended[j]] = True, worth[j]
    over = np.empty(firm.size, np.bool_)
    for i in range(firm.size):
        over[i] = ends[firm[i]]
    rows = rows_of(over)
    price, remainder = np.empty(rows.size), np.empty(rows.size)
    for j in range(rows.size):
        who, part = firm[rows[j]], share[rows[j]]
        price[j] = part * value[who]
        bare = value[who] <= 0.0 and not listed[who]
        remainder[j] = part * max(cash[who], 0.0) if bare else 0.0
    return over, rows, price, remainder
