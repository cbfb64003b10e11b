"""What lines pay of firms' bills."""

from __future__ import annotations

import numpy as np

from sim.markets.accounts import profits, supported


def test_support_goes_to_those_who_have_a_bill_and_a_share_of_it():
    bill, share = np.array([2.0, 0.0, 4.0, 1.0]), np.array([0.5, 0.5, 0.0, 0.25])
    rows, part = supported(bill, share)
    assert rows.tolist() == [0, 3]
    assert part.tolist() == [1.0, 0.25]


def test_one_bill_may_stand_for_all():
    rows, part = supported(np.array([4.0]), np.array([0.0, 0.5, 0.25]))
    assert rows.tolist() == [1, 2]
    assert part.tolist() == [2.0, 1.0]


def test_royalties_from_others_are_profit_and_no_negative_cost():
    """Nobody is lent or invested less than nothing because licences bring more than a firm spends."""
    one, nothing, cost = np.ones(1), np.zeros(1), np.empty(1)
    profit, *_ = profits(
        one, nothing, one, nothing, nothing, nothing, -3.0 * one, nothing, nothing, 0.05, nothing,
        100.0 * one, 5.0, np.zeros(1, bool), 0.0, 0.0, 0.25, 0.15, 0.5, cost,
    )  # fmt: skip
    assert profit[0] == 3.0
    assert cost[0] == 0.0
