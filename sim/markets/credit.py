"""Credit: a bank's reckoning of one loan, and rationing in quantities."""

from __future__ import annotations

import numpy as np

from agents.schema import Flags, Floats, Ints


def expected_profit(
    chance: Floats, rate: Floats | float, recovered: Floats, cover: Floats | float,
    funds_rate: float, hurdle: float,
) -> Floats:  # fmt: skip
    """What a yuan lent is expected to earn beyond funds and hurdle (1/year).

    chance: probability of repayment; recovered: share of principal saved in a failure; cover:
    share of the rest that somebody else bears. Lend iff it is at least 0 (Stiglitz & Weiss 1981).
    """
    failure = recovered + cover * (1.0 - recovered)
    return chance * (1.0 + rate) + (1.0 - chance) * failure - (1.0 + funds_rate) - hurdle


def effort(cover: Floats | float, floor: float) -> Floats:
    """Screening effort relative to a bank that bears the whole loss.

    A bank screens until the last hour saves as much as it costs; what it saves is its own part of
    the loss, so effort falls in proportion to what others bear, down to what rules prescribe.
    """
    return np.maximum(1.0 - cover, floor)


def ration(bank: Ints, profit: Floats, amount: Floats, uid: Ints, room: Floats) -> Flags:
    """Which loans are made: in each bank the most profitable first, while its limit has room.

    bank: position of the bank asked; room: m yuan each bank may still lend. Loans below 0 expected
    profit are never made.
    """
    good = np.flatnonzero(profit >= 0.0)
    out = np.zeros(len(bank), bool)
    if good.size == 0:
        return out
    order = good[np.lexsort((uid[good], -profit[good], bank[good]))]
    owner = bank[order]
    total = np.cumsum(amount[order])
    first = np.searchsorted(owner, owner)
    before = total[first] - amount[order][first]
    out[order] = total - before <= room[owner] + 1e-9
    return out
