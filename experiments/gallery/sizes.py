"""Chart 9 from the `sizes` table: how many firms are how large, and what the largest hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
import pandas as pd

from agents.schema import Floats
from experiments.figures import sizes
from experiments.figures.frames import paired_by
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.results import Results, once

LARGE = 100.0  # m yuan of yearly revenue
RIDGES = 4
KEYS = ["design", "seed", "quarter"]


@once
def size_frame(results: Results) -> pd.DataFrame:
    """Sizes of firms by yearly revenue, focus and reference, at some quarters.

    One row a value: part, design, quarter, bin_low [m yuan], n, value, low, high. Parts: `bin`, the
    share of firms in a class (median and 90% band of the runs); `top`, the share of revenue of the
    largest 1% of firms, between low and high (the store holds classes, not firms);
    `large`, the paired difference in the share of firms above 100 m yuan, with its 95% interval.
    """
    design = str(results.focus["design"])
    table = results.table("sizes", [results.reference, design])
    table = table[table["quarter"].isin(_shown(sorted(set(table["quarter"]))))]
    share = table["firms"] / table.groupby(KEYS)["firms"].transform("sum")
    table = table.assign(share=share)
    bins = table.groupby(["design", "quarter", "bin_low"])["share"]
    spread = bins.quantile(np.array([0.05, 0.5, 0.95])).unstack()
    spread.columns = ["low", "value", "high"]
    spread["n"] = bins.count()
    large = table[table["bin_low"] >= LARGE].groupby(KEYS)["share"].sum().reset_index()
    effect = paired_by(large, ["quarter"], "share", design, results.reference)
    effect = effect.rename(columns={"mean": "value"}).assign(design=design, part="large")
    frame = pd.concat(
        [spread.reset_index().assign(part="bin"), _top(table, results), effect], ignore_index=True
    )
    return frame[["part", "design", "quarter", "bin_low", "n", "value", "low", "high"]]


def _shown(quarters: list[int]) -> list[int]:
    """Some of the recorded quarters: the first, the last, and others evenly between."""
    places = np.linspace(0, len(quarters) - 1, min(RIDGES, len(quarters)))
    return [quarters[round(place)] for place in places]


def _top(table: pd.DataFrame, results: Results) -> pd.DataFrame:
    """What the largest 1% hold, between the bounds that classes allow, as means over runs."""
    revenue = results.focus_series.set_index(KEYS)["revenue"].sort_index()
    rows = []
    for key, part in table.groupby(KEYS, sort=True):
        design, seed, quarter = cast("tuple[str, int, int]", key)
        year = revenue.loc[(design, seed)]
        year = year[(year.index > quarter - 4) & (year.index <= quarter)]
        if len(year) == 4 and year.sum() > 0:
            low, high = top_share(
                part["bin_low"].to_numpy(float), part["firms"].to_numpy(float), float(year.sum())
            )
            rows.append({"design": design, "quarter": quarter, "low": low, "high": high})
    found = pd.DataFrame(rows, columns=["design", "quarter", "low", "high"])
    found = found.astype({"low": float, "high": float})  # no rows in a run of less than a year
    runs = found.groupby(["design", "quarter"])
    means = runs[["low", "high"]].mean()
    means["n"], means["value"] = runs.size(), means.mean(axis=1)
    return means.reset_index().assign(part="top")


def top_share(
    bin_low: Floats, firms: Floats, total: float, top: float = 0.01
) -> tuple[float, float]:
    """Bounds of the share of `total` [m yuan] that the largest firms hold, from counts by class.

    The others hold at least their classes' lower and at most their upper ends.
    """
    order = np.argsort(bin_low)
    edges, counts = bin_low[order], firms[order]
    rest = np.clip(
        (1.0 - top) * counts.sum() - np.concatenate([[0.0], np.cumsum(counts)[:-1]]), 0, None
    )
    below = np.minimum(counts, rest)
    upper = np.append(edges[1:], edges[-1])
    least, most = float((below * edges).sum()) / total, float((below * upper).sum()) / total
    return max(0.0, 1.0 - most), max(0.0, 1.0 - least)


def ridges(results: Results, study: Study) -> Iterator[Chart]:
    """One chart: the sizes of firms through the run."""
    if "sizes" in results.store:
        yield chart(sizes, size_frame(results), study, "")
