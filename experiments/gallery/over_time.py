"""Charts 1, 2 and 3: fan and paired difference of the focus, and the forest of all scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.figures import difference, fan, forest, frames
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.findings import name_key
from experiments.report.results import Results

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
    series, design = results.focus_series, str(results.focus["design"])
    for metric in (name for name in OVER_TIME if name in series):
        gaps = frames.differences(series, metric, design, results.reference)
        yield chart(difference, gaps, study, metric, metric)


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
