"""Shapley values: what each player adds to a whole, averaged over the orders of joining.

A coalition is a whole number whose bit i says that player i is in; its worth is an array, one
number a seed, so that values are known seed by seed. They sum to worth(all) − worth(none).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import factorial

import numpy as np

from agents.schema import Floats, Ints

Worths = Mapping[int, Floats]


def every(players: int) -> list[int]:
    """All 2^n coalitions, the smaller first."""
    return sorted(range(1 << players), key=lambda coalition: (coalition.bit_count(), coalition))


def exact(worths: Worths, players: int) -> Floats:
    """Values from the worths of all coalitions, shape (players, seeds); worths have shape (seeds,).

    Weights are |S|! (n − |S| − 1)! / n!. Raises KeyError where a coalition is missing.
    """
    weights = [
        factorial(size) * factorial(players - size - 1) / factorial(players)
        for size in range(players)
    ]
    values = np.zeros((players, len(worths[0])))
    for coalition in range(1 << players):
        for player in range(players):
            bit = 1 << player
            if not coalition & bit:
                gain = worths[coalition | bit] - worths[coalition]
                values[player] += weights[coalition.bit_count()] * gain
    return values


def orders(players: int, count: int) -> Ints:
    """Orders of joining, shape (count, players), the same for everybody who asks.

    They come in pairs, an order and its reverse: who joins early in one joins late in the other,
    which steadies the mean. `count` is raised to an even number.
    """
    from sim.dice import Dice

    pairs = (count + 1) // 2
    keys = Dice(0).roll("joining", np.arange(pairs * players)).reshape(pairs, players)
    drawn = np.argsort(keys, axis=1, kind="stable")
    return np.stack([drawn, drawn[:, ::-1]], axis=1).reshape(2 * pairs, players)


def along(order: Sequence[int] | Ints) -> list[int]:
    """The coalitions that one order of joining passes, from none to all."""
    passed = [0]
    for player in order:
        passed.append(passed[-1] | 1 << int(player))
    return passed


def sampled(worths: Worths, drawn: Ints) -> tuple[Floats, Floats]:
    """Values from some orders of joining, shape (players, seeds), and their sampling error.

    The error is the standard error over pairs of orders of a player's mean over seeds, shape
    (players,); NaN for a single pair. Raises KeyError where a coalition is missing.
    """
    count, players = drawn.shape
    gains = np.empty((count, players, len(worths[0])))
    for place, order in enumerate(drawn):
        passed = along(order)
        for player, before, after in zip(order, passed[:-1], passed[1:], strict=True):
            gains[place, player] = worths[after] - worths[before]
    pairs = gains.mean(axis=2).reshape(count // 2, 2, players).mean(axis=1)
    error = np.full(players, np.nan)
    if len(pairs) > 1:
        error = pairs.std(axis=0, ddof=1) / len(pairs) ** 0.5
    return gains.mean(axis=0), error
