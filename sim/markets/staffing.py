"""Staff wanted, hires and wages: a labour market that clears by quantity and price."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.innovation import habit
from sim.markets.picking import queue

BASE_SALES = 5.0  # m yuan a year (of 2014) that a firm of the base staff sells


@njit(cache=True, error_model="numpy")
def wanted(
    rnd_target: Floats, labour_share: float, wage: float, top_pay: Floats, revenue_year: Floats,
    revenue: Floats, nominal: float, base: float, elasticity: float, cash: Floats, cost: Floats,
    least: float, propensity: Floats, young: Flags, seed_burn: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """S&T staff and other staff that firms want, in persons.

    S&T staff by planned R&D (m yuan a quarter), less what top people get of it, and their quarterly
    wage. Firms have so many people in all by revenue, `base` persons at BASE_SALES: others are those
    of them whom the R&D usual for a firm does not employ. R&D beyond the usual adds people. Firms whose
    cash lasts less than two quarters, and again less than one, want fewer.
    """
    science, others = np.empty(cash.size), np.empty(cash.size)
    for i in range(cash.size):
        size = max(revenue_year[i], 4.0 * revenue[i]) / (BASE_SALES * nominal)
        others[i] = base * exp_one(elasticity * log_one(size))
    for i in range(cash.size):
        total = others[i]
        usual = habit(propensity[i], revenue_year[i], young[i], seed_burn, cash[i])
        usual = max(labour_share * usual - top_pay[i], 0.0) / wage
        needed = max(labour_share * rnd_target[i] - top_pay[i], 0.0) / wage
        funded = cash[i] / (cost[i] + 1e-9)
        tight = (0.85 if funded < 2.0 else 1.0) * (0.85 if funded < 1.0 else 1.0)
        others[i] = max(max(total - usual, 0.45 * total) * tight, 0.6 * least)
        science[i] = needed * tight
    return science, others


@njit(cache=True, error_model="numpy")
def served(
    staff: Floats, base: float, elasticity: float, nominal: float, stretch: float
) -> Floats:  # fmt: skip
    """Sales that the people of each firm can serve in a quarter (m yuan): `stretch` times what firms of
    so many usually sell.
    """
    return _sales(staff, base, elasticity, stretch * BASE_SALES * nominal / 4.0)


@njit(cache=True, error_model="numpy")
def usual_sales(staff: Floats, base: float, elasticity: float, nominal: float) -> Floats:
    """Sales of a year (m yuan) for which firms want so many people: `wanted` the other way round."""
    return _sales(staff, base, elasticity, BASE_SALES * nominal)


@njit(cache=True, error_model="numpy")
def _sales(staff: Floats, base: float, elasticity: float, usual: float) -> Floats:
    """What firms of so many sell where those of the base staff sell the usual."""
    out = np.empty(staff.size)
    # Logarithms and exponentials have loops of their own, in which a processor does many at a time.
    for i in range(staff.size):
        out[i] = log_one(staff[i] / base)
    for i in range(staff.size):
        out[i] = usual * exp_one(out[i] / elasticity)
    return out


@njit(cache=True, error_model="numpy")
def gaps(
    wanted: Floats, staff: Floats, listed: bool
) -> tuple[float, float, float, float, Ints]:  # fmt: skip
    """Persons wanted, there, missing and too many, over all firms; rows of those that miss any, if they
    are to be `listed`.
    """
    asked, there, missing, surplus = 0.0, 0.0, 0.0, 0.0
    rows, count = np.empty(staff.size if listed else 0, np.int64), 0
    for i in range(staff.size):
        gap = wanted[i] - staff[i]
        asked += wanted[i]
        there += staff[i]
        missing += max(gap, 0.0)
        surplus += max(-gap, 0.0)
        if listed:
            # Rows are written while the sums wait for each other.
            rows[count] = i
            count += gap > 0.0
    return asked, there, missing, surplus, rows[:count]


@njit(cache=True, error_model="numpy")
def hours_sold(
    wanted: Floats, staff: Floats, buyers: Ints, hours: float, price: float, share: float
) -> tuple[Floats, Floats]:  # fmt: skip
    """Hours that agencies sell each firm, so many for every person it misses, shape (n,); and the share
    of their price that each of the buyers (rows of those that miss any) gets back (m yuan).
    """
    sold, back = np.empty(staff.size), np.empty(buyers.size)
    for i in range(staff.size):
        sold[i] = max(wanted[i] - staff[i], 0.0) * hours
    for k in range(buyers.size):
        back[k] = sold[buyers[k]] * price * share
    return sold, back


@njit(cache=True, inline="always", error_model="numpy")
def adjusted(staff: float, wanted: float, hire: float, fire: float) -> float:
    """Staff after a quarter's recruiting (a share `hire` of the gap) and lay-offs (`fire`)."""
    gap = wanted - staff
    return staff + (hire * gap if gap > 0.0 else fire * gap)


