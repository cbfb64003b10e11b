"""Technology moves: short cuts find whom a look at everybody finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.exact import power
from sim.markets import innovation, transfer

U = (np.arange(2_000) + 0.5) / 2_000


@given(st.floats(0.0, 10.0), st.floats(0.05, 1.0))
def test_finds_are_those_whose_uniform_lies_below_the_chance_of_success(effort, ceiling):
    efforts = np.full(U.size, effort)
    chance = innovation.success(0.3, 0.5, efforts, ceiling)
    assert np.array_equal(
        innovation.finds(U, efforts, 0.3, 0.5, ceiling), np.flatnonzero(chance > U)
    )


@given(st.floats(0.0, 0.45), st.floats(0.1, 2.0))
def test_who_asks_for_protection_does_so_at_what_is_paid_of_the_price(share, response):
    """Claims are what those who know of it may be expected to ask for, whatever each one's share."""
    able, aware = np.arange(U.size) % 2 == 0, np.arange(U.size) % 3 > 0
    shares = share * (np.arange(U.size) % 5 > 0) * np.where(np.arange(U.size) % 7 > 0, 2.0, 1.0)
    wants = 0.08 * power(1.0 - shares * aware, -response)
    patents, cash, running = 1.0 * able, np.ones(U.size), np.zeros(U.size)
    could, claims = transfer.claims(
        patents, cash, running, aware, shares, shares.max(), 0.08, response, 3.0
    )
    assert np.array_equal(could, able)
    expected = np.minimum(wants, 1.0) * 3.0 * (able & aware)
    assert np.array_equal(claims * shares, expected * shares)
    asks = transfer.asks_for(could, U, aware, shares, shares.max(), 0.08, response)
    assert np.array_equal(asks, np.flatnonzero(able & (wants > U)))


def test_inventions_are_sold_by_their_owners_in_turn_while_there_are_buyers():
    owner, number = transfer.sold_by(np.array([2.0, 0.0, 3.0]), 4, np.array([5, 6, 7]))
    assert owner.tolist() == [0, 0, 2, 2]
    assert number.tolist() == [5 * 1024, 5 * 1024 + 1, 7 * 1024, 7 * 1024 + 1]


def examined(margin, *, price=0.0, cash=10.0):
    """Firms that earn so much a year (m yuan) have examined an invention each: who signs, what they pay,
    and what their columns are then. The usual fee is 1 m, the invention adds 0.034 for 20 years.
    """
    margin, count = np.array(margin), len(margin)
    columns = {
        "capability": np.full(count, 0.5), "lines": np.ones(count), "prototype": np.zeros(count),
        "knowledge": np.zeros(count), "licences": np.zeros(count, np.int64),
    }  # fmt: skip
    signs, paid = transfer.take_up(
        np.arange(count), np.full(count, price), np.zeros(count), 1.0, 0.5, 0.05, 0.6,
        np.full(count, cash), margin=margin, years=20.0, **columns,
    )  # fmt: skip
    return signs.tolist(), paid, columns


def test_an_invention_is_licensed_where_it_is_worth_its_fee():
    """0.034 of a year's 1 m for 20 years is 0.7 m, of 2 m it is 1.3 m: the fee is 1 m."""
    signs, paid, columns = examined([1.0, 2.0])
    assert signs == [1]
    assert paid.tolist() == [1.0]
    assert columns["licences"].tolist() == [0, 1]
    assert columns["knowledge"].tolist() == [0.0, 1.0]
    assert columns["prototype"][0] == 0.0
    assert columns["prototype"][1] == pytest.approx(0.0335, abs=1e-4)


@given(st.floats(0.0, 50.0), st.floats(-3.0, 3.0))
def test_a_dearer_invention_is_signed_by_those_only_who_would_sign_a_cheaper_one(margin, price):
    assert examined([margin], price=price + 0.1)[0] <= examined([margin], price=price)[0]


def test_an_invention_taken_up_costs_part_of_cash_at_most():
    signs, paid, columns = examined([100.0, 100.0], price=3.0, cash=0.1)
    assert signs == [0, 1]
    assert np.all(paid <= 0.3 * 0.1)
    assert np.all(columns["prototype"] > 0.0)
