"""Chart 12 from a study of `wotu attribute`: each part's Shapley value, and the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from experiments.figures import waterfall
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.questions.attribute import OTHERS, attribution
from experiments.questions.parts import own_titles
from experiments.report.findings import name_key
from experiments.report.results import Results

MOST = 24  # bars of parts that can be read; the smallest share one
VERB = "attribute"


def attribution_frame(rows: pd.DataFrame, whole: str) -> pd.DataFrame:
    """The rows of figures.waterfall from those of one metric of `attribution`.

    Values add up to the total exactly, so that nothing is left over; `whole` is the total's design.
    """
    parts = rows[["part", "n", "low", "high", "permutations"]].assign(
        kind="part", mean=rows["value"]
    )
    parts.loc[parts["part"] == OTHERS, "kind"] = OTHERS
    first = rows.iloc[0]
    total = {
        "part": whole, "kind": "total", "n": first["n"], "mean": first["total"],
        "low": first["total_low"], "high": first["total_high"],
        "permutations": first["permutations"],
    }  # fmt: skip
    found = pd.concat([parts, pd.DataFrame([total])], ignore_index=True)
    return found[["part", "kind", "n", "mean", "low", "high", "permutations"]]


def attributions(results: Results, study: Study) -> Iterator[Chart]:
    """A waterfall a metric that the question was last asked of."""
    own = own_titles(results.manifest.get("own_facts", ()), study.text)
    study = replace(study, labels={**study.labels, **own})
    whole = str(max(results.compared, key=lambda item: len(item["levers"]))["design"])
    found = attribution(results.store, most=MOST)
    for key, rows in found.groupby(["metric", "kind"], sort=False):
        metric, kind = map(str, key)
        frame = attribution_frame(rows, whole)
        yield chart(waterfall, frame, study, metric, name_key(metric, kind))
