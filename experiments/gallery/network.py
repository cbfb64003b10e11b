"""Chart 11 from the `links` table: who lends to and invests in the followed firms of one run."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from experiments.figures import network
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.report.results import Results

MEDIAN_OF = "employment"


def network_frame(results: Results) -> pd.DataFrame:
    """Links of the focus and its reference at the last recorded quarter of one representative run.

    Columns: design, seed, quarter, kind (loan or stake), uid, other, value (m yuan, or a share), n (how
    many runs there are). The run is the one whose jobs at the end are the median of the focus.
    """
    design = str(results.focus["design"])
    seed = representative(results)
    links = results.table("links", [results.reference, design])
    links = links[links["seed"] == seed]
    links = links[links["quarter"] == links["quarter"].max()]
    keys = ["kind", "uid", "other"]
    links = links.groupby(["design", "seed", "quarter", *keys], sort=True)[["value"]].sum()
    return links.reset_index().assign(n=results.pairs)


def representative(results: Results) -> int:
    """The seed whose jobs at the end lie in the middle, the lower of two."""
    series = results.series([str(results.focus["design"])])
    last = series[series["quarter"] == series["quarter"].max()]
    order = last.sort_values([MEDIAN_OF, "seed"])
    return int(order["seed"].iloc[(len(order) - 1) // 2])


def networks(results: Results, study: Study) -> Iterator[Chart]:
    """One chart: the two sides of one pair."""
    if "links" not in results.store:
        return
    frame: pd.DataFrame = network_frame(results)
    if len(frame):
        yield chart(network, frame, study, "")
