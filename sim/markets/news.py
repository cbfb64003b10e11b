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
