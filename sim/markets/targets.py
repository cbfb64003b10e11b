"""Targets: who among the firms a measure is meant for."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints

EVERYWHERE = np.uint64(2**64 - 1)


def bits_of(positions: list[int]) -> np.uint64:
    """Sectors or zones as bits of one word, so that a loop tells many firms' places at a time.

    Bit 0 is for no place yet (-1). Raises ValueError beyond the 63 that a word can hold.
    """
    if max(positions, default=0) > 62:
        raise ValueError("a target can tell apart at most 63 sectors or zones")
    return np.uint64(sum(1 << (position + 1) for position in positions))


@njit(cache=True, error_model="numpy")
def within(
    staff: Floats, revenue: Floats, before: Floats, birth: Ints, sector: Ints, zone: Ints,
    max_staff: float, max_revenue: float, earliest: float, sectors: np.uint64, zones: np.uint64,
    growing: bool,
) -> Flags:  # fmt: skip
    """Who has at most so many staff and so much revenue a year (m yuan), was born in the `earliest`
    quarter or later, is in one of the sectors and zones (as bits), and if asked grew over the year.

    A bound of infinity is none.
    """
    fits = np.ones(staff.size, np.bool_)
    _at_most(fits, staff, max_staff)
    _at_most(fits, revenue, max_revenue)
    if earliest > -math.inf:
        for i in range(fits.size):
            fits[i] &= birth[i] >= earliest
    _among(fits, sector, sectors)
    _among(fits, zone, zones)
    if growing:
        for i in range(fits.size):
            fits[i] &= revenue[i] > before[i]
    return fits


@njit(cache=True, inline="always", error_model="numpy")
def _at_most(fits, values, bound):
    if bound < math.inf:
        for i in range(fits.size):
            fits[i] &= values[i] <= bound


@njit(cache=True, inline="always", error_model="numpy")
def _among(fits, places, bits):
    if bits != EVERYWHERE:
        for i in range(fits.size):
            fits[i] &= ((bits >> np.uint64(places[i] + 1)) & np.uint64(1)) != 0


@njit(cache=True, error_model="numpy")
def share_of(share: float, served: Flags) -> Floats:
    """The share of a cost that is paid for those served, 0 for the others: one value a flag."""
    out = np.empty(served.size)
    for i in range(served.size):
        out[i] = share if served[i] else 0.0
    return out
