"""Points of a sweep: where they lie, how many they are, what values they take."""

from __future__ import annotations

from itertools import pairwise

import pytest

from experiments.grammar import parse
from experiments.sweeps.ranges import Span
from experiments.sweeps.sampling import count, points

SHARE = Span(0.2, 0.6, whole=False, unit="share")
YEARS = Span(1.0, 3.0, whole=True, unit="years")


@pytest.mark.parametrize(("design", "n"), [("lhs", 10), ("sobol", 8), ("morris", 5), ("grid", 4)])
def test_a_design_has_as_many_points_as_it_says_within_the_ranges(design: str, n: int) -> None:
    made = points(design, n, {"share": SHARE, "years": YEARS})
    assert len(made) == count(design, n, 2)
    assert made == points(design, n, {"share": SHARE, "years": YEARS})
    for point in map(dict, made):
        assert 0.2 <= point["share"] <= 0.6
        assert point["years"] in (1, 2, 3)


def test_a_latin_hypercube_has_one_point_in_each_slice_of_a_range() -> None:
    values = sorted(point["share"] for point in map(dict, points("lhs", 20, {"share": SHARE})))
    assert [int((value - 0.2) / 0.02) for value in values] == list(range(20))


def test_a_morris_trajectory_moves_one_value_at_a_time() -> None:
    made = points("morris", 6, {"share": SHARE, "other": SHARE})
    for start in range(0, len(made), 3):
        path = made[start : start + 3]
        moved = [sum(a != b for a, b in zip(*pair, strict=True)) for pair in pairwise(path)]
        assert moved == [1, 1]


def test_a_grid_holds_the_ends() -> None:
    made = points("grid", 3, {"share": SHARE, "years": YEARS})
    assert made[0] == (("share", 0.2), ("years", 1))
    assert made[-1] == (("share", 0.6), ("years", 3))
    assert len(set(made)) == 9


def test_ranges_come_from_the_user_or_from_the_declarations() -> None:
    typed, declared = parse(
        ["levers.rnd_subsidy.share=interval(0.1,0.5)", "levers.rnd_subsidy.years=bounds"]
    )
    assert typed.span == Span(0.1, 0.5, whole=False, unit="share")
    assert declared.span == Span(1.0, 3.0, whole=True, unit="years")


def test_a_block_is_a_range_for_each_of_its_numbers_but_dates_and_envelope() -> None:
    """The envelope's bounds reach beyond the purse, so that the help's own example was refused."""
    keys = [setting.key.rsplit(".", 1)[-1] for setting in parse(["levers.rnd_subsidy=bounds"])]
    assert keys == ["share", "cap", "years"]
