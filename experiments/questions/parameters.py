"""Parameters that a question varies, each within bounds: declared, or given as interval(low,high).

`parameters=levers.guidance_fund.*,world.credit.squeeze` takes bounds from the declarations,
`levers.guidance_fund.share=bounds` says the same of one key, `='interval(0.1,0.5)'` gives its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from agents.declare import Declaration, declarations
from experiments.errors import BadInput, unknown
from experiments.own import known_levers
from experiments.questions.variants import Whole
from experiments.sweeps.ranges import BOUNDS, DATES, value_at

INTERVAL = re.compile(r"interval\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)")
Ranges = Mapping[str, tuple[float, float] | None]


@dataclass(frozen=True)
class Parameter:
    """A key and its bounds, in its declared unit; `value` is the scenario's own."""

    key: str
    low: float
    high: float
    value: float
    unit: str
    whole: bool

    def at(self, place: float) -> float | int:
        """The value at a place between 0 and 1 of its range; each whole number has equal room."""
        return value_at(place, self.low, self.high, whole=self.whole)


def split_intervals(words: Sequence[str]) -> tuple[Ranges, list[str]]:
    """Ranges as key=interval(low,high) or key=bounds (None), and the words left; raises BadInput."""
    found: dict[str, tuple[float, float] | None] = {}
    left = []
    for word in words:
        key, _, text = word.partition("=")
        given = INTERVAL.fullmatch(text.strip("'\""))
        if text == BOUNDS:
            found[key] = None
            continue
        if not given:
            left.append(word)
            continue
        try:
            low, high = float(given[1]), float(given[2])
        except ValueError as error:
            raise BadInput(f"{word} needs two numbers, as in interval(0.1,0.5)") from error
        if not low < high:
            raise BadInput(f"{word} is empty: the first number must be below the second")
        if key in found:
            raise BadInput(f"{key} is given twice; give it once")
        found[key] = (low, high)
    return found, left


def find_parameters(
    whole: Whole,
    patterns: Sequence[str],
    ranges: Ranges,
    within: float = 0.0,
) -> list[Parameter]:
    """Parameters by key or glob, and those with a range of their own; raises BadInput.

    `within` > 0 keeps those without a range to value × (1 ± within), inside declared bounds.
    """
    known = _declared(whole)
    keys: list[str] = []
    for pattern in patterns:
        keys += _matching(pattern, known, whole)
    keys = list(dict.fromkeys((*keys, *ranges)))
    return [_parameter(key, known, ranges.get(key), within, whole) for key in keys]


def _declared(whole: Whole) -> dict[str, Declaration]:
    """Numbers of the world and of the levers that are on, by key, as the scenario has them."""
    from experiments.schema import build
    from sim.world import World

    world = build(World, whole.design.world, "world")
    blocks: list[tuple[str, Any]] = [("world.", world)]
    for name, kind in known_levers(whole.plan.own).items():
        if name in whole.design.levers:
            lever = build(kind, whole.design.levers[name], f"levers.{name}")
            blocks.append((f"levers.{name}.", lever))
    return {
        prefix + item.name: item
        for prefix, block in blocks
        for item in declarations(block)
        if isinstance(item.value, int | float) and not isinstance(item.value, bool)
    }


def _matching(pattern: str, known: Mapping[str, Declaration], whole: Whole) -> list[str]:
    if pattern in known:
        return [pattern]
    found = [
        key
        for key, item in known.items()
        if fnmatchcase(key, pattern)
        and None not in (item.low, item.high)
        and item.name not in DATES
        and not item.name.startswith("targeting.")
    ]
    if found:
        return found
    lever = pattern.split(".")[1] if pattern.startswith("levers.") else ""
    if lever in known_levers(whole.plan.own) and lever not in whole.design.levers:
        raise BadInput(
            f"{pattern}: the lever {lever} is off in {whole.design.id}, so its values change "
            "nothing; name a scenario that switches it on"
        )
    if "*" in pattern:
        raise BadInput(f"parameters={pattern} matches no number with declared bounds")
    raise unknown("parameter", pattern, known, "`wotu levers ID` and `wotu worlds NAME` list them")


def _parameter(
    key: str,
    known: Mapping[str, Declaration],
    given: tuple[float, float] | None,
    within: float,
    whole: Whole,
) -> Parameter:
    if key not in known:
        _matching(key, known, whole)
        raise BadInput(f"{key} names no single number; name one of {', '.join(known)[:80]}…")
    item = known[key]
    low, high, value = item.low, item.high, float(item.value)
    if given:
        low, high = given
        for end in given:
            below, above = item.low is not None and end < item.low, item.high is not None
            if below or (above and end > float(item.high or 0.0)):
                raise BadInput(
                    f"{key}=interval({given[0]:g},{given[1]:g}) leaves its declared bounds "
                    f"({_end(item.low)} to {_end(item.high)} {item.unit})"
                )
    elif within > 0.0 and value != 0.0:
        ends = sorted((value * (1 - within), value * (1 + within)))
        low = ends[0] if low is None else max(ends[0], low)
        high = ends[1] if high is None else min(ends[1], high)
    if low is None or high is None:
        raise BadInput(
            f"{key} has no declared bounds on both sides; give {key}='interval(low,high)' "
            f"around {value:g} {item.unit}, or within=0.5"
        )
    return Parameter(key, float(low), float(high), value, item.unit, isinstance(item.value, int))


def _end(bound: float | None) -> str:
    return "–" if bound is None else f"{bound:g}"
