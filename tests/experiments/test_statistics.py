"""Paired statistics against textbook results."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics import (
    best,
    bootstrap,
    fieller,
    gaps,
    paired,
    paired_share,
    reading,
    resamples,
)

samples = st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=40).map(
    lambda numbers: np.array(numbers) / 8.0
)


def test_interval_of_a_known_sample() -> None:
    interval = paired(np.array([1.0, 2.0, 3.0, 4.0]))
    half = 3.182446305284263 * np.std([1, 2, 3, 4], ddof=1) / 2  # t with 3 degrees of freedom
    assert interval.mean == 2.5
    assert interval.low == pytest.approx(2.5 - half)
    assert interval.high == pytest.approx(2.5 + half)


def test_one_pair_has_a_mean_and_no_interval() -> None:
    interval = paired(np.array([3.0]))
    assert interval.mean == 3.0
    assert np.isnan([interval.low, interval.high, *bootstrap(np.array([3.0]))]).all()


def test_equal_designs_have_an_effect_of_exactly_zero() -> None:
    interval = paired(np.zeros(8))
    assert (interval.mean, interval.low, interval.high) == (0.0, 0.0, 0.0)
    assert reading(0.0, 0.0, 0.0, 8) == "same"


def told(*differences: float) -> str:
    """What is said of pairs that differ by so much."""
    found = paired(np.array(differences))
    return reading(found.mean, found.low, found.high, len(differences))


def test_a_direction_is_clear_where_the_interval_leaves_out_zero() -> None:
    assert told(9.0, 10.0, 11.0) == "up"
    assert told(-9.0, -10.0, -11.0) == "down"
    assert told(-9.0, 10.0, 11.0) == "unclear"
    assert told(10.0) == "single"
    assert reading(np.nan, np.nan, np.nan, 3) == "undefined"


def test_two_equal_differences_prove_nothing() -> None:
    """Firms of a small world come in tens: that two pairs both lose ten is no evidence."""
    assert told(-10.0, -10.0) == "equal"
    assert told(*[0.1 + 0.2, 0.3] * 2) == "equal"  # equal but for rounding
    # Six of one sign happen by chance once in 32 times, fewer than one in twenty.
    assert told(*[-10.0] * 5) == "equal"
    assert told(*[-10.0] * 6) == "down"


def test_rounding_noise_is_no_difference() -> None:
    """31 bn of venture capital that differs by less than four yuan does not differ."""
    here, there = np.array([31_000.0 + 3e-6, 31_000.1]), np.array([31_000.0, 31_000.0])
    assert gaps(here, there) == pytest.approx([0.0, 0.1])
    assert gaps(here, there)[0] == 0.0
    assert gaps(np.array([1e-12]), np.array([0.0]))[0] == 1e-12


@given(samples)
def test_intervals_hold_the_mean(differences: np.ndarray) -> None:
    interval = paired(differences)
    assert interval.low <= interval.mean <= interval.high


def test_bootstrap_is_the_same_every_time() -> None:
    differences = np.array([1.0, -2.0, 4.0, 3.0, 0.5])
    assert bootstrap(differences) == bootstrap(differences.copy())
    indices = resamples(5)
    assert indices.min() == 0
    assert indices.max() == 4
    assert indices.mean() == pytest.approx(2.0, abs=0.05)


def test_bootstrap_is_near_the_t_interval_for_many_pairs() -> None:
    differences = np.sin(np.arange(200.0)) + 0.3
    low, high, certainty = bootstrap(differences)
    interval = paired(differences)
    assert (low, high) == pytest.approx((interval.low, interval.high), abs=0.02)
    assert certainty > 0.99


def test_pairing_removes_the_luck_that_is_shared() -> None:
    luck = np.array([1.0, 5.0, 2.0, 8.0])
    assert paired_share(luck + 1.0, luck) == pytest.approx(1.0)
    assert paired_share(luck, luck[::-1]) < 0.5


def test_fieller_is_close_to_the_ratio_where_gains_are_certain() -> None:
    wobble = np.sin(np.arange(20.0))
    ratio = fieller(100.0 + wobble, 50.0 + 0.1 * wobble)
    assert ratio.mean == pytest.approx(2.0, rel=0.01)
    assert ratio.low < ratio.mean < ratio.high
    assert ratio.high - ratio.low < 0.05


@given(samples)
def test_fieller_is_undefined_where_the_gain_may_be_nothing(gain: np.ndarray) -> None:
    balanced = np.concatenate([gain, -gain])
    assert np.isnan(fieller(np.ones(len(balanced)), balanced).mean)


def test_cost_per_job_is_undefined_where_jobs_are_lost() -> None:
    assert np.isnan(fieller(np.array([1.0, 1.1]), np.array([-5.0, -5.1])).mean)


def test_probability_of_being_best() -> None:
    effects = np.array([[1.0, 1.1, 0.9, 1.0], [3.0, 3.1, 2.9, 3.0], [2.0, 9.0, -5.0, 2.0]])
    chances = best(effects, highest=True)
    assert chances.sum() == pytest.approx(1.0)
    assert chances[0] == 0.0
    assert chances[1] > chances[2]
    assert best(effects, highest=False)[0] > 0.4


def test_designs_that_do_the_same_share_the_probability_of_being_best() -> None:
    """Two measures without any effect: the one that was named first had won with 100 %."""
    same, worse = [1.0, 2.0, 3.0], [0.0, 1.0, 2.0]
    assert best(np.array([same, same, worse]), highest=True).tolist() == [0.5, 0.5, 0.0]
    assert best(np.zeros((4, 3)), highest=False).tolist() == [0.25] * 4
    assert best(np.zeros((2, 1)), highest=True).tolist() == [0.5, 0.5]
