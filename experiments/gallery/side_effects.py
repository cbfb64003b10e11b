"""Chart 8 from the series: every headline metric of the focus by quarter, with the run's reading."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.effects import with_cohorts
from experiments.figures import side_effects
from experiments.figures.frames import differences
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.findings import (
    COSTS,
    Row,
    is_better,
    is_worse,
    name_key,
    wished,
    worse_keys,
)
from experiments.report.results import Results, once
from experiments.statistics import reading_of

# Beside the headline metrics: burdens that somebody bears.
BURDENS = (("rent", "level"), ("wage_st", "level"))
MORE = 6  # panels of what else gets worse


@once
def side_effect_frame(results: Results) -> pd.DataFrame:
    """One row a metric and quarter; the columns are those of `figures.side_effects`.

    Beside the headline metrics it holds whatever gets clearly worse, so that chart and table of what
    gets worse agree. A ratio (survival) is shown by its own quarters; its run's reading is that of the
    whole ratio.
    """
    design, parts = str(results.focus["design"]), []
    series = _with_ratios(results.focus_series)
    main = [*results.headline(), *BURDENS]
    worse = [key for key in worse_keys(results, design) if key not in main]
    for metric, kind in [*main, *worse[:MORE]]:
        row = results.row(design, metric, kind)
        if row is None or metric not in series:
            continue
        known = series[series[metric].notna()]
        if known.empty:
            continue
        gaps = differences(known, metric, design, results.reference)
        parts.append(
            gaps.assign(
                panel=f"{metric}:{kind}",
                metric=metric,
                kind=kind,
                main=(metric, kind) in main,
                # by quarter, employment is a number of persons
                name=metric,
                reading=judged(row),
                run_per_cent=row["per_cent"],
                run_mean=row["mean"],
                run_low=row["low"],
                run_high=row["high"],
                run_name=name_key(metric, kind),
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    twice = frame.groupby("metric")["panel"].transform("nunique") > 1
    counts = {"worse": len(worse_keys(results, design)), "measured": wished(results, design)}
    return frame.assign(twice=twice, **counts)


def judged(row: Row) -> str:
    """worse, better, unclear; neutral for a clear change that nobody wished; cost for the price."""
    if is_worse(row):
        return "worse"
    if is_better(row):
        return "better"
    if reading_of(row) not in ("up", "down"):
        return "unclear"
    return "cost" if row["metric"] in COSTS else "neutral"


def _with_ratios(series: pd.DataFrame) -> pd.DataFrame:
    series = with_cohorts(series)
    if "survivors_5y" not in series or "births_5y_ago" not in series:
        return series
    cohort = series["births_5y_ago"].where(series["births_5y_ago"] > 0)
    return series.assign(survival=series["survivors_5y"] / cohort)


def small_multiples(results: Results, study: Study) -> Iterator[Chart]:
    """One chart: what the focus makes worse, better, or neither."""
    yield chart(side_effects, side_effect_frame(results), study, "")
