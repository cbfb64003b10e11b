"""Would-be founders: what they are, and their reckoning of income, salary and the cost of entry."""

from __future__ import annotations

from functools import cache

import numpy as np
from numba import njit

from agents.exact import exp_one, normals
from agents.schema import Flags, Floats, Ints
from sim.markets.ranking import move_into_place
from sim.markets.rows import rows_of
from sim.markets.sums import LANES, folded, lanes


@njit(cache=True, inline="always", error_model="numpy")
def _pays(
    income: float, salary: float, savings: float, outlook: float, entry_cost: float,
    yearly_rent: float, years: float,
) -> bool:  # fmt: skip
    gain = income * outlook - entry_cost / years - yearly_rent
    return (gain > salary) & (savings >= entry_cost + 0.5 * yearly_rent)


@njit(cache=True, error_model="numpy")
def founds(
    income: Floats,
    outside_option: Floats,
    savings: Floats,
    university: Ints,
    relief: float,
    outlook: float,
    entry_cost: float,
    yearly_rent: float,
    years: float,
) -> Flags:
    """Who founds: expected income over `years`, less entry, must beat the salary given up.

    All money in m yuan of one year's value. `outlook` multiplies expected income (demand growth,
    finance climate). A founder also needs savings for entry and half a year's rent. To researchers
    a part of their salary, the `relief`, is made good.
    """
    out = np.empty(income.size, np.bool_)
    for i in range(income.size):
        salary = outside_option[i] * (1.0 - relief if university[i] >= 0 else 1.0)
        out[i] = _pays(income[i], salary, savings[i], outlook, entry_cost, yearly_rent, years)
    return out


@njit(cache=True, error_model="numpy")
def prospects(
    traits: Floats, team: Floats, researcher: Flags, medians: tuple[float, ...],
    spreads: tuple[float, ...],
) -> Floats:  # fmt: skip
    """Income expected and salary given up (m yuan a year), savings (m yuan), quality of the first
    product, and staff of would-be founders; shape (5, n).

    traits: standard normals of talent, idea, product, salary and purse, shape (5, n); team: uniforms
    behind the staff; medians and spreads (of logs) are those of the first four. A researcher's
    product is better.
    """
    talent, idea, product, salary, purse = traits[0], traits[1], traits[2], traits[3], traits[4]
    out = np.empty((5, team.size))
    for i in range(team.size):
        out[0, i] = spreads[0] * (0.5 * talent[i] + 0.866 * idea[i])
        out[1, i] = spreads[1] * salary[i] + 0.1 * talent[i]
        out[2, i] = spreads[2] * purse[i]
        out[3, i] = spreads[3] * (0.6 * talent[i] + 0.8 * product[i])
    for k in range(4):
        for i in range(team.size):
            out[k, i] = medians[k] * exp_one(out[k, i])
    for i in range(team.size):
        out[3, i] *= 1.06 if researcher[i] else 1.0
        out[4, i] = np.floor(2.0 + 4.0 * team[i])
    return out


@njit(cache=True, error_model="numpy")
def entrants(
    income: Floats, outside_option: Floats, savings: Floats, uid: Ints, outlook: float,
    entry_cost: float, yearly_rent: float, idea: Floats, judged: Floats, noise: float,
    prizes: Floats, places: Floats, effort: float, years: float,
) -> Ints:  # fmt: skip
    """Positions of those who enter a contest, the best first as judges see them, ties by the smaller
    uid: who would found, and to whom the chance of a prize is worth the effort.

    idea: what each knows of the own (s.d.); judged: uniforms behind the judges' noise (s.d. of ideas);
    prizes (m yuan) and places: one value a contest.
    """
    hope = np.zeros(idea.size)
    part = np.minimum(np.maximum(1.0 - places / idea.size, 1e-6), 1.0 - 1e-6)
    cut = normals(part) * np.sqrt(1.0 + noise * noise)
    for k in range(prizes.size):
        for i in range(idea.size):
            # The normal distribution function, as near as a logistic comes.
            ahead = 1.702 * (idea[i] - cut[k]) / max(noise, 1e-6)
            hope[i] += prizes[k] * (1.0 / (1.0 + exp_one(-ahead)))
    score = idea + noise * normals(judged)
    enters = np.empty(idea.size, np.bool_)
    for i in range(idea.size):
        found = _pays(
            income[i], outside_option[i], savings[i], outlook, entry_cost, yearly_rent, years
        )
        enters[i] = found or hope[i] > effort
    best = rows_of(enters)
    move_into_place(best, score, uid)
    return best


@njit(cache=True, error_model="numpy")
def count_ages(born: Ints, quarter: int, oldest: int) -> Floats:
    """Number of firms by age in quarters, those of `oldest` and more together."""
    out = lanes(oldest + 1)
    for i in range(born.size):
        out[i % LANES, min(quarter - born[i], oldest)] += 1.0
    return folded(out)


@cache
def _edges(shares: tuple[float, ...]) -> Floats:
    total = np.cumsum(shares)
    # The last edge is one whatever the rounding: a uniform never falls beyond it.
    return total[:-1] / total[-1]


@njit(cache=True, error_model="numpy")
def _edges_below(edges: Floats, drawn: Floats) -> Ints:
    """How many of the edges lie below each uniform."""
    out = np.zeros(drawn.size, np.int64)
    for edge in edges:
        for i in range(out.size):
            out[i] += edge < drawn[i]
    return out


def pick(shares: tuple[float, ...], drawn: Floats) -> Ints:
    """Which of several kinds each is, by their shares and the uniforms `drawn`."""
    return _edges_below(_edges(shares), drawn)
