"""Chart 6 from a study of `wotu interactions`, or from any that ran levers alone and in pairs."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.figures import heatmap
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.questions.interactions import Pair, interaction_table
from experiments.report.findings import name_key
from experiments.report.results import Results

SHOWN = (("employment", "job_years"), ("revenue", "last_year"), ("rnd", "cumulative"),
         ("patents", "cumulative"), ("vc_amount", "cumulative"))  # fmt: skip


def interaction_cells(results: Results, metric: str, kind: str) -> pd.DataFrame:
    """Own effects and interactions of a study: row, column, n, mean, low, high; see figures.heatmap."""
    effects = results.effects
    effects = effects[(effects["metric"] == metric) & (effects["kind"] == kind)]
    table = interaction_table(results.store, pairs_in(results), headline=True)
    table = table[(table["metric"] == metric) & (table["kind"] == kind)]
    cells = []
    for row in table.to_dict("records"):
        first, second = str(row["pair"]).split("+")
        cells.append({"row": first, "column": second, "mean": row["interaction"], **_rest(row)})
    named = list(dict.fromkeys(lever for cell in cells for lever in (cell["row"], cell["column"])))
    own = [
        {"row": lever, "column": lever, "mean": row["mean"], **_rest(row)}
        for lever in named
        for row in effects[effects["scenario"] == f"only/{lever}"].to_dict("records")[:1]
    ]
    return pd.DataFrame([*own, *cells], columns=["row", "column", "n", "mean", "low", "high"])


def _rest(row: dict[object, object]) -> dict[str, object]:
    return {name: row[name] for name in ("n", "low", "high")}


def pairs_in(results: Results) -> list[Pair]:
    """The pairs of single levers that a study ran together and each alone."""
    names = [str(item["scenario"]) for item in results.compared]
    found = []
    for name in names:
        parts = name.split("+")
        if len(parts) == 2 and all(part in names for part in parts):
            found.append(Pair(tuple(part.removeprefix("only/") for part in parts)))
    return found


def heatmaps(results: Results, study: Study) -> Iterator[Chart]:
    """A matrix a metric, where a study holds pairs."""
    if not pairs_in(results):
        return
    for metric, kind in SHOWN:
        frame = interaction_cells(results, metric, kind)
        if len(frame):
            yield chart(heatmap, frame, study, metric, name_key(metric, kind))
