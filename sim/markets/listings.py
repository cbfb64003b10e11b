"""A catalogue of new products: what a listing is worth to a firm, and who finds it worth having; and
fairs that show them.
"""

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
    customers: Floats, references: Floats, reference_worth: float, margin: Floats,
    footloose: float, buyer_years: float, floor: float, enough: float,
    worth: float, room: float, own: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Rows of the firms to whom a listing is worth the own part of its cost beside all others who
    list, and what it brings them (both in m yuan).

    It would bring most if no buyer were in doubt: the usual new business of a quarter grows with the
    share of buyers who consider the firm, and lasts some years. margin: m yuan/year.
    """
    most, new = np.empty(customers.size), 0
    for i in range(most.size):
        known = customers[i] + reference_worth * references[i]
        doubt = (1.0 - floor) * exp_one(-known / enough)
        most[i] = footloose * margin[i] * buyer_years * doubt / (1.0 - doubt)
    for i in range(most.size):
        may = eligible[i] & aware[i] & (novelty[i] > 0.25) & (not anchor[i])
        most[i] = most[i] if may else 0.0
        new += may
    share = _noticed(worth, _crowd(most, float(new), worth, room, enough, own), room, enough)
    keen = np.empty(most.size, np.bool_)
    for i in range(most.size):
        keen[i] = most[i] * share > own
    rows = rows_of(keen)
    gain = np.empty(rows.size)
    for j in range(rows.size):
        gain[j] = most[rows[j]] * share
    return rows, gain


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


@njit(cache=True, error_model="numpy")
def at_fair(
    uid: Ints, turn: int, eligible: Flags, aware: Flags, novelty: Floats, shown: float,
    unseen: float,
) -> Floats:  # fmt: skip
    """By firm, `shown` for those who exhibit at a fair, `unseen` for the others: who knows of it and
    has a new product exhibits in its turn, one quarter of eight.
    """
    out = np.empty(uid.size)
    for i in range(uid.size):
        exhibits = ((uid[i] & 7) == turn) & eligible[i] & aware[i] & (novelty[i] > 0.25)
        out[i] = shown if exhibits else unseen
    return out
