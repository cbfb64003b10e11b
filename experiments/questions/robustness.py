"""What `wotu discover` found, read from stored results: effects, regret, and boxes of failure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.effects import summaries
from experiments.questions.asking import chosen_metrics, metric_table
from experiments.questions.prim import as_columns, find_boxes
from experiments.questions.regrets import (
    PAIR_COLUMNS,
    Spot,
    behind,
    by_world,
    ends,
    over_conditions,
    seed_pairs,
    sign_of,
    spot_rows,
)
from experiments.questions.stages import read_question
from experiments.statistics import ROUNDING, paired
from experiments.store import MANIFEST, Store
from experiments.summary import records

if TYPE_CHECKING:
    import pandas as pd

CONDITIONS = "conditions"
REGRET_COLUMNS = (
    "world", "point", "policy", "metric", "kind", "unit", "n", "effect", "low", "high",
    "regret", "regret_low", "regret_high", "best", "clear_best", "fails", "clear_fail",
)  # fmt: skip
POLICY_COLUMNS = (
    "policy", "metric", "kind", "unit", "n", "conditions", "planned_outlay",
    "mean_effect", "mean_effect_low", "mean_effect_high",
    "worst_effect", "worst_effect_low", "worst_effect_high", "worst_effect_world",
    "worst_effect_point", "mean_regret", "mean_regret_low", "mean_regret_high",
    "largest_regret", "largest_regret_low", "largest_regret_high", "largest_regret_world",
    "largest_regret_point", "best_share", "clear_best_share", "fail_share", "clear_fail_share",
    "holds_up", "behind", "behind_low", "behind_high",
)  # fmt: skip
WORLD_COLUMNS = (
    "policy", "world", "metric", "kind", "unit", "n", "conditions", "regret", "regret_low",
    "regret_high", "best", "clear_best", "fails", "clear_fail",
)  # fmt: skip
BOX_COLUMNS = (
    "policy", "metric", "box", "parameter", "low", "high", "worlds", "range_low", "range_high",
    "unit", "quasi_p", "density", "coverage", "mass", "conditions", "failures", "clear_failures",
)  # fmt: skip


@dataclass(frozen=True)
class Discovery:
    """What was found, as tidy frames; money in m yuan, intervals are t intervals over seeds.

    `regrets`, a row a condition, policy and metric (doing nothing is a policy whose effect is 0):
    world; point (number of the sampled point, −1 without); n seeds; effect (low, high), paired with
    doing nothing; regret (regret_low, regret_high): how much better the best policy of the condition
    is, never below 0 on average; best (all that tie); fails (first metric only: mean effect no better
    than least); clear_best and clear_fail: the intervals say so too.
    `policies`, a row a policy and metric: conditions; planned_outlay [m yuan/year]; mean_effect and
    mean_regret over the conditions, worst_effect and largest_regret with their place (_world, _point),
    each with its interval (_low, _high); best_share, fail_share of conditions, and the clear ones among
    them; holds_up: the smallest largest regret (minimax); behind (behind_low, behind_high): how much
    more is lost by it, averaged over conditions, than by the one that holds up.
    `worlds`, a row a policy, world and metric: regret over the world's conditions with its interval,
    and the shares of these that are best and fail.
    `boxes`, a row a policy, box and parameter (key, or "world"): low and high where the failing
    conditions lie, NaN where open, or worlds (comma-separated); range_low, range_high, unit: as
    sampled; quasi_p; density, coverage, mass of the box; conditions, failures and clear failures in all.
    `points`, a row a sampled point: point, and a column a world value.
    """

    folder: Path
    regrets: pd.DataFrame
    policies: pd.DataFrame
    worlds: pd.DataFrame
    boxes: pd.DataFrame
    points: pd.DataFrame


def condition_name(world: str, point: int | None, policy: str) -> str:
    """The design of a policy in a condition."""
    return f"{world}: {policy}" if point is None else f"{world} {point:05d}: {policy}"


def discovery(folder: Path, settings: Mapping[str, Any] | None = None) -> Discovery:
    """What a question's folder holds so far; see `Discovery`. Raises BadInput for no question.

    `settings` are metrics and least, those last asked with if none are given.
    """
    import pandas as pd

    asked = read_question(folder)
    settings = settings or asked["settings"]
    store = Store(Path(folder) / CONDITIONS)
    points = pd.DataFrame(asked["points"]) if asked["parameters"] else pd.DataFrame()
    points.insert(0, "point", range(len(points)))
    rows: list[dict[str, Any]] = []
    long: list[dict[str, Any]] = []
    outlays: dict[str, float] = {}
    if (store.folder / MANIFEST).exists():
        designs = store.manifest["designs"]
        outlays = {d["scenario"]: d["planned_outlay"] for d in designs}
        values = summaries(store.series()) if "series" in store else pd.DataFrame()
        spots = _spots(asked, {d["design"]: d["data"] for d in designs})
        for place, metric in enumerate(chosen_metrics(settings["metrics"])):
            table = metric_table(values, metric)
            if table is not None:
                least = float(settings["least"]) if place == 0 else None
                pairs = pd.DataFrame(
                    seed_pairs(metric, table, spots, asked["nothing"]), columns=list(PAIR_COLUMNS)
                )
                rows += spot_rows(pairs, metric, least, asked["nothing"])
                long += records(pairs)
    pairs = pd.DataFrame(long, columns=list(PAIR_COLUMNS))
    regrets = pd.DataFrame(rows, columns=list(REGRET_COLUMNS))
    return Discovery(
        Path(folder),
        regrets,
        pd.DataFrame(_policies(regrets, pairs, outlays), columns=list(POLICY_COLUMNS)),
        pd.DataFrame(by_world(pairs, regrets), columns=list(WORLD_COLUMNS)),
        pd.DataFrame(_boxes(regrets, asked), columns=list(BOX_COLUMNS)),
        points,
    )


def _spots(asked: Mapping[str, Any], data: Mapping[str, str]) -> dict[Spot, dict[str, str]]:
    """The stored design of every policy in every condition, doing nothing first."""
    policies = [asked["nothing"], *asked["policies"]]
    numbers = range(len(asked["points"])) if asked["parameters"] else [None]
    return {
        (world, -1 if number is None else number): {
            policy: data[condition_name(world, number, policy)] for policy in policies
        }
        for world in asked["worlds"]
        for number in numbers
    }


def _policies(
    regrets: pd.DataFrame, pairs: pd.DataFrame, outlays: Mapping[str, float]
) -> list[dict[str, Any]]:
    rows = []
    for (name, kind), mine in regrets.groupby(["metric", "kind"], sort=False):
        (metric,) = chosen_metrics([f"{name}:{kind}"])
        known = pairs[(pairs["metric"] == name) & (pairs["kind"] == kind)]
        found = [
            {
                **_policy(str(policy), own.reset_index(drop=True), sign_of(metric), outlays),
                **_mean(known, str(policy), "effect"), **_mean(known, str(policy), "regret"),
            }
            for policy, own in mine.groupby("policy", sort=False)
        ]  # fmt: skip
        least = min(row["largest_regret"] for row in found)
        steady = next(row["policy"] for row in found if row["largest_regret"] == least)
        rows += [
            {
                **row, "holds_up": row["largest_regret"] - least <= ROUNDING * abs(least),
                **ends("behind", behind(known, row["policy"], steady)),
            }
            for row in found
        ]  # fmt: skip
    return rows


def _mean(pairs: pd.DataFrame, policy: str, value: str) -> dict[str, float]:
    """A policy's mean effect or regret over all conditions, with its interval."""
    return ends(f"mean_{value}", paired(over_conditions(pairs, policy, value)))


def _policy(
    policy: str, own: pd.DataFrame, sign: float, outlays: Mapping[str, float]
) -> dict[str, Any]:
    worst = own.loc[int((sign * own["effect"]).argmin())]
    sorry = own.loc[int(own["regret"].argmax())]
    return {
        "policy": policy, "metric": own["metric"][0], "kind": own["kind"][0],
        "unit": own["unit"][0], "n": own["n"].min(), "conditions": len(own),
        "planned_outlay": outlays.get(policy, np.nan), "worst_effect": worst["effect"],
        "worst_effect_low": worst["low"], "worst_effect_high": worst["high"],
        "worst_effect_world": worst["world"], "worst_effect_point": worst["point"],
        "largest_regret": sorry["regret"], "largest_regret_low": sorry["regret_low"],
        "largest_regret_high": sorry["regret_high"], "largest_regret_world": sorry["world"],
        "largest_regret_point": sorry["point"], "best_share": own["best"].mean(),
        "clear_best_share": own["clear_best"].mean(), "fail_share": own["fails"].mean(),
        "clear_fail_share": own["clear_fail"].mean(),
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
                "clear_failures": int(mine["clear_fail"].sum()),
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
