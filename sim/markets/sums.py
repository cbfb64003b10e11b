"""Sums by group: what a sector or a zone has in all."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def sum_by(group: Ints, values: Floats, count: int) -> Floats:
    """Sum of the values of each group, shape (count,)."""
    out = np.zeros(count)
    for i in range(group.size):
        out[group[i]] += values[i]
    return out


@njit(cache=True, error_model="numpy")
def share_by(group: Ints, flags: Flags, count: int) -> Floats:
    """Share of each group's members that are flagged, 0 where it has none; shape (count,)."""
    flagged, members = np.zeros(count), np.zeros(count)
    for i in range(group.size):
        flagged[group[i]] += flags[i]
        members[group[i]] += 1.0
    return flagged / np.maximum(members, 1.0)


@njit(cache=True, error_model="numpy")
def heads_by(zone: Ints, staff: Floats, away: Floats, count: int) -> Floats:
    """Staff who work in each zone, those `away` in the region not counted; shape (count,)."""
    out = np.zeros(count)
    for i in range(zone.size):
        out[zone[i]] += staff[i] - away[i]
    return out
