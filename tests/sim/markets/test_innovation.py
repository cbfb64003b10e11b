"""Search: uncertain, skewed, bounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from agents.exact import exp, normal
from sim.markets import innovation

EVEN = (np.arange(200_000) + 0.5) / 200_000


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6), st.floats(0.05, 1.0), st.floats(0.0, 1.0))
def test_success_is_a_probability_that_rises_in_effort_to_its_ceiling(one, two, ceiling, share):
    low, high = sorted((one, two))
    less, more = innovation.success(0.3, share, np.array([low, high]), ceiling)
    assert 0.0 <= less <= more <= ceiling


def test_success_starts_as_dosi_and_others_have_it():
    """For little effort the chance is ζ · ξ · effort, whatever the ceiling."""
    assert innovation.success(0.3, 0.5, np.array([1e-4]), 0.75) == pytest.approx(1.5e-5, rel=1e-3)
    assert innovation.success(0.3, 0.5, np.array([0.0]), 0.75) == 0.0


def test_half_the_effort_has_more_than_half_the_chance():
    """Diminishing returns: a second yuan in one firm buys less than a first in another."""
    half, whole = innovation.success(0.3, 0.5, np.array([2.0, 4.0]), 0.75)
    assert whole / 2.0 < half < whole


def test_the_step_is_drawn_from_the_beta_distribution_of_the_literature():
    u = np.concatenate([np.geomspace(1e-9, 0.5, 2_000), 1.0 - np.geomspace(1e-9, 0.5, 2_000)])
    assert innovation.beta_three(u) == pytest.approx(stats.beta(3, 3).ppf(u), abs=1e-10)


def test_the_step_is_symmetric_and_rises():
    draws = innovation.beta_three(EVEN)
    assert np.diff(draws).min() >= 0.0
    assert draws + draws[::-1] == pytest.approx(np.ones(EVEN.size), abs=1e-12)


def test_the_mean_step_is_the_mean_of_steps_that_are_launched():
    """A worse product is not launched, so only the positive half counts."""
    step = 0.15 * (2.0 * innovation.beta_three(EVEN) - 1.0)
    assert innovation.mean_step(0.15) == pytest.approx(np.maximum(step, 0.0).mean(), rel=1e-6)


@pytest.mark.parametrize("lines", [1.0, 4.0, 400.0])
def test_firms_of_many_lines_gain_as_much_on_average_with_less_luck(lines):
    """Large firms average over product lines (law of large numbers); nobody's mean is favoured."""
    step = 0.15 * (2.0 * innovation.beta_three(EVEN) - 1.0)
    gained = innovation.gain(step, np.ones(EVEN.size), np.full(EVEN.size, lines), 0.15, 0.6)
    assert gained.mean() == pytest.approx(innovation.mean_step(0.15), rel=1e-6)
    alone = innovation.gain(step, np.ones(EVEN.size), np.ones(EVEN.size), 0.15, 0.6)
    assert gained.std() == pytest.approx(alone.std() / np.sqrt(lines), rel=1e-6)


@given(st.floats(-0.15, 0.15), st.floats(0.0, 1e6), st.floats(1.0, 1e5))
def test_no_innovation_makes_a_product_worse_or_leaps_beyond_the_largest(step, value, lines):
    one = innovation.gain(np.array([step]), np.array([value]), np.array([lines]), 0.15, 0.6)
    assert 0.0 <= one[0] <= 0.6


def test_the_top_tenth_of_innovations_holds_most_of_the_value():
    """Scherer & Harhoff (2000): around 0.7, from the spread of a lognormal with mean one."""
    spread = 1.8
    value = np.sort(exp(spread * normal(EVEN) - 0.5 * spread * spread))
    assert value.mean() == pytest.approx(1.0, rel=0.01)
    assert value[int(0.9 * value.size) :].sum() / value.sum() == pytest.approx(0.70, abs=0.02)
