"""Variants of a composed design: fewer of its levers, or other values of them and of its world.

Hydra composes a scenario once; a question makes hundreds of designs from it, each checked again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from experiments import outlay
from experiments.bounds import check_lever, check_world
from experiments.design import Design, Plan, expand, written
from experiments.errors import BadInput, refused
from experiments.grammar import parse
from experiments.identity import scenario_hash
from experiments.own import known_levers, own_part
from experiments.schema import build
from experiments.speech import worded


@dataclass(frozen=True)
class Whole:
    """One composed scenario, its reference, and the plan it came from."""

    design: Design
    reference: Design
    plan: Plan

    @property
    def levers(self) -> list[str]:
        """Ids of the levers that are on, in the document's order."""
        return [name for name in known_levers(self.plan.own) if name in self.design.levers]


def compose_whole(verb: str, overrides: Sequence[str], scenario: str = "opinion_2014") -> Whole:
    """Compose the one scenario that a question takes apart; raises BadInput.

    `scenario` is taken where neither a scenario nor a lever is named.
    """
    keys = [word.partition("=")[0] for word in overrides]
    stated = list(overrides)
    if "scenario" not in keys and not any(key.startswith("levers.") for key in keys):
        stated = [f"scenario={scenario}", *stated]
    settings = parse(stated)
    swept = [setting.key for setting in settings if setting.swept]
    if swept:
        raise BadInput(worded("questions.verb_one", verb=verb, key=swept[0]))
    plan = expand(settings)
    whole = plan.compared()[0]
    reference = next(design for design in plan.designs if design.id == whole.reference)
    return Whole(whole, reference, plan)


def share_runs(plan: Plan, designs: Sequence[Design]) -> Plan:
    """A plan of these designs, references first, in which equal designs run once."""
    first: dict[str, str] = {}
    shared = [replace(d, data=first.setdefault(d.identity, d.id)) for d in designs]
    return replace(plan, designs=tuple(shared))


def variant(
    whole: Whole,
    name: str,
    *,
    base: Design | None = None,
    keep: Collection[str] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Design:
    """A design made from `base` (the whole scenario if none): only the levers `keep`, other values.

    `values` are by key, such as levers.rnd_subsidy.envelope or world.credit.squeeze; those of levers
    that are not kept are left out. Raises BadInput for a design that cannot run.
    """
    base = base or whole.design
    kept = [lever for lever in base.levers if keep is None or lever in keep]
    given = {
        key: value
        for key, value in (values or {}).items()
        if key.startswith("world.") or key.split(".")[1] in kept
    }
    world, levers = _changed(base, kept, given)
    own = own_part(whole.plan.own, levers)
    made = replace(
        base,
        id=name,
        world=world,
        levers=levers,
        outlay=outlay.planned(levers, int(whole.plan.settings["quarters"])),
        identity=scenario_hash(world, levers, base.extra_budget, own),
        overrides=_overrides(base, kept, given, levers),
        own=own,
        data=name,
    )
    if given:
        _check(made, whole.plan.own)
    return made


def _changed(
    base: Design, kept: Sequence[str], given: Mapping[str, Any]
) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """World and levers with their new values; what does not change is shared, not copied."""
    world, levers = base.world, {lever: base.levers[lever] for lever in kept}
    touched: set[str] = set()
    for key, value in given.items():
        head, *path, leaf = key.split(".")
        if head == "world" and head not in touched:
            world = deepcopy(world)
        elif head == "levers" and path[0] not in touched:
            levers[path[0]] = deepcopy(levers[path[0]])
        touched.add(head if head == "world" else path[0])
        node: Any = world if head == "world" else levers
        for part in path:
            node = node[part]
        node[leaf] = value
    return world, levers


def _overrides(
    base: Design, kept: Sequence[str], given: Mapping[str, Any], levers: Mapping[str, Any]
) -> tuple[str, ...]:
    """What a user types to get this design."""
    dropped = [lever for lever in base.levers if lever not in kept]
    scaled = base.envelope_total > 0.0
    changed = dict(given)
    if scaled:
        changed = {f"levers.{k}.envelope": levers[k]["envelope"] for k in kept} | changed
    stale = (*(f"levers.{lever}." for lever in dropped), *(f"{key}=" for key in changed))
    if scaled:
        stale = (*stale, "envelope_total=")
    kept_words = [word for word in base.overrides if not word.startswith(stale)]
    off = [f"levers.{lever}.enabled=false" for lever in dropped]
    return (*kept_words, *off, *(written(key, value) for key, value in changed.items()))


def _check(design: Design, own: str) -> None:
    """Build what a run would build, so that no run fails for its values."""
    from scenarios.scenario import Scenario, ScenarioError, check_purse
    from sim.world import World

    world = build(World, design.world, "world")
    check_world(world)
    levers = []
    for name, kind in known_levers(own).items():
        if name in design.levers:
            levers.append(build(kind, design.levers[name], f"levers.{name}"))
            check_lever(levers[-1], world, where=f"levers.{name}")
    scenario = Scenario(design.id, tuple(levers), design.extra_budget, design.budget_source)
    try:
        check_purse(scenario, world)
    except ScenarioError as error:
        raise BadInput(refused(error)) from error
