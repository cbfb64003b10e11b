"""Chart 13 from the `groups` table: paired effects by size, sector, zone and origin."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.figures import groups
from experiments.figures.frames import paired_by
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.results import Results, once

# The store's column → the metric whose label and unit it has.
MEASURES = {"staff": "employment", "revenue": "revenue", "firms": "firms"}


@once
def group_effects(results: Results, column: str) -> pd.DataFrame:
    """Mean of the year ends of a run by group, focus against reference.

    Columns: design, kind, dimension, group, n, baseline, level, mean, low, high, per_cent; `column`
    is one of MEASURES, money in m yuan a quarter.
    """
    design = str(results.focus["design"])
    table = results.table("groups", [results.reference, design])
    table = table[table["dimension"].isin(groups.DIMENSIONS)]
    grouped = table.groupby(["design", "seed", *groups.KEYS], sort=False)
    runs = grouped[[column]].mean().reset_index()
    found = paired_by(runs, groups.KEYS, column, design, results.reference)
    found = found[(found["baseline"] != 0.0) | (found["level"] != 0.0)]
    return found.reset_index(drop=True).assign(design=design, kind="mean")


def winners(results: Results, study: Study) -> Iterator[Chart]:
    """Who gains and who loses: staff, revenue, number of firms."""
    if "groups" not in results.store:
        return
    for column, metric in MEASURES.items():
        yield chart(groups, group_effects(results, column), study, metric, metric)
