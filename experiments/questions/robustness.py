"""What `wotu discover` found, read from stored results: effects, regret, and boxes of failure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Floats
from experiments.effects import summaries
from experiments.metrics import LOW, Metric
from experiments.questions.asking import chosen_metrics, metric_table
from experiments.questions.prim import as_columns, find_boxes
from experiments.questions.stages import read_question
from experiments.statistics import paired
from experiments.store import MANIFEST, Store

if TYPE_CHECKING:
    import pandas as pd

CONDITIONS = "conditions"
REGRET_COLUMNS = (
    "world", "point", "policy", "metric", "kind", "unit", "n", "effect", "low", "high",
    "regret", "regret_low", "regret_high", "best", "fails",
)  # fmt: skip
POLICY_COLUMNS = (
    "policy", "metric", "kind", "unit", "conditions", "planned_outlay", "mean_effect",
    "worst_effect", "worst_world", "worst_point", "mean_regret", "largest_regret",
    "largest_regret_world", "largest_regret_point", "best_share", "fail_share", "holds_up",
)  # fmt: skip
BOX_COLUMNS = (
    "policy", "metric", "box", "parameter", "low", "high", "worlds", "range_low", "range_high",
    "unit", "quasi_p", "density", "coverage", "mass", "conditions", "failures",
)  # fmt: skip


@dataclass(frozen=True)
class Discovery:
    """What was found, as tidy frames; money in m yuan, intervals are t intervals over seeds.

    `regrets`, a row a condition, policy and metric (doing nothing is a policy whose effect is 0):
    world; point (number of the sampled point, −1 without); n seeds; effect (low, high), paired with
    doing nothing; regret (regret_low, regret_high): how much better the best policy of the condition
    is, never below 0 on average; best; fails (first metric only: mean effect no better than least).
    `policies`, a row a policy and metric: conditions; planned_outlay [m yuan/year]; mean_effect;
    worst_effect and where (worst_world, worst_point); mean_regret, largest_regret and where;
    best_share, fail_share of conditions; holds_up: the smallest largest regret (minimax).
    `boxes`, a row a policy, box and parameter (key, or "world"): low and high where the failing
    conditions lie, NaN where open, or worlds (comma-separated); range_low, range_high, unit: as
    sampled; quasi_p; density, coverage, mass of the box; conditions and failures in all.
    `points`, a row a sampled point: point, and a column a world value.
    """

    folder: Path
    regrets: pd.DataFrame
    policies: pd.DataFrame
    boxes: pd.DataFrame
    points: pd.DataFrame


def condition_name(world: str, point: int | None, policy: str) -> str:
    """The design of a policy in a condition."""
    return f"{world}: {policy}" if point is None else f"{world} {point:05d}: {policy}"


def discovery(folder: Path, settings: Mapping[str, Any] | None = None) -> Discovery:
    """What a question's folder holds so far; see `Discovery`. Raises BadInput for no question.

    `settings` are metrics and least, those first asked with if none are given.
    """
    import pandas as pd

    asked = read_question(folder)
    settings = settings or asked["settings"]
    store = Store(Path(folder) / CONDITIONS)
    points = pd.DataFrame(asked["points"]) if asked["parameters"] else pd.DataFrame()
    points.insert(0, "point", range(len(points)))
    rows: list[dict[str, Any]] = []
    if (store.folder / MANIFEST).exists() and "series" in store:
        values = summaries(store.series())
        data = {d["design"]: d["data"] for d in store.manifest["designs"]}
        for place, metric in enumerate(chosen_metrics(settings["metrics"])):
            table = metric_table(values, metric)
            if table is not None:
                least = settings["least"] if place == 0 else None
                rows += _regrets(asked, metric, table, data, least)
    regrets = pd.DataFrame(rows, columns=list(REGRET_COLUMNS))
    outlays = {}
    if (store.folder / MANIFEST).exists():
        outlays = {d["scenario"]: d["planned_outlay"] for d in store.manifest["designs"]}
    return Discovery(
        Path(folder),
        regrets,
        pd.DataFrame(_policies(regrets, outlays), columns=list(POLICY_COLUMNS)),
        pd.DataFrame(_boxes(regrets, asked), columns=list(BOX_COLUMNS)),
        points,
    )


def _regrets(
    asked: Mapping[str, Any],
    metric: Metric,
    table: pd.DataFrame,
    data: Mapping[str, str],
    least: float | None,
) -> list[dict[str, Any]]:
    """One metric in every condition that all policies have finished; failing is told for `least`."""
    nothing, policies = asked["nothing"], [asked["nothing"], *asked["policies"]]
    numbers = range(len(asked["points"])) if asked["parameters"] else [None]
    sign = -1.0 if metric.direction == LOW else 1.0
    rows = []
    for world in asked["worlds"]:
        for number in numbers:
            names = [data[condition_name(world, number, policy)] for policy in policies]
            if not set(names) <= set(table.columns):
                continue
            found = table[list(dict.fromkeys(names))].dropna()
            if found.empty:
                continue
            base = found[data[condition_name(world, number, nothing)]].to_numpy(float)
            effects = np.array([found[name].to_numpy(float) - base for name in names])
            told = condition_regrets(effects * sign)
            for policy, effect, regret, best in zip(policies, effects, *told, strict=True):
                seen, apart = paired(effect), paired(regret)
                missed = least is not None and sign * (seen.mean - least) <= 0.0
                rows.append(
                    {
                        "world": world, "point": -1 if number is None else number,
                        "policy": policy, "metric": metric.name, "kind": metric.kind,
                        "unit": metric.unit, "n": len(base), "effect": seen.mean,
                        "low": seen.low, "high": seen.high, "regret": apart.mean,
                        "regret_low": apart.low, "regret_high": apart.high,
                        "best": bool(best), "fails": missed and policy != nothing,
                    }
                )  # fmt: skip
    return rows


def condition_regrets(worth: Floats) -> tuple[Floats, list[bool]]:
    """Regret seed by seed and who is best, from worths of shape (policies, seeds), more is better.

    The best is best on average; regret is what it has beyond each policy on the same seed.
    """
    best = int(np.argmax(worth.mean(axis=1)))
    return worth[best] - worth, [place == best for place in range(len(worth))]


def _policies(regrets: pd.DataFrame, outlays: Mapping[str, float]) -> list[dict[str, Any]]:
    rows = []
    for _, mine in regrets.groupby(["metric", "kind"], sort=False):
        metric = next(
            m for m in chosen_metrics([f"{mine['metric'].iloc[0]}:{mine['kind'].iloc[0]}"])
        )
        sign = -1.0 if metric.direction == LOW else 1.0
        found = [
            _policy(str(policy), own.reset_index(drop=True), sign, outlays)
            for policy, own in mine.groupby("policy", sort=False)
        ]
        least = min(row["largest_regret"] for row in found)
        rows += [{**row, "holds_up": row["largest_regret"] == least} for row in found]
    return rows


def _policy(
    policy: str, own: pd.DataFrame, sign: float, outlays: Mapping[str, float]
) -> dict[str, Any]:
    worst = own.loc[int((sign * own["effect"]).argmin())]
    sorry = own.loc[int(own["regret"].argmax())]
    return {
        "policy": policy, "metric": own["metric"][0], "kind": own["kind"][0],
        "unit": own["unit"][0], "conditions": len(own),
        "planned_outlay": outlays.get(policy, np.nan), "mean_effect": own["effect"].mean(),
        "worst_effect": worst["effect"], "worst_world": worst["world"],
        "worst_point": worst["point"], "mean_regret": own["regret"].mean(),
        "largest_regret": sorry["regret"], "largest_regret_world": sorry["world"],
        "largest_regret_point": sorry["point"], "best_share": own["best"].mean(),
        "fail_share": own["fails"].mean(),
    }  # fmt: skip


def _boxes(regrets: pd.DataFrame, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where each policy fails on the first metric, as boxes of conditions."""
    if regrets.empty:
        return []
    parameters = {item["key"]: item for item in asked["parameters"]}
    first = regrets[
        (regrets["metric"] == regrets["metric"].iloc[0])
        & (regrets["kind"] == regrets["kind"].iloc[0])
    ]
    rows = []
    for policy in asked["policies"]:
        mine = first[first["policy"] == policy]
        spots = [
            {"world": world, **(asked["points"][point] if point >= 0 else {})}
            for world, point in zip(mine["world"], mine["point"], strict=True)
        ]
        columns = as_columns(spots, ["world", *parameters])
        fails = mine["fails"].to_numpy(bool)
        for place, box in enumerate(find_boxes(columns, fails) if columns else []):
            about = {
                "policy": policy, "metric": mine["metric"].iloc[0], "box": place,
                "density": box.density, "coverage": box.coverage, "mass": box.mass,
                "conditions": len(mine), "failures": int(fails.sum()),
            }  # fmt: skip
            rows += [
                {**about, **_restriction(name, limit, parameters), "quasi_p": box.quasi_p[name]}
                for name, limit in box.limits.items()
            ]
    return rows


def _restriction(
    name: str, limit: Any, parameters: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """One restriction of a box; an open end is NaN."""
    if isinstance(limit, frozenset):
        return {"parameter": name, "worlds": ",".join(sorted(limit)), "low": np.nan, "high": np.nan}
    ends: Sequence[float] = [end if np.isfinite(end) else np.nan for end in limit]
    item = parameters[name]
    return {
        "parameter": name, "worlds": "", "low": ends[0], "high": ends[1],
        "range_low": item["low"], "range_high": item["high"], "unit": item["unit"],
    }  # fmt: skip
