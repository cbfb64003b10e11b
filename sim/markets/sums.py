"""Sums by group: what a sector or a zone has in all."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints

# Neighbours add to different rows of a table, since one that adds where the last one did must wait
# for it; the rows are folded in the end.
LANES = 4


@njit(cache=True, inline="always")
def lanes(count: int) -> Floats:
    """Zeros of shape (LANES, count), to which row i adds at [i % LANES, its group]."""
    return np.zeros((LANES, count))


@njit(cache=True, inline="always")
def folded(parts: Floats) -> Floats:
    """Sum over the lanes; shape (count,)."""
    return parts[0] + parts[1] + parts[2] + parts[3]


@njit(cache=True, error_model="numpy")
def sum_by(group: Ints, values: Floats, count: int) -> Floats:
    """Sum of the values of each group, shape (count,)."""
    out = lanes(count)
    for i in range(group.size):
        out[i % LANES, group[i]] += values[i]
    return folded(out)


@njit(cache=True, error_model="numpy")
def share_by(group: Ints, flags: Flags, count: int) -> Floats:
    """Share of each group's members that are flagged, 0 where it has none; shape (count,)."""
    flagged, members = lanes(count), lanes(count)
    for i in range(group.size):
        flagged[i % LANES, group[i]] += flags[i]
        members[i % LANES, group[i]] += 1.0
    return folded(flagged) / np.maximum(folded(members), 1.0)


@njit(cache=True, error_model="numpy")
def heads_by(zone: Ints, staff: Floats, away: Floats, count: int) -> Floats:
    """Staff who work in each zone, those `away` in the region not counted; shape (count,)."""
    out = lanes(count)
    for i in range(zone.size):
        out[i % LANES, zone[i]] += staff[i] - away[i]
    return folded(out)
