"""Sensitivity: which values of levers and world a scenario's effect hangs on.

First Morris screening of all chosen parameters, cheaply; then Sobol or PAWN indices of those that
matter. Every point is a pair: the scenario and its reference in the same world, on the same seeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Floats
from experiments.design import Design
from experiments.effects import summaries
from experiments.errors import BadInput
from experiments.identity import digest
from experiments.metrics import Metric
from experiments.progress import say
from experiments.questions.asking import carry, check_length, chosen_metrics, metric_table, take
from experiments.questions.indices import Index, measure, sample
from experiments.questions.parameters import Parameter, find_parameters, split_ranges
from experiments.questions.settings import SENSITIVITY
from experiments.questions.stages import open_question, question_folder, read_question, stage
from experiments.questions.variants import Whole, compose_whole, share_runs, variant
from experiments.speech import worded
from experiments.store import MANIFEST, Store
from experiments.study import Study

if TYPE_CHECKING:
    import pandas as pd

# Looked into where nothing is named: values without evidence (grade U) on which measures act.
USUAL = (
    "world.demand.growth_later", "world.demand.district_share", "world.firms.awareness",
    "world.research.project_return", "world.labour.supply_elasticity", "world.equity.climate",
    "world.credit.need", "world.grants.review_noise",
)  # fmt: skip
USUAL_WITHIN = 0.5
MATTERS = 0.1  # a parameter goes on if it moves at least this share of what the strongest moves
COLUMNS = (
    "stage", "method", "parameter", "metric", "kind", "unit", "index", "value", "low", "high",
    "luck", "samples", "final", "n", "range_low", "range_high", "range_unit",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A checked question: what was typed, its settings, the scenario, and what is varied."""

    words: tuple[str, ...]
    settings: Mapping[str, Any]
    whole: Whole
    parameters: Sequence[Parameter]
    folder: Path


def sensitivity(*words: str) -> tuple[Path, pd.DataFrame]:
    """Run both stages, or what is missing, and return the folder and `sensitivity_frame`.

    `words` are settings (`samples=64`), ranges and overrides. Raises BadInput.
    """
    asked = prepare(words)
    run_stages(asked)
    return asked.folder, sensitivity_frame(asked.folder, asked.settings)


def prepare(words: Sequence[str]) -> Asked:
    """Check everything and choose the folder; nothing is run. Raises BadInput."""
    settings, left = take(SENSITIVITY.options, words)
    ranges, overrides = split_ranges(left)
    if settings["samples"] & (settings["samples"] - 1):
        raise BadInput(worded("questions.samples", samples=settings["samples"]))
    metrics = chosen_metrics(settings["metrics"])
    if not settings["metrics"]:
        raise BadInput(worded("questions.no_metrics"))
    if not settings["parameters"] and not ranges:
        settings |= {"parameters": USUAL, "within": settings["within"] or USUAL_WITHIN}
    whole = compose_whole("sensitivity", overrides)
    check_length(metrics, int(whole.plan.settings["quarters"]))
    parameters = find_parameters(whole, settings["parameters"], ranges, settings["within"])
    if whole.design.identity == whole.reference.identity:
        raise BadInput(worded("questions.no_effect", id=whole.design.id))
    folder = question_folder("sensitivity", whole.plan, _facts(settings, parameters))
    asked = Asked(tuple(words), settings, whole, parameters, folder)
    _designs(asked, parameters, [[0.0] * len(parameters), [1.0] * len(parameters)])
    return asked


def _facts(settings: Mapping[str, Any], parameters: Sequence[Parameter]) -> dict[str, Any]:
    """What decides the screening; metrics and the second stage may change without running it anew."""
    screened = {"trajectories": settings["trajectories"]}
    return {**screened, "parameters": [asdict(item) for item in parameters]}


def run_stages(asked: Asked) -> list[Study]:
    """Screen, choose, and look closer; returns the studies of the stages."""
    settings = asked.settings
    facts = _facts(settings, asked.parameters)
    plan = asked.whole.plan
    open_question(asked.folder, "sensitivity", asked.words, plan, facts, settings)
    say(
        worded(
            "notices.screening", stages=1 + bool(settings["samples"]), count=len(asked.parameters)
        )
    )
    studies = [_stage(asked, "screening", "morris", asked.parameters, settings["trajectories"])]
    if settings["samples"]:
        kept = mattering(sensitivity_frame(asked.folder, settings), settings["keep"])
        chosen = [item for item in asked.parameters if item.key in kept]
        if chosen:
            count = settings["samples"]
            say(worded("notices.indices", count=len(chosen)))
            name = second_stage(settings, [item.key for item in chosen])
            studies.append(_stage(asked, name, settings["method"], chosen, count))
    return studies


def _stage(
    asked: Asked, name: str, method: str, parameters: Sequence[Parameter], samples: int
) -> Study:
    points = sample(method, samples, [item.key for item in parameters])
    designs = _designs(asked, parameters, points)
    plan = share_runs(asked.whole.plan, designs)
    study = stage("sensitivity", asked.words, plan, asked.folder, name)
    carry(study)
    return study


