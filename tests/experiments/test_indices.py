"""Sensitivity indices find what is known: functions whose indices have a formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.questions.indices import (
    Index,
    measure,
    pawn_medians,
    points_a_sample,
    sample,
    steps,
)

NAMES = ["first", "second", "idle"]


def linear(points, slopes=(2.0, -1.0, 0.0)):
    """Two parameters move the result, one does nothing; four seeds without luck."""
    return np.repeat((points @ np.array(slopes))[:, None], 4, axis=1)


def final(found: list[Index], index: str) -> dict[str, Index]:
    return {item.parameter: item for item in found if item.index == index and item.final}


def test_morris_finds_the_slopes_of_a_line_and_no_curvature() -> None:
    found = measure("morris", 6, NAMES, linear(sample("morris", 6, NAMES)))
    assert [final(found, "mu")[name].value for name in NAMES] == pytest.approx([2, -1, 0])
    assert [final(found, "mu_star")[name].value for name in NAMES] == pytest.approx([2, 1, 0])
    assert [final(found, "sigma")[name].value for name in NAMES] == pytest.approx([0, 0, 0])


@settings(deadline=None, max_examples=15)
@given(st.tuples(*[st.floats(-5, 5)] * 3))
def test_morris_slopes_are_exact_for_every_line(slopes) -> None:
    found = measure("morris", 4, NAMES, linear(sample("morris", 4, NAMES), slopes))
    if any(slopes):
        mu = [final(found, "mu")[name].value for name in NAMES]
        assert mu == pytest.approx(slopes, abs=1e-9)


def test_sobol_finds_the_published_indices_of_ishigami() -> None:
    points = sample("sobol", 512, NAMES)
    x, y, z = (points * 2 - 1).T * np.pi
    results = np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    found = measure("sobol", 512, NAMES, results[:, None])
    first = [final(found, "first")[name].value for name in NAMES]
    total = [final(found, "total")[name].value for name in NAMES]
    assert first == pytest.approx([0.314, 0.442, 0.0], abs=0.06)
    assert total == pytest.approx([0.558, 0.442, 0.244], abs=0.06)
    for item in found:
        assert item.low <= item.value <= item.high


def test_more_samples_narrow_the_interval() -> None:
    points = sample("sobol", 64, NAMES)
    rows = [i for i in measure("sobol", 64, NAMES, linear(points)) if i.index == "total"]
    widths = [row.high - row.low for row in rows if row.parameter == "first"]
    assert [row.samples for row in rows if row.parameter == "first"] == [16, 32, 64]
    assert widths[0] > widths[-1]
    assert list(steps("morris", 2)) == [2]


def test_pawn_ranks_and_its_quick_form_equals_salib() -> None:
    from SALib.analyze import pawn

    points = sample("pawn", 16, NAMES)
    assert len(points) == 16 * points_a_sample("pawn", 3)
    results = linear(points)[:, 0]
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}
    salib = pawn.analyze(problem, points, results, S=8)["median"]
    assert pawn_medians(points, results, 8) == pytest.approx(np.array(salib, float))
    found = final(measure("pawn", 16, NAMES, linear(points)), "median")
    assert found["first"].value > found["second"].value > found["idle"].value


@pytest.mark.parametrize("method", ["morris", "sobol", "pawn"])
def test_an_effect_that_never_changes_hangs_on_nothing(method: str) -> None:
    effects = np.ones((len(sample(method, 8, NAMES)), 3))
    assert {item.value for item in measure(method, 8, NAMES, effects)} == {0.0}


def test_luck_is_what_other_seeds_would_have_said() -> None:
    points = sample("morris", 6, NAMES)
    apart = linear(points) + np.arange(4) * points[:, :1]
    found = final(measure("morris", 6, NAMES, apart), "mu")
    assert found["first"].value == pytest.approx(3.5)
    assert found["first"].luck == pytest.approx(np.std(np.arange(4), ddof=1) / 2)
    assert found["second"].luck == pytest.approx(0.0, abs=1e-9)
