"""Who thinks of leaving, and what stakes in firms that end bring."""

from __future__ import annotations

import numpy as np
import pytest

from sim.markets.exits import cashed_in, restless

FIRMS = 4


def leaving(**other):
    """Four old firms of ten staff in a dear zone, none of which thinks of leaving by itself."""
    full, none = np.full(FIRMS, 10.0), np.zeros(FIRMS)
    usual = {
        "drawn": np.ones(FIRMS), "rate": 0.5, "bound_until": np.zeros(FIRMS, int), "now": 40,
        "asked": np.array([False]), "staying": np.ones(FIRMS, bool), "staff": full, "away": none,
        "zone": np.zeros(FIRMS, int), "used": np.array([800.0]), "rent": np.array([100.0]),
        "region": 0.01, "relief": np.array([0.0]), "revenue": full, "profit": none, "cost": 0.1,
        "anchor": np.zeros(FIRMS, bool), "incubator": np.full(FIRMS, -1),
        "birth": np.zeros(FIRMS, int),
    }  # fmt: skip
    return restless(**{**usual, **other})


def test_firms_ask_themselves_by_luck_because_they_are_told_to_or_because_a_promise_ends():
    assert leaving()[0].size == 0
    assert leaving(drawn=np.array([0.1, 1.0, 1.0, 1.0]))[0].tolist() == [0]
    assert leaving(asked=np.array([False, True, False, False]))[0].tolist() == [1]
    assert leaving(bound_until=np.array([0, 0, 40, 0]))[0].tolist() == [2]
    assert leaving(asked=np.array([True]), staying=np.arange(FIRMS) == 3)[0].tolist() == [3]


def test_anchors_tenants_of_carriers_and_the_young_are_rooted():
    rows, _, _ = leaving(
        asked=np.array([True]), anchor=np.arange(FIRMS) == 0, birth=np.array([0, 39, 0, 0]),
        incubator=np.array([-1, -1, 5, -1]),
    )  # fmt: skip
    assert rows.tolist() == [3]


def test_rent_that_is_paid_here_saves_less_elsewhere():
    # 20 m² a head at 100 yuan a month: 0.024 m yuan a year.
    _, saved, taken = leaving(asked=np.array([True]), relief=np.array([0.0, 0.5, 0.0, 0.0]))
    assert saved[0] == pytest.approx(3.0 * 10.0 * (0.024 - 0.01))
    assert saved[1] == pytest.approx(3.0 * 10.0 * (0.012 - 0.01))
    assert taken == pytest.approx(np.full(FIRMS, 1.0))


def test_stakes_end_with_their_firm_and_share_its_price_or_what_creditors_left():
    over, rows, price, remainder = cashed_in(
        ended=np.array([2, 0]), worth=np.array([10.0, 0.0]), firm=np.array([0, 1, 2, 0]),
        share=np.array([0.5, 0.5, 0.1, 0.25]), cash=np.array([4.0, 9.0, 9.0]),
        listed=np.zeros(3, bool),
    )  # fmt: skip
    assert over.tolist() == [True, False, True, True]
    assert rows.tolist() == [0, 2, 3]
    assert price.tolist() == [0.0, 1.0, 0.0]
    assert remainder.tolist() == [2.0, 0.0, 1.0]
