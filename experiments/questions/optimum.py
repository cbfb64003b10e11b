"""What a search for mixes found, read from stored results: front, shares of the budget, search."""

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
from experiments.questions.search import Better, Search, Weights, balanced, undominated
from experiments.questions.stages import read_question
from experiments.statistics import Interval, paired
from experiments.store import MANIFEST, Store

if TYPE_CHECKING:
    import pandas as pd

STATED = 0  # the first mix asked: the proportions of the scenario itself
FRONT = "front"
MIX_COLUMNS = (
    "mix", "name", "metric", "kind", "unit", "direction", "first", "first_low", "first_high",
    "first_n", "value", "low", "high", "n", "optimism", "selection", "holds",
)  # fmt: skip
SHARE_COLUMNS = ("mix", "name", "part", "weight", "envelope", "share")
SEARCH_COLUMNS = ("mix", "generation", "metric", "kind", "unit", "direction", "first", "on_front")


@dataclass(frozen=True)
class Optimum:
    """What a search found, as tidy frames.

    `front`, a row a mix and objective: mix (its number), name (best:METRIC, balanced, stated or
    empty), metric, kind, unit, direction; first (first_low, first_high, first_n): mean paired effect
    on the seeds of the search; value (low, high, n): the same on fresh seeds, the number to quote;
    optimism: by how much the first estimate was better than the fresh one, in the metric's unit;
    selection: the same less that of the stated mix, which nobody selected: what picking the lucky
    ones cost, without the luck that moved all mixes alike (NaN for the stated mix); holds: still on
    the front of fresh means. Intervals are t intervals over seeds.
    `shares`, a row a mix and part: weight, envelope [m yuan/year], share of the budget.
    `search`, a row a mix searched and objective: generation, first, on_front.
    """

    folder: Path
    front: pd.DataFrame
    shares: pd.DataFrame
    search: pd.DataFrame


def better(objectives: Sequence[Metric]) -> list[Better]:
    """Which way each objective is better."""
    return ["minimize" if metric.direction == LOW else "maximize" for metric in objectives]


def worth_of(values: Floats, objectives: Sequence[Metric]) -> Floats:
    """Effects with their sign turned where less is better, shape (mixes, objectives)."""
    return values * np.array([-1.0 if metric.direction == LOW else 1.0 for metric in objectives])


def identity_effects(store: Store, objectives: Sequence[Metric]) -> dict[str, Floats]:
    """Paired effects by a design's identity, shape (objectives, seeds); unfinished mixes are absent."""
    return {d["identity"]: e for d, e in _paired(store, objectives)}


def _paired(store: Store, objectives: Sequence[Metric]) -> list[tuple[Mapping[str, Any], Floats]]:
    if "series" not in store:
        return []
    values, designs = summaries(store.series()), store.manifest["designs"]
    data = {design["design"]: design["data"] for design in designs}
    tables = [metric_table(values, metric) for metric in objectives]
    found = []
    for design in designs:
        if not design["reference"]:
            continue
        mine, other = data[design["design"]], data[design["reference"]]
        if any(t is None or not {mine, other} <= set(t.columns) for t in tables):
            continue
        apart = [(t[mine] - t[other]).dropna() for t in tables if t is not None]
        seeds = sorted(set.intersection(*(set(column.index) for column in apart)))
        if seeds:
            found.append((design, np.array([column.loc[seeds] for column in apart], float)))
    return found


