"""The founder's reckoning: income expected against salary given up and the cost of entry."""

from __future__ import annotations

from functools import cache

import numpy as np
from numba import njit

from agents.exact import exp_one
from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def founds(
    income: Floats,
    outside_option: Floats,
    savings: Floats,
    outlook: float,
    entry_cost: float,
    yearly_rent: float,
    years: float = 3.0,
) -> Flags:
    """Who founds: expected income over `years`, less entry, must beat the salary given up.

    All money in m yuan of one year's value. `outlook` multiplies expected income (demand growth,
    finance climate). A founder also needs savings for entry and half a year's rent.
    """
    out = np.empty(income.size, np.bool_)
    for i in range(income.size):
        gain = income[i] * outlook - entry_cost / years - yearly_rent
        affordable = savings[i] >= entry_cost + 0.5 * yearly_rent
        out[i] = (gain > outside_option[i]) & affordable
    return out


@njit(cache=True, error_model="numpy")
def spread_around(median: float, deviation: Floats) -> Floats:
    """Lognormal values: `median` times e to the deviation."""
    out = np.empty(deviation.size)
    for i in range(deviation.size):
        out[i] = median * exp_one(deviation[i])
    return out


@cache
def _edges(shares: tuple[float, ...]) -> Floats:
    total = np.cumsum(shares)
    # The last edge is one whatever the rounding: a uniform never falls beyond it.
    return total[:-1] / total[-1]


def pick(shares: tuple[float, ...], drawn: Floats) -> Ints:
    """Which of several kinds each is, by their shares and the uniforms `drawn`."""
    return _edges(shares).searchsorted(drawn)
