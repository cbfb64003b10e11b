"""Funds invest what they have, in what they like best; private partners follow returns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.exact import normal
from sim.markets.equity import bids, deals, sign, signals

FUNDS = 4
firms = st.lists(
    st.tuples(
        st.lists(st.integers(-1, FUNDS - 1), min_size=2, max_size=2),
        st.lists(st.floats(-1.0, 2.0), min_size=2, max_size=2),
        st.floats(0.5, 40.0),
    ),
    min_size=1,
    max_size=25,
)
budgets = st.lists(st.floats(0.0, 120.0), min_size=FUNDS, max_size=FUNDS)


def struck(asked, budget):
    """Which fund invests in each firm (taken in their order), and what the funds have left."""
    left = np.array(budget)
    chosen = deals(
        np.arange(len(asked)), np.array([a[0] for a in asked], np.int64),
        np.array([a[1] for a in asked]), np.array([a[2] for a in asked]), left,
    )  # fmt: skip
    return chosen, left


@given(firms, budgets)
def test_no_fund_spends_more_than_its_budget(asked, budget):
    chosen, left = struck(asked, budget)
    tickets = np.array([a[2] for a in asked])
    spent = np.bincount(chosen[chosen >= 0], tickets[chosen >= 0], FUNDS)
    assert np.allclose(spent + left, budget)
    assert (left >= 0.0).all()


@given(firms, budgets)
def test_funds_invest_only_in_firms_they_met_and_would_have(asked, budget):
    chosen, _ = struck(asked, budget)
    for (met, signal, _), fund in zip(asked, chosen.tolist(), strict=True):
        seen = [s for f, s in zip(met, signal, strict=True) if f == fund]
        assert fund == -1 or max(seen) > 0.0


@given(firms)
def test_the_keenest_fund_invests_where_money_is_no_object(asked):
    chosen, _ = struck(asked, [1e9] * FUNDS)
    for (met, signal, _), fund in zip(asked, chosen.tolist(), strict=True):
        offers = [(s, f) for f, s in zip(met, signal, strict=True) if f >= 0 and s > 0.0]
        assert (fund == -1) == (not offers)
        if offers:
            assert max(s for s, f in offers if f == fund) == max(s for s, _ in offers)


def test_the_best_firm_is_served_first_and_the_next_goes_without():
    meetings, signal = np.array([[0], [0]]), np.array([[0.2], [0.9]])
    budget = np.array([10.0])
    chosen = deals(np.array([1, 0]), meetings, signal, np.array([8.0, 8.0]), budget)
    assert chosen.tolist() == [-1, 0]
    assert budget.tolist() == [2.0]


def funded(left, *, most=0.45, firms=4_000):
    """How many of the firms look worth more than their price to a fund, whose file leaves so much of its
    noise, and what they really are worth. The usual firm is worth a quarter less than it asks.
    """
    luck = [np.arange(1, firms + 1) * root % 1.0 for root in np.sqrt([2.0, 3.0, 5.0])]
    promise = -0.3 + 0.22 * normal(luck[0])
    factor = np.zeros(0) if left is None else np.full(firms, left)
    _, best = signals(
        np.zeros((firms, 1), np.int64), promise, np.array([most]), normal(luck[1]), factor,
        normal(luck[2]),
    )  # fmt: skip
    return np.count_nonzero(best > 0.1), promise[best > 0.1].mean()


def test_funds_that_see_better_invest_in_better_firms_and_in_no_fewer():
    """Who sees little trusts little in what it sees; with a file it trusts it more, and finds those that
    are worth their price among the many that are not.
    """
    (blind, worth_of_blind), (sharp, worth_of_sharp) = funded(None), funded(0.5)
    assert sharp > blind
    assert worth_of_sharp > worth_of_blind


def test_a_file_that_takes_no_noise_off_changes_nothing():
    assert funded(1.0) == funded(None)


def test_one_firm_at_the_door_is_seen_as_it_looks():
    """There is no other to hold it against."""
    one = np.ones(1)
    _, best = signals(
        np.zeros((1, 1), np.int64), 0.2 * one, 0.4 * one, 1.0 * one, 0.5 * one, 0.0 * one
    )
    assert best[0] == pytest.approx(0.2 + 0.4 * 0.5 * np.sqrt(0.5))


def raised(target, expected, offers=(), hurdle=0.1, climate=1.0):
    """What managers raise of whom, where public offers serve them in their own order."""
    count = len(target)
    luck = np.tile(np.linspace(0.1, 0.9, count), (len(offers), 1))
    return bids(
        np.array(target), np.array(expected), (hurdle, 7.0, climate), np.zeros(count, np.int64),
        luck, np.array(offers, float).reshape(-1, 5),
    )  # fmt: skip


@given(st.floats(-0.5, 1.0), st.floats(-0.5, 1.0), st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_partners_commit_more_the_more_they_expect_and_the_better_the_climate(one, two, calm, hot):
    low, high = sorted((one, two))
    cool, warm = sorted((calm, hot))
    assert raised([100.0], [low], climate=cool)[0][0] <= raised([100.0], [high], climate=warm)[0][0]


def test_below_their_hurdle_partners_commit_nothing_and_never_more_than_their_reach():
    private, public, taken = raised([100.0, 100.0, 100.0], [-0.2, 0.10, 5.0])
    assert private[:2].tolist() == [0.0, 0.0]
    assert private[2] == pytest.approx(100.0)
    assert not public.any()
    assert (taken == -1).all()


@given(st.lists(st.floats(-0.2, 0.6), min_size=1, max_size=6), st.floats(0.0, 200.0))
def test_a_public_offer_is_not_overdrawn_and_lures_no_manager_away_from_more_money(
    expected, amount
):
    target = [100.0] * len(expected)
    alone, _, _ = raised(target, expected)
    private, public, taken = raised(target, expected, [(amount, 0.3, 0.01, 0.3, -1)])
    assert public.sum() <= amount * (1 + 1e-9)
    assert ((taken == 0) == (public > 0.0)).all()
    assert (private + public >= alone).all()
    assert (private + public <= 100.0 * (1 + 1e-9)).all()


@given(st.lists(st.floats(0.1, 40.0), min_size=1, max_size=4), st.floats(0.0, 0.9))
def test_all_tickets_of_a_round_buy_at_one_price_and_thin_out_the_others_alike(money, held):
    """Who joins a round had paid the price that firms ask for the next one."""
    tickets, one = len(money), np.ones(1)
    rounds, fund_share, stake = np.zeros(1, np.int64), np.array([held]), np.array([held])
    share = sign(
        np.zeros(tickets, np.int64), np.arange(tickets), np.array(money), 1, 20.0 * one, 20.0 * one,
        one, 0.0 * one, 3.0, 0.1, np.array([30.0, 90.0]), rounds, np.zeros(1, np.int64), (0, 1, 2),
        fund_share, np.zeros(tickets), np.zeros(1, np.int64), stake,
    )  # fmt: skip
    assert rounds[0] == 1
    assert share / share[0] == pytest.approx(np.array(money) / money[0])
    assert stake[0] == pytest.approx(held * (1.0 - share.sum()))
    assert fund_share[0] == pytest.approx(stake[0] + share.sum())
