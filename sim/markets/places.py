"""Places that run out: admission by rank within a group, and floor space by preference."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


def rank_within(group: Ints, score: Floats, uid: Ints) -> Ints:
    """Position of each within its group, best score first, ties by the smaller uid."""
    order = np.lexsort((uid, -score, group))
    ordered = group[order]
    out = np.empty(len(group), np.int64)
    out[order] = np.arange(len(group)) - np.searchsorted(ordered, ordered)
    return out


def admit(choice: Ints, score: Floats, uid: Ints, free: Ints) -> Flags:
    """Who gets a place where they asked (`choice`, -1 = nowhere): the best up to the free places."""
    asked = choice >= 0
    out = np.zeros(len(choice), bool)
    rows = np.flatnonzero(asked)
    if rows.size:
        rank = rank_within(choice[rows], score[rows], uid[rows])
        out[rows] = rank < free[choice[rows]]
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
