"""Aid towards a cost that is worth it to some only with it: the line helps in turn."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Floats
from sim.markets.ranking import served


@njit(cache=True, error_model="numpy")
def aid_in_turn(gain: Floats, cost: float, part: float, available: float) -> Floats:
    """What a line pays of each one's `cost` (m yuan): up to `part` for those who find the rest of it
    worth their `gain`, in the order given, until nothing is `available`.
    """
    aided, asks = np.empty(gain.size), np.empty(gain.size, np.int64)
    count = 0
    for rank in range(gain.size):
        aided[rank] = 0.0
        asks[count] = rank
        count += gain[rank] > cost - part
    paid = served(np.full(count, part), available)
    for k in range(count):
        aided[asks[k]] = part * paid[k]
    return aided
