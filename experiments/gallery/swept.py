"""Charts from a sweep: effects against the values of its points, a chart a scenario and metric."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.figures import swept
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.findings import name_key
from experiments.report.names import title
from experiments.report.results import Results
from experiments.text import Text

SHOWN = (
    ("employment", "job_years"), ("revenue", "last_year"), ("rnd", "cumulative"),
    ("net_cost", "cumulative"),
)  # fmt: skip


def swept_frame(results: Results, group: str, metric: str, kind: str, text: Text) -> pd.DataFrame:
    """The rows of figures.swept for one metric of a scenario that was swept."""
    ranges, rows = results.manifest["ranges"], []
    for item in results.compared:
        found = results.row(item["design"], metric, kind) if item["group"] == group else None
        if found is None:
            continue
        called = title(text, {**item, "design": group})
        effect = {name: found[name] for name in ("n", "mean", "low", "high")}
        rows += [
            {
                "title": called, "design": item["design"], "parameter": key,
                "value": float(value), "unit": ranges[key]["unit"], **effect,
            }
            for key, value in item["point"].items()
        ]  # fmt: skip
    return pd.DataFrame(rows)


def points(results: Results, study: Study) -> Iterator[Chart]:
    """Effects against values, where the study is a sweep; several scenarios are numbered."""
    if not results.manifest.get("ranges"):
        return
    groups = list(dict.fromkeys(str(item["group"]) for item in results.compared if item["group"]))
    for place, group in enumerate(groups, 1):
        for metric, kind in SHOWN:
            frame = swept_frame(results, group, metric, kind, study.text)
            if len(frame) and frame["mean"].notna().all():
                name = name_key(metric, kind)
                name = f"{name}-{place}" if len(groups) > 1 else name
                yield chart(swept, frame, study, name, name_key(metric, kind))
