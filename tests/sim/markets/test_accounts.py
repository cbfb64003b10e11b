"""What lines pay of firms' bills."""

from __future__ import annotations

import numpy as np

from sim.markets.accounts import supported


def test_support_goes_to_those_who_have_a_bill_and_a_share_of_it():
    bill, share = np.array([2.0, 0.0, 4.0, 1.0]), np.array([0.5, 0.5, 0.0, 0.25])
    rows, part = supported(bill, share)
    assert rows.tolist() == [0, 3]
    assert part.tolist() == [1.0, 0.25]


def test_one_bill_may_stand_for_all():
    rows, part = supported(np.array([4.0]), np.array([0.0, 0.5, 0.25]))
    assert rows.tolist() == [1, 2]
    assert part.tolist() == [2.0, 1.0]