@njit(cache=True, error_model="numpy")
def recruit(
    staff: Floats, st_staff: Floats, science: Floats, others: Floats, hire_st: float, hire: float,
    fire: float, least: float,
) -> None:  # fmt: skip
    """Move S&T staff and all staff, in place, towards the `science` and `others` wanted."""
    for i in range(staff.size):
        held = adjusted(staff[i] - st_staff[i], others[i], hire, fire)
        st_staff[i] = adjusted(st_staff[i], science[i], hire_st, fire)
        staff[i] = max(held + st_staff[i], least)


@njit(cache=True, error_model="numpy")
def next_on_ring(seats: Floats, stands: Floats) -> Ints:
    """For each stand the seat that follows it on a ring from 0 to 1 (positions among the seats).

    A seat more or less changes the choice only of those next to it. There must be a seat and a
    stand.
    """
    order = queue(stands)
    ranked = np.full(stands.size + 1, 2.0)
    for k in range(stands.size):
        ranked[k] = stands[order[k]]
    # Stands below each of some equal cells, where the search for a seat's place begins: so many cells
    # that it mostly ends there.
    cells = 4 * stands.size
    below = np.zeros(cells + 1, np.int64)
    for k in range(stands.size):
        below[min(int(stands[k] * cells), cells - 1) + 1] += 1
    for k in range(cells):
        below[k + 1] += below[k]
    nearest = np.full(stands.size + 1, -1)
    least = np.full(stands.size + 1, 2.0)
    for i in range(seats.size):
        k = below[min(int(seats[i] * cells), cells - 1)]
        while ranked[k] <= seats[i]:
            k += 1
        if seats[i] < least[k]:
            nearest[k], least[k] = i, seats[i]
    out = np.empty(stands.size, np.int64)
    after = -1
    for k in range(stands.size + 1):
        if after < 0:
            after = nearest[k]
    for k in range(stands.size, 0, -1):
        after = nearest[k] if nearest[k] >= 0 else after
        out[order[k - 1]] = after
    return out


@njit(cache=True)
def first_of_each(seats: Ints, count: int) -> Ints:
    """Positions at which each seat, of `count`, stands for the first time."""
    taken = np.zeros(count, np.bool_)
    out = np.empty(seats.size, np.int64)
    found = 0
    for i in range(seats.size):
        out[found] = i
        found += not taken[seats[i]]
        taken[seats[i]] = True
    return out[:found]


def fill_rate(openings: float, available: float) -> float:
    """Share of openings that can be filled with the people there are, from 0 to 1."""
    if openings <= 0.0:
        return 1.0
    return min(max(available / openings, 0.0), 1.0)


def wage_step(demand: float, supply: float, speed: float) -> float:
    """Change of the log wage in a quarter: in proportion to the gap, at most 5 %."""
    gap = (demand - supply) / max(supply, 1e-9)
    return min(max(speed * gap, -0.05), 0.05)
