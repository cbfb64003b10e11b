"""A firm's accounts for a quarter: purchases, wages, rent, taxes, what owners take out and keep."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of
from sim.markets.sums import heads_by

LOG10_E = 0.4342944819032518


@njit(cache=True, error_model="numpy")
def purchases(
    revenue: Floats, revenue_year: Floats, sector: Ints, tilt: Floats, share: float, slope: float,
    nominal: float, fixed: float, overhead_share: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Inputs bought for the quarter's revenue and overhead, a `fixed` part and a share of revenue
    (m yuan).

    The share of inputs rises by `slope` with each tenfold of size (100 m yuan of the opening's
    money: at `share`) and differs by sector (`tilt`, shape (sectors,)).
    """
    out, overhead = np.empty(revenue.size), np.empty(revenue.size)
    for i in range(revenue.size):
        out[i] = log_one(max(revenue_year[i] / (100.0 * nominal), 1e-4))
    for i in range(revenue.size):
        bought = share + slope * LOG10_E * out[i] + tilt[sector[i]]
        out[i] = revenue[i] * min(max(bought, 0.30), 0.88)
        overhead[i] = fixed + overhead_share * revenue[i]
    return out, overhead


@njit(cache=True, error_model="numpy")
def wages(
    staff: Floats, st_staff: Floats, wage_other: float, wage_st: float, size_premium: float,
    stage: Ints, starting: int, founder_pay: float, top_pay: Floats,
) -> Floats:  # fmt: skip
    """Wage bill of a quarter (m yuan), from yearly wages, and what top people get in it (`top_pay`).

    Larger firms pay other staff more (elasticity `size_premium`); founders of firms at the stage
    `starting` draw a part (`founder_pay`) only.
    """
    out = np.empty(staff.size)
    for i in range(staff.size):
        out[i] = exp_one(size_premium * log_one(staff[i] / 10.0))
    for i in range(staff.size):
        drawn = founder_pay if stage[i] == starting else 1.0
        others = (staff[i] - st_staff[i]) * wage_other * out[i] * drawn
        out[i] = (others + st_staff[i] * wage_st) / 4.0 + top_pay[i]
    return out


@njit(cache=True, error_model="numpy")
def rents(
    staff: Floats, away: Floats, zone: Ints, used: Floats, rent: Floats, region: float,
    line_space: Floats, incubator: Ints, share: float, fee: float,
) -> tuple[Floats, Floats, Ints]:  # fmt: skip
    """Rent of a quarter by firm (m yuan): what is due, what of it goes to landlords, and the rows
    of the tenants of carriers (incubator not -1).

    A zone's floor space in use is shared by heads (staff here: `staff` without those `away` in the
    region, where a head costs `region`); pilot lines pay for their own `line_space` (m²). Tenants
    of carriers pay these a share of the market's rent and a fee. used: m², rent: yuan/m²/month,
    both of shape (zones,).
    """
    heads = heads_by(zone, staff, away, used.size)
    a_head = used / np.maximum(heads, 1.0) * rent * 3.0 / 1e6
    due, landlords = np.empty(staff.size), np.empty(staff.size)
    for i in range(staff.size):
        market = (staff[i] - away[i]) * a_head[zone[i]] + away[i] * region
        market += line_space[i] * rent[zone[i]] * 3.0 / 1e6
        housed = incubator[i] >= 0
        due[i] = market * share + fee if housed else market
        landlords[i] = 0.0 if housed else market
    return due, landlords, rows_of(incubator >= 0)


@njit(cache=True, error_model="numpy")
def supported(bill: Floats, share: Floats) -> tuple[Ints, Floats]:
    """Rows of those for whom a share of a bill (m yuan) is paid, and that part of it.

    share: one a row; bill: one a row or one for all.
    """
    if bill.size == 1:
        bill = np.full(share.size, bill[0])
    some = np.empty(share.size, np.bool_)
    for i in range(share.size):
        some[i] = share[i] * bill[i] > 0.0
    rows = rows_of(some)
    part = np.empty(rows.size)
    for j in range(rows.size):
        part[j] = share[rows[j]] * bill[rows[j]]
    return rows, part


