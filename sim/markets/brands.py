"""Brands: a lower price of building one draws more into it, as far as cash allows."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats


@njit(cache=True, error_model="numpy")
def outlays(
    revenue: Floats, cash: Floats, aware: Flags, share: Floats, habit: float, response: float
) -> tuple[Floats, Floats]:
    """What each firm puts into its brand beyond the usual where a share of it is paid, and what it
    puts in altogether as far as it is aware that somebody pays (both m yuan a quarter).

    `habit` is the usual share of revenue, `response` the elasticity to the price that is left.
    """
    further, supported = np.empty(share.size), np.empty(share.size)
    for i in range(share.size):
        supported[i] = min(share[i], 0.9) * aware[i]
    paid, others = 0.0, 0
    for part in supported:
        paid = part
        if paid != 0.0:
            break
    for part in supported:
        others += (part != paid) & (part != 0.0)
    # A single lever offers all the same share: how many times the usual is spent is worked out once.
    same = exp_one(-response * log_one(1.0 - paid))
    for i in range(share.size):
        times = same if supported[i] != 0.0 else 1.0
        if others:
            times = exp_one(-response * log_one(1.0 - supported[i]))
        usual = habit * revenue[i]
        further[i] = min(usual * (times - 1.0), 0.1 * max(cash[i], 0.0))
        supported[i] = (usual + further[i]) * aware[i]
    return further, supported
