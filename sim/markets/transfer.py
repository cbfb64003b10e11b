"""Technology moves: who looks for it, and whom mentors teach."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def looks(
    drawn: Floats, keen: float, capability: Floats, cash: Floats, money: float, plan: Floats,
    least: float, prototype: Floats, anchor: Flags,
) -> Ints:  # fmt: skip
    """Rows of the firms that look for technology, by the uniforms `drawn`: as far as they are
    capable and `keen`, with the money (m yuan) and the R&D planned (`least` m yuan a quarter) to
    use it, and no prototype in hand.
    """
    rows = np.empty(cash.size, np.int64)
    count = 0
    for i in range(cash.size):
        rows[count] = i
        able = (cash[i] > money) & (plan[i] > least) & (not anchor[i])
        count += (drawn[i] < keen * (0.5 + capability[i])) & able & (prototype[i] <= 0.0)
    return rows[:count]


@njit(cache=True, error_model="numpy")
def mentor(capability: Floats, incubator: Ints, gain: Floats) -> None:
    """Mentors close the share `gain` (by incubator) of what tenants' capability, changed in place,
    falls short of one.
    """
    for i in range(capability.size):
        if incubator[i] >= 0:
            capability[i] += gain[incubator[i]] * (1.0 - capability[i])
