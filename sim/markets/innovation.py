"""Search: effort, success, step and value of innovations; imitation; patents."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of
from sim.markets.sums import LANES, folded, lanes, sum_by
from sim.markets.talent import talent

LAUNCH_CASH = 2.0  # quarters of running cost with which a prototype waits for no money
WAITING_PACE = 0.4  # pace of a launch that waits for money, where others' is 1


@njit(cache=True, inline="always", error_model="numpy")
def habit(propensity: float, revenue: float, young: bool, seed_burn: float, cash: float) -> float:
    """R&D that is usual for a firm (m yuan a quarter): a share of yearly sales, or of cash while there
    are none (`young`).
    """
    seed = seed_burn * max(cash, 0.0) if young else 0.0
    return max(propensity * revenue / 4.0, seed)


@njit(cache=True, inline="always", error_model="numpy")
def routine(
    propensity: float, revenue: float, young: bool, seed_burn: float, cash: float, running: float
) -> float:
    """R&D a firm plans from habit (m yuan a quarter): one short of cash, against its running cost, cuts
    R&D first.
    """
    breath = min(max(cash / (running + 1e-9), 0.35), 1.0)
    return habit(propensity, revenue, young, seed_burn, cash) * breath


@njit(cache=True, error_model="numpy")
def outlay(
    propensity: Floats, revenue: Floats, young: Flags, seed_burn: float, cash: Floats,
    running: Floats, project: Floats, done: Flags, mission: Floats, st_staff: Floats, wage: float,
    top_pay: Floats, labour_share: float, target: Floats, spent: Floats,
) -> Floats:  # fmt: skip
    """The materials bought for R&D in a quarter (m yuan), beside its staff's wages (`wage` a
    quarter) and top people's pay. In place: all that is `spent` on R&D, and `target`, the R&D
    planned, which follows what is wanted.

    What is wanted is the routine, the project if it is done and what the public asked for. Materials
    are the rest of it, half the usual at least, as far as cash goes.
    """
    bought = np.empty(cash.size)
    least = (1.0 - labour_share) * 0.5
    for i in range(cash.size):
        planned = routine(propensity[i], revenue[i], young[i], seed_burn, cash[i], running[i])
        wanted = planned + project[i] * done[i] + mission[i]
        wages = st_staff[i] * wage + top_pay[i]
        rest = max(wanted - wages, least * wages)
        bought[i] = min(rest, max(cash[i] - 0.3 * running[i], 0.0))
        spent[i] = wages + bought[i]
        target[i] += 0.5 * (wanted - target[i])
    return bought


@njit(cache=True, error_model="numpy")
def by_aware(amount: Floats, part: float, aware: Flags) -> Floats:
    """A part of each firm's amount (m yuan), 0 where it is not aware of what it would get for it."""
    out = np.empty(amount.size)
    for i in range(amount.size):
        out[i] = amount[i] * part * aware[i]
    return out


@njit(cache=True, error_model="numpy")
def relieved(relief: Floats, equipment: float, share: Floats) -> Floats:
    """Relief of R&D with the `share` that is paid of its part for equipment on top (shares)."""
    out = np.empty(relief.size)
    for i in range(relief.size):
        out[i] = 1.0 - (1.0 - relief[i]) * (1.0 - equipment * share[i])
    return out


@njit(cache=True, error_model="numpy")
def relabel(
    honesty: Floats, temptation: float, aware: Flags, relief: Floats, rnd: Floats,
    reported: Floats, relabelled: Floats,
) -> None:  # fmt: skip
    """In place: who is tempted and aware of a relief worth the trouble reports other cost as R&D, and
    how much in all (m yuan) it has relabelled.
    """
    for i in range(rnd.size):
        more = 0.30 if (honesty[i] < temptation) & aware[i] & (relief[i] > 0.02) else 0.0
        reported[i] *= 1.0 + more
        relabelled[i] += rnd[i] * more


