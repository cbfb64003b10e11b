"""How 三(四), industries disappoints: out of the world, never from a knob."""

from __future__ import annotations

from factories import MICRO, changed, lived, series, strong


def test_functional_zones_build_floors_that_stay_empty():
    rich = changed(MICRO, {"purse.programme_budget": 1e6})
    policy, baseline = (
        lived(levers, 8, world=rich) for levers in ((strong("functional_zones"),), ())
    )
    assert series(policy, "occupancy")[-1] < 0.9 * series(baseline, "occupancy")[-1]
    built = series(policy, "floor_space")[-1] / series(baseline, "floor_space")[-1]
    housed = series(policy, "employment")[-1] / series(baseline, "employment")[-1]
    assert built > 1.2
    assert housed < 1.05
