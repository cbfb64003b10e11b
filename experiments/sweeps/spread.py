"""What a sweep prints: how effects spread over its points, what they go with, what varies them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.metrics import HEADLINE, Metric
from experiments.statistics import RESAMPLES, rank_correlation
from experiments.store import Store
from experiments.sweeps.variance import SHARES, variance
from experiments.tables import Cell, Table
from experiments.text import Text, design_name, plain, said_unit

if TYPE_CHECKING:
    import pandas as pd

SHOWN = tuple(metric for metric in HEADLINE if metric.name != "cost_per_job")


def spread_tables(store: Store, effects: pd.DataFrame, lang: str) -> list[Table]:
    """Tables for a study of several designs: spread and ranks of a sweep, best, variance."""
    text, tables = Text(lang), []
    designs = store.designs()
    compared = designs[designs["reference"] != ""]
    for group in [name for name in dict.fromkeys(compared["group"]) if name]:
        mine = compared[compared["group"] == group]
        found = effects[effects["design"].isin(mine["design"])]
        if len(found):
            tables.append(_spread(group, mine, found, text))
            tables.append(_ranks(group, mine, found, store.manifest["ranges"], text))
    for reference in dict.fromkeys(compared["reference"]):
        names = list(compared.loc[compared["reference"] == reference, "design"])
        if len(names) > 1 and not compared["group"].any():
            tables.append(_best(names, reference, effects, text))
    several = variance(store) if len(compared) > compared["scenario"].nunique() else None
    if several is not None and several[list(SHARES)].notna().any(axis=None):
        tables.append(_variance(several, text))
    return tables


def _of(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    return frame[(frame["metric"] == metric.name) & (frame["kind"] == metric.kind)]


def _label(metric: Metric, text: Text) -> str:
    name = "job_years" if metric.kind == "job_years" else metric.name
    return text.get(f"metrics.{name}.label", name)


def _spread(group: str, designs: pd.DataFrame, effects: pd.DataFrame, text: Text) -> Table:
    rows: list[Sequence[Cell | str]] = []
    for metric in SHOWN:
        mine = _of(effects, metric).dropna(subset=["mean"])
        if mine.empty:
            continue
        name = "job_years" if metric.kind == "job_years" else metric.name
        ends = np.quantile(mine["mean"], [0.05, 0.5, 0.95])
        scale = text.scale(name, ends, effect=True)
        known = mine["low"].notna().any()
        clear = [(mine["low"] > 0).mean(), (mine["high"] < 0).mean()] if known else []
        highest = (
            str(mine["design"].iloc[int(mine["mean"].argmax())]) if mine["mean"].std() > 0 else "–"
        )
        rows.append(
            [
                " ".join(part for part in (_label(metric, text), f"[{scale.unit}]") if part),
                *(scale.number(float(end), signed=True) for end in ends),
                *([f"{100 * share:.0f} %" for share in clear] or ["–", "–"]),
                highest.removeprefix(group).strip(),
            ]
        )
    keys = ("metric", "low", "middle", "high", "above", "below", "most")
    against = design_name(_without_point(designs["reference"].iloc[0]), text)
    return Table(
        [text(f"sweep.{key}") for key in keys],
        rows,
        title=text("sweep.spread").format(
            points=len(designs), group=design_name(group, text), against=against
        ),
        caption=text("sweep.spread_note"),
    )


def _without_point(reference: str) -> str:
    return reference.rsplit(" #", 1)[0]


def _ranks(
    group: str, designs: pd.DataFrame, effects: pd.DataFrame, ranges: dict[str, Any], text: Text
) -> Table:
    import pandas as pd

    columns = [_of(effects, metric).set_index("design")["mean"] for metric in SHOWN]
    rows: list[Sequence[Cell | str]] = []
    for key, span in ranges.items():
        values = designs.set_index("design")[key]
        cells = []
        for column in columns:
            found = rank_correlation(pd.concat([values, column], axis=1))
            shown = plain(found.share, 2) if math.isfinite(found.share) else "–"
            cells.append(Cell(shown, "" if found.strong else "dim"))
        unit = said_unit(text, str(span["unit"]))
        label = f"{key.removeprefix('levers.')}\n{span['low']:g}–{span['high']:g} {unit}".rstrip()
        rows.append([label, *cells])
    return Table(
        [text("sweep.value"), *(_label(metric, text) for metric in SHOWN)],
        rows,
        title=text("sweep.ranks").format(group=design_name(group, text)),
        caption=text("sweep.ranks_note"),
    )


def _best(names: Sequence[str], reference: str, effects: pd.DataFrame, text: Text) -> Table:
    rows: list[Sequence[Cell | str]] = []
    for name in names:
        mine = effects[effects["design"] == name]
        cells = []
        for metric in SHOWN:
            found = _of(mine, metric)["best"]
            chance = float(found.iloc[0]) if len(found) else math.nan
            known = math.isfinite(chance)
            cells.append(
                Cell(f"{100 * chance:.0f} %" if known else "–", "" if chance >= 0.05 else "dim")
            )
        rows.append([name, *cells])
    return Table(
        [text("sweep.scenario"), *(_label(metric, text) for metric in SHOWN)],
        rows,
        title=text("sweep.best").format(against=design_name(reference, text)),
        caption=text("sweep.best_note").format(n=f"{RESAMPLES:,}"),
    )


def _variance(shares: pd.DataFrame, text: Text) -> Table:
    rows: list[Sequence[Cell | str]] = []
    one_world = shares["worlds"].max() == 1
    keys = [
        key for key in SHARES if shares[key].notna().any() and (key, one_world) != ("world", True)
    ]
    for scenario, mine in shares.groupby("scenario", sort=False):
        for metric in SHOWN:
            found = _of(mine, metric)
            if len(found) and found[keys].notna().any(axis=None):
                cells = [float(found[key].iloc[0]) for key in keys]
                shown = [f"{100 * v:.0f} %" if math.isfinite(v) else "–" for v in cells]
                rows.append([str(scenario), _label(metric, text), *shown])
    return Table(
        [text("sweep.scenario"), text("sweep.metric"), *(text(f"sweep.{key}") for key in keys)],
        rows,
        title=text("sweep.variance"),
        caption=text("sweep.variance_note"),
        left=2,
    )
