"""Ranking for something scarce: only those who may get some of it are put in order."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Floats, Ints

BINS = 512
CROWD = 64  # so many in one bin are sorted, fewer moved into place


@njit(cache=True, error_model="numpy")
def shortlist(score: Floats, amount: Floats, volume: float) -> tuple[Ints, int]:
    """Positions of the best whose amounts exceed the volume, in whole bins of score, best first; and
    how many the fullest bin holds. Everybody where the amounts of all do not.
    """
    high = score.max()
    width = (high - score.min()) / BINS
    bin_, size, asked = np.zeros(score.size, np.int64), np.zeros(BINS, np.int64), np.zeros(BINS)
    if width > 0.0:
        for i in range(score.size):
            bin_[i] = np.int64(min((high - score[i]) / width, BINS - 1.0))
    for i in range(score.size):
        size[bin_[i]] += 1
        asked[bin_[i]] += amount[i]
    # Sums in another order differ in the last bits: a little more than the volume is asked for.
    bins, listed, total, enough = 0, 0, 0.0, volume * (1.0 + 1e-9) + 1e-9
    crowd = 0
    while bins < BINS and total <= enough:
        total += asked[bins]
        listed += size[bins]
        crowd = max(crowd, size[bins])
        size[bins] = listed - size[bins]  # from here on where the bin begins
        bins += 1
    order = np.empty(listed, np.int64)
    for i in range(score.size):
        if bin_[i] < bins:
            order[size[bin_[i]]] = i
            size[bin_[i]] += 1
    return order, crowd


@njit(cache=True, error_model="numpy")
def move_into_place(order: Ints, score: Floats, uid: Ints) -> None:
    """Finish an order that nearly stands, bin by bin: each moves past a few before it, in place."""
    for k in range(1, order.size):
        i, place = order[k], k
        while place > 0:
            j = order[place - 1]
            if score[j] > score[i] or (score[j] == score[i] and uid[j] < uid[i]):
                break
            order[place] = j
            place -= 1
        order[place] = i


def best_first(score: Floats, amount: Floats, uid: Ints, volume: float) -> Ints:
    """Positions in the order of score, ties by the smaller uid, far enough for the amounts of those
    before to exceed `volume`; those left out would get nothing.
    """
    if score.size == 0:
        return np.zeros(0, np.int64)
    order, crowd = shortlist(score, amount, volume)
    if crowd > CROWD:
        return order[by_score(score[order], uid[order])]
    move_into_place(order, score, uid)
    return order


def by_score(score: Floats, uid: Ints) -> Ints:
    """Positions in the order of score, ties by the smaller uid."""
    return np.lexsort((uid, -score))


def within_group(group: Ints) -> Ints:
    """Position of each within its group, where groups stand one after the other in rising order."""
    return np.arange(group.size) - np.searchsorted(group, group)


@njit(cache=True, error_model="numpy")
def in_turn(claims: Floats, volume: float) -> Floats:
    """What each claim gets of a volume, in the order given: the first all, the last what is left."""
    out, asked = np.empty(claims.size), 0.0
    for i in range(claims.size):
        asked += claims[i]
        left = volume - (asked - claims[i])
        out[i] = min(max(left, 0.0), claims[i])
    return out


@njit(cache=True, error_model="numpy")
def served(claims: Floats, volume: float) -> Floats:
    """The share of each claim that a volume pays, in the order given; see `in_turn`."""
    out = in_turn(claims, volume)
    for i in range(claims.size):
        out[i] /= max(claims[i], 1e-12)
    return out


@njit(cache=True, error_model="numpy")
def largest(group: Ints, value: Floats, uid: Ints, count: int) -> Ints:
    """Position of the largest value in each of `count` groups, ties by the smaller uid; -1 where a
    group is empty.
    """
    best = np.full(count, -1)
    for i in range(group.size):
        top = best[group[i]]
        if top < 0 or value[i] > value[top] or (value[i] == value[top] and uid[i] < uid[top]):
            best[group[i]] = i
    return best
