"""Technology moves: short cuts find whom a look at everybody finds."""

from __future__ import annotations

import numpy as np
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


def test_an_invention_taken_up_costs_part_of_cash_at_most():
    columns = {name: np.full(3, 0.5) for name in ("capability", "prototype", "knowledge")}
    paid = transfer.take_up(
        np.array([0, 2]), np.full(2, 3.0), np.zeros(2), 1.0, 0.5, 0.05, 0.6, np.full(3, 0.1),
        lines=np.ones(3), licences=np.zeros(3, np.int64), **columns,
    )  # fmt: skip
    assert np.all(paid <= 0.3 * 0.1)
    assert columns["prototype"][1] == 0.5 < columns["prototype"][0]
