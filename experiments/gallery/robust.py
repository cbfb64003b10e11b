"""Charts from a question of `wotu discover`: regret by world, and where policies fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.figures import boxes, regret
from experiments.figures.study import Study
from experiments.gallery.asked import asked_folder
from experiments.gallery.chart import Chart, chart
from experiments.questions.discover_shown import policy_title
from experiments.questions.robustness import Discovery, discovery
from experiments.questions.stages import read_question
from experiments.report.findings import name_key
from experiments.report.results import Results
from experiments.text import Text


def regret_frame(found: Discovery, facts: Mapping[str, Any], text: Text) -> pd.DataFrame:
    """The rows of figures.regret for every metric of a question, with metric and kind."""
    keys = ["metric", "kind", "policy", "world"]
    rows = found.regrets.groupby(keys, sort=False, as_index=False).agg(
        n=("n", "min"), conditions=("point", "size"), regret=("regret", "mean"),
        best=("best", "mean"), fails=("fails", "mean"),
    )  # fmt: skip
    rows["best"] = rows["best"].where(rows["regret"] > 0, 1.0)
    told = found.policies.set_index(["metric", "kind", "policy"])
    wanted = [tuple(row) for row in rows[["metric", "kind", "policy"]].to_numpy()]
    rows["largest"] = [float(told.loc[key, "largest_regret"]) for key in wanted]
    rows["holds_up"] = [bool(told.loc[key, "holds_up"]) for key in wanted]
    rows["title"] = [policy_title(policy, facts, text) for policy in rows["policy"]]
    return rows


def _answer(results: Results) -> tuple[Discovery | None, Mapping[str, Any]]:
    """What was found and what was asked; nothing where the folder is no question of this verb."""
    folder = asked_folder(results, "discover")
    return (discovery(folder), read_question(folder)) if folder else (None, {})


def regrets(results: Results, study: Study) -> Iterator[Chart]:
    """Regret by policy and world, a chart a metric."""
    found, facts = _answer(results)
    if found is None or found.regrets.empty:
        return
    frame = regret_frame(found, facts, study.text)
    for key, rows in frame.groupby(["metric", "kind"], sort=False):
        metric, kind = map(str, key)
        yield chart(regret, rows.reset_index(drop=True), study, metric, name_key(metric, kind))


def failures(results: Results, study: Study) -> Iterator[Chart]:
    """The boxes in which policies fail on the first metric; nothing where none was found."""
    found, facts = _answer(results)
    if found is None or found.boxes.empty:
        return
    metric, kind = (str(found.regrets[name].iloc[0]) for name in ("metric", "kind"))
    frame = found.boxes.assign(
        title=[policy_title(policy, facts, study.text) for policy in found.boxes["policy"]],
        n=int(found.regrets["n"].min()),
    )
    yield chart(boxes, frame, study, metric, name_key(metric, kind))
