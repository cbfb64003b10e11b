"""Qualifying for limited orders: who has, and who finds it worth its cost in turn."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints
from sim.markets.aid import aid_in_turn
from sim.markets.picking import queue
from sim.markets.rows import rows_of


@njit(cache=True, error_model="numpy")
def held(since: Ints, now: int, lapsed: int) -> Flags:
    """Whose qualification has been granted, `since` a quarter up to now, and has not `lapsed`."""
    out = np.empty(since.size, np.bool_)
    for i in range(since.size):
        out[i] = (since[i] <= now) & (since[i] > lapsed)
    return out


@njit(cache=True, error_model="numpy")
def keen(
    able: Flags, aware: Flags, since: Ints, lapsed: int, cash: Floats, cost: float, sales: Floats,
    profit: Floats, revenue: Floats, largest: float, yearly: float, valid: float, own: float,
) -> tuple[Ints, Floats, Floats, int]:  # fmt: skip
    """Rows of the firms that are not qualified and to whom it is worth its `own` part of the cost if
    nobody but the qualified is before them; the most it could sell (m yuan/year) and its margin; and
    how many are qualified, those on their way included.

    Qualified `since` a quarter after `lapsed`; valid: years; sales, profit: m yuan/year; `yearly`
    are all orders, `largest` that of a quarter (m yuan).
    """
    may, ahead = np.empty(able.size, np.bool_), 0
    for i in range(able.size):
        ahead += since[i] > lapsed
    for i in range(able.size):
        may[i] = able[i] & aware[i]
    rows, lacking = rows_of(may), 0
    for i in rows:
        rows[lacking] = i
        lacking += (since[i] <= lapsed) & (cash[i] > cost)
    most, margin = np.empty(lacking), np.empty(lacking)
    some, limit = 0, yearly / (ahead + 1.0)
    for i in rows[:lacking]:
        rows[some] = i
        most[some] = 4.0 * min(revenue[i], largest)
        margin[some] = min(max(profit[i] / max(sales[i], 1e-9), 0.05), 0.5)
        some += min(most[some], limit) * margin[some] * valid > own
    return rows[:some], most[:some], margin[:some], ahead


@njit(cache=True, error_model="numpy")
def apply(
    rows: Ints, u: Floats, most: Floats, margin: Floats, ahead: int, yearly: float, valid: float,
    cost: float, part: float, available: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of the keen to whom qualifying is worth its cost beside all who are before them in the
    turn of uniforms `u`, and what a line pays of each one's cost (m yuan).
    """
    turn = queue(u)
    gain, count = np.empty(turn.size), 0
    for rank in range(turn.size):
        orders = min(most[turn[rank]], yearly / (ahead + rank + 1.0))
        gain[rank] = orders * margin[turn[rank]] * valid
    aided = aid_in_turn(gain, cost, part, available)
    # Who gets nothing applies if it is worth the whole cost.
    applies = np.empty(turn.size, np.int64)
    for rank in range(turn.size):
        if gain[rank] > cost - aided[rank]:
            applies[count], aided[count] = rows[turn[rank]], aided[rank]
            count += 1
    return applies[:count], aided[:count]
