"""Robustness: which policy holds up across worlds, and under which conditions one fails.

A condition is a world, with a point of sampled world values where some are given. In each, every policy
is paired with doing nothing on the same seeds; doing nothing is itself a policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from experiments.design import Design, Plan, expand
from experiments.errors import BadInput
from experiments.grammar import parse
from experiments.metrics import NONE
from experiments.questions.asking import carry, check_length, chosen_metrics, take
from experiments.questions.indices import sample
from experiments.questions.parameters import Parameter, Ranges, find_parameters, split_ranges
from experiments.questions.robustness import CONDITIONS, Discovery, condition_name, discovery
from experiments.questions.settings import DISCOVER
from experiments.questions.stages import open_question, question_folder, stage
from experiments.questions.variants import Whole, share_runs, variant
from experiments.speech import worded
from experiments.study import Study

WORLDS = "haidian_2014,credit_squeeze,demand_slump,funding_winter,hot_market"
POLICIES = "supply_push,demand_pull,finance_first,talent_first"  # at the same planned outlay


@dataclass(frozen=True)
class Asked:
    """A checked question: what was typed, its settings, every design, and its facts."""

    words: tuple[str, ...]
    settings: Mapping[str, Any]
    plan: Plan
    facts: Mapping[str, Any]
    folder: Path


def discover(*words: str) -> Discovery:
    """Run every policy in every condition, or what is missing, and return `discovery`.

    `words` are settings (`least=100`), ranges and overrides. Raises BadInput.
    """
    asked = prepare(words)
    run(asked)
    return discovery(asked.folder, asked.settings)


def prepare(words: Sequence[str]) -> Asked:
    """Check everything and choose the folder; nothing is run. Raises BadInput."""
    settings, left = take(DISCOVER.options, words)
    ranges, overrides = split_ranges(left)
    metrics = chosen_metrics(settings["metrics"])
    for metric in metrics:
        if metric.direction == NONE:
            raise BadInput(worded("questions.metric_neutral", name=metric.name))
    for key in (*settings["parameters"], *ranges):
        if not key.startswith("world."):
            raise BadInput(worded("questions.no_world_value", key=key))
    base = _expand(overrides)
    check_length(metrics if settings["metrics"] else (), int(base.settings["quarters"]))
    policies = list(dict.fromkeys(d.scenario for d in base.compared()))
    worlds = list(dict.fromkeys(d.world_name for d in base.compared()))
    parameters = _parameters(base, settings, ranges)
    points = _points(parameters, settings["samples"])
    if len(worlds) * len(points) < 2:
        raise BadInput(worded("questions.one_condition"))
    plan = share_runs(base, _designs(base, parameters, points))
    facts = {
        "policies": policies, "worlds": worlds, "nothing": _nothing(base),
        "parameters": [asdict(item) for item in parameters], "points": points,
        "titles": {d.scenario: dict(d.title) for d in base.designs},
    }  # fmt: skip
    return Asked(tuple(words), settings, plan, facts, question_folder("discover", plan, facts))


def _expand(overrides: Sequence[str]) -> Plan:
    """Every policy in every world as composed; raises BadInput for sweeps of anything else."""
    keys = [word.partition("=")[0] for word in overrides]
    stated = list(overrides)
    if "world" not in keys:
        stated = [f"world={WORLDS}", *stated]
    if "scenario" not in keys:
        stated = [f"scenario={POLICIES}", *stated]
    parsed = parse(stated)
    for setting in parsed:
        if setting.swept and setting.key not in ("world", "scenario"):
            raise BadInput(worded("questions.discover_one", key=setting.key))
    plan = expand(parsed)
    for design in plan.compared():
        if design.id == design.reference:
            raise BadInput(worded("questions.is_reference", id=design.id))
    return plan


def _nothing(plan: Plan) -> str:
    return next(design.scenario for design in plan.designs if not design.reference)


def _parameters(plan: Plan, settings: Mapping[str, Any], ranges: Ranges) -> list[Parameter]:
    if not settings["parameters"] and not ranges:
        return []
    first = plan.compared()[0]
    whole = Whole(first, first, plan)
    return find_parameters(whole, settings["parameters"], ranges, settings["within"])


def _points(parameters: Sequence[Parameter], samples: int) -> list[dict[str, float]]:
    """World values of each point, by key; one empty point where nothing is sampled."""
    if not parameters:
        return [{}]
    drawn = sample("lhs", samples, [item.key for item in parameters])
    return [
        {item.key: item.at(float(place)) for item, place in zip(parameters, row, strict=True)}
        for row in drawn
    ]


def _designs(
    base: Plan, parameters: Sequence[Parameter], points: Sequence[Mapping[str, float]]
) -> list[Design]:
    """Doing nothing in every condition, then every policy in every condition."""
    references: dict[str, Design] = {}
    compared = []
    by_id = {design.id: design for design in base.designs}
    for design in base.compared():
        nothing = by_id[design.reference]
        whole = Whole(design, nothing, base)
        for place, values in enumerate(points):
            number = place if parameters else None
            spot = condition_name(design.world_name, number, nothing.scenario)
            if spot not in references:
                made = variant(whole, spot, base=nothing, values=values)
                references[spot] = replace(made, reference="")
            name = condition_name(design.world_name, number, design.scenario)
            made = variant(whole, name, values=values)
            compared.append(replace(made, reference=spot))
    return [*references.values(), *compared]


def run(asked: Asked) -> Study:
    """Run what is missing."""
    settings = asked.settings
    open_question(asked.folder, "discover", asked.words, asked.plan, asked.facts, settings)
    study = stage("discover", asked.words, asked.plan, asked.folder, CONDITIONS)
    carry(study)
    return study
