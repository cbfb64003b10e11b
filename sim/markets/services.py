"""Accounts of those who serve firms: operators of carriers and service agencies."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Floats, Ints


@njit(cache=True, error_model="numpy")
def operators(
    places: Floats, mentors: Floats, tenants: Floats, zone: Ints, cash: Floats, rent: Floats,
    place_space: float, rent_share: float, mentor_cost: float, equity_income: float,
    nominal: float,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:  # fmt: skip
    """What operators pay for the building and mentors, earn beside rents, take out of what they hold
    beyond a reserve and put in where they are short (m yuan a quarter).

    They rent `place_space` (m²) a place at a share of the market's `rent` (yuan/m²/month, shape
    (zones,)); mentor_cost, equity_income: m yuan/year of the opening's money.
    """
    count = places.size
    building, teaching, other = np.empty(count), np.empty(count), np.empty(count)
    profit, capital = np.empty(count), np.empty(count)
    for i in range(count):
        building[i] = places[i] * place_space * rent[zone[i]] * 3.0 / 1e6 * rent_share
        teaching[i] = mentors[i] * mentor_cost * nominal / 4.0
        other[i] = tenants[i] * equity_income * nominal / 4.0
        held = cash[i] - building[i] - teaching[i] + other[i]
        profit[i] = 0.25 * max(held - 0.05 * places[i] * nominal, 0.0)
        capital[i] = max(-(held - profit[i]), 0.0)
    return building, teaching, other, profit, capital


@njit(cache=True, error_model="numpy")
def agencies(
    kind: Ints, overhead_kinds: tuple[int, int], sold: Floats, prepaid: Floats, price: float,
    cash: Floats, upkeep: Floats, hours: Floats, use: Floats, shrink: float, grow: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """What agencies of the `overhead_kinds` earn for hours sold at a price, as far as it is not
    prepaid, and what all pay their staff: `upkeep` if they can, and all beyond a margin (m yuan).

    In place: the smoothed share of hours in use; hours grow where they run short and shrink where
    they lie idle; hours sold and prepaid start again.
    """
    income, staff = np.empty(kind.size), np.empty(kind.size)
    first, second = overhead_kinds
    for i in range(kind.size):
        earns = (kind[i] == first) | (kind[i] == second)
        income[i] = sold[i] * price - prepaid[i] if earns else 0.0
        held = cash[i] + income[i]
        paid = min(upkeep[i], max(held, 0.0))
        staff[i] = paid + max(held - paid - 0.5, 0.0)
        used = sold[i] / max(hours[i], 1.0)
        use[i] += 0.25 * (used - use[i])
        step = grow if used > 0.85 else (shrink if used < 0.3 else 1.0)
        hours[i] = max(hours[i] * step, 50.0)
        sold[i], prepaid[i] = 0.0, 0.0
    return income, staff
