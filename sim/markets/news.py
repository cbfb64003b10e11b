"""News: who hears of the district's schemes, and who forgets."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def spread_news(
    aware: Flags, sector: Ints, chance: Floats, told: Floats, loss: float, hears: Floats,
    forgets: Floats,
) -> None:  # fmt: skip
    """Who is `aware` after a quarter, in place, by the uniforms `hears` and `forgets`.

    chance: of hearing of it by sector, shape (sectors,); told: chance added by announcements, one
    for all or one a firm; loss: chance that one who knows no longer does.
    """
    likely = np.empty(aware.size)
    for i in range(aware.size):
        likely[i] = chance[sector[i]]
    if told.size > 1:
        for i in range(aware.size):
            likely[i] += told[i]
    else:
        for i in range(aware.size):
            likely[i] += told[0]
    # Both are worked out for all: a branch would be guessed wrong half the time.
    for i in range(aware.size):
        keeps, heard = forgets[i] >= loss, hears[i] < likely[i]
        aware[i] = (aware[i] & keeps) | ((not aware[i]) & heard)


@njit(cache=True, error_model="numpy")
def told(eligible: Flags, aware: Flags, reach: float, precision: float) -> Floats:
    """Chance that a message reaches each firm, where as many are sent as reach a share `reach` of all.

    The aimed part is shared by the eligible who are not aware, the rest by everybody eligible.
    """
    out, unaware = np.empty(aware.size), 0
    for i in range(aware.size):
        unaware += eligible[i] & (not aware[i])
    aimed = min(precision * reach * aware.size / max(unaware, 1), 0.9)
    for i in range(aware.size):
        out[i] = (0.0 if aware[i] else aimed) + (1.0 - precision) * reach
    for i in range(aware.size):
        out[i] = out[i] if eligible[i] else 0.0
    return out
