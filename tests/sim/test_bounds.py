"""Whatever a user may type, the district keeps its rules: every declared value at its ends."""

from __future__ import annotations

from typing import Any

import invariants
import pytest
from factories import LIVELY, MICRO, changed, district

from agents.declare import Declaration, declarations, is_whole, parts_of
from scenarios.lever import Lever
from scenarios.levers import LEVERS
from sim.burnin import opening
from sim.model import Ecosystem

OPINION = tuple(lever() for lever in LEVERS.values() if lever.section != "beyond")
WORLD = list(declarations(MICRO))
DATES = ("start", "end")


def ends(item: Declaration) -> list[Any]:
    """The least and the most that may be typed: of each where there are several, or all in one part."""
    given, value = [end for end in (item.low, item.high) if end is not None], item.value
    if is_whole(value, item.unit):
        rest = max(float(item.low or 0.0), 0.0)
        first = (1.0 - rest * (len(value) - 1), *(rest,) * (len(value) - 1))
        return [first, first[::-1]]
    if isinstance(value, tuple):
        return [(float(end),) * len(value) for end in given]
    return [type(value)(end) for end in given]


def keeps_its_rules(eco: Ecosystem) -> None:
    for _ in range(6):
        eco.step()
        invariants.check(eco)


def test_every_number_has_a_lower_bound_and_every_share_an_upper_one():
    for item in WORLD:
        values = parts_of(item.value)
        assert item.low is not None or min(values) < 0, item.name
        assert item.high is not None or not item.unit.startswith("share"), item.name


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("item", WORLD, ids=lambda item: item.name)
def test_a_world_at_the_ends_of_a_value_keeps_its_rules(item: Declaration):
    """With the whole Opinion on; nothing is divided by zero and no share is beyond its whole."""
    for end in ends(item):
        world = changed(MICRO, {item.name: end})
        keeps_its_rules(Ecosystem(world, OPINION, seed=1, snapshot=opening(world, disk=False)))


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("lever", LEVERS.values(), ids=LEVERS)
def test_a_lever_at_the_ends_of_a_value_keeps_the_rules(lever: type[Lever]):
    for item in declarations(lever):
        if item.name not in DATES and not item.name.startswith("targeting."):
            for end in ends(item):
                keeps_its_rules(district((lever(**{item.name: end}),), world=LIVELY))
