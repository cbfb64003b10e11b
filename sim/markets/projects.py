"""A firm's marginal project: a return seen through noise, against the cost of its money."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one
from agents.schema import Flags, Floats, Ints
from sim.markets.ranking import move_into_place, shortlist
from sim.markets.rows import rows_of


@njit(cache=True, inline="always", error_model="numpy")
def required_return(hurdle: float, scarcity: float, cash: float, buffer: float) -> float:
    """Return a firm asks of a project (1/year): dearer the less of its cash buffer it holds."""
    return hurdle + scarcity * (1.0 - min(max(cash / (buffer + 1e-9), 0.0), 1.0))


@njit(cache=True, error_model="numpy")
def come_up(
    plan: Floats, capability: Floats, cash: Floats, running: Floats, size: Floats, true: Floats,
    error: Floats, part: float, mean: float, spread: float, noise: float, hurdle: float,
    scarcity: float, buffer: float, cost: Floats, seen: Floats, required: Floats,
) -> None:  # fmt: skip
    """Write what each firm's next project costs (m yuan), its private return as the firm sees it and
    the return it asks (1/year).

    The cost is a `part` of the R&D planned, lognormal; an able team misjudges less. size, true,
    error: standard normal; buffer: quarters of running cost.
    """
    for i in range(cash.size):
        cost[i] = part * plan[i] * exp_one(0.6 * size[i])
    for i in range(cash.size):
        seen[i] = mean + spread * true[i] + noise * (1.5 - capability[i]) * error[i]
        required[i] = required_return(hurdle, scarcity, cash[i], buffer * running[i])


@njit(cache=True, inline="always", error_model="numpy")
def with_support(seen: float, share: float) -> float:
    """Return on the firm's own part of the cost when a share of it is paid by others."""
    return (1.0 + seen) / (1.0 - min(share, 0.95)) - 1.0


@njit(cache=True, error_model="numpy")
def done(
    cost: Floats, seen: Floats, required: Floats, grant: Floats, misused: Floats, relief: Floats,
    aware: Flags, cash: Floats, running: Floats,
) -> Flags:  # fmt: skip
    """Whether each firm does its project, given the grant won and the relief expected (a share of
    the cost; only who is aware of it counts on it).

    A grant taken honestly is spent on its project; one that was taken out pays for nothing. What
    the firm pays itself must come out of cash beyond one quarter's `running` cost.
    """
    out = np.empty(cost.size, np.bool_)
    for i in range(cost.size):
        expected = relief[i] if aware[i] else 0.0
        granted = (grant[i] > 0.0) & (misused[i] <= 0.0)
        paid = grant[i] / (cost[i] + 1e-12) if granted else 0.0
        share = 1.0 - (1.0 - paid) * (1.0 - expected)
        worth = with_support(seen[i], share) >= required[i]
        own = cost[i] - (grant[i] if granted else 0.0)
        out[i] = (worth | granted) & (own <= max(cash[i] - running[i], 0.0))
    return out


@njit(cache=True, error_model="numpy")
def keeps_raising(
    eligible: Flags, last: Floats, second: Floats, third: Floats, fourth: Floats, years: int,
    revenue: Floats, before: Floats, patents: Floats, edges: Floats,
) -> Ints:  # fmt: skip
    """Rows of the eligible whose reported R&D (m yuan, four years back from `last`) rose for `years`
    in a row, at an intensity above the mean of its size (`edges` of yearly revenue), with patents
    and more revenue than the year `before`.
    """
    rose, intensity = np.empty(revenue.size, np.bool_), np.empty(revenue.size)
    for i in range(revenue.size):
        rising = (last[i] > second[i]) & (second[i] > 0.0)
        rising &= (years < 2) | ((second[i] > third[i]) & (third[i] > 0.0))
        rising &= (years < 3) | ((third[i] > fourth[i]) & (fourth[i] > 0.0))
        rose[i] = rising & (patents[i] > 0.0) & (revenue[i] > before[i]) & eligible[i]
    for i in range(revenue.size):
        intensity[i] = last[i] / max(revenue[i], 0.1)
    size = np.zeros(revenue.size, np.int8)
    for edge in edges:
        for i in range(revenue.size):
            size[i] += revenue[i] > edge
    total, number = np.zeros(edges.size + 1), np.zeros(edges.size + 1)
    for i in range(revenue.size):
        total[size[i]] += min(intensity[i], 2.0)
        number[size[i]] += 1.0
    mean, rows, count = total / np.maximum(number, 1.0), rows_of(rose), 0
    for i in rows:
        rows[count] = i
        count += intensity[i] > mean[size[i]]
    return rows[:count]


@njit(cache=True, error_model="numpy")
def on_course(
    rows: Ints, plan: Floats, last: Floats, aware: Flags, share: float, cap: float
) -> tuple[Ints, Floats, int]:
    """Rows of those who would be refunded a share of a further yuan, what those who are aware would be
    refunded in all (m yuan, up to the cap), and how many would raise their R&D.

    They spend the year as they plan for a quarter, against what they spent `last`.
    """
    some, due = np.empty(rows.size, np.int64), np.empty(rows.size)
    below, known, raising = 0, 0, 0
    for i in rows:
        increment = 4.0 * plan[i] - last[i]
        due[known] = min(share * max(increment, 0.0), cap)
        known += aware[i]
        some[below] = i
        below += (increment > 0.0) & (share * increment < cap)
        raising += increment > 0.0
    return some[:below], due[:known], raising


@njit(cache=True, error_model="numpy")
def award(score: Floats, amount: Floats, envelope: float, uid: Ints) -> Ints:
    """Positions of those who win, in the order of their score, ties by the smaller uid, until the
    envelope is empty.

    The first whose amount no longer fits ends the round, as a panel's list does: a larger
    envelope therefore keeps every award that a smaller one makes.
    """
    if score.size == 0:
        return np.arange(0)
    order, _ = shortlist(score, amount, envelope)
    move_into_place(order, score, uid)
    count, spent = 0, 0.0
    for i in order:
        spent += amount[i]
        if spent > envelope:
            break
        count += 1
    return order[:count]
