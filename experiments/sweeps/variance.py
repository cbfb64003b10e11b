"""Where differences between pairs come from: luck, parameters, or the world.

One row a scenario and metric. `luck`, `parameters` and `world` are shares of the variance of a
paired effect over the designs and seeds of a study; they sum to one. Luck is what seeds differ in
within a design, parameters what designs of one world differ in, world what worlds differ in on
average. Luck is taken out of the other two: designs share their seeds, so only the part that is
not common to them is in their means (a two-way layout without replication). Where every design
has a world of its own, parameters and world cannot be told apart and stand in `together`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Floats, Ints
from experiments.effects import METRIC_COLUMNS, Paired, named, paired_designs
from experiments.pairs import Pairs
from experiments.store import Store

if TYPE_CHECKING:
    import pandas as pd

SHARES = ("luck", "parameters", "world", "together")
COLUMNS = ("scenario", *METRIC_COLUMNS, "designs", "worlds", "n", *SHARES)


def variance(store: Store) -> pd.DataFrame:
    """The split for every scenario with several designs; empty where there is none."""
    import pandas as pd

    if "series" not in store:
        return pd.DataFrame(columns=list(COLUMNS))
    rows: list[dict[str, Any]] = []
    pairs, found = paired_designs(store)
    for scenario in dict.fromkeys(design["scenario"] for design, _ in found):
        mine = [(design, pair) for design, pair in found if design["scenario"] == scenario]
        if len(mine) > 1:
            rows += _rows(scenario, pairs, mine)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(scenario: str, pairs: Pairs, mine: Sequence[Paired]) -> list[dict[str, Any]]:
    keys = ["\n".join(o for o in d["overrides"] if o.startswith("world")) for d, _ in mine]
    worlds = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    seeds = sorted(set.intersection(*(set(pair.seeds.tolist()) for _, pair in mine)))
    gains = np.array([pair.gain[np.isin(pair.seeds, seeds)] for _, pair in mine])
    rows = []
    for metric in pairs.metrics:
        table = gains[:, :, pairs.place(metric)]
        shares = split(table[:, np.isfinite(table).all(axis=0)], worlds)
        rows.append(
            {"scenario": scenario, **named(metric), "designs": len(mine)}
            | {"worlds": int(worlds.max()) + 1, "n": len(seeds), **shares}
        )
    return rows


def split(effects: Floats, worlds: Ints) -> dict[str, float]:
    """Shares of the variance of `effects`, shape (designs, seeds), in `worlds`, shape (designs).

    NaN where they cannot be known: with one seed, or where nothing varies.
    """
    unknown = dict.fromkeys(SHARES, np.nan)
    if effects.shape[1] < 2:
        return unknown
    luck = float(np.mean(np.var(effects, axis=1, ddof=1)))
    codes, sizes = np.unique(worlds, return_counts=True)
    averages = np.array([effects[worlds == code].mean(axis=0) for code in codes])
    between = _between(averages)
    if len(codes) > 1 and sizes.max() == 1:
        found = {"luck": luck, "together": between}
    else:
        inside = [_between(effects[worlds == code]) for code in codes]
        found = {"luck": luck, "parameters": float(np.average(inside, weights=sizes))}
        found["world"] = between
    total = sum(found.values())
    return unknown | {key: value / total for key, value in found.items()} if total > 0 else unknown


def _between(table: Floats) -> float:
    """Variance of the rows' true means, luck taken out; rows share the seeds of the columns."""
    rows, seeds = table.shape
    if rows < 2:
        return 0.0
    means = table.mean(axis=1)
    rest = table - means[:, None] - table.mean(axis=0)[None, :] + table.mean()
    luck = float(np.sum(rest**2)) / ((rows - 1) * (seeds - 1))
    return max(float(np.var(means)) - (1 - 1 / rows) * luck / seeds, 0.0)
