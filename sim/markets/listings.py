"""A catalogue of new products: what a listing is worth to a firm, and how many find it worth having."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one
from agents.schema import Flags, Floats, Ints
from sim.markets.aid import aid_in_turn
from sim.markets.picking import queue
from sim.markets.rows import rows_of


@njit(cache=True, error_model="numpy")
def counts_for(worth: float, crowd: float, room: float) -> float:
    """Customers that a listing counts for among a crowd of so many, of which `room` halve it."""
    return worth / (1.0 + crowd / room)


@njit(cache=True, error_model="numpy")
def _noticed(worth: float, crowd: float, room: float, enough: float) -> float:
    """Share of the buyers in doubt who consider a firm for a listing among so many."""
    return 1.0 - exp_one(-(counts_for(worth, crowd, room) / enough))


@njit(cache=True, error_model="numpy")
def _most_to_gain(
    customers: Floats, references: Floats, reference_worth: float, profit: Floats, sales: Floats,
    footloose: float, buyer_years: float, floor: float, enough: float,
) -> Floats:  # fmt: skip
    """What it would bring each firm if no buyer were in doubt (m yuan): the usual new business of a
    quarter grows with the share of buyers who consider the firm, and lasts some years.
    """
    out = np.empty(customers.size)
    for i in range(customers.size):
        known = customers[i] + reference_worth * references[i]
        doubt = (1.0 - floor) * exp_one(-known / enough)
        margin = max(profit[i], 0.05 * sales[i])
        out[i] = footloose * margin * buyer_years * doubt / (1.0 - doubt)
    return out


@njit(cache=True, error_model="numpy")
def _crowd(
    most: Floats, largest: float, worth: float, room: float, enough: float, own: float
) -> float:
    """How many list where each who does finds it worth the own part of the cost beside the others."""
    low, high = 0.0, largest
    for _ in range(8):
        middle = 0.5 * (low + high)
        share, count = _noticed(worth, middle, room, enough), 0
        for i in range(most.size):
            count += most[i] * share > own
        if count > middle:
            low = middle
        else:
            high = middle
    return low


@njit(cache=True, error_model="numpy")
def wanted(
    eligible: Flags, aware: Flags, anchor: Flags, novelty: Floats,
    customers: Floats, references: Floats, reference_worth: float, profit: Floats, sales: Floats,
    footloose: float, buyer_years: float, floor: float, enough: float,
    worth: float, room: float, own: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of the firms to whom a listing is worth the own part of its cost beside all others who
    list, and what it brings them (both in m yuan).

    profit, sales: m yuan/year.
    """
    most = _most_to_gain(
        customers, references, reference_worth, profit, sales, footloose, buyer_years, floor, enough
    )
    keen, new = np.empty(most.size, np.bool_), 0
    share = _noticed(worth, 0.0, room, enough)
    for i in range(most.size):
        may = eligible[i] & aware[i] & (novelty[i] > 0.25) & (not anchor[i])
        keen[i] = may & (most[i] * share > own)
        new += may
    # Who would not list if nobody else did lists in no crowd.
    rows = rows_of(keen)
    most = most[rows]
    share = _noticed(worth, _crowd(most, float(new), worth, room, enough, own), room, enough)
    keen = most * share > own
    return rows[keen], most[keen] * share


@njit(cache=True, error_model="numpy")
def take(
    gain: Floats, u: Floats, cost: float, part: float, available: float
) -> tuple[Flags, Floats]:
    """Which of those who want a listing take it, and what a line pays of the cost of each (m yuan): it
    serves in the turn of uniforms `u`, and who gets nothing lists if it is worth the whole cost.
    """
    turn = queue(u)
    aid = aid_in_turn(gain[turn], cost, part, available)
    takes, aided = np.empty(turn.size, np.bool_), np.empty(turn.size)
    for rank in range(turn.size):
        takes[turn[rank]] = gain[turn[rank]] > cost - aid[rank]
        aided[turn[rank]] = aid[rank]
    return takes, aided[takes]
