"""Reviews of firms that moved here: output against the people, land, energy and water it takes."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import log_one
from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def below(
    rows: Ints, local: Floats, zone: Ints, a_head: Floats, sold: Floats, sector: Ints,
    needs: Floats, usual: tuple[float, ...], total: float, weights: tuple[float, ...], bar: float,
) -> Flags:  # fmt: skip
    """Which firms, of the `rows` reviewed, score below a bar: logs of output for each thing they take,
    against what the district makes of it, weighted.

    The four things are people, land (`a_head` by zone, m²), energy and water (`needs` a yuan by sector,
    shape (2, sectors)); usual: what the district takes of each; total: what it sells (m yuan).
    """
    out = np.zeros(zone.size, np.bool_)
    for i in rows:
        people, sales = local[i], sold[i]
        taken = (
            people, people * a_head[zone[i]], needs[0, sector[i]] * sales,
            needs[1, sector[i]] * sales,
        )  # fmt: skip
        score = 0.0
        for k in range(4):
            output = sales * usual[k] / (max(taken[k], 1e-9) * total)
            score += weights[k] * log_one(output)
        out[i] = score < bar
    return out
