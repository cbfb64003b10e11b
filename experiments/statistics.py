"""Paired statistics: the unit is the pair, one world and one seed under two scenarios.

Resampling indices come from the dice, so the same pairs give the same interval everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Floats, Ints

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 2_000
CONFIDENCE = 0.95
# Equal differences have no t interval but a sign, and a sign test needs six of them: 2 × ½⁶ < 5 %.
LEAST_EQUAL = 6
FEW = 20  # runs or pairs below which a reader is warned; less than one of them is beyond 95 %
ROUNDING = 1e-9  # of a number: less is the arithmetic's own noise


@dataclass(frozen=True)
class Interval:
    """A mean with the ends of its 95 % interval; NaN where it cannot be known."""

    mean: float
    low: float
    high: float


def reading(mean: float, low: float, high: float, n: int) -> str:
    """What may be said of an effect on `n` pairs; the one place that says so.

    up or down: the interval leaves out zero; unclear: it holds zero; equal: it has no width, since few
    pairs all differ by the same amount (firms come in tens in a small world), which proves nothing;
    same: no difference at all; single: one pair, no interval; undefined: no mean.
    """
    if not math.isfinite(mean):
        return "undefined"
    if not math.isfinite(low):
        return "single"
    if low == high == 0.0:
        return "same"
    if not (low > 0.0 or high < 0.0):
        return "unclear"
    if high - low <= ROUNDING * max(abs(low), abs(high)) and n < LEAST_EQUAL:
        return "equal"
    return "up" if mean > 0.0 else "down"


def reading_of(row: Mapping[Any, Any], mean: str = "mean") -> str:
    """What may be said of the effect of a row (`mean`, low, high, n): see `reading`."""
    return reading(float(row[mean]), float(row["low"]), float(row["high"]), int(row["n"]))


@dataclass(frozen=True)
class Rank:
    """Spearman's correlation of `n` rows, NaN where it cannot be known."""

    share: float
    n: int

    @property
    def strong(self) -> bool:
        """True if it is beyond two standard errors of none."""
        return math.isfinite(self.share) and abs(self.share) >= 2 / self.n**0.5


def rank_correlation(pairs: pd.DataFrame) -> Rank:
    """How two columns go together, by rank, over the rows that have both."""
    ranks = pairs.rank().dropna()
    varied = len(ranks) > 2 and bool((ranks.nunique() > 1).all())
    share = float(np.corrcoef(ranks.to_numpy(float).T)[0, 1]) if varied else math.nan
    return Rank(share, len(ranks))


def closest_first(ranks: Mapping[str, Rank]) -> dict[str, Rank]:
    """Correlations by name in the order of their size; those that cannot be known come last."""
    size = {name: abs(rank.share) for name, rank in ranks.items() if math.isfinite(rank.share)}
    return {name: ranks[name] for name in sorted(ranks, key=lambda name: -size.get(name, 0.0))}


def gaps(here: Floats, there: Floats) -> Floats:
    """Differences within pairs; one in the tenth digit is rounding noise and counts as none."""
    found = here - there
    return np.where(np.abs(found) <= ROUNDING * np.maximum(np.abs(here), np.abs(there)), 0.0, found)


@cache
def t_quantile(degrees: int) -> float:
    """Two-sided 95 % quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + CONFIDENCE / 2))


@cache
def resamples(n: int) -> Ints:
    """Indices of bootstrap samples of n pairs, shape (RESAMPLES, n); the same for every metric."""
    from sim.dice import Dice

    draws = Dice(0).roll("bootstrap", np.arange(RESAMPLES * n)).reshape(RESAMPLES, n)
    return np.minimum((draws * n).astype(np.int64), n - 1)


def paired(differences: Floats) -> Interval:
    """Mean of paired differences with its t interval; a single pair has no interval."""
    n, mean = len(differences), float(np.mean(differences))
    if n < 2:
        return Interval(mean, np.nan, np.nan)
    half = t_quantile(n - 1) * float(np.std(differences, ddof=1)) / n**0.5
    return Interval(mean, mean - half, mean + half)


def bootstrap(differences: Floats) -> tuple[float, float, float]:
    """Percentile bootstrap interval of the mean, and the share of resamples that have its sign."""
    n = len(differences)
    if n < 2:
        return np.nan, np.nan, np.nan
    means = differences[resamples(n)].mean(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    mean = float(np.mean(differences))
    certainty = float(np.mean(means * mean > 0)) if mean != 0 else np.nan
    return float(low), float(high), certainty


def paired_share(scenario: Floats, reference: Floats) -> float:
    """Share of the variance of an unpaired difference that pairing by seed removed."""
    if len(scenario) < 2:
        return np.nan
    apart = float(np.var(scenario, ddof=1) + np.var(reference, ddof=1))
    if apart <= 0:
        return np.nan
    return 1.0 - float(np.var(scenario - reference, ddof=1)) / apart


def fieller(cost: Floats, gain: Floats) -> Interval:
    """Ratio of mean cost to mean gain with Fieller's interval, over the same pairs.

    Undefined (NaN) where the gain's own interval holds zero, or where there is a loss.
    """
    undefined = Interval(np.nan, np.nan, np.nan)
    gained = paired(gain)
    if not gained.low > 0:
        return undefined
    n = len(cost)
    mean_cost, mean_gain = float(np.mean(cost)), gained.mean
    (var_cost, cov), (_, var_gain) = np.cov(cost, gain, ddof=1) / n
    square = t_quantile(n - 1) ** 2
    a = mean_gain**2 - square * var_gain
    if not a > 0:
        return undefined
    b = mean_cost * mean_gain - square * cov
    c = mean_cost**2 - square * var_cost
    root = max(b * b - a * c, 0.0) ** 0.5
    return Interval(mean_cost / mean_gain, float((b - root) / a), float((b + root) / a))


def best(effects: Floats, *, highest: bool) -> Floats:
    """Probability of being best, by resampling pairs: `effects` has shape (designs, pairs).

    Designs that tie in a resample share it: of two that do the same, neither is the better one.
    """
    designs, n = effects.shape
    if n < 2:
        sums = effects
    else:  # pair by pair: the samples of a thousand designs would not fit at once
        chosen, sums = resamples(n), np.zeros((designs, RESAMPLES))
        for place in range(n):
            sums += effects[:, chosen[:, place]]
    top = sums.max(axis=0) if highest else sums.min(axis=0)
    winners = np.abs(sums - top) <= ROUNDING * np.abs(top)
    return np.asarray((winners / winners.sum(axis=0)).mean(axis=1))
