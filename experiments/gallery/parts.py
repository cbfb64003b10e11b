"""Chart 12 from a comparison that ran the whole Opinion and each of its sections alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pandas as pd

from experiments.figures import waterfall
from experiments.figures.study import Study
from experiments.figures.style import SECTIONS
from experiments.gallery.attribution import VERB, attributions
from experiments.gallery.chart import Chart, chart
from experiments.gallery.over_time import BY_SCENARIO
from experiments.report.findings import name_key
from experiments.report.results import Results
from experiments.statistics import paired

WHOLE = "opinion_2014"


def contributions(results: Results, metric: str, kind: str) -> pd.DataFrame:
    """Each section alone, what they leave over, and the whole; columns as in figures.waterfall.

    Empty where a section is missing. The rest is the whole less the sections, pair by pair: what the
    sections do to each other.
    """
    designs = {str(item["scenario"]): item for item in results.compared}
    sections = [name for name in SECTIONS if name in designs]
    if WHOLE not in designs or len(sections) < len(SECTIONS) - 1:
        return pd.DataFrame()
    values = results.summaries
    if (metric, kind) not in values:
        return pd.DataFrame()
    column = values[(metric, kind)].unstack("design")
    reference = column[results.designs[results.reference]["data"]]
    gaps = {
        name: cast("pd.Series", column[designs[name]["data"]] - reference)
        for name in [*sections, WHOLE]
    }
    table = pd.DataFrame(gaps).dropna()
    rest = table[WHOLE] - table[sections].sum(axis=1)
    bars = [(name, "part", table[name]) for name in sections]
    bars += [("rest", "rest", rest), (str(designs[WHOLE]["design"]), "total", table[WHOLE])]
    rows = []
    for part, role, differences in bars:
        found = paired(differences.to_numpy(float))
        row = {"part": part, "kind": role, "n": len(differences), "mean": found.mean}
        rows.append({**row, "low": found.low, "high": found.high})
    return pd.DataFrame(rows)


def waterfalls(results: Results, study: Study) -> Iterator[Chart]:
    """What each section adds to the whole, a chart a headline metric."""
    if results.manifest["verb"] == VERB:
        yield from attributions(results, study)
        return
    for metric, kind in BY_SCENARIO:
        frame = contributions(results, metric, kind)
        if len(frame):
            yield chart(waterfall, frame, study, metric, name_key(metric, kind))
