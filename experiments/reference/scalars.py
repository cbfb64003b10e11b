"""The few functions of one number that the rules need, from the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist

normal = NormalDist().inv_cdf


def clip(x: float, low: float, high: float) -> float:
    """`x`, but no less than `low` and no more than `high`."""
    return min(max(x, low), high)


def logistic(x: float) -> float:
    """Probability of log odds `x`."""
    return 1.0 / (1.0 + math.exp(-x))


def laplace(u: float) -> float:
    """Quantile at `u` of the Laplace distribution with mean 0 and standard deviation 1."""
    scale = math.sqrt(0.5)
    return scale * math.log(2.0 * u) if u < 0.5 else -scale * math.log(2.0 * (1.0 - u))


def beta_three(u: float) -> float:
    """Quantile at `u` of Beta(3, 3), whose distribution function is 10x³ - 15x⁴ + 6x⁵.

    By bisection: slow and beyond doubt.
    """
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if middle**3 * (10.0 - 15.0 * middle + 6.0 * middle * middle) < u:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
