"""Top people work where what they add is worth their pay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.markets import innovation
from sim.markets.talent import talent, wants_one_more

PAY = 0.15  # m yuan a quarter


def wants(rnd, staff, there=0.0, offer=0.0):
    """Whether a firm with so much R&D a year (m yuan), staff and top people wants one more."""
    rows = wants_one_more(
        np.array([rnd / 4.0]), np.array([there]), np.array([staff]), pay=PAY, beside=offer / 4.0,
        gain=0.5, need=1.0, nominal=1.0,
    )  # fmt: skip
    return rows.size == 1


def test_a_firm_wants_a_top_person_where_what_they_add_is_worth_the_pay():
    """A person on a staff of fifty adds a quarter to what is done with the rest of the money: of 2 m a
    year 1.4 m would be left and do what 1.75 m does; of 4 m, 3.4 m would do what 4.25 m does.
    """
    assert not wants(2.0, staff=50.0)
    assert wants(4.0, staff=50.0)


def test_one_of_many_adds_too_little():
    assert not wants(4.0, staff=500.0)
    assert wants(40.0, staff=500.0)


def test_no_firm_wants_more_of_them_than_it_has_use_for():
    """Two on a staff of fifty are as many as one can lead."""
    assert wants(8.0, staff=50.0, there=1.0)
    assert not wants(80.0, staff=50.0, there=2.0)


def test_an_offer_for_coming_must_be_worth_it_too():
    assert wants(3.2, staff=50.0)
    assert not wants(3.2, staff=50.0, offer=0.2)


@given(st.floats(0.0, 100.0), st.floats(1.0, 1e4), st.floats(0.0, 20.0))
def test_who_wants_one_more_searches_more_with_than_without(rnd, staff, there):
    def search(people):
        left = rnd / 4.0 - people * PAY
        return left * (1.0 + talent(people, staff, left, 0.5, 1.0, 1.0))

    if wants(rnd, staff, there):
        assert search(there + 1.0) > search(there)


def test_top_people_are_paid_out_of_the_rnd_plan_and_not_beside_it():
    """A firm that plans 1 m of R&D a quarter spends 1 m, whoever does it."""
    top_pay, spent, one = np.array([0.0, PAY]), np.zeros(2), np.ones(2)
    materials = innovation.outlay(
        0.04 * one, 100.0 * one, np.zeros(2, bool), 0.1, 100.0 * one, one, 0.0 * one,
        np.zeros(2, bool), 0.0 * one, 10.0 * one, 0.05, top_pay, 0.6, one.copy(), spent,
    )  # fmt: skip
    assert spent == pytest.approx([1.0, 1.0])
    assert materials == pytest.approx([0.5, 0.5 - PAY])
