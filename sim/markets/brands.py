"""Brands: a lower price of building one draws more into it, as far as cash allows."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats


@njit(cache=True, error_model="numpy")
def _more(part: Floats, response: float) -> Floats:
    """How many times the usual is spent where `part` of the price is paid, with elasticity `response`
    to the price that is left.
    """
    out, paid, other = np.empty(part.size), 0.0, 0
    for i in range(part.size):
        if part[i] != 0.0:
            paid = part[i]
            break
    for i in range(part.size):
        other += (part[i] != paid) & (part[i] != 0.0)
    if other:
        for i in range(part.size):
            out[i] = exp_one(-response * log_one(1.0 - part[i]))
    else:
        # A single lever offers all the same share, whose power is worked out once.
        same = exp_one(-response * log_one(1.0 - paid))
        for i in range(part.size):
            out[i] = same if part[i] != 0.0 else 1.0
    return out


@njit(cache=True, error_model="numpy")
def outlays(
    revenue: Floats, cash: Floats, aware: Flags, share: Floats, habit: float, response: float
) -> tuple[Floats, Floats]:
    """What each firm puts into its brand beyond the usual where a share of it is paid, and what it
    puts in altogether as far as it is aware that somebody pays (both m yuan a quarter).

    `habit` is the usual share of revenue, `response` the elasticity to the price that is left.
    """
    supported = np.empty(share.size)
    for i in range(share.size):
        supported[i] = min(share[i], 0.9) * aware[i]
    further = _more(supported, response)
    for i in range(share.size):
        usual = habit * revenue[i]
        further[i] = min(usual * (further[i] - 1.0), 0.1 * max(cash[i], 0.0))
        supported[i] = (usual + further[i]) * aware[i]
    return further, supported
