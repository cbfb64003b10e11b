"""Designs: what a study compares, expanded from overrides, checked in full before anything runs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from experiments import outlay
from experiments.bounds import check_lever, check_settings, check_world
from experiments.compose import Composer, Configured, composer
from experiments.errors import BadInput
from experiments.grammar import Setting
from experiments.identity import scenario_hash
from experiments.own import known_levers, own_levers, own_part
from experiments.schema import build

ONLY_SCENARIO = ("levers", "extra_budget", "envelope_total", "budget_source", "title")


@dataclass(frozen=True)
class Design:
    """One configuration: a world and a scenario, to be run with every seed.

    `id` is what tables call it, `reference` the id it is paired with, and `data` the id whose runs
    it shares: equal designs run once. `outlay` is planned [m yuan/year], the mean over the run;
    `own` is the text of a user's lever file where one of its levers is on.
    """

    id: str
    scenario: str
    title: Mapping[str, str]
    world_name: str
    world: Mapping[str, Any]
    levers: Mapping[str, Any]
    extra_budget: float
    budget_source: str
    envelope_total: float
    outlay: float
    identity: str
    overrides: tuple[str, ...]
    own: str = ""
    reference: str = ""
    data: str = ""


@dataclass(frozen=True)
class Plan:
    """The designs of a study, references first, and the settings they share."""

    designs: tuple[Design, ...]
    settings: Mapping[str, Any]
    notices: tuple[str, ...] = ()
    own: str = ""

    def compared(self) -> list[Design]:
        """The designs that are compared with a reference."""
        return [design for design in self.designs if design.reference]

    def computed(self) -> list[Design]:
        """The designs that need runs of their own."""
        return [design for design in self.designs if design.data == design.id]


def expand(settings: Sequence[Setting]) -> Plan:
    """Compose, expand and check every design; raises BadInput for the first that cannot run."""
    fixed = [(item.key, item.values[0]) for item in settings if not item.swept]
    axes = [item for item in settings if item.swept]
    folder = str(dict(fixed).get("scenarios_from", ""))
    own = own_levers(str(dict(fixed).get("levers_from", "")))
    with composer(folder, own) as compose:
        first = compose.compose(fixed)
        shared = first.values()
        check_settings(shared)
        maker = _Maker(compose, fixed, axes, str(shared["against"]))
        maker.composed[tuple(fixed)] = first
        designs = [maker.design(point) for point in itertools.product(*(a.values for a in axes))]
        references = list(maker.references.values())
    unique = _share(_distinct([*references, *designs]))
    return Plan(tuple(unique), shared, tuple(_notices(unique, settings)), own)


class _Maker:
    """Makes designs from points of a sweep, composing each world × scenario once."""

    def __init__(
        self,
        compose: Composer,
        fixed: Sequence[tuple[str, Any]],
        axes: Sequence[Setting],
        against: str,
    ) -> None:
        self.compose, self.fixed, self.axes, self.against = compose, fixed, axes, against
        self.composed: dict[tuple[Any, ...], Configured] = {}
        self.references: dict[tuple[Any, ...], Design] = {}

    def design(self, point: Sequence[Any]) -> Design:
        """The design at one point of the sweep, paired with the reference in the same world."""
        moves = [(axis.key, value) for axis, value in zip(self.axes, point, strict=True)]
        world = tuple(move for move in moves if move[0].split(".")[0] == "world")
        if world not in self.references:
            given = [*self._kept_by_reference(), ("scenario", self.against)]
            self.references[world] = self._make(given, list(world))
        made = self._make(list(self.fixed), moves)
        return replace(made, reference=self.references[world].id)

    def _kept_by_reference(self) -> list[tuple[str, Any]]:
        dropped = (*ONLY_SCENARIO, "scenario")
        return [(key, value) for key, value in self.fixed if key.split(".")[0] not in dropped]

    def _make(self, fixed: list[tuple[str, Any]], moves: list[tuple[str, Any]]) -> Design:
        groups = [move for move in moves if move[0] in ("world", "scenario")]
        base = (*fixed, *groups)
        if base not in self.composed:
            self.composed[base] = self.compose.compose(base)
        configured = self.composed[base]
        values = configured.values()
        steps = [move for move in moves if move not in groups]
        for key, value in steps:
            _put(values, key, configured.typed(key, value))
        check_settings(values)
        chosen = dict(base).get("scenario", "baseline")
        names = chosen if isinstance(chosen, tuple) else (chosen,)
        label = _label("+".join(names), steps)
        if any(key == "world" for key, _ in moves):
            label = f"{values['world']['name']}: {label}"
        typed = (*(m for m in fixed if m[0].split(".")[0] in (*ONLY_SCENARIO, "world")), *moves)
        overrides = [m for m in typed if m[0] != "scenario"] + [("scenario", chosen)]
        _scale(values)
        written_out = tuple(written(*move) for move in overrides)
        return _checked(label, "+".join(names), values, written_out, self.compose.own)


def _scale(values: dict[str, Any]) -> None:
    """Bring the envelopes of the levers that are on to envelope_total, in their proportions."""
    on = {name: given for name, given in values["levers"].items() if given["enabled"]}
    envelopes = outlay.scaled(on, float(values["envelope_total"]), int(values["quarters"]))
    for name, envelope in envelopes.items():
        values["levers"][name]["envelope"] = envelope


def _checked(
    label: str, scenario: str, values: Mapping[str, Any], overrides: Sequence[str], own: str
) -> Design:
    """A design whose world and levers have been built, hence checked, those that are off too."""
    from scenarios.scenario import Scenario, ScenarioError, check_claims, check_purse
    from sim.world import World

    world = build(World, values["world"], "world")
    check_world(world)
    levers, enabled = {}, []
    for name, lever_class in known_levers(own).items():
        given = values["levers"][name]
        lever = build(lever_class, given, f"levers.{name}")
        check_lever(lever, world, where=f"levers.{name}")
        if given["enabled"]:
            levers[name] = {key: value for key, value in given.items() if key != "enabled"}
            enabled.append(lever)
    extra, source = float(values["extra_budget"]), str(values["budget_source"])
    try:
        check_claims(Scenario(scenario, tuple(enabled), extra, source))
        check_purse(Scenario(scenario, tuple(enabled), extra, source), world)
    except ScenarioError as error:
        told = str(error).rstrip(".")
        raise BadInput(told if scenario in told else f"{label}: {told}") from error
    return Design(
        id=label,
        scenario=scenario,
        title=values["title"],
        world_name=world.name,
        world=values["world"],
        levers=levers,
        extra_budget=extra,
        budget_source=source,
        envelope_total=float(values["envelope_total"]),
        outlay=outlay.planned(levers, int(values["quarters"])),
        identity=scenario_hash(values["world"], levers, extra, own_part(own, levers)),
        overrides=tuple(overrides),
        own=own_part(own, levers),
    )


def _label(scenario: str, steps: Sequence[tuple[str, Any]]) -> str:
    """A short name: the scenario and the values it was given, keys cut to what tells them apart."""
    short = [key.rsplit(".", 1)[-1] for key, _ in steps]
    names = [
        key.removeprefix("levers.") if short.count(last) > 1 else last
        for (key, _), last in zip(steps, short, strict=True)
    ]
    parts = [f"{name}={_shown(value)}" for name, (_, value) in zip(names, steps, strict=True)]
    return " ".join([scenario, *parts])


def _shown(value: Any) -> str:
    if isinstance(value, tuple | list):
        return f"[{','.join(_shown(item) for item in value)}]"
    return str(value).lower() if isinstance(value, bool) else f"{value}"


def written(key: str, value: Any) -> str:
    """An override as a user types it."""
    return f"{key}={_shown(value)}"


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    *path, leaf = key.split(".")
    for name in path:
        values = values[name]
    values[leaf] = deepcopy(value)


def _distinct(designs: Sequence[Design]) -> list[Design]:
    """Drop a design that has the name and the identity of an earlier one, unless it is compared."""
    found: dict[str, Design] = {}
    for design in designs:
        present = found.get(design.id)
        if present is None:
            found[design.id] = design
        elif present.identity != design.identity:
            found[f"{design.id} (2)"] = replace(design, id=f"{design.id} (2)")
        elif design.reference:
            found[design.id] = replace(present, reference=design.reference)
    return list(found.values())


def _share(designs: Sequence[Design]) -> list[Design]:
    """Let equal designs share the runs of the first."""
    first: dict[str, str] = {}
    return [
        replace(design, data=first.setdefault(design.identity, design.id)) for design in designs
    ]


def _notices(designs: Sequence[Design], settings: Sequence[Setting]) -> list[str]:
    """What a user should know: values of levers that are off, and designs that are equal."""
    notes = []
    on = {lever for design in designs if design.reference for lever in design.levers}
    given = {item.key.split(".")[1] for item in settings if item.key.startswith("levers.")}
    for lever in sorted(given - on):
        notes.append(
            f"levers.{lever} is off in every scenario compared, so its values change nothing "
            f"(switch it on with levers.{lever}.enabled=true)"
        )
    for design in designs:
        if design.reference and design.envelope_total and design.levers and not design.outlay:
            notes.append(f"{design.id} plans no outlay, so envelope_total has nothing to scale")
        if design.data != design.id:
            notes.append(f"{design.id} equals {design.data}: run once")
    return notes
