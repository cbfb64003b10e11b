"""Credit: a bank's reckoning of one loan, and rationing in quantities."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.ranking import served
from sim.markets.rows import rows_of


@njit(cache=True, error_model="numpy")
def applicants(
    cash: Floats, cost: Floats, refused: Ints, birth: Ints, now: int, need: float,
    discouraged: float, effort: float, revenue: Floats, debt: Floats, buffer: float, size: float,
    least: float, spared: Floats, aware: Flags, required: Floats, usual: float, benchmark: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of firms that ask for a loan, and how much (m yuan): at `least` so much.

    Cash lasts fewer than `need` quarters but pays the effort; they are over two quarters old and
    were not `refused` in the last few (`discouraged`). They ask for what refills their `buffer`
    (quarters of cost), within what revenue bears (`size`).

    spared: share of `benchmark` interest that those who are aware of it can count on, by firm, or
    empty. A firm borrows until the last yuan is worth what it asks of its projects (`required`), so
    it wants more of cheaper money: linear in the rate, nothing at the return it asks.
    """
    asking = np.empty(cash.size, np.bool_)
    for i in range(cash.size):
        hopeful = (now - refused[i] > discouraged) & (now > birth[i] + 2)
        asking[i] = (cash[i] / (cost[i] + 1e-9) < need) & hopeful & (cash[i] > effort)
    rows = rows_of(asking)
    amount, count = np.empty(rows.size), 0
    for k in rows:
        wanted = max(buffer * cost[k] - cash[k], 0.0)
        if spared.size:
            gap = max(required[k], usual + 0.02) - usual
            wanted *= 1.0 + benchmark * spared[k] * aware[k] / gap
        rows[count], amount[count] = k, min(wanted, size * revenue[k] - debt[k])
        count += amount[count] >= least
    return rows[:count], amount[:count]


@njit(cache=True, error_model="numpy")
def interest_by_firm(
    firm: Ints, principal: Floats, rate: float, aware: Flags, count: int
) -> Floats:  # fmt: skip
    """A quarter's interest at a yearly `rate` on the loans of firms that are aware (m yuan)."""
    out = np.zeros(count)
    for j in range(firm.size):
        out[firm[j]] += principal[j] * rate / 4.0 * aware[firm[j]]
    return out


@njit(cache=True, error_model="numpy")
def want_ratings(
    luck: Floats, keen: float, revenue: Floats, cash: Floats, rated: Floats, decay: float,
    least_revenue: float, least_cash: float, stale: float,
) -> Ints:  # fmt: skip
    """Rows of firms that would pay for a credit rating: keen by their `luck`, able to (m yuan), and
    with none or a `stale` one. First the ratings of all firms age by `decay`, in place.
    """
    asking = np.empty(luck.size, np.bool_)
    for i in range(luck.size):
        rated[i] *= decay
        able = (revenue[i] > least_revenue) & (cash[i] > least_cash)
        asking[i] = (luck[i] < keen) & able & (rated[i] < stale)
    return rows_of(asking)


@njit(cache=True, error_model="numpy")
def specialise(
    need: Floats, technology: Flags, uid: Ints, share: float, cost: float, parts: Floats,
    volume: Floats,
) -> tuple[Ints, Floats, Flags, Floats]:  # fmt: skip
    """Branches that become or stay technology branches for what lines pay, in place; returns their
    rows, what each line pays each of them (m yuan), shape (lines, branches), and of every branch
    whether it is one of them and what its scoring staff costs it (m yuan).

    Those ask whose `need` (share of the running `cost`) is at most the `share` paid, specialised ones
    first. A line bears its part of the share, in turn until its `volume` is used up. Who needs
    nothing is a technology branch anyway.
    """
    asks = np.flatnonzero(need <= share)
    order = np.empty(asks.size, np.int64)
    for branch in asks:
        place = 0
        for other in asks:
            same = technology[other] == technology[branch]
            place += (technology[other] and not same) or (same and uid[other] < uid[branch])
        order[place] = branch
    paid, promised = np.empty((parts.size, asks.size)), np.zeros(asks.size)
    for k in range(parts.size):
        claim = cost * share * parts[k]
        paid[k] = claim * served(np.full(asks.size, claim), volume[k])
        promised += paid[k]
    enough = (promised > 0.0) & (promised >= (1.0 - 1e-9) * cost * need[order])
    staffed, running = np.zeros(need.size, np.bool_), np.zeros(need.size)
    for branch in order[enough]:
        staffed[branch], running[branch] = True, cost if need[branch] > 0.0 else 0.0
    for i in range(need.size):
        technology[i] = staffed[i] or need[i] <= 0.0
    return order[enough], paid[:, enough], staffed, running


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
    out, years = np.empty(rows.size), np.empty(rows.size)
    # Logarithms have loops of their own, in which a processor does many at a time.
    for i in range(rows.size):
        out[i] = (revenue[rows[i]] + 0.1) / (10.0 * nominal)
        years[i] = 1.0 + (now - birth[rows[i]]) * 0.25
    for i in range(rows.size):
        out[i] = log_one(out[i])
    for i in range(rows.size):
        years[i] = log_one(years[i])
    for i in range(rows.size):
        k = rows[i]
        out[i] = (
            constant
            + size * out[i]
            + margin * min(max(profit[k] / (revenue[k] + 0.1), -1.5), 0.4)
            + liquid * min(cash[k] / (cost[k] + 1e-9), 8.0)
            + age * years[i]
            + 1.5 * (record[k] - 1.0)
        )
    return out


