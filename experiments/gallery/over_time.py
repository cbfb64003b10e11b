"""Charts 1, 2 and 3: fan and paired difference of the focus, and the forest of all scenarios."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from experiments.figures import difference, fan, forest, frames
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.findings import name_key
from experiments.report.results import Results, once

# Headline metrics drawn over time, and those drawn by scenario.
OVER_TIME = ("employment", "revenue", "rnd", "patents", "vc_amount", "loans_small")
BY_SCENARIO = (
    ("employment", "job_years"),
    ("revenue", "last_year"),
    ("rnd", "cumulative"),
    ("patents", "cumulative"),
    ("vc_amount", "cumulative"),
    ("loans_small", "cumulative"),
    ("births", "cumulative"),
    ("net_cost", "cumulative"),
)


def fans(results: Results, study: Study) -> Iterator[Chart]:
    """The focus and its reference, metric by metric."""
    series = results.focus_series
    for metric in (name for name in OVER_TIME if name in series):
        yield chart(fan, frames.bands(series, metric), study, metric, metric)


def differences(results: Results, study: Study) -> Iterator[Chart]:
    """The paired difference of the focus, metric by metric."""
    measured = dict(results.headline())
    for metric in (name for name in OVER_TIME if name in measured):
        yield chart(difference, difference_frame(results, metric), study, metric, metric)


@once
def difference_frame(results: Results, metric: str) -> pd.DataFrame:
    """The focus quarter by quarter, and the effect that page one states of the metric."""
    design, kind = str(results.focus["design"]), dict(results.headline())[metric]
    gaps = frames.differences(results.focus_series, metric, design, results.reference)
    row = results.row(design, metric, kind)
    run = {f"run_{name}": row[name] if row else math.nan for name in ("mean", "low", "high")}
    return gaps.assign(run_kind=kind, run_name=name_key(metric, kind), **run)


def forests(results: Results, study: Study) -> Iterator[Chart]:
    """Every scenario against the reference, where several are compared."""
    if len(results.compared) < 2:
        return
    for metric, kind in BY_SCENARIO:
        rows = results.effects
        rows = rows[(rows["metric"] == metric) & (rows["kind"] == kind)]
        if len(rows) > 1:
            drawn = forest.ordered(rows)
            yield chart(forest, drawn, study, metric, name_key(metric, kind))
