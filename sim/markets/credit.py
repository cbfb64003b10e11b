"""Credit: a bank's reckoning of one loan, and rationing in quantities."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def short_of_cash(
    cash: Floats, cost: Floats, refused: Ints, birth: Ints, now: int, need: float,
    discouraged: float, effort: float,
) -> Ints:  # fmt: skip
    """Rows of firms that would ask for a loan: cash lasts fewer than `need` quarters but pays the
    effort, they are over two quarters old and were not `refused` in the last few (`discouraged`).
    """
    rows = np.empty(cash.size, np.int64)
    count = 0
    for i in range(cash.size):
        rows[count] = i
        hopeful = (now - refused[i] > discouraged) & (now > birth[i] + 2)
        count += (cash[i] / (cost[i] + 1e-9) < need) & hopeful & (cash[i] > effort)
    return rows[:count]


@njit(cache=True, inline="always", error_model="numpy")
def expected_profit(
    chance: float, rate: float, recovered: float, cover: float, funds_rate: float, hurdle: float
) -> float:
    """What a yuan lent is expected to earn beyond funds and hurdle (1/year).

    chance: probability of repayment; recovered: share of principal saved in a failure; cover:
    share of the rest that somebody else bears. Lend iff it is at least 0 (Stiglitz & Weiss 1981).
    """
    failure = recovered + cover * (1.0 - recovered)
    return chance * (1.0 + rate) + (1.0 - chance) * failure - (1.0 + funds_rate) - hurdle


@njit(cache=True, inline="always", error_model="numpy")
def effort(cover: float, floor: float) -> float:
    """Screening effort relative to a bank that bears the whole loss.

    A bank screens until the last hour saves as much as it costs; what it saves is its own part of
    the loss, so effort falls in proportion to what others bear, down to what rules prescribe.
    """
    return max(1.0 - cover, floor)


@njit(cache=True, error_model="numpy")
def log_odds(
    rows: Ints, revenue: Floats, profit: Floats, cash: Floats, cost: Floats, birth: Ints,
    record: Floats, now: int, nominal: float, weights: tuple[float, ...],
) -> Floats:  # fmt: skip
    """Log odds of repayment by a branch's scorecard, for some rows of firms.

    weights: constant, size (revenue against 10 m yuan), margin, quarters that cash lasts (at most
    eight) and age; a stained record (below 1) costs one and a half in full.
    """
    constant, size, margin, liquid, age = weights
    out = np.empty(rows.size)
    for i in range(rows.size):
        k = rows[i]
        out[i] = (
            constant
            + size * log_one((revenue[k] + 0.1) / (10.0 * nominal))
            + margin * min(max(profit[k] / (revenue[k] + 0.1), -1.5), 0.4)
            + liquid * min(cash[k] / (cost[k] + 1e-9), 8.0)
            + age * log_one(1.0 + (now - birth[k]) * 0.25)
            + 1.5 * (record[k] - 1.0)
        )
    return out


@njit(cache=True, error_model="numpy")
def judged(
    odds: Floats, error: Floats, noise: Floats, fresh: Floats, borne: Floats, floor: float,
    rate: float, recovered: Floats, funds_rate: float, hurdle: float,
) -> Floats:  # fmt: skip
    """What a bank expects to earn on each loan (1/year) through its own noise (s.d.).

    error: standard normal; fresh: part of the noise that a rating takes off; borne: share of the
    loss that others bear, for which the bank screens less.
    """
    out = np.empty(odds.size)
    for i in range(odds.size):
        spread = noise[i] * (1.0 - fresh[i]) / np.sqrt(effort(borne[i], floor))
        chance = 1.0 / (1.0 + exp_one(-(odds[i] + spread * error[i])))
        out[i] = expected_profit(chance, rate, recovered[i], borne[i], funds_rate, hurdle)
    return out


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
