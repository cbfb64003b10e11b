"""Charts from a question of `wotu discover`: regret by world, and where policies fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.figures import boxes, regret
from experiments.figures.study import Study
from experiments.gallery.asked import asked_folder
from experiments.gallery.chart import Chart, chart
from experiments.questions.discover_shown import holders, policy_title
from experiments.questions.robustness import Discovery, discovery
from experiments.questions.stages import read_question
from experiments.report.findings import name_key
from experiments.report.results import Results
from experiments.summary import records
from experiments.text import Text


def regret_frame(found: Discovery, facts: Mapping[str, Any], text: Text) -> pd.DataFrame:
    """The rows of figures.regret for every metric of a question, with metric and kind."""
    keys = ["metric", "kind", "policy"]
    told = found.policies.set_index(keys)
    rows = found.worlds.copy()
    wanted = [tuple(row) for row in rows[keys].to_numpy()]
    for end in ("", "_low", "_high"):
        rows[f"largest{end}"] = [float(told.loc[key, f"largest_regret{end}"]) for key in wanted]
    rows["holds_up"] = [bool(told.loc[key, "holds_up"]) for key in wanted]
    near = {
        (*key, policy)
        for key, mine in found.policies.groupby(["metric", "kind"])
        for policy in holders(records(mine))[1]
    }
    rows["near"] = [key in near for key in wanted]
    rows["least"] = float(facts["settings"]["least"])
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
        least=float(facts["settings"]["least"]),
    )
    yield chart(boxes, frame, study, metric, name_key(metric, kind))
