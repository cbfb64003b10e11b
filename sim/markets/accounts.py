"""A firm's accounts for a quarter: purchases, wages, rent, taxes, what owners take out and keep."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints

LOG10_E = 0.4342944819032518


@njit(cache=True, error_model="numpy")
def purchases(
    revenue: Floats, revenue_year: Floats, sector: Ints, tilt: Floats, share: float, slope: float,
    nominal: float,
) -> Floats:  # fmt: skip
    """Inputs bought for the quarter's revenue (m yuan).

    Their share rises by `slope` with each tenfold of size (100 m yuan of the opening's money: at
    `share`) and differs by sector (`tilt`, shape (sectors,)).
    """
    out = np.empty(revenue.size)
    for i in range(revenue.size):
        out[i] = log_one(max(revenue_year[i] / (100.0 * nominal), 1e-4))
    for i in range(revenue.size):
        bought = share + slope * LOG10_E * out[i] + tilt[sector[i]]
        out[i] = revenue[i] * min(max(bought, 0.30), 0.88)
    return out


@njit(cache=True, error_model="numpy")
def wages(
    staff: Floats, st_staff: Floats, wage_other: float, wage_st: float, size_premium: float,
    starting: Flags, founder_pay: float, top_talent: Floats, top_pay: float, nominal: float,
) -> Floats:  # fmt: skip
    """Wage bill of a quarter (m yuan), from yearly wages.

    Larger firms pay other staff more (elasticity `size_premium`); founders of `starting` firms draw
    a part (`founder_pay`) only. top_pay: in the opening's money.
    """
    out = np.empty(staff.size)
    for i in range(staff.size):
        out[i] = exp_one(size_premium * log_one(staff[i] / 10.0))
    for i in range(staff.size):
        drawn = founder_pay if starting[i] else 1.0
        others = (staff[i] - st_staff[i]) * wage_other * out[i] * drawn
        out[i] = (others + st_staff[i] * wage_st + top_talent[i] * top_pay * nominal) / 4.0
    return out


@njit(cache=True, error_model="numpy")
def space_cost(staff: Floats, zone: Ints, used: Floats, rent: Floats) -> Floats:
    """Market rent of a quarter by firm (m yuan): a zone's floor space in use, shared by heads.

    used: m², rent: yuan/m²/month, both of shape (zones,).
    """
    heads = np.zeros(used.size)
    for i in range(staff.size):
        heads[zone[i]] += staff[i]
    a_head = used / np.maximum(heads, 1.0) * rent * 3.0 / 1e6
    out = np.empty(staff.size)
    for i in range(staff.size):
        out[i] = staff[i] * a_head[zone[i]]
    return out


@njit(cache=True, error_model="numpy")
def carriers_rent(market: Floats, incubator: Ints, share: float, fee: float) -> Floats:
    """Rent due: carriers' tenants (incubator not -1) pay a share of the market's and a fee."""
    out = np.empty(market.size)
    for i in range(market.size):
        out[i] = market[i] * share + fee if incubator[i] >= 0 else market[i]
    return out


@njit(cache=True, error_model="numpy")
def taxes(
    revenue: Floats, inputs: Floats, cost: Floats, rnd: Floats, small: Flags, certified: Flags,
    turnover_tax: float, value_added_tax: float, profit_tax: float, certified_tax: float,
    deduction: float,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Profit before tax, tax on turnover and tax on profit (m yuan a quarter).

    `small` taxpayers pay on revenue, others on value added; R&D is deducted once more in part;
    certified high-tech firms pay the lower rate.
    """
    profit, turnover, levied = np.empty(cost.size), np.empty(cost.size), np.empty(cost.size)
    for i in range(cost.size):
        added = value_added_tax * max(revenue[i] - inputs[i], 0.0)
        turnover[i] = turnover_tax * revenue[i] if small[i] else added
        profit[i] = revenue[i] - inputs[i] - cost[i] - turnover[i]
        rate = certified_tax if certified[i] else profit_tax
        levied[i] = rate * max(profit[i] - deduction * rnd[i], 0.0)
    return profit, turnover, levied


@njit(cache=True, error_model="numpy")
def dividends(
    cash: Floats, cost: Floats, after_tax: Floats, profit_year: Floats, buffer: float, share: float
) -> Floats:
    """What owners take out (m yuan): a share of profit once the cash buffer (in quarters of cost)
    is full, and while the firm earns a quarter of what it holds beyond three buffers.
    """
    out = np.empty(cash.size)
    for i in range(cash.size):
        held = buffer * cost[i]
        payout = share * max(after_tax[i], 0.0) if cash[i] > held else 0.0
        excess = max(cash[i] - payout - 3.0 * held, 0.0) * (0.25 if profit_year[i] > 0.0 else 0.0)
        out[i] = payout + excess
    return out


@njit(cache=True, error_model="numpy")
def owner_income(
    profit: Floats, quality: Floats, prototype: Floats, revenue: Floats, before: Floats,
    cash: Floats, cost: Floats, option: float,
) -> Floats:  # fmt: skip
    """What staying in is worth to the owner (m yuan/year): profit, the promise of the product (an
    `option`, worth more the better it is and the faster sales grow) and idle cash.

    revenue, before: m yuan/year, of this year and the last.
    """
    out = np.empty(cash.size)
    for i in range(cash.size):
        product = quality[i] + prototype[i]
        growth = min(max(revenue[i] / (before[i] + 1e-9), 0.5), 2.0)
        promise = option * (product * product * product) * growth
        out[i] = profit[i] + promise + 0.08 * max(cash[i] - cost[i], 0.0)
    return out


@njit(cache=True, error_model="numpy")
def stage(
    present: Ints, revenue: Floats, edges: tuple[float, float, float], old: Flags, least_of_old: int
) -> Ints:
    """Stage of life: the number of `edges` (m yuan/year) that revenue has reached, never going back
    among the young and at least `least_of_old` among the `old`.
    """
    first, second, third = edges
    out = np.empty(revenue.size, np.int64)
    for i in range(revenue.size):
        size = np.int64(revenue[i] >= first) + (revenue[i] >= second) + (revenue[i] >= third)
        out[i] = max(size, least_of_old if old[i] else present[i])
    return out
