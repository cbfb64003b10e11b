"""Banks lend where it pays, the best first, while they have room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.markets import credit

BANKS = 3
applicants = st.lists(
    st.tuples(
        st.integers(0, BANKS - 1),
        st.floats(-0.2, 0.2, allow_subnormal=False),
        st.floats(0.3, 50.0),
    ),
    max_size=25,
)
rooms = st.lists(st.floats(0.0, 200.0), min_size=BANKS, max_size=BANKS)


def made(asked, room) -> np.ndarray:
    bank = np.array([a[0] for a in asked], np.int64)
    profit, amount = np.array([a[1] for a in asked]), np.array([a[2] for a in asked])
    return credit.ration(bank, profit, amount, np.arange(len(asked)), np.array(room))


@given(applicants, rooms)
def test_no_bank_lends_more_than_it_has_room_for_nor_at_an_expected_loss(asked, room):
    lent = np.zeros(BANKS)
    for (bank, profit, amount), yes in zip(asked, made(asked, room), strict=True):
        lent[bank] += amount * yes
        assert profit >= 0.0 or not yes
    assert (lent <= np.array(room) + 1e-6).all()


@given(applicants, rooms, st.floats(0.0, 100.0))
def test_a_larger_limit_never_refuses_a_firm_that_was_served(asked, room, more):
    before = made(asked, room)
    assert (made(asked, [r + more for r in room]) >= before).all()


@given(applicants, rooms)
def test_nobody_is_passed_over_for_a_less_profitable_loan_at_the_same_bank(asked, room):
    yes = made(asked, room)
    for i, (bank, profit, amount) in enumerate(asked):
        served = [a for a, ok in zip(asked, yes, strict=True) if ok and a[0] == bank]
        worse = [a for a in served if a[1] < profit]
        if profit >= 0.0 and not yes[i] and worse:
            pytest.fail(f"{asked[i]} was refused and {worse[0]} served, who asked for {amount}")


@given(applicants, rooms, st.randoms())
def test_rationing_does_not_depend_on_the_order_of_applicants(asked, room, luck):
    order = list(range(len(asked)))
    luck.shuffle(order)
    bank = np.array([a[0] for a in asked], np.int64)
    profit, amount = np.array([a[1] for a in asked]), np.array([a[2] for a in asked])
    shuffled = credit.ration(
        bank[order], profit[order], amount[order], np.array(order, np.int64), np.array(room)
    )
    assert shuffled.tolist() == made(asked, room)[order].tolist()


def test_one_bank_in_trouble_does_not_ration_another_ones_customers():
    asked = [(0, 0.1, 10.0), (1, 0.1, 10.0), (2, 0.1, 10.0)]
    assert made(asked, [0.0, 10.0, 9.0]).tolist() == [False, True, False]


def profit_of(chance=0.95, rate=0.08, recovered=0.2, cover=0.0) -> float:
    return credit.expected_profit(chance, rate, recovered, cover, 0.033, 0.013)


def test_a_safe_loan_earns_its_margin():
    assert profit_of(chance=1.0) == pytest.approx(0.08 - 0.033 - 0.013)


def test_a_hopeless_loan_costs_what_is_not_recovered():
    assert profit_of(chance=0.0, recovered=0.2) == pytest.approx(0.2 - 1.033 - 0.013)


unit = st.floats(0.0, 1.0)


@given(unit, unit, unit, unit)
def test_expected_profit_rises_in_cover_and_is_capped_by_a_sure_principal(chance, saved, one, two):
    low, high = sorted((one, two))
    less, more = (profit_of(chance, 0.08, saved, cover) for cover in (low, high))
    assert less <= more + 1e-12
    assert profit_of(chance, 0.08, saved, 1.0) == pytest.approx(chance * 0.08 - 0.046, abs=1e-12)


@given(unit, unit)
def test_cover_is_worth_more_the_riskier_the_borrower(one, two):
    risky, safe = sorted((one, two))
    assert (
        profit_of(risky, cover=0.4) - profit_of(risky)
        >= profit_of(safe, cover=0.4) - profit_of(safe) - 1e-12
    )


@given(unit, unit, st.floats(0.05, 1.0))
def test_screening_effort_falls_in_cover_down_to_what_rules_prescribe(one, two, floor):
    """Moral hazard: who does not bear the loss does not look as hard (Holmström 1979)."""
    low, high = sorted((one, two))
    hard, lax = credit.effort(low, floor), credit.effort(high, floor)
    assert hard >= lax >= floor
    assert credit.effort(0.0, floor) == 1.0