def _designs(
    asked: Asked, parameters: Sequence[Parameter], points: Sequence[Sequence[float]] | Floats
) -> list[Design]:
    """A design a point, references first; a world of its own needs a reference of its own."""
    references, compared = [asked.whole.reference], []
    worldly = any(item.key.startswith("world.") for item in parameters)
    for place, point in enumerate(points):
        values = {item.key: item.at(float(u)) for item, u in zip(parameters, point, strict=True)}
        name, reference = point_name(place), asked.whole.reference
        if worldly:
            world = {k: v for k, v in values.items() if k.startswith("world.")}
            reference = variant(asked.whole, f"{name} reference", base=reference, values=world)
            references.append(reference)
        made = variant(asked.whole, name, values=values)
        compared.append(replace(made, reference=reference.id))
    return [*references[worldly:], *compared]


def point_name(place: int) -> str:
    """The design of a point, by its place in the sample."""
    return f"point {place:05d}"


def second_stage(settings: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The folder of a second stage: its method, samples, and a hash of what it looks into."""
    return f"{settings['method']}-{settings['samples']}-{digest(list(keys))[:6]}"


def mattering(frame: pd.DataFrame, keep: int) -> list[str]:
    """Parameters that go into the second stage, the strongest first: by mu_star of any metric.

    They move at least a tenth of what the strongest moves on some metric, and are at most `keep`.
    """
    rows = frame[(frame["index"] == "mu_star") & frame["final"] & (frame["value"] > 0)]
    if rows.empty:
        return []
    share = rows["value"] / rows.groupby(["metric", "kind"])["value"].transform("max")
    most = share.groupby(rows["parameter"], sort=False).max()
    strong = most[most >= MATTERS].sort_values(ascending=False, kind="stable")
    return [str(name) for name in strong.index[:keep]]


def sensitivity_frame(folder: Path, settings: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Every index of both stages, from the stored runs of a question's folder.

    A row an index: stage (screening, indices); method (morris, sobol, pawn); parameter (its key);
    metric, kind; index: mu (mean change of the effect when the parameter goes through its whole
    range, in the metric's unit), mu_star (mean size of that change), sigma (its spread: curvature and
    interaction), first and total (Sobol: share of variance, alone and with interactions), median
    (PAWN: 0–1); unit; value; low, high: 95 % interval over trajectories or samples; luck: standard
    error that stems from the seeds (jackknife); samples: trajectories or base samples used; final:
    all of them, earlier rows show convergence; n: seeds; range_low, range_high, range_unit: of the
    parameter. `settings` are those the question was last asked with, if none are given.
    """
    import pandas as pd

    asked = read_question(folder)
    settings = settings or asked["settings"]
    parameters = [Parameter(**item) for item in asked["parameters"]]
    rows: list[dict[str, Any]] = []
    for name in ("screening", "indices"):
        screening = name == "screening"
        method = "morris" if screening else settings["method"]
        samples = settings["trajectories" if screening else "samples"]
        if not screening:
            kept = mattering(pd.DataFrame(rows, columns=list(COLUMNS)), settings["keep"])
            parameters = [item for item in parameters if item.key in kept]
        keys = [item.key for item in parameters]
        store = Store(Path(folder) / (name if screening else second_stage(settings, keys)))
        if not keys or not (store.folder / MANIFEST).exists() or "series" not in store:
            continue
        values, designs = summaries(store.series()), store.manifest["designs"]
        for metric in chosen_metrics(settings["metrics"]):
            effects = effects_by_point(values, designs, metric)
            if effects is not None:
                found = measure(method, samples, keys, effects)
                rows += [_row(name, method, metric, effects, parameters, item) for item in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def effects_by_point(
    values: pd.DataFrame, designs: Sequence[Mapping[str, Any]], metric: Metric
) -> Floats | None:
    """Paired effects, shape (points, seeds), over the seeds that every point has finished."""
    table = metric_table(values, metric)
    data = {design["design"]: design["data"] for design in designs}
    if table is None or not set(data.values()) <= set(table.columns):
        return None
    table = table[list(dict.fromkeys(data.values()))].dropna()
    if table.empty:
        return None
    return np.array(
        [
            table[data[d["design"]]].to_numpy(float) - table[data[d["reference"]]].to_numpy(float)
            for d in designs
            if d["reference"]
        ]
    )


def _row(
    name: str,
    method: str,
    metric: Metric,
    effects: Floats,
    parameters: Sequence[Parameter],
    found: Index,
) -> dict[str, Any]:
    parameter = next(item for item in parameters if item.key == found.parameter)
    unit = metric.unit if method == "morris" else "share"
    return {
        "stage": name, "method": method, "metric": metric.name, "kind": metric.kind, "unit": unit,
        "n": effects.shape[1], "range_low": parameter.low, "range_high": parameter.high,
        "range_unit": parameter.unit, **asdict(found),
    }  # fmt: skip
