"""Making designs from points of a sweep: each world × scenario is composed once, and then values
are set on top. What designs have in common is held and checked once, so that ten thousand fit.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from experiments import outlay
from experiments.bounds import check_lever, check_settings, check_world
from experiments.compose import Composer, Configured
from experiments.design import Design, label_of, written
from experiments.errors import BadInput, refused
from experiments.grammar import Setting
from experiments.identity import scenario_hash
from experiments.own import known_levers, own_part
from experiments.schema import build
from experiments.speech import worded
from experiments.sweeps.ranges import declared_range, numbers
from experiments.sweeps.totals import run_point

BASELINE = "baseline"
ONLY_SCENARIO = ("levers", "extra_budget", "envelope_total", "budget_source", "title")

Values = dict[str, Any]
Moves = Sequence[tuple[str, Any]]


class Maker:
    """Makes the designs of a study and, in `references`, what each is paired with."""

    def __init__(
        self, compose: Composer, fixed: Moves, axes: Sequence[Setting], against: str
    ) -> None:
        self.compose, self.fixed, self.axes, self.against = compose, fixed, axes, against
        self.composed: dict[tuple[Any, ...], Configured] = {}
        self.plain: dict[tuple[Any, ...], Values] = {}
        self.references: dict[tuple[Any, ...], Design] = {}
        self.checked = _Checked(compose.own)

    def combinations(self) -> list[Design]:
        """A design for every combination of the values given."""
        return [self._design(moves) for moves in self._moves()]

    def at_points(self, points: Sequence[Moves]) -> list[Design]:
        """A design for every combination of the values given at every point of the ranges."""
        digits = len(str(len(points)))
        return [
            self._design(moves, point, f" #{place:0{digits}d}")
            for moves in self._moves()
            for place, point in enumerate(points, 1)
        ]

    def _moves(self) -> list[Moves]:
        keys = [axis.key for axis in self.axes]
        chosen = itertools.product(*(axis.values for axis in self.axes))
        return [list(zip(keys, values, strict=True)) for values in chosen]

    def _design(self, moves: Moves, point: Moves = (), number: str = "") -> Design:
        """One design, paired with the reference in the same world."""
        world = tuple(move for move in moves if move[0].split(".")[0] == "world")
        of_world = tuple(move for move in point if move[0].startswith("world."))
        if (world, of_world) not in self.references:
            given = [*self._kept_by_reference(), ("scenario", self.against)]
            made = self._make(given, world, of_world, number if of_world else "")
            self.references[world, of_world] = made
        made, reference = (
            self._make(self.fixed, moves, point, number),
            self.references[world, of_world],
        )
        if made.id == reference.id and made.identity != reference.identity:
            # What is given for the scenario alone tells it from a reference that is called alike.
            told = [move for move in self.fixed if move[0].split(".")[0] in ONLY_SCENARIO[:3]]
            made = self._make(self.fixed, moves, point, number, told)
        return replace(made, reference=reference.id)

    def _kept_by_reference(self) -> list[tuple[str, Any]]:
        dropped = (*ONLY_SCENARIO, "scenario")
        return [(key, value) for key, value in self.fixed if key.split(".")[0] not in dropped]

    def _make(
        self, fixed: Moves, moves: Moves, point: Moves, number: str, told: Moves = ()
    ) -> Design:
        """One design; its name holds what it is given by `moves`, and by `told` where one is needed."""
        groups = [move for move in moves if move[0] in ("world", "scenario")]
        base = (*fixed, *groups)
        if base not in self.composed:
            self.composed[base] = self.compose.compose(base)
        if base not in self.plain:
            self.plain[base] = self.composed[base].values()
        configured, values = self.composed[base], self.plain[base]
        steps = [move for move in moves if move not in groups]
        for key, value in steps:
            values = put(values, key, configured.typed(key, value))
        for key, value in point:  # of the key's kind already
            values = put(values, key, value)
        check_settings(values)
        chosen = dict(base).get("scenario", "baseline")
        names = chosen if isinstance(chosen, tuple) else (chosen,)
        name, off, values = self._named(names, dict((*base, *steps, *point)), values)
        tells = [step for step in (*told, *steps) if _tells(step, values)]
        label = label_of(name, [*tells, *((f"levers.{lever}.enabled", False) for lever in off)])
        if any(key == "world" for key, _ in moves):
            label = f"{values['world']['name']}: {label}"
        typed = (*(m for m in fixed if m[0].split(".")[0] in (*ONLY_SCENARIO, "world")), *moves)
        overrides = [m for m in (*typed, *point) if m[0] != "scenario"] + [("scenario", chosen)]
        try:
            made = self.checked.design(
                label + number,
                name,
                _scaled(values, self.compose.own),
                [written(*m) for m in overrides],
            )
        except BadInput as error:
            raise self._located(error, names) from error
        return replace(
            made, group=label if number else "", point=run_point(dict(point), made.levers)
        )

    def _located(self, error: BadInput, names: Sequence[str]) -> BadInput:
        """The error with the planner's own file that has it by itself, if one has."""
        for name in names:
            if name in self.compose.files:
                values = self.compose.compose([("scenario", name)]).values()
                try:
                    self.checked.design(name, name, values, ())
                except BadInput as again:
                    if str(again) == str(error):
                        return self.compose.in_file(name, error)
        return error

    def _named(
        self, names: Sequence[str], given: Mapping[str, Any], values: Values
    ) -> tuple[str, list[str], Values]:
        """What a scenario is called, the levers of it that are switched off by hand, and its values
        with the title of that name.

        A lever switched on by hand is named as if its own scenario were merged in.
        """
        hand = [key.split(".")[1] for key in given if key.endswith(".enabled")]
        if not hand:
            return "+".join(names), [], values
        stated = self.compose.stated(names)
        before = {lever for item in stated.values() for lever in _on(item.get("levers", {}))}
        after = _on(values["levers"])
        added = [f"only/{lever}" for lever in after if lever in hand and lever not in before]
        off = [lever for lever in hand if lever in before and lever not in after]
        if not added:
            return "+".join(names), off, values
        called = [*(name for name in names if name != BASELINE), *added]
        if not any(key.startswith("title.") for key in given):
            for lang, title in self.compose.title_of(called).items():
                values = put(values, f"title.{lang}", title)
        return "+".join(called), off, values


