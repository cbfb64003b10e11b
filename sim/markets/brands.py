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
    cheaper, further, supported = np.ones(share.size), np.empty(share.size), np.empty(share.size)
    paid, more = 0.0, 1.0
    for i in range(share.size):
        part = min(share[i], 0.9) * aware[i]
        # Most are offered the same share: its power is worked out once.
        if part > 0.0:
            if part != paid:
                paid, more = part, exp_one(-response * log_one(1.0 - part))
            cheaper[i] = more
    for i in range(share.size):
        usual = habit * revenue[i]
        further[i] = min(usual * (cheaper[i] - 1.0), 0.1 * max(cash[i], 0.0))
        supported[i] = (usual + further[i]) * aware[i]
    return further, supported
