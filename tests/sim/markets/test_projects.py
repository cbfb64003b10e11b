"""Money is fungible: what a grant changes depends on the project and on the purse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.markets import projects

applicants = st.lists(
    st.tuples(st.floats(-3.0, 3.0), st.floats(0.01, 5.0)), min_size=1, max_size=30
)


def won(asked, envelope) -> np.ndarray:
    score, amount = np.array([a[0] for a in asked]), np.array([a[1] for a in asked])
    out = np.zeros(len(asked), bool)
    out[projects.award(score, amount, envelope, np.arange(len(asked)))] = True
    return out


@given(applicants, st.floats(0.0, 60.0))
def test_awards_fit_the_envelope_and_go_to_the_best(asked, envelope):
    yes = won(asked, envelope)
    amount = np.array([a[1] for a in asked])
    assert amount[yes].sum() <= envelope + 1e-9
    score = np.array([a[0] for a in asked])
    if yes.any() and not yes.all():
        assert score[yes].min() >= score[~yes].max()


@given(applicants, st.floats(0.0, 60.0), st.floats(0.0, 60.0))
def test_a_larger_envelope_keeps_every_award(asked, one, two):
    """Skipping to a smaller applicant would take the award from somebody when money is added."""
    small, large = sorted((one, two))
    assert (won(asked, large) >= won(asked, small)).all()


def test_an_empty_envelope_awards_nobody_and_a_full_one_everybody():
    asked = [(0.3, 1.0), (0.1, 2.0)]
    assert not won(asked, 0.0).any()
    assert won(asked, 3.0).all()


def test_no_applicant_is_no_problem():
    assert projects.award(np.zeros(0), np.zeros(0), 10.0, np.zeros(0, np.int64)).size == 0


def test_ties_go_to_the_smaller_identity_wherever_it_stands():
    uid = np.array([9, 3, 5])
    first = projects.award(np.zeros(3), np.ones(3), 2.0, uid)
    assert uid[first].tolist() == [3, 5]


@given(st.floats(-0.5, 0.5), st.floats(0.0, 0.95), st.floats(0.0, 0.95))
def test_support_raises_the_return_on_a_firms_own_part(seen, one, two):
    low, high = sorted((one, two))
    less, more = (float(projects.with_support(np.array(seen), s)) for s in (low, high))
    assert less <= more + 1e-12
    assert float(projects.with_support(np.array(seen), 0.0)) == pytest.approx(seen, abs=1e-12)


def test_a_project_worth_doing_anyway_is_done_anyway():
    """Deadweight needs no parameter: above its hurdle a project does not wait for a grant."""
    required = projects.required_return(0.12, 0.20, cash=30.0, buffer=3.0 * 10.0)
    assert required == pytest.approx(0.12)
    assert projects.with_support(np.array([0.15]), 0.0) >= required
    assert projects.with_support(np.array([0.05]), 0.0) < required
    assert projects.with_support(np.array([0.05]), 0.3) >= required


@given(st.floats(-10.0, 100.0), st.floats(-10.0, 100.0), st.floats(0.1, 20.0))
def test_money_is_dearer_to_a_firm_that_has_little(one, two, cost):
    poor, rich = sorted((one, two))
    dear, cheap = (projects.required_return(0.12, 0.20, cash, 3.0 * cost) for cash in (poor, rich))
    assert 0.32 + 1e-12 >= dear >= cheap >= 0.12


def done(grant=0.0, misused=0.0, relief=0.0, cash=20.0, seen=0.10, aware=True) -> bool:
    """Does a firm whose hurdle is 12 % do a project of 5 m, with running costs of 10 m?"""
    one = {
        "cost": 5.0, "seen": seen, "required": 0.12, "grant": grant, "misused": misused,
        "relief": relief, "aware": aware, "cash": cash, "running": 10.0,
    }  # fmt: skip
    return bool(projects.done(**{name: np.array([value]) for name, value in one.items()})[0])


def test_a_grant_makes_a_marginal_project_worth_doing_unless_the_money_is_taken_out():
    assert not done()
    assert done(grant=2.0)
    assert not done(grant=2.0, misused=2.0, seen=-0.9)


def test_a_refund_moves_only_those_who_know_of_it():
    assert done(relief=0.2)
    assert not done(relief=0.2, aware=False)


def test_a_firm_keeps_a_quarters_cost_back_whatever_the_project_promises():
    assert done(seen=9.0, cash=15.0)
    assert not done(seen=9.0, cash=14.9)
    assert done(seen=9.0, cash=14.9, grant=2.0)
