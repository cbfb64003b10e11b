"""Applying for support: who thinks a scheme worth the effort, and what reviewers make of it."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import normals
from agents.schema import Flags, Floats, Ints
from sim.markets.files import with_files
from sim.markets.projects import award, with_support
from sim.markets.rows import rows_of

STEPS = 256  # of what is asked for, from the largest to nothing

# Few firms find a scheme worth the effort: those are found first, in a loop that takes many firms at
# a time, and only they are asked for the rest.


@njit(cache=True, error_model="numpy")
def to_standing(
    cost: Floats, part: float, cap: float, seen: Floats, required: Floats, chance: float,
    effort: float, cash: Floats, aware: Flags, anchor: Flags, honesty: Floats, temptation: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of the firms that apply for a grant, and what they ask for: a part of the project's cost
    up to the cap (m yuan).

    They know of it, can pay the effort, expect more than it costs, and would do the project with it
    (or, where honesty is below the temptation, take the money).
    """
    open_ = np.empty(cost.size, np.bool_)
    for i in range(cost.size):
        worth = chance * min(part * cost[i], cap) > effort
        open_[i] = worth & aware[i] & (not anchor[i])
    rows, count = rows_of(open_), 0
    asked = np.empty(rows.size)
    for i in rows:
        amount = min(part * cost[i], cap)
        helped = with_support(seen[i], amount / (cost[i] + 1e-12)) >= required[i]
        wants = helped | (honesty[i] < temptation)
        rows[count], asked[count] = i, amount
        count += wants & (cash[i] > effort)
    return rows[:count], asked[:count]


@njit(cache=True, inline="always", error_model="numpy")
def _least_cost(effort: float, share: float, cap: float) -> float:
    """Cost (m yuan) up to which a share of it is not worth the effort of applying, a little less than
    that for rounding: who is above it is looked at in full.
    """
    return effort / share * (1.0 - 1e-9) if cap > effort else np.inf


