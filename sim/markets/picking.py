"""Rows that are picked out, for compiled code."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Ints


@njit(cache=True, inline="always")
def picked(flags: Flags) -> Ints:
    """Positions of the flags that are set.

    Each position is written down and the next one over it unless it counts: nothing branches.
    """
    rows = np.empty(flags.size, np.int64)
    count = 0
    for i in range(flags.size):
        rows[count] = i
        count += flags[i]
    return rows[:count]
