"""Deals: which fund invests in which firm, out of the money it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from agents.exact import exp
from agents.schema import Floats, Ints


@njit(cache=True)
def deals(order: Ints, meetings: Ints, signal: Floats, ticket: Floats, budget: Floats) -> Ints:
    """The fund that invests in each firm, -1 where none does.

    Firms are taken in `order` (best first). A firm met the funds in its row of `meetings`
    (positions, -1 = none; shape (n, k)); `signal` (same shape) is what each fund sees, above 0 =
    would invest. The keenest fund that can still pay the ticket out of `budget` (m yuan, used up
    in place) invests.
    """
    out = np.full(order.size, -1)
    for i in order:
        best = 0.0
        for slot in range(meetings.shape[1]):
            fund = meetings[i, slot]
            if fund >= 0 and signal[i, slot] > best and budget[fund] >= ticket[i]:
                best = signal[i, slot]
                out[i] = fund
        if out[i] >= 0:
            budget[out[i]] -= ticket[i]
    return out


@dataclass(frozen=True)
class Partners:
    """Private partners of funds: what return they ask (1/year) and how strongly they respond."""

    hurdle: float
    response: float
    climate: float

    def supply(self, reach: Floats, expected: Floats) -> Floats:
        """Money they commit to a manager who can reach partners worth `reach` (m yuan).

        Nothing below the hurdle; a share 1 - exp(-response · excess) above it.
        """
        excess = np.maximum(expected - self.hurdle, 0.0)
        return reach * self.climate * (1.0 - exp(-self.response * excess))
