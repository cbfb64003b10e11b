"""PRIM finds the box that a failure was made of, and nothing where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.questions.prim import as_columns, find_boxes, within
from sim.dice import Dice


def conditions(n: int, seed: int = 0) -> dict[str, np.ndarray]:
    dice, ids = Dice(seed), np.arange(n)
    return {
        "demand": dice.roll("demand", ids), "credit": dice.roll("credit", ids),
        "world": np.where(dice.roll("world", ids) < 0.5, "calm", "storm"),
    }  # fmt: skip


def test_a_box_of_a_number_and_a_name_is_found() -> None:
    columns = conditions(300)
    fails = (columns["demand"] < 0.4) & (columns["world"] == "storm")
    (box,) = find_boxes(columns, fails)
    assert set(box.limits) == {"demand", "world"}
    assert box.limits["world"] == frozenset({"storm"})
    assert box.limits["demand"][1] == pytest.approx(0.4, abs=0.05)
    assert box.density > 0.95
    assert box.coverage > 0.9
    assert max(box.quasi_p.values()) < 0.01


def test_a_second_box_finds_what_the_first_left() -> None:
    columns = conditions(400)
    fails = (columns["demand"] < 0.2) | (columns["credit"] > 0.85)
    found = find_boxes(columns, fails)
    assert {name for box in found for name in box.limits} == {"demand", "credit"}
    assert sum(box.coverage for box in found) > 0.9


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.1, 0.6))
def test_what_is_told_of_a_box_is_true_of_it(seed: int, share: float) -> None:
    columns = conditions(80, seed)
    fails = Dice(seed).roll("failing", np.arange(80)) < share
    for box in find_boxes(columns, fails, most=1):
        inside = within(columns, box.limits)
        assert box.mass == pytest.approx(inside.mean())
        assert box.density == pytest.approx(fails[inside].mean())
        assert box.coverage == pytest.approx(fails[inside].sum() / fails.sum())
        assert max(box.quasi_p.values()) <= 0.05


@pytest.mark.parametrize("fails", [np.zeros(50, bool), np.ones(50, bool), np.ones(5, bool)])
def test_nothing_to_tell_where_all_is_alike(fails) -> None:
    assert find_boxes(conditions(len(fails)), fails) == []


def test_a_column_of_one_value_tells_nothing() -> None:
    rows = [{"world": "calm", "demand": 0.1}, {"world": "calm", "demand": 0.2}]
    assert list(as_columns(rows, ["world", "demand"])) == ["demand"]