def optimum(folder: Path) -> Optimum:
    """What a question's folder holds so far, from stored results only; see `Optimum`."""
    import pandas as pd

    asked = read_question(folder)
    settings = asked["settings"]
    objectives = chosen_metrics(settings["objectives"])
    first: dict[str, Floats] = {}
    generations = sorted(Path(folder).glob(f"generation-*/{MANIFEST}"))
    for path in generations:
        first |= identity_effects(Store(path.parent), objectives)
    searched, trials = _searched(Path(folder), asked, objectives)
    front = Path(folder) / FRONT / MANIFEST
    if not front.exists():
        empty = [pd.DataFrame(columns=list(c)) for c in (MIX_COLUMNS, SHARE_COLUMNS)]
        return Optimum(Path(folder), empty[0], empty[1], searched)
    again = _paired(Store(front.parent), objectives)
    worth = worth_of(np.array([effects.mean(axis=1) for _, effects in again]), objectives)
    holds, numbers = undominated(worth), [int(d["design"].split()[-1]) for d, _ in again]
    names = mix_names(worth, numbers, objective_names(objectives))
    rows, shares = [], []
    for place, (design, effects) in enumerate(again):
        number = numbers[place]
        about = {"mix": number, "name": names[number]}
        for k, metric in enumerate(objectives):
            seen = paired(first[design["identity"]][k])
            row = _mix_row(metric, seen, paired(effects[k]))
            counts = {"first_n": first[design["identity"]].shape[1], "n": effects.shape[1]}
            rows.append({**about, **row, **counts, "holds": bool(holds[place])})
        shares += _shares(about, design, asked["parts"], trials[number])
    stated = {_key(row): row["optimism"] for row in rows if row["mix"] == STATED}
    for row in rows:
        beside = row["mix"] != STATED and _key(row) in stated
        row["selection"] = row["optimism"] - stated[_key(row)] if beside else np.nan
    return Optimum(
        Path(folder),
        pd.DataFrame(rows, columns=list(MIX_COLUMNS)),
        pd.DataFrame(shares, columns=list(SHARE_COLUMNS)),
        searched,
    )


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    """What tells an objective from another: one metric may be asked for in two kinds."""
    return row["metric"], row["kind"]


def objective_names(objectives: Sequence[Metric]) -> list[str]:
    """What objectives are called in the names of mixes: the metric, and its kind where two share it."""
    metrics = [metric.name for metric in objectives]
    return [
        metric.name if metrics.count(metric.name) == 1 else f"{metric.name}:{metric.kind}"
        for metric in objectives
    ]


def mix_names(worth: Floats, numbers: Sequence[int], objectives: Sequence[str]) -> dict[int, str]:
    """Names of mixes by number, from their worth on fresh seeds: best:METRIC, balanced, stated."""
    names = dict.fromkeys(numbers, "")
    for k, objective in enumerate(objectives):
        place = numbers[int(np.argmax(worth[:, k]))]
        names[place] = f"{names[place]}+best:{objective}".lstrip("+")
    middle = numbers[balanced(worth)]
    names[middle] = f"{names[middle]}+balanced".lstrip("+")
    if STATED in names:
        names[STATED] = f"{names[STATED]}+stated".lstrip("+")
    return names


def _mix_row(metric: Metric, seen: Interval, fresh: Interval) -> dict[str, Any]:
    sign = -1.0 if metric.direction == LOW else 1.0
    return {
        "metric": metric.name, "kind": metric.kind, "unit": metric.unit,
        "direction": metric.direction, "first": seen.mean, "first_low": seen.low,
        "first_high": seen.high, "value": fresh.mean, "low": fresh.low, "high": fresh.high,
        "optimism": sign * (seen.mean - fresh.mean),
    }  # fmt: skip


def _shares(
    about: Mapping[str, Any],
    design: Mapping[str, Any],
    parts: Mapping[str, Sequence[str]],
    weights: Weights,
) -> list[dict[str, Any]]:
    """What each part of a mix gets."""
    given = {
        part: sum(float(design["levers"].get(lever, {}).get("envelope", 0.0)) for lever in levers)
        for part, levers in parts.items()
    }
    total = sum(given.values()) or 1.0
    return [
        {**about, "part": p, "weight": weights[p], "envelope": m, "share": m / total}
        for p, m in given.items()
    ]


def _searched(
    folder: Path, asked: Mapping[str, Any], objectives: Sequence[Metric]
) -> tuple[pd.DataFrame, dict[int, Weights]]:
    """Every mix that was searched, and the weights of each."""
    import pandas as pd

    settings = asked["settings"]
    finder = Search(folder, list(asked["parts"]), better(objectives), settings["population"])
    told = finder.told()
    if not told:
        return pd.DataFrame(columns=list(SEARCH_COLUMNS)), {}
    on = undominated(worth_of(np.array([trial.values for trial in told]), objectives))
    rows = [
        {
            "mix": trial.number, "generation": trial.number // settings["population"],
            "metric": metric.name, "kind": metric.kind, "unit": metric.unit,
            "direction": metric.direction, "first": trial.values[k], "on_front": bool(on[place]),
        }
        for place, trial in enumerate(told)
        for k, metric in enumerate(objectives)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(SEARCH_COLUMNS)), {t.number: t.params for t in told}
