"""Places that run out: admission in the order of merit, and floor space by preference."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def stays_end(incubator: Ints, tenancy: Ints, staff: Floats, longest: float, most: float) -> Ints:
    """Count a quarter more of each tenancy, in place; rows of the tenants whose stay ends: after the
    `longest`, or because they have grown beyond the `most` persons.
    """
    rows = np.empty(incubator.size, np.int64)
    count = 0
    for i in range(incubator.size):
        if incubator[i] >= 0:
            tenancy[i] += 1
            rows[count] = i
            count += (tenancy[i] > longest) | (staff[i] > most)
    return rows[:count]


@njit(cache=True)
def admit(order: Ints, choice: Ints, free: Ints) -> Flags:
    """Who gets a place where they asked (`choice`, -1 = nowhere), in the order given; `free` places
    are used up in place.
    """
    out = np.zeros(choice.size, np.bool_)
    for i in order:
        if choice[i] >= 0 and free[choice[i]] > 0:
            free[choice[i]] -= 1
            out[i] = True
    return out


@njit(cache=True)
def settle(order: Ints, utility: Floats, need: Floats, free: Floats) -> Ints:
    """Let each in turn take the best zone that still has room; -1 where none has.

    `order` says whose turn it is; `utility` has shape (n, zones); `need` and `free` are m², and
    `free` is used up in place.
    """
    out = np.full(order.size, -1)
    for i in order:
        best = -1
        for zone in range(free.size):
            fits = free[zone] >= need[i]
            if fits and (best < 0 or utility[i, zone] > utility[i, best]):
                best = zone
        if best >= 0:
            free[best] -= need[i]
            out[i] = best
    return out
