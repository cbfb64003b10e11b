"""Chart 4 from the series: what each scenario gains for its net cost, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
import pandas as pd

from experiments.figures import loss, plane
from experiments.figures.frames import t_interval
from experiments.figures.study import Study
from experiments.gallery.chart import Chart, chart
from experiments.metrics import COST
from experiments.report.findings import name_key
from experiments.report.results import Results, once
from experiments.statistics import gaps, paired, resamples

# Gains set against net cost: a yuan of R&D against a yuan; a job-year against a year's pay.
GAINS = (("rnd", "cumulative"), ("employment", "job_years"))
STEPS = 15  # from nothing to the threshold, which is so among the values drawn, whatever it is
MOST = 3  # thresholds, to which the values drawn reach


def threshold(results: Results, metric: str) -> float:
    """What a unit of gain is taken to be worth [m yuan]: R&D one for one, a job-year a year's pay.

    The pay is the mean of S&T staff in the reference over the run.
    """
    if metric == "rnd":
        return 1.0
    series = results.series([results.reference])
    return float(series["wage_st"].mean())


@once
def plane_frame(results: Results, metric: str, kind: str) -> pd.DataFrame:
    """Pairs and means of every compared scenario.

    Columns: part (pair or mean), design, focus (is the study about it), seed, n, cost [m yuan] and
    gain [unit of the metric] beyond the reference, with cost_low, cost_high, gain_low, gain_high (95%)
    for means; threshold [m yuan a unit]; worth, worth_low, worth_high, the gain at the threshold less
    the cost [m yuan].
    """
    worth_of, rows = threshold(results, metric), []
    for design, cost, gain in _pairs(results, metric, kind):
        worth = worth_of * gain - cost
        focus = design == results.focus["design"]
        common = {"design": design, "focus": focus, "n": len(cost), "threshold": worth_of}
        rows += [
            {"part": "pair", "seed": seed, "cost": c, "gain": g, **common}
            for seed, c, g in zip(cost.index, cost, gain, strict=True)
        ]
        mean = {"part": "mean", **common}
        for name, values in (("cost", cost), ("gain", gain), ("worth", worth)):
            found = paired(values.to_numpy(float))
            mean |= {name: found.mean, f"{name}_low": found.low, f"{name}_high": found.high}
        rows.append(mean)
    return pd.DataFrame(rows)


@once
def loss_frame(results: Results, metric: str, kind: str) -> pd.DataFrame:
    """Expected loss of each choice by what a unit of gain is worth.

    Columns: design (the reference is "do nothing new"), focus (is the study about it), value [m yuan a
    unit], n, loss [m yuan]: the mean, over resampled pairs, of what is missed against the choice that
    is best in that resample; behind, behind_low, behind_high [m yuan]: by how much a pair's gain at
    that value less its cost is below that of the choice with the smallest loss, with its 95% interval.
    `threshold` is the value at which the plane judges; it is among the values.
    """
    pairs = _pairs(results, metric, kind)
    seeds = sorted(set.intersection(*(set(cost.index) for _, cost, _ in pairs)))
    if len(seeds) < 2:
        return pd.DataFrame(columns=["design", "value", "n", "loss", "threshold"])
    chosen, nothing = resamples(len(seeds)), np.zeros((1, len(seeds)))
    costs = np.vstack([nothing, *(cost[seeds].to_numpy(float)[None] for _, cost, _ in pairs)])
    gains = np.vstack([nothing, *(gain[seeds].to_numpy(float)[None] for _, _, gain in pairs)])
    mean_costs, mean_gains = (of[:, chosen].mean(axis=2) for of in (costs, gains))
    names = [results.reference, *(name for name, _, _ in pairs)]
    worth_of, focus = threshold(results, metric), str(results.focus["design"])
    parts = []
    for value in worth_of * (np.arange(MOST * STEPS + 1) / STEPS):
        worth = value * mean_gains - mean_costs
        missed = (worth.max(axis=0) - worth).mean(axis=1)
        by_pair = value * gains - costs
        behind, low, high = t_interval(gaps(by_pair[missed.argmin()], by_pair))
        columns = {"design": names, "value": value, "n": len(seeds), "loss": missed}
        columns |= {"behind": behind, "behind_low": low, "behind_high": high}
        parts.append(pd.DataFrame({**columns, "threshold": worth_of}))
    found = pd.concat(parts, ignore_index=True)
    return found.assign(focus=found["design"] == focus)


@once
def _pairs(results: Results, metric: str, kind: str) -> list[tuple[str, pd.Series, pd.Series]]:
    """Design, cost and gain by seed beyond the design's own reference."""
    values = results.summaries
    if COST not in values or (metric, kind) not in values:
        return []
    found = []
    for design in results.compared:
        if design["reference"] != results.reference:
            continue
        data = results.designs[results.reference]["data"]
        here = cast("pd.DataFrame", values.xs(design["data"], level="design"))
        there = cast("pd.DataFrame", values.xs(data, level="design"))
        gaps = (here - there)[[COST, (metric, kind)]].dropna().sort_index()
        found.append((str(design["design"]), gaps[COST], gaps[(metric, kind)]))
    return found


def planes(results: Results, study: Study) -> Iterator[Chart]:
    """Cost-effectiveness planes: R&D and job-years."""
    for metric, kind in GAINS:
        frame = plane_frame(results, metric, kind)
        if len(frame):
            yield chart(plane, frame, study, metric, name_key(metric, kind))


def losses(results: Results, study: Study) -> Iterator[Chart]:
    """Expected-loss curves: R&D and job-years, from two pairs on."""
    for metric, kind in GAINS:
        if _pairs(results, metric, kind):
            frame = loss_frame(results, metric, kind)
            if len(frame):
                yield chart(loss, frame, study, metric, name_key(metric, kind))
