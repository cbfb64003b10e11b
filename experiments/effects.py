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
from experiments.pairs import Pair, Pairs
from experiments.speech import worded
from experiments.statistics import Interval, best, bootstrap, fieller, gaps, paired, paired_share
from experiments.store import Store

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "design", "scenario", "metric", "kind", "unit", "headline", "n", "baseline", "level", "mean",
    "per_cent", "low", "high", "boot_low", "boot_high", "paired_share", "certainty", "best",
    "planned_outlay", "realised_outlay", "per_100m", "per_100m_low", "per_100m_high",
)  # fmt: skip


OUTLAY = ("outlay", "cumulative")
RUN = ["design", "seed"]
METRIC_COLUMNS = ("metric", "kind", "unit")


def effects(store: Store) -> pd.DataFrame:
    """The effects of every compared design of a store, in the study's order."""
    import pandas as pd

    if "series" not in store:
        return pd.DataFrame(columns=list(COLUMNS))
    rows: list[dict[str, Any]] = []
    pairs, found = paired_designs(store)
    for design, pair in found:
        rows += _rows(design, pairs, pair, int(store.manifest["quarters"]))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return _with_best(frame, pairs, found)


Paired = tuple[Mapping[str, Any], Pair]


def paired_designs(store: Store) -> tuple[Pairs, list[Paired]]:
    """The compared designs that have a finished pair, in the study's order, with their pairs."""
    pairs, designs = Pairs(summaries(store.series())), store.manifest["designs"]
    data = {design["design"]: design["data"] for design in designs}
    found = [
        (design, pairs.of(data[design["design"]], data[design["reference"]]))
        for design in designs
        if design["reference"]
    ]
    return pairs, [(design, pair) for design, pair in found if len(pair.seeds)]


def effects_in(store: Store) -> pd.DataFrame:
    """The effects of a results folder; raises BadInput where no pair is finished."""
    frame = effects(store)
    if frame.empty:
        command = store.manifest["command"]
        raise BadInput(worded("files.no_pairs", folder=store.folder, command=command))
    return frame


def summaries(series: pd.DataFrame) -> pd.DataFrame:
    """One row a run, indexed by design and seed; one column a metric, named (name, kind)."""
    import pandas as pd

    series = with_cohorts(series)
    quarter = series["quarter"]
    # Runs are told apart once for all metrics.
    parts = {
        "level": series[quarter == quarter.max()].set_index(RUN),
        "last_year": series[quarter > quarter.max() - 4].groupby(RUN),
        "ratio": series[quarter >= SURVIVAL_FROM].groupby(RUN),
    }
    runs = series.groupby(RUN)
    found = {
        (metric.name, metric.kind): _summary(parts.get(metric.kind, runs), metric)
        for metric in available(list(series.columns))
    }
    return pd.DataFrame(found)


def with_cohorts(series: pd.DataFrame) -> pd.DataFrame:
    """Add the cohort of five years ago, which fixes who can be a five-year survivor."""
    if "births_5y_ago" in series.columns or "births" not in series.columns:
        return series
    cohorts = series.sort_values("quarter").groupby("run_id")["births"].shift(SURVIVAL_FROM)
    return series.assign(births_5y_ago=cohorts.fillna(0.0))


def _summary(runs: Any, metric: Metric) -> pd.Series:
    """A metric of each run, from the quarters that its kind looks at."""
    if metric.kind == "level":
        return cast("pd.Series", runs[metric.source])
    if metric.kind == "job_years":
        return cast("pd.Series", runs[metric.source].mean() * runs[metric.source].size() / 4)
    total = runs[metric.source].sum()
    if metric.kind == "ratio":
        below = runs[metric.over].sum()
        return cast("pd.Series", total / below.where(below > 0))
    return cast("pd.Series", total)


def _rows(
    design: Mapping[str, Any], pairs: Pairs, pair: Pair, quarters: int
) -> list[dict[str, Any]]:
    rows = []
    gain, outlay = pair.gain, pairs.columns.get(OUTLAY)
    for metric in pairs.metrics:
        place = pairs.place(metric)
        measured = np.isfinite(gain[:, place])
        if measured.any():
            row = _row(design, metric, pair.here[measured, place], pair.there[measured, place])
            if outlay is not None:
                row |= _for_money(gain[measured, place], gain[measured, outlay])
            rows.append(row)
    rows.append(_cost_per_job(design, pairs, gain))
    years = quarters / 4
    realised = np.nan if outlay is None else float(pair.here[:, outlay].mean()) / years
    cost = {"planned_outlay": float(design["planned_outlay"]), "realised_outlay": realised}
    return [{**row, **cost} for row in rows]


def _for_money(gain: Floats, spent: Floats) -> dict[str, float]:
    """An effect per 100 m yuan of additional outlay; a single pair has no interval."""
    if len(spent) < 2:
        mean = float(gain[0] / spent[0]) if spent[0] > 0.0 else np.nan
        ratio = Interval(mean, np.nan, np.nan)
    else:
        ratio = fieller(gain, spent)
    names = ("per_100m", "per_100m_low", "per_100m_high")
    return {n: 100.0 * v for n, v in zip(names, (ratio.mean, ratio.low, ratio.high), strict=True)}


def _row(design: Mapping[str, Any], metric: Metric, here: Floats, there: Floats) -> dict[str, Any]:
    differences = gaps(here, there)
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


def _cost_per_job(design: Mapping[str, Any], pairs: Pairs, gain: Floats) -> dict[str, Any]:
    row = {**_named(design, COST_PER_JOB, len(gain)), **dict.fromkeys(COLUMNS[7:17], np.nan)}
    cost = pairs.columns.get(("net_cost", "cumulative"))
    jobs = pairs.columns.get(("employment", "job_years"))
    if cost is not None and jobs is not None:
        ratio = fieller(gain[:, cost], gain[:, jobs])
        row |= {"mean": ratio.mean, "low": ratio.low, "high": ratio.high}
    return row


def _with_best(frame: pd.DataFrame, pairs: Pairs, found: Sequence[Paired]) -> pd.DataFrame:
    """Fill in the probability of being best for metrics that have a good direction."""
    chances: dict[tuple[str, str, str], float] = {}
    for reference in dict.fromkeys(design["reference"] for design, _ in found):
        mine = [(d["design"], pair) for d, pair in found if d["reference"] == reference]
        names = [name for name, _ in mine]
        seeds = sorted(set.intersection(*(set(pair.seeds.tolist()) for _, pair in mine)))
        if len(mine) < 2 or not seeds:
            continue
        table = np.array([pair.gain[np.isin(pair.seeds, seeds)] for _, pair in mine])
        for metric in pairs.metrics:
            gains = table[:, :, pairs.place(metric)]
            gains = gains[:, np.isfinite(gains).all(axis=0)]
            if metric.direction in (LOW, HIGH) and gains.shape[1]:
                found_best = best(gains, highest=metric.direction == HIGH)
                for name, chance in zip(names, found_best, strict=True):
                    chances[name, metric.name, metric.kind] = float(chance)
    keys = zip(frame["design"], frame["metric"], frame["kind"], strict=True)
    return frame.assign(best=[chances.get(key, np.nan) for key in keys])
