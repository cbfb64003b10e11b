"""The founder's reckoning: income expected against salary given up and the cost of entry."""

from __future__ import annotations

import numpy as np

from agents.schema import Flags, Floats


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
    gain = income * outlook - entry_cost / years - yearly_rent
    affordable = savings >= entry_cost + 0.5 * yearly_rent
    return np.logical_and(gain > outside_option, affordable)
