"""Effects: paired differences between each design and its reference, one tidy row a metric.

Columns: design, scenario, metric, kind, unit, headline, n, baseline, level, mean, per_cent, low,
high, boot_low, boot_high, paired_share, certainty, best. `mean` is the mean paired difference with
its t interval (`low`, `high`) and bootstrap interval; `certainty` is the share of resamples with
the sign of the mean; `best` the probability of being the best of the designs compared with the
same reference.

Cost: planned_outlay and realised_outlay [m yuan/year] of the design, and per_100m (per_100m_low,
per_100m_high), the effect per 100 m yuan that the design spends beyond its reference over the run,
a ratio of means with Fieller's interval; empty where it does not clearly spend more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from agents.schema import Floats
from experiments.errors import BadInput
from experiments.metrics import COST_PER_JOB, HIGH, LOW, SURVIVAL_FROM, Metric, available
from experiments.statistics import Interval, best, bootstrap, fieller, paired, paired_share
from experiments.store import Store

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "design", "scenario", "metric", "kind", "unit", "headline", "n", "baseline", "level", "mean",
    "per_cent", "low", "high", "boot_low", "boot_high", "paired_share", "certainty", "best",
    "planned_outlay", "realised_outlay", "per_100m", "per_100m_low", "per_100m_high",
)  # fmt: skip


OUTLAY = ("outlay", "cumulative")
METRIC_COLUMNS = ("metric", "kind", "unit")


def effects(store: Store) -> pd.DataFrame:
    """The effects of every compared design of a store, in the study's order."""
    import pandas as pd

    if "series" not in store:
        return pd.DataFrame(columns=list(COLUMNS))
    values = summaries(store.series())
    rows: list[dict[str, Any]] = []
    designs = store.manifest["designs"]
    data = {design["design"]: design["data"] for design in designs}
    for design in designs:
        if design["reference"]:
            pair = _pair(values, data[design["design"]], data[design["reference"]])
            rows += _rows(design, *pair, int(store.manifest["quarters"])) if len(pair[0]) else []
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return _with_best(frame, designs, values, data)


def differences(store: Store) -> dict[str, pd.DataFrame]:
    """Paired differences of each compared design: a row a seed, a column a metric (name, kind)."""
    if "series" not in store:
        return {}
    values, designs = summaries(store.series()), store.manifest["designs"]
    data = {design["design"]: design["data"] for design in designs}
    pairs = {
        design["design"]: _pair(values, data[design["design"]], data[design["reference"]])
        for design in designs
        if design["reference"]
    }
    return {name: mine - other for name, (mine, other) in pairs.items() if len(mine)}


def effects_in(folder: Any) -> pd.DataFrame:
    """The effects of a results folder; raises BadInput where no pair is finished."""
    frame = effects(Store(folder))
    if frame.empty:
        raise BadInput(f"no finished pairs in {folder} yet; continue the run first")
    return frame


def summaries(series: pd.DataFrame) -> pd.DataFrame:
    """One row a run, indexed by design and seed; one column a metric, named (name, kind)."""
    import pandas as pd

    series = with_cohorts(series)
    found = {
        (metric.name, metric.kind): _summary(series, metric)
        for metric in available(list(series.columns))
    }
    return pd.DataFrame(found)


def with_cohorts(series: pd.DataFrame) -> pd.DataFrame:
    """Add the cohort of five years ago, which fixes who can be a five-year survivor."""
    if "births_5y_ago" in series.columns or "births" not in series.columns:
        return series
    cohorts = series.sort_values("quarter").groupby("run_id")["births"].shift(SURVIVAL_FROM)
    return series.assign(births_5y_ago=cohorts.fillna(0.0))


def _summary(series: pd.DataFrame, metric: Metric) -> pd.Series:
    keys = ["design", "seed"]
    if metric.kind == "level":
        last = series[series["quarter"] == series["quarter"].max()]
        return last.set_index(keys)[metric.source]
    if metric.kind == "last_year":
        series = series[series["quarter"] > series["quarter"].max() - 4]
        return series.groupby(keys)[metric.source].sum()
    if metric.kind == "job_years":
        runs = series.groupby(keys)[metric.source]
        return runs.mean() * runs.size() / 4
    if metric.kind == "ratio":
        late = series[series["quarter"] >= SURVIVAL_FROM].groupby(keys)
        below = late[metric.over].sum()
        return late[metric.source].sum() / below.where(below > 0)
    return series.groupby(keys)[metric.source].sum()


