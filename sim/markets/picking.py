"""Positions that are picked out: in the order of a draw, or the few greatest."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def queue(u: Floats) -> Ints:
    """Positions in the order of uniforms in (0, 1), of equals the first one first.

    Each goes to the place its uniform tells and closes up to its neighbours: luck is spread evenly.
    """
    start = np.zeros(u.size + 1, np.int64)
    place = np.empty(u.size, np.int64)
    for i in range(u.size):
        place[i] = np.int64(min(u[i] * u.size, u.size - 1.0))
        start[place[i] + 1] += 1
    for k in range(u.size):
        start[k + 1] += start[k]
    order, end = np.empty(u.size, np.int64), start[:-1].copy()
    for i in range(u.size):
        k = end[place[i]]
        end[place[i]] += 1
        while k > start[place[i]] and u[order[k - 1]] > u[i]:
            order[k] = order[k - 1]
            k -= 1
        order[k] = i
    return order


@njit(cache=True)
def greatest(value: Floats, uid: Ints, allowed: Flags, count: int) -> Ints:
    """Rows of the `count` greatest values of those allowed, ties by the smaller uid; in no order."""
    rows, held = np.empty(count, np.int64), np.empty(count)
    size, least = 0, 0
    for i in range(value.size if count else 0):
        if not allowed[i]:
            continue
        if size < count:
            k, size = size, size + 1
        elif value[i] > held[least] or (value[i] == held[least] and uid[i] < uid[rows[least]]):
            k = least
        else:
            continue
        rows[k], held[k] = i, value[i]
        if size == count:
            least = 0
            for k in range(1, count):
                equal = held[k] == held[least]
                if held[k] < held[least] or (equal and uid[rows[k]] > uid[rows[least]]):
                    least = k
    return rows[:size]