@njit(cache=True, error_model="numpy")
def judged(
    odds: Floats, error: Floats, noise: Floats, borne: Floats, floor: float, rate: float,
    recovered: Floats, funds_rate: float, hurdle: float,
) -> Floats:  # fmt: skip
    """What a bank expects to earn on each loan (1/year) through its own noise (s.d.).

    error: standard normal; borne: share of the loss that others bear, for which the bank screens
    less.
    """
    out = np.empty(odds.size)
    for i in range(odds.size):
        spread = noise[i] / np.sqrt(effort(borne[i], floor))
        chance = 1.0 / (1.0 + exp_one(-(odds[i] + spread * error[i])))
        out[i] = expected_profit(chance, rate, recovered[i], borne[i], funds_rate, hurdle)
    return out


@njit(cache=True, error_model="numpy")
def fall_due(
    rows: Ints, firm: Ints, principal: Floats, due: Ints, debt: Floats, cash: Floats, cost: Floats,
    profit: Floats, renewed: int, reserve: float,
) -> tuple[Floats, Flags]:  # fmt: skip
    """What borrowers repay on the loans at `rows` (m yuan) and which loans fail.

    A firm pays what it owes out of its cash beyond a `reserve` (in quarters of cost). What it cannot
    pay in full is renewed until the quarter `renewed` if it earns; else it pays a part and the rest
    fails. Writes principal, due and debt.
    """
    owed = np.zeros(debt.size)
    for k in rows:
        owed[firm[k]] += principal[k]
    paid, failed = np.empty(rows.size), np.empty(rows.size, np.bool_)
    for i in range(rows.size):
        k, who = rows[i], firm[rows[i]]
        can = max(cash[who] - reserve * cost[who], 0.0)
        share = min(can / max(owed[who], 1e-12), 1.0)
        earning = profit[who] > 0.0
        paid[i] = 0.0 if share < 1.0 and earning else principal[k] * share
        failed[i] = share < 1.0 and not earning
        if share < 1.0 and earning:
            due[k] = renewed
        principal[k] -= paid[i]
        debt[who] -= paid[i]
    return paid, failed


@njit(cache=True, error_model="numpy")
def learn(losses: Floats, lent: Floats, caution: Floats, usual: float, experience: float) -> None:
    """Move each branch's caution (log odds) towards what its losses (m yuan, which start again) teach
    against the `usual` ones, a share of what was lent; in place.
    """
    for i in range(losses.size):
        rate = losses[i] / (lent[i] + 1.0)
        lesson = log_one((rate + 0.002) / (usual + 0.002))
        caution[i] += experience * (min(max(lesson, -1.0), 1.5) * 0.5 - caution[i])
        losses[i] = 0.0


def ration(bank: Ints, profit: Floats, amount: Floats, uid: Ints, room: Floats) -> Flags:
    """Which loans are made: in each bank the most profitable first, while its limit has room.

    bank: position of the bank asked; room: m yuan each bank may still lend. Loans below 0 expected
    profit are never made.
    """
    good = np.flatnonzero(profit >= 0.0)
    out = np.zeros(len(bank), bool)
    asked = np.bincount(bank[good], amount[good], room.size)
    if (asked <= 0.99 * room).all():
        # Nobody is rationed where every bank has room to spare, and nobody need be put in order.
        out[good] = True
        return out
    order = good[np.lexsort((uid[good], -profit[good], bank[good]))]
    owner = bank[order]
    total = np.cumsum(amount[order])
    first = np.searchsorted(owner, owner)
    before = total[first] - amount[order][first]
    out[order] = total - before <= room[owner] + 1e-9
    return out
