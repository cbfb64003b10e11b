"""Optimisation: the best mixes of measures under a yearly budget, and how far to believe them.

A mix gives every part of a scenario a weight; its envelopes, in the proportions stated times the
weights, plan the same outlay. The search sees few seeds, and picks what was lucky among them: the
front is therefore tried again on fresh seeds, and only these numbers are to be quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from agents.schema import Floats
from experiments import outlay
from experiments.comparison import TEN
from experiments.design import Design
from experiments.errors import BadInput
from experiments.metrics import NONE, Metric
from experiments.progress import say
from experiments.questions.asking import carry, check_length, chosen_metrics, refuse, take
from experiments.questions.optimum import (
    FRONT,
    STATED,
    Optimum,
    better,
    identity_effects,
    optimum,
    worth_of,
)
from experiments.questions.parts import group_levers, lever_places
from experiments.questions.search import Search, Weights, spread_out, undominated
from experiments.questions.settings import OPTIMISE
from experiments.questions.stages import open_question, question_folder, stage
from experiments.questions.variants import Whole, compose_whole, share_runs, variant
from experiments.speech import worded
from experiments.study import Study
from experiments.told import own_facts

OFF = 0.1  # a part with less of the heaviest weight is left out of the mix
USUAL = f"[{','.join(f'only/{lever}' for lever in TEN)}]"
FIXED = {"envelope_total": "planned_by_budget"}


@dataclass(frozen=True)
class Asked:
    """A checked question: what was typed, its settings, the scenario and its parts."""

    words: tuple[str, ...]
    settings: Mapping[str, Any]
    whole: Whole
    parts: Mapping[str, Sequence[str]]
    objectives: Sequence[Metric]
    folder: Path


def optimise(*words: str) -> Optimum:
    """Search, or continue, try the front on fresh seeds, and return `optimum`. Raises BadInput."""
    asked = prepare(words)
    search(asked)
    return optimum(asked.folder)


def prepare(words: Sequence[str]) -> Asked:
    """Check everything and choose the folder; nothing is run. Raises BadInput."""
    settings, overrides = take(OPTIMISE.options, words)
    refuse(overrides, FIXED)
    objectives = chosen_metrics(settings["objectives"])
    if not 2 <= len(objectives) <= 3 or not settings["objectives"]:
        raise BadInput(worded("questions.objectives"))
    for metric in objectives:
        if metric.direction == NONE:
            raise BadInput(worded("questions.objective_neutral", name=metric.name))
    whole = compose_whole("optimise", overrides, USUAL)
    check_length(objectives, int(whole.plan.settings["quarters"]))
    paid = [lever for lever in whole.levers if whole.design.levers[lever]["envelope"] > 0.0]
    parts = group_levers(paid, lever_places(own_facts(whole.plan.own)), settings["by"])
    if len(parts) < 2:
        raise BadInput(
            worded(
                "questions.nothing_to_mix", id=whole.design.id, count=len(parts), by=settings["by"]
            )
        )
    facts = _facts(settings, parts)
    folder = question_folder("optimise", whole.plan, facts)
    asked = Asked(tuple(words), settings, whole, parts, objectives, folder)
    try:
        for part in parts:
            mix_design(asked, STATED, {name: float(name == part) for name in parts})
        mix_design(asked, STATED, dict.fromkeys(parts, 1.0))
    except BadInput as error:
        raise BadInput(
            worded("questions.budget", budget=settings["budget"], problem=error)
        ) from error
    return asked


def _facts(settings: Mapping[str, Any], parts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {"parts": dict(parts), "search": dict(settings)}


def mix_design(asked: Asked, number: int, weights: Weights) -> Design:
    """The design of a mix; parts below a tenth of the weight of the heaviest are off.

    Raises BadInput where it cannot run, such as a budget beyond the purse.
    """
    envelopes = _envelopes(asked, weights)
    whole = asked.whole
    paid = {lever for levers in asked.parts.values() for lever in levers}
    keep = [lever for lever in whole.levers if lever not in paid or lever in envelopes]
    values = {f"levers.{lever}.envelope": amount for lever, amount in envelopes.items()}
    return variant(whole, mix_name(number), keep=keep, values=values)


def mix_name(number: int) -> str:
    """The design of a mix, by its number."""
    return f"mix {number:05d}"


def _envelopes(asked: Asked, weights: Weights) -> dict[str, float]:
    """Envelopes of the levers that are in the mix [m yuan/year while in force]."""
    stated = asked.whole.design.levers
    most = max(weights.values())
    inside = {part: w if most > 0.0 else 1.0 for part, w in weights.items() if w >= OFF * most}
    levers = {
        lever: {**stated[lever], "envelope": stated[lever]["envelope"] * weight}
        for part, weight in inside.items()
        for lever in asked.parts[part]
    }
    quarters = int(asked.whole.plan.settings["quarters"])
    return outlay.scaled(levers, float(asked.settings["budget"]), quarters)


def search(asked: Asked) -> list[Study]:
    """Run what is missing of every generation and of the front; returns the studies."""
    facts = _facts(asked.settings, asked.parts)
    plan = asked.whole.plan
    open_question(asked.folder, "optimise", asked.words, plan, facts, asked.settings)
    finder = _finder(asked)
    studies: list[Study] = []
    known: dict[str, Floats] = {}
    most = int(asked.settings["generations"])
    for generation in range(most):
        mixes = finder.generation(generation)
        designs = {i: mix_design(asked, i, weights) for i, weights in mixes.items()}
        fresh = {d.identity: d for d in designs.values() if d.identity not in known}
        if fresh:
            name = f"generation-{generation:03d}"
            say(worded("notices.generation", generation=generation + 1, most=most))
            studies.append(_carry(asked, name, list(fresh.values()), asked.whole.plan.settings))
            known |= identity_effects(studies[-1].store, asked.objectives)
        for number, design in designs.items():
            effects = known.get(design.identity)
            told = None if effects is None else [float(v) for v in effects.mean(axis=1)]
            finder.tell(number, told)
    found = finder.told()
    if found:
        worth = worth_of(np.array([trial.values for trial in found]), asked.objectives)
        chosen = _chosen(worth, [trial.number for trial in found], asked.settings["front"])
        front = [mix_design(asked, i, finder.study.trials[i].params) for i in chosen]
        settings = asked.whole.plan.settings
        later = {
            **settings, "first_seed": settings["seeds"], "seeds": int(asked.settings["fresh"])
        }  # fmt: skip
        studies.append(_carry(asked, FRONT, front, later))
    return studies


def _finder(asked: Asked) -> Search:
    ways = better(asked.objectives)
    return Search(asked.folder, list(asked.parts), ways, asked.settings["population"])


def _carry(
    asked: Asked, name: str, designs: Sequence[Design], settings: Mapping[str, Any]
) -> Study:
    compared = [replace(d, reference=asked.whole.reference.id) for d in designs]
    plan = share_runs(asked.whole.plan, [asked.whole.reference, *compared])
    plan = replace(plan, settings=settings)
    study = stage("optimise", asked.words, plan, asked.folder, name)
    carry(study)
    return study


def _chosen(worth: Floats, numbers: Sequence[int], most: int) -> list[int]:
    """Mixes that are tried again: a spread of the front, and the stated proportions beside it."""
    distinct = np.unique(worth, axis=0, return_index=True)[1]
    front = np.array([i for i in np.flatnonzero(undominated(worth)) if i in set(distinct)])
    chosen = [numbers[front[place]] for place in spread_out(worth[front], most)]
    return sorted({*chosen, *(n for n in numbers if n == STATED)})
