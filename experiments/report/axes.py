"""What a study varied: the values that differ between designs of one scenario, and their points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from experiments.report.results import Described, Results, once
from experiments.told import told_levers

# Of an axis that is read value by value; beyond, a reader looks for what goes with what.
MOST_VALUES = 8
# Keys that name a design or say how it is told, and are varied by naming scenarios.
NO_AXES = ("scenario", "title")
DATES = ("start", "end")
BUDGETS = {"envelope_total": "m yuan/year", "extra_budget": "m yuan/year"}

Value = float | str
Place = tuple[Value, ...]


@dataclass(frozen=True)
class Axis:
    """One value that was varied: numbers from low to high, words in the order they were given."""

    key: str
    unit: str
    values: tuple[Value, ...]

    @property
    def numeric(self) -> bool:
        """True for numbers, which have an order."""
        return not any(isinstance(value, str) for value in self.values)


@dataclass(frozen=True)
class Sweep:
    """The points of one scenario: a design each, with its value on every axis."""

    group: str
    axes: tuple[Axis, ...]
    points: Mapping[str, Place] = field(hash=False)

    @cached_property
    def lattice(self) -> bool:
        """True where every value meets every value of the other axes, and they are few."""
        counts = [len(axis.values) for axis in self.axes]
        # Points spread over many ranges could be crossed in more ways than memory holds: count first.
        if max(counts) > MOST_VALUES or math.prod(counts) != len(self.points):
            return False
        return set(self.points.values()) == set(product(*(axis.values for axis in self.axes)))

    @property
    def of_worlds(self) -> bool:
        """True where the world alone was varied, of which nobody chooses the best."""
        return all(axis.key.split(".")[0] == "world" for axis in self.axes)

    @cached_property
    def order(self) -> list[str]:
        """The designs by their values where these make a lattice, else in the study's order."""
        if not self.lattice:
            return list(self.points)
        return sorted(self.points, key=lambda design: self._steps(self.points[design]))

    def at(self, axis: Axis, value: Value) -> list[str]:
        """The designs that have one value on an axis."""
        place = self.axes.index(axis)
        return [design for design in self.order if self.points[design][place] == value]

    def neighbours(self, design: str) -> list[str]:
        """What a point is to be compared with: one step away on one axis, or with another word.

        All other points where they make no lattice.
        """
        if not self.lattice:
            return [other for other in self.order if other != design]
        here = self._steps(self.points[design])
        return [other for other in self.order if self._near(here, self._steps(self.points[other]))]

    def on_edge(self, design: str) -> bool:
        """True where a point has the lowest or highest of three or more numbers on an axis."""
        steps = self._steps(self.points[design])
        return self.lattice and any(
            axis.numeric and len(axis.values) > 2 and step in (0, len(axis.values) - 1)
            for axis, step in zip(self.axes, steps, strict=True)
        )

    def _steps(self, place: Place) -> tuple[int, ...]:
        return tuple(a.values.index(v) for a, v in zip(self.axes, place, strict=True))

    def _near(self, here: tuple[int, ...], there: tuple[int, ...]) -> bool:
        apart = [
            (axis, abs(a - b)) for axis, a, b in zip(self.axes, here, there, strict=True) if a != b
        ]
        return len(apart) == 1 and (apart[0][1] == 1 or not apart[0][0].numeric)


@once
def sweeps(results: Results) -> list[Sweep]:
    """Every scenario of a study that stands there with several values; none where names are compared."""
    groups: dict[str, list[Described]] = {}
    for design in results.compared:
        if design["reference"] and design["reference"] != design["design"]:
            name = str(design.get("group") or design["scenario"])
            groups.setdefault(name, []).append(design)
    found = [_sweep(results, name, mine) for name, mine in groups.items()]
    return [sweep for sweep in found if sweep.axes]


def _sweep(results: Results, group: str, designs: Sequence[Described]) -> Sweep:
    given = {str(item["design"]): _given(item) for item in designs}
    keys = list(dict.fromkeys(key for mine in given.values() for key in mine))
    axes, columns = [], []
    for key in keys:
        column = [_value(item, key, given[str(item["design"])].get(key)) for item in designs]
        values = list(dict.fromkeys(column))
        if len(values) > 1 and None not in values:
            floats = [value for value in values if isinstance(value, float)]
            numbers = len(floats) == len(values)
            told: list[Value] = [*sorted(floats)] if numbers else [*map(str, values)]
            axes.append(Axis(key, _unit(results, key), tuple(told)))
            columns.append(column if numbers else [str(value) for value in column])
    places = list(zip(*columns, strict=True)) if columns else [() for _ in designs]
    points = {str(item["design"]): place for item, place in zip(designs, places, strict=True)}
    return Sweep(group, tuple(axes), points)


def _given(design: Described) -> dict[str, str]:
    """What a design was given by hand, by key."""
    pairs = (item.split("=", 1) for item in design.get("overrides", ()))
    return {key: value for key, value in pairs if key.split(".")[0] not in NO_AXES}


def _value(design: Described, key: str, typed: str | None) -> Value | None:
    """A value as it was run, which under a total of envelopes is not as it was typed."""
    owner, _, rest = key.partition(".")
    found: Any = design.get("point", {}).get(key, typed)
    if owner == "levers":
        lever, _, name = rest.partition(".")
        found = design["levers"].get(lever)
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if found is None or isinstance(found, bool):
        return None if found is None else str(found).lower()
    try:
        number = float(found)
    except (TypeError, ValueError):
        return str(found)
    return number if math.isfinite(number) else str(found)


def _unit(results: Results, key: str) -> str:
    """The unit that a value is typed in."""
    from agents.declare import declarations
    from sim.world import World

    owner, _, rest = key.partition(".")
    if owner == "world":
        return next((item.unit for item in declarations(World) if item.name == rest), "")
    lever, _, name = rest.partition(".")
    told = told_levers(results.manifest).get(lever) if owner == "levers" else None
    values = told.values if told else ()
    return next((item.unit for item in values if item.name == name), BUDGETS.get(key, ""))
