"""Designs: what a study compares, expanded from overrides, checked in full before anything runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from experiments.bounds import check_designs, check_runs, check_settings
from experiments.compose import composer
from experiments.errors import BadInput
from experiments.garbage import set_aside
from experiments.grammar import Setting
from experiments.outlay import share_in_force
from experiments.own import own_levers
from experiments.progress import say
from experiments.speech import language, worded
from experiments.sweeps.precision import rounds
from experiments.sweeps.totals import run_ranges, scaled_notices
from experiments.text import Text

if TYPE_CHECKING:
    from experiments.sweeps.ranges import Span

MANY = 500  # designs, from which on checking them takes longer than a reader waits


@dataclass(frozen=True)
class Design:
    """One configuration: a world and a scenario, to be run with every seed.

    `id` is what tables call it, `reference` the id it is paired with, and `data` the id whose runs
    it shares: equal designs run once. `outlay` is planned [m yuan/year], the mean over the run;
    `own` is the text of a user's lever file where one of its levers is on. A point of a sweep has
    a `group`, the id without the point, and the values of its ranges by key (`point`).
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
    group: str = ""
    point: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The designs of a study, references first, and the settings they share."""

    designs: tuple[Design, ...]
    settings: Mapping[str, Any]
    notices: tuple[str, ...] = ()
    own: str = ""
    ranges: Mapping[str, Span] = field(default_factory=dict)

    def compared(self) -> list[Design]:
        """The designs that are compared with a reference."""
        return [design for design in self.designs if design.reference]

    def computed(self) -> list[Design]:
        """The designs that need runs of their own."""
        return [design for design in self.designs if design.data == design.id]


def expand(settings: Sequence[Setting], *, sweep: bool = False) -> Plan:
    """Compose, expand and check every design; raises BadInput for the first that cannot run.

    A `sweep` crosses every combination of values with the points of its ranges.
    """
    from experiments.sweeps.making import BASELINE, Maker

    ranges = {item.key: item.span for item in settings if item.span is not None}
    _check_ranges(ranges, sweep=sweep)
    fixed = [(item.key, item.values[0]) for item in settings if len(item.values) == 1]
    axes = [item for item in settings if item.swept]
    folder = str(dict(fixed).get("scenarios_from", ""))
    own = own_levers(str(dict(fixed).get("levers_from", "")))
    with set_aside(), composer(folder, own) as compose:
        first = compose.compose(fixed)
        shared = first.values()
        check_settings(shared)
        lists = math.prod(len(item.values) for item in axes)
        maker = Maker(compose, fixed, axes, str(shared["against"]))
        maker.composed[tuple(fixed)] = first
        if "scenario" not in dict(fixed):  # it is that of conf/config.yaml
            maker.composed[(*fixed, ("scenario", BASELINE))] = first
        if sweep:
            from experiments.sweeps.sampling import points, usual_n

            shared["n"] = usual_n(shared["design"], shared["n"])
            chosen = points(shared["design"], shared["n"], ranges)
            _check_size(lists, len(chosen), shared)
            designs = maker.at_points(chosen)
        else:
            _check_size(lists, 1, shared)
            designs = maker.combinations()
        references = list(maker.references.values())
    unique = _share(_distinct([*references, *designs]))
    told = run_ranges(unique, ranges)
    notices = _notices(unique, settings, int(shared["quarters"]))
    notices += scaled_notices(unique, ranges, told)
    return Plan(tuple(unique), shared, tuple(notices), own, told)


def _check_size(lists: int, points: int, shared: Mapping[str, Any]) -> None:
    """Refuse what could not be made or run, and say where checking it takes a while."""
    check_designs(lists, points)
    check_runs(lists * points, rounds(shared)[-1])
    if lists * points > MANY:
        say(worded("notices.checking", count=lists * points))


def _check_ranges(ranges: Mapping[str, Span], *, sweep: bool) -> None:
    if ranges and not sweep:
        key = next(iter(ranges))
        raise BadInput(worded("sweeps.range_given", key=key))
    if sweep and not ranges:
        raise BadInput(worded("sweeps.no_range"))


def label_of(scenario: str, steps: Sequence[tuple[str, Any]]) -> str:
    """A short name: the scenario and the values it was given, keys cut to what tells them apart."""
    short = [key.rsplit(".", 1)[-1] for key, _ in steps]
    names = [
        key.removeprefix("levers.") if short.count(last) > 1 or last == "enabled" else last
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


def _distinct(designs: Sequence[Design]) -> list[Design]:
    """Drop a design that has the name and the identity of an earlier one, unless it is compared."""
    found: dict[str, Design] = {}
    for design in designs:
        present = found.get(design.id)
        if present is None:
            found[design.id] = design
        elif present.identity != design.identity:
            free = next(name for n in count(2) if (name := f"{design.id} ({n})") not in found)
            found[free] = replace(design, id=free)
        elif design.reference:
            found[design.id] = replace(present, reference=design.reference)
    return list(found.values())


def _share(designs: Sequence[Design]) -> list[Design]:
    """Let equal designs share the runs of the first."""
    first: dict[str, str] = {}
    return [
        replace(design, data=first.setdefault(design.identity, design.id)) for design in designs
    ]


def _never(designs: Sequence[Design], quarters: int) -> list[str]:
    """A notice for each lever that is on and never in force during the run."""
    text = Text(language())
    never: dict[str, tuple[int, str]] = {}
    for design in designs:
        for lever, values in design.levers.items():
            if not share_in_force(values, quarters):
                never.setdefault(lever, (int(values["start"]), design.id))
    return [
        worded(
            "notices.never",
            lever=lever,
            design=name,
            start=start,
            begins=text.date(start),
            quarters=quarters,
            ends=text.date(quarters),
        )
        for lever, (start, name) in never.items()
    ]


def _notices(designs: Sequence[Design], settings: Sequence[Setting], quarters: int) -> list[str]:
    """What a user should know: values of levers that are off, and designs that are equal."""
    notes = []
    on = {lever for design in designs if design.reference for lever in design.levers}
    given = {
        item.key.split(".")[1]
        for item in settings
        if item.key.startswith("levers.") and not item.key.endswith(".enabled")
    }
    for lever in sorted(given - on):
        notes.append(worded("notices.lever_off", lever=lever))
    notes += _never(designs, quarters)
    for design in designs:
        if design.reference and design.envelope_total and design.levers and not design.outlay:
            notes.append(worded("notices.no_outlay", design=design.id))
        if design.data != design.id and not design.group:
            notes.append(worded("notices.equal", design=design.id, other=design.data))
    return notes
