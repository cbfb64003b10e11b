"""The split of variance, on numbers whose parts are known."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.sweeps.variance import split
from sim.dice import Dice


def noise(name: str, *shape: int) -> np.ndarray:
    """Numbers of mean 0 and variance 1 (uniform, scaled)."""
    draws = Dice(3).roll(name, np.arange(int(np.prod(shape)))).reshape(shape)
    return (draws - 0.5) * 12**0.5


PARTS = {"luck": 1.0, "parameters": 4.0, "world": 9.0}


def test_parts_that_were_put_in_are_found() -> None:
    worlds = np.repeat(np.arange(60), 60)
    effects = (
        3.0 * noise("world", 60)[worlds][:, None]
        + 2.0 * noise("parameters", 3600)[:, None]
        + noise("luck", 3600, 6)
    )
    found = split(effects, worlds)
    for part, size in PARTS.items():
        assert found[part] == pytest.approx(size / 14, abs=0.06), part


def test_luck_that_all_designs_share_is_not_taken_for_parameters() -> None:
    seeds = noise("seed", 30)
    found = split(np.tile(seeds, (20, 1)), np.zeros(20, np.int64))
    assert found["luck"] == 1.0
    assert found["parameters"] == 0.0


def test_pure_luck_leaves_almost_nothing_for_parameters() -> None:
    found = split(noise("pure", 200, 10), np.zeros(200, np.int64))
    assert found["luck"] > 0.97


def test_worlds_of_their_own_cannot_be_told_from_parameters() -> None:
    found = split(noise("own", 50, 4) + 2 * noise("point", 50)[:, None], np.arange(50))
    assert np.isnan(found["parameters"])
    assert found["together"] == pytest.approx(0.8, abs=0.1)


def test_one_seed_says_nothing_of_luck() -> None:
    assert np.isnan(list(split(np.ones((3, 1)), np.zeros(3, np.int64)).values())).all()