@njit(cache=True, error_model="numpy")
def absorption(knowledge: Floats, sector: Ints, count: int, worth: float) -> Floats:
    """Effort added by what others know (at most `worth`).

    Cohen & Levinthal (1990): it helps those who know something themselves, most at middling
    distance from the mean of their sector (of `count`).
    """
    own = np.empty(knowledge.size)
    for i in range(knowledge.size):
        own[i] = log_one(1.0 + knowledge[i])
    total, firms = lanes(count), lanes(count)
    for i in range(knowledge.size):
        total[i % LANES, sector[i]] += own[i]
        firms[i % LANES, sector[i]] += 1.0
    mean = folded(total) / np.maximum(folded(firms), 1.0)
    out = np.empty(knowledge.size)
    for i in range(knowledge.size):
        out[i] = mean[sector[i]]
    for i in range(knowledge.size):
        distance = abs(own[i] - out[i]) / 2.0
        ability = own[i] / (own[i] + 1.0)
        out[i] = worth * (ability * 4.0 * max(distance * (1.0 - distance), 0.0))
    return out


@njit(cache=True, error_model="numpy")
def density(st_staff: Floats, zone: Ints, floor_space: Floats, elasticity: float) -> Floats:
    """Factor by zone: research is more productive among others who do it.

    Elasticity to S&T staff a m², against the mean of the district's four zones.
    """
    dense = sum_by(zone, st_staff, floor_space.size) / floor_space
    usual = max((dense[0] + dense[1] + dense[2] + dense[3]) / 4.0, 1e-12)
    for k in range(dense.size):
        dense[k] = exp_one(elasticity * log_one(max(dense[k] / usual, 0.05)))
    return dense


@njit(cache=True, error_model="numpy")
def attempts(
    outlay: Floats, mission: Floats, relevance: float, cost: float, quality: Floats,
    difficulty: float, revenue: Floats, line: float, lines: Floats, top_talent: Floats,
    staff: Floats, gain: float, need: float, nominal: float, absorbed: Floats, platform: Floats,
    partner: Floats, capability: Floats, density: Floats, zone: Ints,
) -> Floats:  # fmt: skip
    """Attempts per product line: what the outlay buys at the cost of an attempt, which rises with
    the quality reached. Writes the `lines`, one and another for each `line` of revenue (m yuan).

    What the public asked for (`mission`) feeds the firm's own products in part (`relevance`). Top
    people, know-how absorbed, shared platforms and partners add to it; capability and the density
    of research nearby (a factor by zone, shape (zones,)) multiply it.
    """
    out, factor = np.empty(outlay.size), np.empty(outlay.size)
    # Short loops over few columns, which a processor does several rows at a time.
    for i in range(outlay.size):
        out[i] = difficulty * log_one(max(quality[i], 0.3))
    for i in range(outlay.size):
        out[i] = exp_one(out[i])
    for i in range(outlay.size):
        lines[i] = 1.0 + revenue[i] / line
    for i in range(outlay.size):
        own = outlay[i] - (1.0 - relevance) * min(mission[i], outlay[i])
        out[i] = own / (cost * out[i] * lines[i])
    for i in range(outlay.size):
        factor[i] = talent(top_talent[i], staff[i], outlay[i], gain, need, nominal)
    for i in range(outlay.size):
        factor[i] = 1.0 + factor[i] + absorbed[i] + (platform[i] + partner[i])
    for i in range(outlay.size):
        factor[i] *= 0.7 + 0.6 * capability[i]
    for i in range(outlay.size):
        out[i] *= factor[i] * density[zone[i]]
    return out


@njit(cache=True, error_model="numpy")
def success(efficacy: float, share: float, effort: Floats, ceiling: float) -> Floats:
    """Probability that a quarter's search succeeds: ceiling · (1 - exp(-ζ ξ effort / ceiling)).

    The K+S form (Dosi, Fagiolo & Roventini 2010), levelling off at the ceiling instead of at one.
    """
    out = np.empty(effort.size)
    rate = -efficacy * share
    for i in range(effort.size):
        out[i] = ceiling * (1.0 - exp_one(rate * effort[i] / ceiling))
    return out


@njit(cache=True, error_model="numpy")
def finds(u: Floats, effort: Floats, efficacy: float, share: float, ceiling: float) -> Ints:
    """Rows of those whose search, by `success` of the effort, succeeds against the uniforms `u`."""
    may = np.empty(u.size, np.bool_)
    # 1 - exp(-x) is at most x, which tells of most without an exponential; rounding is allowed for.
    steepest = efficacy * share * (1.0 + 1e-9)
    for i in range(u.size):
        may[i] = u[i] < steepest * effort[i] + 1e-12
    rows = rows_of(may)
    tried, found = np.empty(rows.size), 0
    for j in range(rows.size):
        tried[j] = effort[rows[j]]
    chance = success(efficacy, share, tried, ceiling)
    for j in range(rows.size):
        i = rows[j]
        rows[found] = i
        found += u[i] < chance[j]
    return rows[:found]


