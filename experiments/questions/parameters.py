"""Parameters that a question varies, each within bounds: declared, or given as a range.

`parameters=levers.guidance_fund.*,world.credit.squeeze` takes bounds from the declarations. Ranges are
written and checked as in `wotu sweep`: `levers.guidance_fund.share='interval(0.1,0.5)'`, or `=bounds`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from agents.declare import Declaration, declarations
from experiments.errors import BadInput, unknown
from experiments.grammar import parse
from experiments.own import known_levers
from experiments.questions.variants import Whole
from experiments.speech import worded
from experiments.sweeps.ranges import APART, BOUNDS, DATES, Span, span, value_at

Ranges = Mapping[str, Span]


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


def split_ranges(words: Sequence[str]) -> tuple[Ranges, list[str]]:
    """Ranges by key, read as `wotu sweep` reads them, and the words that are none; raises BadInput."""
    ranges = {item.key: item.span for item in parse(words) if item.span}
    return ranges, [word for word in words if not _is_range(word, ranges)]


def _is_range(word: str, ranges: Ranges) -> bool:
    """Of one value, or of a block, whose values are ranges each."""
    key, _, text = word.partition("=")
    return key in ranges or (text == BOUNDS and any(name.startswith(f"{key}.") for name in ranges))


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
        keys += _matching(pattern, known, whole, DATES if within else APART)
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


def _matching(
    pattern: str, known: Mapping[str, Declaration], whole: Whole, apart: Sequence[str] = APART
) -> list[str]:
    """The numbers that a pattern names, save those of `apart`."""
    if pattern in known:
        return [pattern]
    found = [
        key
        for key, item in known.items()
        if fnmatchcase(key, pattern)
        and None not in (item.low, item.high)
        and item.name not in apart
        and not item.name.startswith("targeting.")
    ]
    if found:
        return found
    lever = pattern.split(".")[1] if pattern.startswith("levers.") else ""
    if lever in known_levers(whole.plan.own) and lever not in whole.design.levers:
        raise BadInput(
            worded("questions.lever_off", pattern=pattern, lever=lever, id=whole.design.id)
        )
    if "*" in pattern:
        raise BadInput(worded("questions.no_parameter", pattern=pattern))
    raise unknown("parameter", pattern, known, worded("look.parameters"))


def _parameter(
    key: str,
    known: Mapping[str, Declaration],
    given: Span | None,
    within: float,
    whole: Whole,
) -> Parameter:
    if key not in known:
        _matching(key, known, whole)
        raise BadInput(worded("questions.no_number", key=key, known=", ".join(known)[:80]))
    item = known[key]
    value = float(item.value)
    found = given or _around(key, item, within, whole.plan.own)
    return Parameter(key, found.low, found.high, value, found.unit, found.whole)


def _around(key: str, item: Declaration, within: float, own: str) -> Span:
    """The declared bounds, or the part of them that is `within` a share of the scenario's value."""
    low, high, value = item.low, item.high, float(item.value)
    if within > 0.0 and value != 0.0:
        ends = sorted((value * (1 - within), value * (1 + within)))
        if isinstance(item.value, int):
            ends = [math.floor(ends[0]), math.ceil(ends[1])]
        low = ends[0] if low is None else max(ends[0], low)
        high = ends[1] if high is None else min(ends[1], high)
    found = span(key, low, high, f"parameters={key}", own)
    assert found is not None  # a declared number has a range, or is refused
    return found