@njit(cache=True, error_model="numpy")
def profits(
    revenue: Floats, inputs: Floats, wages: Floats, rent: Floats, interest: Floats,
    overhead: Floats, royalties: Floats, rnd: Floats, st_staff: Floats, wage: float,
    top_pay: Floats, revenue_year: Floats, small: float, certified: Flags, turnover_tax: float,
    value_added_tax: float, profit_tax: float, certified_tax: float, deduction: float,
    cost: Floats,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Profit before tax, all taxes and the tax on profit among them (m yuan a quarter); writes into
    `cost` what the quarter costs without purchases.

    Of R&D the materials count, its staff (at `wage` a quarter) and top people (`top_pay`) being in
    the wages. Taxpayers with less than `small` (m yuan) a year pay on revenue, others on value
    added; R&D is deducted once more in part; certified high-tech firms pay the lower rate.
    """
    profit, due, levied = np.empty(cost.size), np.empty(cost.size), np.empty(cost.size)
    for i in range(cost.size):
        materials = rnd[i] - st_staff[i] * wage - top_pay[i]
        spent = wages[i] + rent[i] + interest[i] + overhead[i] + materials + royalties[i]
        added = value_added_tax * max(revenue[i] - inputs[i], 0.0)
        turnover = turnover_tax * revenue[i] if revenue_year[i] < small else added
        profit[i] = revenue[i] - inputs[i] - spent - turnover
        # Who lives on royalties of others may receive more of them than all the rest costs.
        cost[i] = max(spent, 0.0)
        rate = certified_tax if certified[i] else profit_tax
        levied[i] = rate * max(profit[i] - deduction * rnd[i], 0.0)
        due[i] = turnover + levied[i]
    return profit, due, levied


@njit(cache=True, error_model="numpy")
def dividends(
    cash: Floats, cost: Floats, profit: Floats, levied: Floats, profit_year: Floats, buffer: float,
    share: float,
) -> Floats:  # fmt: skip
    """Take the quarter's profit into the yearly, in place; returns what owners take out (m yuan).

    That is a share of profit after tax once the cash buffer (in quarters of cost) is full, and
    while the firm earns a quarter of what it holds beyond three buffers.
    """
    out = np.empty(cash.size)
    for i in range(cash.size):
        profit_year[i] += 0.25 * (4.0 * profit[i] - profit_year[i])
        held = buffer * cost[i]
        payout = share * max(profit[i] - levied[i], 0.0) if cash[i] > held else 0.0
        excess = max(cash[i] - payout - 3.0 * held, 0.0) * (0.25 if profit_year[i] > 0.0 else 0.0)
        out[i] = payout + excess
    return out


@njit(cache=True, error_model="numpy")
def grow_up(
    stage: Ints, revenue: Floats, edges: tuple[float, float, float], birth: Ints, now: int,
    least_of_old: int, propensity: Floats, usual: float, anchor: Flags,
) -> None:  # fmt: skip
    """Stage of life and habit of R&D, in place.

    Stage is the number of `edges` (m yuan/year) that revenue has reached, never going back among
    the young and at least `least_of_old` above four years. Beyond three years a propensity to spend
    on R&D above the `usual` settles.
    """
    first, second, third = edges
    for i in range(revenue.size):
        size = np.int64(revenue[i] >= first) + (revenue[i] >= second) + (revenue[i] >= third)
        age = now - birth[i]
        stage[i] = max(size, least_of_old if age > 16 else stage[i])
        if (propensity[i] > usual) & (age > 12) & (not anchor[i]):
            propensity[i] -= 0.06 * (propensity[i] - usual)


@njit(cache=True, error_model="numpy")
def reported_growth(revenue: Floats, before: Floats) -> Floats:
    """Growth of yearly revenue (m yuan) as an office sees it: a share, from a half less to double."""
    out = np.empty(revenue.size)
    for i in range(revenue.size):
        out[i] = min(max(revenue[i] / (before[i] + 0.1) - 1.0, -0.5), 1.0)
    return out
