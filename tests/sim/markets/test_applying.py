"""Free entry into a competition: who applies is worth the effort to, given who else does."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.dice import Dice
from sim.markets.applying import STEPS, entering

EFFORT = 0.03
asks = st.lists(st.floats(0.031, 3.0), min_size=1, max_size=120)


def luck(count, seed=1):
    return Dice(seed).roll("enters", np.arange(count))


def applicants(asked, envelope, effort=EFFORT, seed=1):
    return entering(np.array(asked), envelope, effort, luck(len(asked), seed))


def test_where_there_is_enough_for_all_all_apply():
    assert applicants([0.1, 0.5, 2.0], envelope=3.0).all()


def test_equal_firms_spend_together_what_there_is_to_win():
    """Two thousand firms would like half a million each of six; 200 × 30,000 yuan is as much."""
    came = [applicants([0.5] * 2_000, envelope=6.0, seed=seed).sum() for seed in range(40)]
    assert 190 < np.mean(came) < 210


def test_those_with_least_to_win_stay_away():
    asked = np.array([0.05] * 500 + [1.0] * 50)
    came = applicants(asked, envelope=2.0)
    assert came[500:].all()
    assert not came[:500].any()


@given(asks, st.floats(0.01, 20.0))
def test_all_together_spend_no_more_than_there_is_to_win(asked, envelope):
    """On average over luck, and but for one firm at the margin."""
    came = np.mean([applicants(asked, envelope, seed=seed).sum() for seed in range(64)])
    assert EFFORT * came <= envelope * (1.0 + 2.0 / STEPS) + 1.5 * EFFORT


@given(asks, st.floats(0.01, 20.0), st.floats(1.0, 5.0))
def test_more_money_draws_more_and_more_paperwork_fewer(asked, envelope, times):
    usual = applicants(asked, envelope)
    assert (usual <= applicants(asked, envelope * times)).all()
    assert (usual >= applicants(asked, envelope, effort=EFFORT * times)).all()


@given(asks, st.floats(0.01, 20.0))
def test_the_order_in_which_firms_stand_does_not_matter(asked, envelope):
    u = luck(len(asked))
    there = entering(np.array(asked), envelope, EFFORT, u)
    back = entering(np.array(asked[::-1]), envelope, EFFORT, u[::-1].copy())
    assert (there == back[::-1]).mean() > 1.0 - 1.0 / len(asked) - 1e-9