def _pair(values: pd.DataFrame, design: str, reference: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The summaries of a design and its reference for the seeds that both have."""
    known = values.index.get_level_values("design")
    if design not in known or reference not in known:
        return values.iloc[:0], values.iloc[:0]
    mine = cast("pd.DataFrame", values.xs(design, level="design"))
    other = cast("pd.DataFrame", values.xs(reference, level="design"))
    seeds = mine.index.intersection(other.index).sort_values()
    return mine.loc[seeds], other.loc[seeds]


def _rows(
    design: Mapping[str, Any], mine: pd.DataFrame, other: pd.DataFrame, quarters: int
) -> list[dict[str, Any]]:
    rows = []
    for metric in available_from(mine):
        key = (metric.name, metric.kind)
        measured = mine[key].notna() & other[key].notna()
        if measured.any():
            here = mine.loc[measured, key].to_numpy(float)
            there = other.loc[measured, key].to_numpy(float)
            row = _row(design, metric, here, there)
            if OUTLAY in mine.columns:
                gain, money = mine[key] - other[key], mine[OUTLAY] - other[OUTLAY]
                row |= _for_money(gain[measured], money[measured])
            rows.append(row)
    rows.append(_cost_per_job(design, mine, other))
    years = quarters / 4
    realised = float(mine[OUTLAY].mean()) / years if OUTLAY in mine.columns else np.nan
    cost = {"planned_outlay": float(design["planned_outlay"]), "realised_outlay": realised}
    return [{**row, **cost} for row in rows]


def _for_money(gain: pd.Series, money: pd.Series) -> dict[str, float]:
    """An effect per 100 m yuan of additional outlay; a single pair has no interval."""
    spent = money.to_numpy(float)
    if len(spent) < 2:
        mean = float(gain.mean() / spent[0]) if spent[0] > 0.0 else np.nan
        ratio = Interval(mean, np.nan, np.nan)
    else:
        ratio = fieller(gain.to_numpy(float), spent)
    names = ("per_100m", "per_100m_low", "per_100m_high")
    return {n: 100.0 * v for n, v in zip(names, (ratio.mean, ratio.low, ratio.high), strict=True)}


def available_from(values: pd.DataFrame) -> list[Metric]:
    """The metrics that are columns of a frame of summaries, in order."""
    from experiments.metrics import METRICS

    return [metric for metric in METRICS if (metric.name, metric.kind) in values.columns]


def _row(design: Mapping[str, Any], metric: Metric, here: Floats, there: Floats) -> dict[str, Any]:
    differences = here - there
    interval, (low, high, certainty) = paired(differences), bootstrap(differences)
    baseline = float(np.mean(there))
    return {
        **_named(design, metric, len(here)),
        "baseline": baseline,
        "level": float(np.mean(here)),
        "mean": interval.mean,
        "per_cent": 100 * interval.mean / baseline if baseline else np.nan,
        "low": interval.low,
        "high": interval.high,
        "boot_low": low,
        "boot_high": high,
        "paired_share": paired_share(here, there),
        "certainty": certainty,
    }


def named(metric: Metric) -> dict[str, Any]:
    """What names a metric in a tidy row."""
    return {"metric": metric.name, "kind": metric.kind, "unit": metric.unit}


def _named(design: Mapping[str, Any], metric: Metric, n: int) -> dict[str, Any]:
    return {
        "design": design["design"],
        "scenario": design["scenario"],
        **named(metric),
        "headline": metric.headline,
        "n": n,
        "best": np.nan,
    }


def _cost_per_job(
    design: Mapping[str, Any], mine: pd.DataFrame, other: pd.DataFrame
) -> dict[str, Any]:
    row = {**_named(design, COST_PER_JOB, len(mine)), **dict.fromkeys(COLUMNS[7:17], np.nan)}
    cost, jobs = ("net_cost", "cumulative"), ("employment", "job_years")
    if cost in mine.columns and jobs in mine.columns:
        money = (mine[cost] - other[cost]).to_numpy(float)
        gain = (mine[jobs] - other[jobs]).to_numpy(float)
        ratio = fieller(money, gain)
        row |= {"mean": ratio.mean, "low": ratio.low, "high": ratio.high}
    return row


def _with_best(
    frame: pd.DataFrame,
    designs: Sequence[Mapping[str, Any]],
    values: pd.DataFrame,
    data: Mapping[str, str],
) -> pd.DataFrame:
    """Fill in the probability of being best for metrics that have a good direction."""
    if frame.empty:
        return frame
    chances: dict[tuple[str, str, str], float] = {}
    for reference in dict.fromkeys(d["reference"] for d in designs if d["reference"]):
        pairs = {
            d["design"]: _pair(values, data[d["design"]], data[reference])
            for d in designs
            if d["reference"] == reference
        }
        if len(pairs) > 1:
            gains = {name: mine - other for name, (mine, other) in pairs.items()}
            for metric in available_from(values):
                for name, chance in _chances(metric, gains).items():
                    chances[name, metric.name, metric.kind] = chance
    keys = zip(frame["design"], frame["metric"], frame["kind"], strict=True)
    return frame.assign(best=[chances.get(key, np.nan) for key in keys])


def _chances(metric: Metric, gains: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Each design's probability of being best on a metric, over the seeds that all have."""
    key = (metric.name, metric.kind)
    if metric.direction not in (LOW, HIGH):
        return {}
    columns = {name: gain[key].dropna() for name, gain in gains.items()}
    seeds = sorted(set.intersection(*(set(column.index) for column in columns.values())))
    if not seeds:
        return {}
    table = np.array([column.loc[seeds].to_numpy(float) for column in columns.values()])
    return dict(
        zip(columns, map(float, best(table, highest=metric.direction == HIGH)), strict=True)
    )