@njit(cache=True, error_model="numpy")
def with_project(
    eligible: Flags, aware: Flags, anchor: Flags, cash: Floats, honesty: Floats, cost: Floats,
    granted: Floats, seen: Floats, required: Floats, one_scheme: bool, share: float, cap: float,
    effort: float, temptation: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the firms that would like a scheme's share, up to a cap, of what other grants have left
    of their project's cost; what is left, and what they would ask for (m yuan).

    It is more than the effort, and they would do the project with it, or are tempted. With
    `one_scheme` nobody who holds a grant may apply.
    """
    open_, least = np.empty(cost.size, np.bool_), _least_cost(effort, share, cap)
    for i in range(cost.size):
        open_[i] = (cost[i] > least) & eligible[i] & aware[i] & (not anchor[i])
    rows, count = rows_of(open_), 0
    left, asked = np.empty(rows.size), np.empty(rows.size)
    for i in rows:
        rest = cost[i] - granted[i]
        amount = min(share * rest, cap)
        paid = (granted[i] + amount) / max(cost[i], 1e-12)
        helped = with_support(seen[i], paid) >= required[i]
        wants = (helped | (honesty[i] < temptation)) & (amount > effort)
        may = (rest > 0.0) & (cash[i] > effort) & ((not one_scheme) | (granted[i] <= 0.0))
        rows[count], left[count], asked[count] = i, rest, amount
        count += wants & may
    return rows[:count], left[:count], asked[:count]


@njit(cache=True, error_model="numpy")
def with_wish(
    eligible: Flags, aware: Flags, anchor: Flags, cash: Floats, wish: Floats, granted: Floats,
    yardstick: Floats, only_once: bool, least_wish: float, part: float, least_cost: float,
    space: float, free: Floats, rent: Floats, zone: Ints, sector: Ints, incubator: Ints,
    away: Floats, share: float, cap: float, effort: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the firms that would like a share, up to a cap, of what a thing they wish for costs; the
    cost, and what they would ask for (m yuan), which is more than the effort.

    It costs a `part` of a yardstick, at least `least_cost`. With `only_once` nobody who holds a grant
    may apply. What needs `space` (m²) costs also `rent` by zone and sector, and is for firms in a zone
    that has it `free`, in no carrier and with no staff `away` in the region.
    """
    open_ = np.empty(cash.size, np.bool_)
    bare = _least_cost(effort, share, cap) - rent.max()
    least = bare / part if least_cost <= bare else -np.inf
    for i in range(cash.size):
        worth = (yardstick[i] > least) & (wish[i] > least_wish)
        open_[i] = worth & eligible[i] & aware[i] & (not anchor[i])
    rows, count = rows_of(open_), 0
    cost, asked = np.empty(rows.size), np.empty(rows.size)
    for i in rows:
        whole, fits = max(part * yardstick[i], least_cost), True
        if space > 0.0:
            whole += rent[zone[i], sector[i]]
            fits = (free[zone[i]] >= space) & (incubator[i] < 0) & (away[i] <= 0.0)
        amount = min(share * whole, cap)
        may = (cash[i] > effort) & ((not only_once) | (granted[i] <= 0.0))
        rows[count], cost[count], asked[count] = i, whole, amount
        count += (amount > effort) & may & fits
    return rows[:count], cost[:count], asked[:count]


@njit(cache=True, error_model="numpy")
def entering(asked: Floats, envelope: float, effort: float, luck: Floats) -> Flags:
    """Which of those that would like an award apply (m yuan): free entry.

    The chance of an award is the envelope's part of what is asked for in all. Those who gain most by
    one come first, until the chance that is left is worth no more than the effort to the next; of
    those at the margin, who gain about alike, as many come by their `luck` (uniforms) as make it so.
    Higgins, Shughart and Tollison (1985).
    """
    size, total = np.zeros(STEPS, np.int64), np.zeros(STEPS)
    step, top = np.empty(asked.size, np.int64), asked.max()
    for i in range(asked.size):
        step[i] = np.int64(min((top - asked[i]) / top * STEPS, STEPS - 1.0))
    for i in range(asked.size):
        size[step[i]] += 1
        total[step[i]] += asked[i]
    last, part, before = STEPS, 0.0, 0.0
    for k in range(STEPS):
        if size[k] > 0:
            most = envelope * (total[k] / size[k]) / effort
            if before + total[k] > most:
                last, part = k, max(most - before, 0.0) / total[k]
                break
            before += total[k]
    out = np.empty(asked.size, np.bool_)
    for i in range(asked.size):
        out[i] = (step[i] < last) | ((step[i] == last) & (luck[i] < part))
    return out


@njit(cache=True, error_model="numpy")
def review(
    rows: Ints, asked: Floats, cost: Floats, uid: Ints, envelope: float, luck: Floats, noise: float,
    seen: Floats, unit: float, rights: Floats, patents: Floats, strictness: float, record: Floats,
    rating: Floats, weight: float, factor: Floats, file: Floats, space: float, free: Floats,
    zone: Ints, honesty: Floats, temptation: float,
) -> tuple[Ints, Floats, Floats, Flags, int, Ints, Floats]:  # fmt: skip
    """Rows of the applicants that win, what they asked for and what it costs them (m yuan), and which
    of them are tempted; how many the envelope is enough for; rows of the others, and what those had
    asked for.

    Where rights are looked at first, those without patents fail as strictly as it is done. Reviewers
    see of the others what is `seen` of the work in units of its spread, through noise; the firm's
    rights, record and rating. Who is on the list and needs `space` (m²) must find it still `free` in
    its zone when it is its turn. luck: uniforms of rights (if they are looked at) and of merit, shape
    (1 or 2, rows); file: of the file on each, for whom a `factor` of the noise is left (none: no
    files).
    """
    fit, able, who = np.empty_like(rows), np.empty_like(rows), np.empty_like(rows)
    claim, drawn, filed = np.empty(rows.size), np.empty(rows.size), np.empty(rows.size)
    count, last = 0, luck.shape[0] - 1
    for j in range(rows.size):
        fit[count], able[count], who[count] = j, rows[j], uid[j]
        claim[count], drawn[count] = asked[j], luck[last, j]
        if factor.size > 0:
            filed[count] = file[j]
        count += strictness <= 0.0 or (luck[0, j] >= strictness) | (patents[rows[j]] > 0.0)
    merit = normals(drawn[:count])
    if factor.size > 0:
        merit = with_files(merit, able[:count], factor, filed[:count])
    for k in range(count):
        i = able[k]
        merit[k] = seen[i] / unit + noise * merit[k]
        merit[k] += strictness * rights[i]
        merit[k] = merit[k] + record[i] + weight * rating[i]
    listed = award(merit, claim[:count], envelope, who[:count])
    wins, built = np.zeros(rows.size, np.bool_), np.zeros(free.size)
    for k in listed:
        fits = True
        if space > 0.0:
            built[zone[able[k]]] += 1.0
            fits = built[zone[able[k]]] * space <= free[zone[able[k]]]
        wins[fit[k]] = fits
    won, tempted = np.empty(listed.size, np.int64), np.empty(listed.size, np.bool_)
    granted, price = np.empty(listed.size), np.empty(listed.size)
    others, missed = np.empty(rows.size, np.int64), np.empty(rows.size)
    winners, losers = 0, 0
    for j in range(rows.size):
        others[losers], missed[losers] = rows[j], asked[j]
        losers += not wins[j]
        if wins[j]:
            won[winners], granted[winners], price[winners] = rows[j], asked[j], cost[j]
            tempted[winners] = honesty[rows[j]] < temptation
            winners += 1
    return (
        won[:winners], granted[:winners], price[:winners], tempted[:winners], listed.size,
        others[:losers], missed[:losers],
    )  # fmt: skip


@njit(cache=True)
def with_partner(
    rows: Ints, paid: Floats, luck: Floats, chance: float, gain: float, outside: float,
    partner_gain: Floats,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of the grantees that find a partner by their `luck`, and what they spend on it outside the
    district (m yuan); what working together gains them is at least `gain` (in place).
    """
    met, spent, count = np.empty(rows.size, np.int64), np.empty(rows.size), 0
    for j in range(rows.size):
        if luck[j] < chance:
            met[count], spent[count] = rows[j], paid[j] * outside
            partner_gain[rows[j]] = max(partner_gain[rows[j]], gain)
            count += 1
    return met[:count], spent[:count]


@njit(cache=True)
def met(rows: Ints, misused: Floats, granted: Floats, done: Flags) -> Flags:
    """Which of the rows did what their grant was for: who took nothing out, and did the project if
    the grant was for one.
    """
    out = np.empty(rows.size, np.bool_)
    for j in range(rows.size):
        i = rows[j]
        out[j] = (misused[i] <= 0.0) & (done[i] | (not granted[i] > 0.0))
    return out
