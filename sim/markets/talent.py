"""Top people: what they add to a firm's search, and which firms a further one is worth the pay."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Floats, Ints
from sim.markets.rows import rows_of


@njit(cache=True, inline="always", error_model="numpy")
def talent(
    top_talent: float, staff: float, outlay: float, gain: float, need: float, nominal: float
) -> float:
    """Effort added by top people: as far as they are many against the staff, and have the yearly
    outlay each needs (`need` m yuan in the opening's money) to work with.
    """
    money = 4.0 * outlay / (top_talent * need * nominal + 1e-9)
    people = top_talent / (0.02 * staff + 1.0)
    return gain * min(people, 1.0) * min(money, 1.0)


@njit(cache=True, error_model="numpy")
def wants_one_more(
    plan: Floats, top_talent: Floats, staff: Floats, pay: float, beside: float, gain: float,
    need: float, nominal: float,
) -> Ints:  # fmt: skip
    """Rows of the firms that search more with a further top person than with the money it costs.

    Who is `pay`ed out of the R&D `plan` (m yuan a quarter) leaves less to work with, and so does what
    is offered for coming (`beside`, a quarter's part of it).
    """
    wants = np.empty(plan.size, np.bool_)
    for i in range(plan.size):
        now = plan[i] - top_talent[i] * pay
        then = now - pay - beside
        without = now * (1.0 + talent(top_talent[i], staff[i], now, gain, need, nominal))
        more = talent(top_talent[i] + 1.0, staff[i], then, gain, need, nominal)
        wants[i] = (then > 0.0) & (then * (1.0 + more) > without)
    return rows_of(wants)
