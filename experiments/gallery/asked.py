"""Charts 5 and 7 from a question's folder: `wotu sensitivity` as a tornado, `wotu optimise` as mixes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.figures import pareto, tornado
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.gallery.question import question_of
from experiments.metrics import COST, LOW
from experiments.questions.optimise_shown import named
from experiments.questions.optimum import FRONT, Optimum, optimum
from experiments.questions.robustness import CONDITIONS
from experiments.questions.sensitivity import sensitivity_frame
from experiments.report.findings import name_key
from experiments.report.results import Results
from experiments.text import Text

Key = tuple[str, str]
OBJECTIVE = ["metric", "kind"]
MOST = 12  # parameters of a tornado
# The charts that each question allows, and the stage whose designs, seeds and identity the chart tells.
STAGES = {
    "sensitivity": (("tornado",), "screening"),
    "optimise": (("pareto",), FRONT),
    "discover": (("regret", "boxes"), CONDITIONS),
}


def asked_folder(results: Results, verb: str) -> Path | None:
    """The question's folder that a stage's results lie in, where it answers `verb`."""
    folder = results.folder.parent
    return folder if question_of(folder) == verb else None


def tornado_frame(frame: pd.DataFrame, base: float) -> pd.DataFrame:
    """The rows of figures.tornado for one metric of `sensitivity_frame`, strongest first by mu_star.

    The ends are `base`, the mean effect of all points, less and plus half of Morris's mean change,
    whose interval is put at the upper end; first and total are Sobol's where a second stage ran, else
    mu_star stands beside the bars. luck: standard error of mu_star that stems from the seeds.
    """
    final = frame[frame["final"]].set_index(["index", "parameter"])
    strength = final.loc["mu_star"]["value"].sort_values(ascending=False, kind="stable")
    sobol = "total" in final.index.get_level_values("index")
    rows = []
    for parameter in strength.index[:MOST]:
        mu = final.loc[("mu", parameter)]
        row = {
            "parameter": parameter, "low_value": mu["range_low"], "high_value": mu["range_high"],
            "low_effect": base - mu["value"] / 2, "high_effect": base + mu["value"] / 2,
            "low": base + mu["low"] / 2, "high": base + mu["high"] / 2, "base": base,
            "n": int(mu["n"]), "strength": strength[parameter],
            "luck": final.loc[("mu_star", parameter)]["luck"],
        }  # fmt: skip
        for index in ("first", "total") if sobol else ("mu_star",):
            found = final.loc[(index, parameter)] if (index, parameter) in final.index else {}
            for column, name in (("value", ""), ("low", "_low"), ("high", "_high")):
                row[index + name] = found[column] if len(found) else float("nan")
        rows.append(row)
    return pd.DataFrame(rows)


def tornados(results: Results, study: Study) -> Iterator[Chart]:
    """What moves the effect most, a chart a metric that the question was asked of."""
    folder = asked_folder(results, "sensitivity")
    if folder is None:
        return
    frame, effects = sensitivity_frame(folder), results.effects
    for key, rows in frame.groupby(["metric", "kind"], sort=False):
        metric, kind = map(str, key)
        mine = effects[(effects["metric"] == metric) & (effects["kind"] == kind)]
        drawn = tornado_frame(rows, float(mine["mean"].mean()))
        yield chart(tornado, drawn, study, metric, name_key(metric, kind))


def pareto_frame(found: Optimum, metric: Key, text: Text, across: Key = COST) -> pd.DataFrame:
    """The rows of figures.pareto: the mixes tried again on fresh seeds, and no estimate of the search.

    `metric` and `across` are names and kinds of objectives. Mixes called best, balanced and stated
    have names.
    """
    by_metric = {key: rows.set_index("mix") for key, rows in found.front.groupby(OBJECTIVE)}
    costs, gains = by_metric[across], by_metric[metric]
    known = [str(words) for words in costs["name"]]
    wanted = [f"best:{metric[0]}", f"best:{':'.join(metric)}", "balanced", "stated"]
    if across != COST:
        wanted += [f"best:{across[0]}", f"best:{':'.join(across)}"]
    kept = {next((w for w in known if want in w.split("+")), "") for want in wanted} - {""}
    rows: list[Mapping[str, Any]] = []
    for mix in costs.index:
        row = {"mix": mix, "name": str(costs.loc[mix, "name"])}
        words = {"design": text("optimise.mix", number=mix), "n": int(costs.loc[mix, "n"])}
        words["named"] = named(row, text) if row["name"] in kept else ""
        words["across"] = name_key(*across)
        for side, table in (("cost", costs), ("gain", gains)):
            words[f"{side}_way"] = -1 if table.loc[mix, "direction"] == LOW else 1
            for column, ending in (("value", ""), ("low", "_low"), ("high", "_high")):
                words[side + ending] = float(table.loc[mix, column])
        rows.append(words)
    return pd.DataFrame(rows)


def paretos(results: Results, study: Study) -> Iterator[Chart]:
    """Mixes by two objectives, a chart an objective beside net cost, or else beside the first."""
    folder = asked_folder(results, "optimise")
    if folder is None:
        return
    found = optimum(folder)
    objectives = [(str(m), str(k)) for m, k in found.front[OBJECTIVE].drop_duplicates().to_numpy()]
    across = COST if COST in objectives else objectives[0]
    for key in objectives:
        if key != across:
            drawn = pareto_frame(found, key, study.text, across)
            yield chart(pareto, drawn, study, key[0], name_key(*key))