def _on(levers: Mapping[str, Any]) -> list[str]:
    """The levers that some values switch on."""
    return [lever for lever, values in levers.items() if values.get("enabled")]


def _tells(step: tuple[str, Any], values: Values) -> bool:
    """True if a value belongs into the name of a design: one of a lever that is off does not, and
    what is on is in the name itself.
    """
    owner, _, rest = step[0].partition(".")
    lever, _, value = rest.partition(".")
    return owner != "levers" or (value != "enabled" and bool(values["levers"][lever]["enabled"]))


def _scaled(values: Values, own: str) -> Values:
    """Bring the envelopes of the levers that are on to envelope_total, in their proportions.

    Raises BadInput for a total that one of the lines cannot hold.
    """
    total = float(values["envelope_total"])
    if not total:
        return values
    on = {name: given for name, given in values["levers"].items() if given["enabled"]}
    for name, envelope in outlay.scaled(on, total, int(values["quarters"])).items():
        key = f"levers.{name}.envelope"
        declared = numbers(own)[key]
        if declared.high is not None and envelope > declared.high:
            bounds = declared_range(declared)
            raise BadInput(
                worded(
                    "values.total_too_large", total=total, key=key, envelope=envelope, bounds=bounds
                )
            )
        values = put(values, key, envelope)
    return values


class _Checked:
    """Builds and checks worlds and levers; a block that is the same object is checked once."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.last_world: tuple[Values, Any] | None = None
        self.last: dict[str, tuple[Values, Any, Any, Values]] = {}

    def world(self, given: Values) -> Any:
        """The world of some values."""
        from sim.world import World

        if self.last_world is None or self.last_world[0] is not given:
            world = build(World, given, "world")
            check_world(world)
            self.last_world = (given, world)
        return self.last_world[1]

    def lever(self, name: str, kind: Any, given: Values, world: Any) -> tuple[Any, Values]:
        """A lever of some values, and the values without `enabled`."""
        known = self.last.get(name)
        if known is not None and known[0] is given and known[1] is world:
            return known[2], known[3]
        lever = build(kind, given, f"levers.{name}")
        check_lever(lever, world, where=f"levers.{name}")
        bare = {key: value for key, value in given.items() if key != "enabled"}
        self.last[name] = (given, world, lever, bare)
        return lever, bare

    def design(self, label: str, scenario: str, values: Values, overrides: Sequence[str]) -> Design:
        """A design whose world and levers have been built, hence checked, those off too."""
        from scenarios.scenario import Scenario, ScenarioError, check_claims, check_purse

        world = self.world(values["world"])
        levers, enabled = {}, []
        for name, kind in known_levers(self.own).items():
            lever, bare = self.lever(name, kind, values["levers"][name], world)
            if values["levers"][name]["enabled"]:
                levers[name] = bare
                enabled.append(lever)
        extra, source = float(values["extra_budget"]), str(values["budget_source"])
        try:
            check_claims(Scenario(scenario, tuple(enabled), extra, source))
            check_purse(Scenario(scenario, tuple(enabled), extra, source), world)
        except ScenarioError as error:
            told = refused(error)
            whole = told if label in told else worded("values.labelled", label=label, problem=told)
            raise BadInput(whole) from error
        own = own_part(self.own, levers)
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
            identity=scenario_hash(values["world"], levers, extra, own),
            overrides=tuple(overrides),
            own=own,
        )


def put(values: Mapping[str, Any], key: str, value: Any) -> Values:
    """Nested values with another value at a dotted key; what is not on the way is shared."""
    name, _, rest = key.partition(".")
    return {**values, name: put(values[name], rest, value) if rest else value}
