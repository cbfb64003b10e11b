"""Regret seed by seed: what the best policy of a condition has beyond each, and how sure that is.

All conditions share their seeds, so an average over conditions is taken seed by seed first, and its
interval is over seeds: many conditions are not many proofs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Flags, Floats
from experiments.metrics import LOW, Metric
from experiments.statistics import ROUNDING, Interval, gaps, paired, reading

if TYPE_CHECKING:
    import pandas as pd

SPOT = ["world", "point"]
PAIR_COLUMNS = ("world", "point", "policy", "metric", "kind", "seed", "effect", "regret", "best")
Spot = tuple[str, int]


def sign_of(metric: Metric) -> float:
    """−1 where less of a metric is better."""
    return -1.0 if metric.direction == LOW else 1.0


def said(found: Interval, n: int) -> str:
    """What may be said of an interval of `n` seeds; see `statistics.reading`."""
    return reading(found.mean, found.low, found.high, n)


def condition_regrets(worth: Floats) -> tuple[Floats, list[bool]]:
    """Regret seed by seed and who is best, from worths of shape (policies, seeds), more is better.

    The best is best on average, and so are all that tie with it; regret is what it has beyond each
    policy on the same seed.
    """
    means = worth.mean(axis=1)
    top = float(means.max())
    best = worth[int(np.argmax(means))]
    return best - worth, [bool(top - mean <= ROUNDING * abs(top)) for mean in means]


def seed_pairs(
    metric: Metric, table: pd.DataFrame, designs: Mapping[Spot, Mapping[str, str]], nothing: str
) -> list[dict[str, Any]]:
    """A row a condition, policy and seed that every policy of the condition has finished.

    `designs` has each condition's column of `table` by policy.
    """
    rows = []
    for (world, point), names in designs.items():
        if not set(names.values()) <= set(table.columns):
            continue
        found = table[list(dict.fromkeys(names.values()))].dropna()
        if found.empty:
            continue
        base = found[names[nothing]].to_numpy(float)
        effects = np.array([gaps(found[name].to_numpy(float), base) for name in names.values()])
        told = condition_regrets(effects * sign_of(metric))
        for policy, effect, regret, best in zip(names, effects, *told, strict=True):
            about = {
                "world": world, "point": point, "policy": policy, "metric": metric.name,
                "kind": metric.kind, "best": best,
            }  # fmt: skip
            rows += [
                {**about, "seed": seed, "effect": effect[k], "regret": regret[k]}
                for k, seed in enumerate(found.index)
            ]
    return rows


def spot_rows(
    pairs: pd.DataFrame, metric: Metric, least: float | None, nothing: str
) -> list[dict[str, Any]]:
    """A row a condition and policy; whether one fails is told for a `least` effect.

    Best and failing go by means; clear_best and clear_fail where the intervals say so too.
    """
    rows = []
    for (world, point), spot in pairs.groupby(SPOT, sort=False):
        mine: list[dict[str, Any]] = []
        for policy, own in spot.groupby("policy", sort=False):
            effects, n = own["effect"].to_numpy(float), len(own)
            seen, apart = paired(effects), paired(own["regret"].to_numpy(float))
            fails = clear = False
            if least is not None and policy != nothing:
                beyond = paired(sign_of(metric) * (effects - least))
                fails, clear = beyond.mean <= 0.0, said(beyond, n) == "down"
            mine.append(
                {
                    "world": world, "point": point, "policy": policy, "metric": metric.name,
                    "kind": metric.kind, "unit": metric.unit, "n": n, "effect": seen.mean,
                    "low": seen.low, "high": seen.high, "regret": apart.mean,
                    "regret_low": apart.low, "regret_high": apart.high,
                    "best": bool(own["best"].iloc[0]), "fails": fails, "clear_fail": clear,
                    "behind": said(apart, n) == "up",
                }
            )  # fmt: skip
        for place, row in enumerate(mine):
            others = [other["behind"] for k, other in enumerate(mine) if k != place]
            row["clear_best"] = row["best"] and all(others)
        rows += mine
    return rows


def over_conditions(pairs: pd.DataFrame, policy: str, value: str) -> Floats:
    """A policy's numbers, a seed each, averaged over conditions; of seeds that each has finished."""
    own = pairs[pairs["policy"] == policy]
    return own.pivot(index="seed", columns=SPOT, values=value).dropna().mean(axis=1).to_numpy(float)


def behind(pairs: pd.DataFrame, policy: str, other: str) -> Interval:
    """How much more is lost by a policy than by another, over the same conditions and seeds."""
    here, there = (over_conditions(pairs, name, "regret") for name in (policy, other))
    return paired(gaps(here, there)) if len(here) else Interval(np.nan, np.nan, np.nan)


def ends(name: str, found: Interval) -> dict[str, float]:
    """A mean and its ends under the names of their columns."""
    return {name: found.mean, f"{name}_low": found.low, f"{name}_high": found.high}


def by_world(pairs: pd.DataFrame, regrets: pd.DataFrame) -> list[dict[str, Any]]:
    """A row a policy and world: mean regret over the world's conditions, and shares of these."""
    rows = []
    keys = ["metric", "kind", "policy", "world"]
    for key, own in regrets.groupby(keys, sort=False):
        about = dict(zip(keys, key, strict=True))
        mine = pairs[
            (pairs["metric"] == about["metric"])
            & (pairs["kind"] == about["kind"])
            & (pairs["world"] == about["world"])
        ]
        values = over_conditions(mine, str(about["policy"]), "regret")
        shares: Mapping[str, Flags] = {
            name: own[name].to_numpy(bool) for name in ("best", "clear_best", "fails", "clear_fail")
        }
        rows.append(
            {
                **about, "unit": own["unit"].iloc[0], "n": len(values), "conditions": len(own),
                **ends("regret", paired(values) if len(values) else Interval(*[np.nan] * 3)),
                **{name: float(flags.mean()) for name, flags in shares.items()},
            }
        )  # fmt: skip
    return rows
