"""Deals: which fund invests in which firm, out of the money it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from agents.exact import exp, exp_one, log
from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def deals(order: Ints, meetings: Ints, signal: Floats, ticket: Floats, budget: Floats) -> Ints:
    """The fund that invests in each firm, -1 where none does.

    Firms are taken in `order` (best first; firms left out find nobody). A firm met the funds in
    its row of `meetings` (positions, -1 = none; shape (n, k)); `signal` (same shape) is what each
    fund sees, above 0 = would invest. The keenest fund that can still pay the ticket out of
    `budget` (m yuan, used up in place) invests.
    """
    out = np.full(ticket.size, -1)
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


@njit(cache=True, error_model="numpy")
def revenue_worth(
    rows: Ints, revenue: Floats, before: Floats, multiple: float, least: float
) -> Floats:
    """What yearly revenue and its growth are worth, whatever the product (m yuan), for some rows.

    A multiple of revenue by the root of its growth over the year `before` (plus `least`), which
    counts from a half to threefold.
    """
    out = np.empty(rows.size)
    for i in range(rows.size):
        now = revenue[rows[i]]
        growth = min(max(now / (before[rows[i]] + least), 0.5), 3.0)
        out[i] = multiple * now * np.sqrt(growth)
    return out


@njit(cache=True, error_model="numpy")
def promise(rows: Ints, quality: Floats, prototype: Floats) -> Floats:
    """What buyers make of a product and its prototype (a factor, 1 at the frontier), for some rows."""
    out = np.empty(rows.size)
    for i in range(rows.size):
        out[i] = exp_one(1.6 * (quality[rows[i]] + 0.6 * prototype[rows[i]] - 1.0))
    return out


@njit(cache=True, error_model="numpy")
def seeks(
    cash: Floats, cost: Floats, rounds: Ints, ambition: Floats, listed: Flags, anchor: Flags,
    birth: Ints, now: int, oldest: float, held: Floats, keen: float, runway: float,
) -> Flags:  # fmt: skip
    """Who would share ownership: ambitious (below `keen`), unlisted, younger than `oldest` (years)
    firms whose cash lasts fewer than `runway` quarters (three more before the first round) and
    whose owners still hold a quarter of the shares (`held`: share of the funds).
    """
    out = np.empty(cash.size, np.bool_)
    for i in range(cash.size):
        short = cash[i] / (cost[i] + 1e-9) < (runway + 3.0 if rounds[i] == 0 else runway)
        young = (now - birth[i]) * 0.25 < oldest
        wants = (ambition[i] < keen) & (not listed[i]) & (not anchor[i])
        out[i] = short & young & wants & (held[i] < 0.75) & (rounds[i] < 5)
    return out


@njit(cache=True, error_model="numpy")
def signals(meetings: Ints, promise: Floats, noise: Floats, error: Floats) -> tuple[Floats, Floats]:
    """What each fund makes of each firm it met, and each firm's best (log value for the price).

    meetings: positions of funds, -1 = none, shape (n, k); promise: what an exact eye would see,
    shape (n,); noise: s.d. by fund; error: standard normal, one a meeting, row by row. Where there
    was no meeting the signal is -9.
    """
    out, best = np.full(meetings.shape, -9.0), np.full(promise.size, -9.0)
    pair = 0
    for i in range(meetings.shape[0]):
        for slot in range(meetings.shape[1]):
            if meetings[i, slot] >= 0:
                out[i, slot] = promise[i] + noise[meetings[i, slot]] * error[pair]
                best[i] = max(best[i], out[i, slot])
                pair += 1
    return out, best


@njit(cache=True, error_model="numpy")
def distribute(
    proceeds: Floats, cost: Floats, public_share: Floats, concession: Floats, guided: Flags,
    carry: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """What of a stake's proceeds goes to the purse and what to managers as carried interest.

    Partners and the purse share by commitment (`guided`: funds with public money); the concession
    leaves part of public gains to the partners; managers take `carry` of gains. All m yuan.
    """
    public, carried = np.zeros(proceeds.size), np.empty(proceeds.size)
    for i in range(proceeds.size):
        gain = max(proceeds[i] - cost[i], 0.0)
        if guided[i]:
            given_up = concession[i] * public_share[i] * gain
            public[i] = public_share[i] * proceeds[i] - given_up
        carried[i] = min(carry * gain, proceeds[i] - public[i])
    return public, carried


def yearly_return(cost: float, proceeds: float, years: float) -> float:
    """Return (1/year) on money that stayed in for `years` (m yuan × years) and brought `proceeds`."""
    mean = max(years / max(cost, 1e-9), 1.0)
    return float(exp(log(max(proceeds, 1e-9) / max(cost, 1e-9)) / mean)) - 1.0


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
