"""Claims of patent holders: what sellers owe, and how holders share it, sector by sector."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints
from sim.markets.sums import LANES, folded, lanes


@njit(cache=True, inline="always")
def _own(patents: float, operated: float, portfolio: float) -> float:
    """Patents that bring their holder something: what operators bought brings its maker nothing, and
    wards off nobody; beyond a `portfolio` more are not paid for.
    """
    return min(max(patents - operated, 0.0), portfolio)


@njit(cache=True, error_model="numpy")
def claims(
    sector: Ints, patents: Floats, operated: Floats, member: Flags, revenue: Floats,
    portfolio: float, count: int,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """By sector (of `count`): patents that are paid for (up to a portfolio each), the share of claims
    that operators assert, and revenue (m yuan) of others and of members, shape (2, count).
    """
    held, run, sold = lanes(count), lanes(count), lanes(2 * count)
    for i in range(sector.size):
        lane, s = i % LANES, sector[i]
        held[lane, s] += _own(patents[i], operated[i], portfolio)
        sold[lane, s + count * member[i]] += revenue[i]
        if operated[i] != 0.0:
            run[lane, s] += operated[i]
    paid, asserted = folded(held), folded(run)
    for s in range(count):
        asserted[s] /= max(paid[s] + asserted[s], 1.0)
    return paid, asserted, folded(sold).reshape((2, count))


@njit(cache=True, error_model="numpy")
def _rates(charge: float, stack: float, operated: Floats, pool: Floats, sold: Floats) -> Floats:
    """Share of revenue asked of others and of members, shape (2, sectors)."""
    out = np.empty((2, pool.size))
    for s in range(pool.size):
        apart = stack * (1.0 + operated[s])
        # A pool asks outsiders for what members' mutual claims brought, and at most for as much again.
        asked = min(sold[1, s] / max(sold[0, s], 1e-9), 1.0)
        out[0, s] = charge * (1.0 + apart * (1.0 + pool[s] * asked))
        out[1, s] = charge * (1.0 + apart * (1.0 - pool[s]))
    return out


@njit(cache=True, error_model="numpy")
def shared(
    sector: Ints, patents: Floats, operated: Floats, member: Flags, revenue: Floats,
    portfolio: float, charge: float, stack: float, pool: Floats, held: Floats, asserted: Floats,
    sold: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """What each seller owes and each holder receives (m yuan).

    The rate is the `charge` of one claim, and rises by `stack` with claims that are not in a `pool`
    (shares by sector; held, asserted, sold: see `claims`). Who holds much of the art is asked for
    less: portfolios are exchanged. What operators are owed leaves the district, half at most.
    """
    due, received = np.empty(sector.size), np.empty(sector.size)
    rate, owed = _rates(charge, stack, asserted, pool, sold), lanes(held.size)
    for i in range(sector.size):
        received[i] = _own(patents[i], operated[i], portfolio)
        asked = rate[int(member[i]), sector[i]] * revenue[i]
        due[i] = asked / (1.0 + received[i] / portfolio * 4.0)
    for i in range(sector.size):
        owed[i % LANES, sector[i]] += due[i]
    each = folded(owed)
    for s in range(held.size):
        kept = (1.0 - min(asserted[s], 0.5)) * each[s]
        each[s] = kept / max(held[s], 1e-9) if held[s] > 0.0 else 0.0
    for i in range(sector.size):
        received[i] *= each[sector[i]]
    return due, received
