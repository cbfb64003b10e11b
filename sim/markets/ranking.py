"""Ranking for something scarce: only those who may get some of it are put in order."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Floats, Ints

BINS = 512


@njit(cache=True, error_model="numpy")
def _contenders(score: Floats, amount: Floats, volume: float) -> Ints:
    """Positions of the best by score whose amounts exceed the volume: whole bins, best first.

    Everybody where the amounts of all do not.
    """
    low, high = score.min(), score.max()
    width = (high - low) / BINS
    place = np.zeros(score.size, np.int64)
    total = np.zeros(BINS)
    if width > 0.0:
        for i in range(score.size):
            place[i] = np.int64(min((score[i] - low) / width, BINS - 1.0))
    for i in range(score.size):
        total[place[i]] += amount[i]
    # Sums in another order differ in the last bits: a little more than the volume is asked for.
    least, taken, enough = BINS, 0.0, volume * (1.0 + 1e-9) + 1e-9
    while least > 0 and taken <= enough:
        least -= 1
        taken += total[least]
    return np.flatnonzero(place >= least)


def by_score(score: Floats, uid: Ints) -> Ints:
    """Positions in the order of score, ties by the smaller uid."""
    return np.lexsort((uid, -score))


def within_group(group: Ints) -> Ints:
    """Position of each within its group, where groups stand one after the other in rising order."""
    return np.arange(group.size) - np.searchsorted(group, group)


def best_first(score: Floats, amount: Floats, uid: Ints, volume: float) -> Ints:
    """Positions in the order of score, ties by the smaller uid, far enough for the amounts of those
    before to exceed `volume`; those left out would get nothing.
    """
    if score.size == 0:
        return np.zeros(0, np.int64)
    rows = _contenders(score, amount, volume)
    return rows[by_score(score[rows], uid[rows])]


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
