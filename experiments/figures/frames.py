"""The tidy frames that charts draw, made from the store's series."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.statistics import FEW, gaps, t_quantile
from experiments.text import OPENING

LEVELS = {"low": 0.05, "low50": 0.25, "median": 0.5, "high50": 0.75, "high": 0.95}


def bands(series: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Spread between runs: design, quarter, n, median, low50 and high50, and low and high.

    These are the ends of the middle 90%, or of all runs where they are fewer than twenty, of which a
    twentieth is none. `series` has design, seed, quarter and a column named `metric`, one row a run
    and quarter.
    """
    grouped = series.groupby(["design", "quarter"], sort=False)[metric]
    spread = grouped.quantile(np.array(list(LEVELS.values()))).unstack()
    spread.columns = list(LEVELS)
    spread.insert(0, "n", grouped.count())
    few = spread["n"] < FEW
    spread["low"] = spread["low"].where(~few, grouped.min())
    spread["high"] = spread["high"].where(~few, grouped.max())
    return spread.reset_index().sort_values(["design", "quarter"], ignore_index=True)


def differences(
    series: pd.DataFrame, metric: str, design: str, reference: str = "baseline"
) -> pd.DataFrame:
    """Paired differences over time: design, quarter, n, mean and its 95% t interval.

    Only seeds that both designs have are used; with one pair the interval is not a number.
    """
    sides = [
        series.loc[series["design"] == name].pivot(index="quarter", columns="seed", values=metric)
        for name in (design, reference)
    ]
    seeds = sides[0].columns.intersection(sides[1].columns)
    found = gaps(*(side[seeds].to_numpy(float) for side in sides))
    mean, low, high = t_interval(found)
    columns = {
        "design": design,
        "quarter": sides[0].index.to_numpy(),
        "n": found.shape[1],
        "mean": mean,
        "low": low,
        "high": high,
    }
    return pd.DataFrame(columns)


def years(quarters: pd.Series) -> np.ndarray:
    """Calendar years of the middle of each quarter, for a time axis."""
    opening = OPENING[0] + (OPENING[1] - 1) / 4
    return opening + (quarters.to_numpy(float) + 0.5) / 4


def paired_by(
    frame: pd.DataFrame,
    keys: list[str],
    value: str,
    design: str,
    reference: str = "baseline",
) -> pd.DataFrame:
    """Paired effects on `value` for each combination of `keys`.

    `frame` has design, seed, the keys and `value`, one row each at most; a combination that a run
    does not have counts as zero in it. Returns the keys and n, baseline, level, mean, low, high,
    per_cent: means over the seeds that both designs have, with the 95% t interval of the difference.
    """
    sides = [
        frame[frame["design"] == name].pivot_table(
            index=keys, columns="seed", values=value, aggfunc="sum", fill_value=0.0, sort=False
        )
        for name in (design, reference)
    ]
    seeds = sides[0].columns.intersection(sides[1].columns)
    index = sides[1].index.union(sides[0].index, sort=False)
    here, there = (
        side.reindex(index, fill_value=0.0)[seeds].fillna(0.0).to_numpy(float) for side in sides
    )
    mean, low, high = t_interval(gaps(here, there))
    baseline = there.mean(axis=1) if len(seeds) else np.full(len(index), np.nan)
    found = index.to_frame(index=False)
    found["n"], found["baseline"] = len(seeds), baseline
    found["level"] = here.mean(axis=1) if len(seeds) else np.nan
    found["mean"], found["low"], found["high"] = mean, low, high
    share = np.full(len(index), np.nan)
    np.divide(100.0 * mean, baseline, out=share, where=baseline != 0.0)
    found["per_cent"] = share
    return found


def t_interval(differences: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row means and 95% t intervals of differences, shape (rows, pairs); one pair has none."""
    rows, n = differences.shape
    mean = differences.mean(axis=1) if n else np.full(rows, np.nan)
    half = np.full(rows, np.nan)
    if n > 1:
        half = t_quantile(n - 1) * differences.std(axis=1, ddof=1) / np.sqrt(n)
    return mean, mean - half, mean + half
