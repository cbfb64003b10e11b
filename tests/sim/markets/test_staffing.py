"""A labour market that clears by quantity and price."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.markets import staffing

people = st.floats(0.0, 1e5)
speed = st.floats(0.0, 1.0)


@given(people, people, speed, speed)
def test_staff_move_towards_what_is_wanted_and_never_beyond(staff, wanted, hire, fire):
    now = staffing.adjusted(staff, wanted, hire, fire)
    low, high = sorted((staff, wanted))
    assert low - 1e-6 <= now <= high + 1e-6


def test_lay_offs_have_their_own_speed():
    assert staffing.adjusted(10.0, 20.0, 0.5, 0.35) == 15.0
    assert staffing.adjusted(20.0, 10.0, 0.5, 0.35) == 16.5


@given(people, st.floats(-1e5, 1e5))
def test_openings_are_filled_as_far_as_there_are_people(openings, available):
    rate = staffing.fill_rate(openings, available)
    assert 0.0 <= rate <= 1.0
    assert openings * rate <= max(available, 0.0) * (1 + 1e-12) + 1e-300 or openings == 0.0


@given(st.floats(1.0, 1e6), st.floats(1.0, 1e6))
def test_wages_rise_when_people_are_scarce_and_at_most_five_per_cent_a_quarter(demand, supply):
    step = staffing.wage_step(demand, supply, 0.25)
    assert abs(step) <= 0.05
    assert (step > 0.0) == (demand > supply)


def test_wages_rest_where_demand_meets_supply():
    assert staffing.wage_step(1_000.0, 1_000.0, 0.25) == 0.0
    assert staffing.wage_step(1_040.0, 1_000.0, 0.25) == pytest.approx(0.01)


def wanted(sales, quarters_of_cash):
    """Staff that a firm without R&D wants, which sells so much a year (m yuan of 2014)."""
    science, others = staffing.wanted(
        np.zeros(1), 0.6, 0.04, np.zeros(1), np.array([sales]), np.array([sales / 4.0]), 1.0, 12.9, 0.78,
        np.array([quarters_of_cash]), np.ones(1), 0.0,
    )  # fmt: skip
    return science + others


def test_who_pays_top_people_out_of_its_rnd_plan_wants_fewer_others_for_rnd():
    """Of 1 m a quarter 0.6 m is for people: 15 at 0.04 m, or a top person at 0.2 m and 10 of them."""
    science, _ = staffing.wanted(
        np.ones(2), 0.6, 0.04, np.array([0.0, 0.2]), np.full(2, 100.0), np.full(2, 25.0), 1.0, 12.9,
        0.78, np.full(2, 8.0), np.ones(2), 0.0,
    )  # fmt: skip
    assert science == pytest.approx([15.0, 10.0])


def served(staff):
    """Sales that they can serve in a quarter (m yuan)."""
    return float(staffing.served(staff, 12.9, 0.78, 1.0, 1.25)[0])


@given(st.floats(0.1, 1e4))
def test_the_people_a_firm_wants_serve_what_it_sells_and_a_quarter_more(sales):
    assert served(wanted(sales, 8.0)) == pytest.approx(1.25 * sales / 4.0)


@given(st.floats(0.1, 1e4))
def test_firms_of_so_many_usually_sell_what_makes_firms_want_so_many(sales):
    staff = wanted(sales, 8.0)
    assert staffing.usual_sales(staff, 12.9, 0.78, 1.0)[0] == pytest.approx(sales)


@given(st.floats(0.1, 1e4))
def test_who_lets_people_go_once_serves_all_buyers_and_who_does_so_twice_does_not(sales):
    """Cash for less than two quarters, and for less than one."""
    assert served(wanted(sales, 1.5)) > sales / 4.0
    assert served(wanted(sales, 0.5)) < 0.85 * sales / 4.0


def test_each_seat_goes_to_the_first_who_stands_before_it():
    first = staffing.first_of_each(np.array([2, 0, 2, 1, 0]), 3)
    assert first.tolist() == [0, 1, 3]