@njit(cache=True, error_model="numpy")
def beta_three(u: Floats) -> Floats:
    """Quantile of Beta(3, 3) on (0, 1): Newton steps on its distribution 10x³ - 15x⁴ + 6x⁵.

    Started from the cube root of the tail (10x³ = u), which lies below the root, on the half where
    the distribution is convex; each step is exact to about 1e-12 after eight.
    """
    low, out = np.minimum(u, 1.0 - u), np.empty(u.size)
    for i in range(u.size):
        out[i] = exp_one(log_one(max(low[i], 1e-300) * 0.1) / 3.0)
    for _ in range(8):
        for i in range(u.size):
            x = out[i]
            gap = x * x * x * (10.0 - 15.0 * x + 6.0 * x * x) - low[i]
            out[i] = min(max(x - gap / (30.0 * x * x * (1.0 - x) * (1.0 - x)), 0.0), 0.5)
    for i in range(u.size):
        out[i] = out[i] if u[i] < 0.5 else 1.0 - out[i]
    return out


@njit(cache=True, inline="always")
def mean_step(half_width: float) -> float:
    """Mean of the positive part of the step: half_width · E|2B - 1| / 2 = half_width · 5/32."""
    return half_width * 0.15625


@njit(cache=True, error_model="numpy")
def gain(step: Floats, value: Floats, lines: Floats, half_width: float, largest: float) -> Floats:
    """Gain in quality of a firm of several product lines, one of which innovates.

    A one-line firm takes the draw (a worse product is not launched); the draws of many lines
    average out, so the deviation from the mean shrinks with the root of their number.
    """
    usual, out = mean_step(half_width), np.empty(step.size)
    for i in range(step.size):
        drawn = min(max(step[i], 0.0) * value[i], largest)
        out[i] = max(usual + (drawn - usual) / np.sqrt(lines[i]), 0.0)
    return out


@njit(cache=True, error_model="numpy")
def invent(
    rows: Ints, u: Floats, better: Ints, normal: Floats, spread: float, lines: Floats,
    half_width: float, largest: float, prototype: Floats,
) -> Floats:  # fmt: skip
    """Add the `gain` of those who found something (rows) to their prototypes, in place; returns it.

    u: uniforms of their steps. Only a step up (at the positions `better`, u from one half) has a
    worth: lognormal with mean one, by a standard normal each.
    """
    step, value, own = np.zeros(rows.size), np.zeros(rows.size), np.empty(rows.size)
    up = np.empty(better.size)
    for j in range(better.size):
        up[j] = u[better[j]]
    up = beta_three(up)
    for j in range(better.size):
        step[better[j]] = half_width * (2.0 * up[j] - 1.0)
        value[better[j]] = exp_one(spread * normal[j] - 0.5 * spread * spread)
    for j in range(rows.size):
        own[j] = lines[rows[j]]
    gained = gain(step, value, own, half_width, largest)
    for j in range(rows.size):
        prototype[rows[j]] += gained[j]
    return gained


@njit(cache=True, error_model="numpy")
def good_practice(
    share: Floats, quality: Floats, protection: Floats, sector: Ints, count: int
) -> tuple[Floats, Floats]:
    """By sector (of `count`): the quality a laggard can copy, a little above the sales-weighted
    mean, and how open it is, less where it is protected.
    """
    # The three sums of a sector lie side by side.
    sums = np.zeros((LANES, count, 3))
    for i in range(share.size):
        place = sums[i % LANES, sector[i]]
        place[0] += share[i]
        place[1] += share[i] * quality[i]
        place[2] += share[i] * protection[i]
    weight, better, guard = folded(sums).T
    all_shares = np.maximum(weight, 1e-12)
    return 1.05 * better / all_shares, 1.0 - 0.7 * (guard / all_shares)


