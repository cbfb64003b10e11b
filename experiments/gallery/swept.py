"""Charts from a sweep: effects against the values of its points, a chart a scenario and metric."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.figures import swept
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.axes import Axis, Sweep, sweeps
from experiments.report.findings import name_key
from experiments.report.names import title
from experiments.report.outcomes import Outcome
from experiments.report.point_names import axis_names, value_words
from experiments.report.response import end_to_end
from experiments.report.results import Results
from experiments.text import Text

SHOWN = (
    ("employment", "job_years"), ("revenue", "last_year"), ("rnd", "cumulative"),
    ("net_cost", "cumulative"),
)  # fmt: skip


def swept_frame(results: Results, sweep: Sweep, metric: str, kind: str, text: Text) -> pd.DataFrame:
    """The rows of figures.swept for one metric of a scenario that was swept."""
    outcome, rows = Outcome(metric, kind), []
    first = results.designs[sweep.order[0]]
    called = title(text, {**first, "design": sweep.group})
    names = axis_names(text, results, sweep)
    gaps = {axis.key: _gap(results, sweep, axis, outcome, text) for axis in sweep.axes}
    for design in sweep.order:
        found = results.row(design, metric, kind)
        if found is None:
            continue
        effect = {name: found[name] for name in ("n", "mean", "low", "high")}
        rows += [
            {
                "title": called, "design": design, "parameter": axis.key, "value": value,
                "unit": axis.unit, "called": names[axis.key], **effect, **gaps[axis.key],
            }
            for axis, value in zip(sweep.axes, sweep.points[design], strict=True)
        ]  # fmt: skip
    return pd.DataFrame(rows)


def _gap(
    results: Results, sweep: Sweep, axis: Axis, outcome: Outcome, text: Text
) -> dict[str, float | str]:
    """How far the effects at the ends of an axis are apart, where its values are few."""
    if not sweep.lattice:
        return {}
    found = end_to_end(results, sweep, axis, outcome)
    words = value_words(text, results, sweep, axis)
    ends = {"first": words[axis.values[0]], "last": words[axis.values[-1]]}
    return {"gap": found["mean"], "gap_low": found["low"], "gap_high": found["high"], **ends}


def points(results: Results, study: Study) -> Iterator[Chart]:
    """Effects against values, where values of a scenario were varied; several are numbered."""
    found = sweeps(results)
    for place, sweep in enumerate(found, 1):
        yield from sweep_charts(results, study, sweep, str(place) if len(found) > 1 else "")


def sweep_charts(results: Results, study: Study, sweep: Sweep, number: str = "") -> Iterator[Chart]:
    """The charts of one scenario that was swept over numbers alone; words have no place on an axis."""
    if not all(axis.numeric for axis in sweep.axes):
        return
    for metric, kind in SHOWN:
        if (metric, kind) in results.headline():
            frame = swept_frame(results, sweep, metric, kind, study.text)
            if len(frame) and frame["mean"].notna().all():
                name = "-".join(filter(None, (name_key(metric, kind), number)))
                yield chart(swept, frame, study, name, name_key(metric, kind))
