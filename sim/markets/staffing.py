"""Staff wanted, hires and wages: a labour market that clears by quantity and price."""

from __future__ import annotations

import numpy as np

from agents.schema import Floats


def adjusted(staff: Floats, wanted: Floats, hire: Floats | float, fire: float) -> Floats:
    """Staff after a quarter's recruiting (a share `hire` of the gap) and lay-offs (`fire`)."""
    gap = wanted - staff
    return staff + np.where(gap > 0.0, hire * gap, fire * gap)


def fill_rate(openings: float, available: float) -> float:
    """Share of openings that can be filled with the people there are, from 0 to 1."""
    if openings <= 0.0:
        return 1.0
    return min(max(available / openings, 0.0), 1.0)


def wage_step(demand: float, supply: float, speed: float) -> float:
    """Change of the log wage in a quarter: in proportion to the gap, at most 5 %."""
    gap = (demand - supply) / max(supply, 1e-9)
    return min(max(speed * gap, -0.05), 0.05)
