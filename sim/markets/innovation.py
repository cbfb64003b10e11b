"""Search: success, step and value of innovations; imitation; patents."""

from __future__ import annotations

import numpy as np
from numba import vectorize

from agents.exact import exp, exp_one, log_one
from agents.schema import Floats


def success(efficacy: float, share: float, effort: Floats, ceiling: float) -> Floats:
    """Probability that a quarter's search succeeds: ceiling · (1 - exp(-ζ ξ effort / ceiling)).

    The K+S form (Dosi, Fagiolo & Roventini 2010), levelling off at the ceiling instead of at one.
    """
    return ceiling * (1.0 - exp(-efficacy * share * effort / ceiling))


@vectorize(["float64(float64)"], cache=True)
def beta_three(u):
    """Quantile of Beta(3, 3) on (0, 1): Newton steps on its distribution 10x³ - 15x⁴ + 6x⁵.

    Started from the cube root of the tail (10x³ = u), which lies below the root, on the half where
    the distribution is convex; each step is exact to about 1e-12 after eight.
    """
    low = min(u, 1.0 - u)
    x = exp_one(log_one(max(low, 1e-300) * 0.1) / 3.0)
    for _ in range(8):
        gap = x * x * x * (10.0 - 15.0 * x + 6.0 * x * x) - low
        x = min(max(x - gap / (30.0 * x * x * (1.0 - x) * (1.0 - x)), 0.0), 0.5)
    return x if u < 0.5 else 1.0 - x


def mean_step(half_width: float) -> float:
    """Mean of the positive part of the step: half_width · E|2B - 1| / 2 = half_width · 5/32."""
    return half_width * 0.15625


def gain(step: Floats, value: Floats, lines: Floats, half_width: float, largest: float) -> Floats:
    """Gain in quality of a firm of several product lines, one of which innovates.

    A one-line firm takes the draw (a worse product is not launched); the draws of many lines
    average out, so the deviation from the mean shrinks with the root of their number.
    """
    usual = mean_step(half_width)
    drawn = np.minimum(np.maximum(step, 0.0) * value, largest)
    return np.maximum(usual + (drawn - usual) / np.sqrt(lines), 0.0)
