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


def people_wanted(sales, plan=0.0, propensity=0.0, top_pay=0.0, quarters_of_cash=8.0):
    """S&T staff and others that a firm wants which sells so much a year (m yuan of 2014), with an R&D
    plan (m yuan a quarter) and a usual share of sales for it; of R&D 60 % is for people at 0.04 m.
    """
    science, others = staffing.wanted(
        np.array([plan]), 0.6, 0.04, np.array([top_pay]), np.array([sales]), np.array([sales / 4.0]),
        1.0, 12.9, 0.78, np.array([quarters_of_cash]), np.ones(1), 0.0, np.array([propensity]),
        np.zeros(1, bool), 0.1,
    )  # fmt: skip
    return float(science[0]), float(others[0])


def wanted(sales, quarters_of_cash):
    """All staff that a firm without R&D wants."""
    return np.array([sum(people_wanted(sales, quarters_of_cash=quarters_of_cash))])


def test_who_pays_top_people_out_of_its_rnd_plan_wants_fewer_others_for_rnd():
    """Of 1 m a quarter 0.6 m is for people: 15 at 0.04 m, or a top person at 0.2 m and 10 of them."""
    assert people_wanted(100.0, plan=1.0)[0] == pytest.approx(15.0)
    assert people_wanted(100.0, plan=1.0, top_pay=0.2)[0] == pytest.approx(10.0)


@given(st.floats(5.0, 1e4), st.floats(0.0, 0.05))
def test_usual_rnd_is_done_by_people_whom_firms_of_such_sales_have(sales, propensity):
    plain = sum(people_wanted(sales))
    assert sum(people_wanted(sales, propensity * sales / 4.0, propensity)) == pytest.approx(plain)


@given(st.floats(5.0, 1e4), st.floats(0.0, 0.05), st.floats(0.1, 100.0))
def test_rnd_beyond_the_usual_adds_people_and_sends_nobody_away(sales, propensity, further):
    """Each further 0.04 m a quarter for people is one more of them."""
    usual = propensity * sales / 4.0
    science, others = people_wanted(sales, usual, propensity)
    more, same = people_wanted(sales, usual + further, propensity)
    assert same == others
    assert more - science == pytest.approx(0.6 * further / 0.04)


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