@njit(cache=True, error_model="numpy")
def imitate(
    u: Floats, effort: Floats, good: Floats, openness: Floats, sector: Ints, efficacy: float,
    share: float, ceiling: float, gain: float, quality: Floats,
) -> None:  # fmt: skip
    """Who finds out by effort, as far as the sector's practice is open, closes a part (`gain`) of the
    gap to the good of it, in place; good and openness have shape (sectors,).
    """
    usable = np.empty(effort.size)
    for i in range(effort.size):
        usable[i] = effort[i] * openness[sector[i]]
    for i in finds(u, usable, efficacy, share, ceiling):
        quality[i] += gain * max(good[sector[i]] - quality[i], 0.0)


@njit(cache=True, error_model="numpy")
def launches(
    u: Floats, prototype: Floats, time: Floats, sector: Ints, cash: Floats, running: Floats,
    customers: Floats, references: Floats, capability: Floats, apart: Floats, staff: Floats,
    separation: float, grant: Floats,
) -> Ints:  # fmt: skip
    """Rows of the firms whose prototype comes to market this quarter, against the uniforms `u`.

    From prototype to market takes a `time` by sector (quarters, shape (sectors,)), shortened by
    money (cash, or a grant for the purpose), by buyers who know the firm and by the team, of which
    work at the bench and at the line lose by being `apart` (persons).
    """
    may, pace = np.empty(cash.size, np.bool_), np.empty(cash.size)
    # At best so fast, and 1 - exp(-x) is at most x: most need no closer look (see `finds`).
    best = (0.7 + 0.3 * 1.5) * (1.0 + 1e-9) / time
    for i in range(cash.size):
        pace[i] = (0.6 + 0.8 * capability[i]) * best[sector[i]]
    for i in range(cash.size):
        may[i] = (prototype[i] > 0.0) & (u[i] < pace[i])
    rows = rows_of(may)
    for j in range(rows.size):
        i = rows[j]
        money = 1.0 if (cash[i] > LAUNCH_CASH * running[i]) | (grant[i] > 0.0) else WAITING_PACE
        known = 0.7 + 0.3 * min((customers[i] + 4.0 * references[i]) / 12.0, 1.5)
        able = 0.6 + 0.8 * (capability[i] * (1.0 - separation * apart[i] / staff[i]))
        pace[j] = -money * known * able / time[sector[i]]
    for j in range(rows.size):
        pace[j] = 1.0 - exp_one(pace[j])
    launched = 0
    for j in range(rows.size):
        i = rows[j]
        rows[launched] = i
        launched += u[i] < pace[j]
    return rows[:launched]


@njit(cache=True, error_model="numpy")
def bring_to_market(
    launched: Flags, quality: Floats, prototype: Floats, grant: Floats, largest: float
) -> None:
    """In place: a prototype launched becomes quality (at most `largest`); what waits is overtaken
    by others, until nothing is left of it, nor of the grant for it.
    """
    # Factors instead of branches, which a processor would guess wrong half the time.
    for i in range(quality.size):
        out = 1.0 if launched[i] else 0.0
        quality[i] += out * min(prototype[i], largest)
        left = (1.0 - out) * 0.96 * prototype[i]
        left = left if left >= 1e-4 else 0.0
        grant[i] *= 1.0 if left > 0.0 else 0.0
        prototype[i] = left


@njit(cache=True, error_model="numpy")
def patents(
    outlay: Floats, a_yuan: float, nominal: float, inventive: float, u: Floats, v: Floats,
    stock: Floats, knowledge: Floats, keep: float, anchor: Flags,
) -> tuple[float, float, float]:  # fmt: skip
    """Add what is filed to the `stock` of patents and the outlay to what is kept of `knowledge`, in
    place; returns applications, inventions among them, and applications of anchors.

    a_yuan: applications a m yuan of R&D; inventive: share that are inventions. Whole numbers by the
    uniforms `u` and `v`.
    """
    filed = np.empty(outlay.size)
    for i in range(outlay.size):
        filed[i] = np.floor(a_yuan * outlay[i] / nominal + u[i])
    for i in range(outlay.size):
        stock[i] += filed[i]
    for i in range(outlay.size):
        knowledge[i] = knowledge[i] * keep + outlay[i]
    total, inventions, of_anchors = 0, 0, 0
    for i in range(outlay.size):
        number = int(filed[i])
        total += number
        inventions += int(np.floor(filed[i] * inventive + v[i]))
        of_anchors += number if anchor[i] else 0
    return float(total), float(inventions), float(of_anchors)
