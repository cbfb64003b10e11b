"""Claims of patent holders: what sellers owe, and how holders share it, sector by sector."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints
from sim.markets.sums import LANES, folded, lanes


@njit(cache=True, error_model="numpy")
def claims(
    sector: Ints, patents: Floats, operated: Floats, member: Flags, revenue: Floats,
    portfolio: float, count: int,
) -> tuple[Floats, Floats, Floats, Floats]:  # fmt: skip
    """By sector (of `count`): patents that are paid for (up to a portfolio each), patents operated,
    revenue of members and of others (m yuan).
    """
    held, run, inside, without = lanes(count), lanes(count), lanes(count), lanes(count)
    for i in range(sector.size):
        lane, s = i % LANES, sector[i]
        held[lane, s] += min(patents[i], portfolio)
        run[lane, s] += operated[i]
        inside[lane, s] += revenue[i] if member[i] else 0.0
        without[lane, s] += 0.0 if member[i] else revenue[i]
    return folded(held), folded(run), folded(inside), folded(without)


@njit(cache=True, error_model="numpy")
def shared(
    sector: Ints, patents: Floats, member: Flags, revenue: Floats, portfolio: float,
    inside: Floats, without: Floats, held: Floats, kept: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """What each seller owes and each holder receives (m yuan).

    The rates of members and others, the patents held and the share of dues kept in the district
    are by sector. Who holds much of the art is asked for less: portfolios are exchanged.
    """
    due, received = np.empty(sector.size), np.zeros(sector.size)
    owed = lanes(held.size)
    for i in range(sector.size):
        s, own = sector[i], min(patents[i], portfolio)
        rate = inside[s] if member[i] else without[s]
        due[i] = rate * revenue[i] / (1.0 + own / portfolio * 4.0)
        owed[i % LANES, s] += due[i]
    total = folded(owed)
    for s in range(held.size):
        total[s] = kept[s] * total[s] / max(held[s], 1e-9)
    for i in range(sector.size):
        if held[sector[i]] > 0.0:
            received[i] = total[sector[i]] * min(patents[i], portfolio)
    return due, received
