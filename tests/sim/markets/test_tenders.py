"""Government orders: only offers that can win are scored, and the same win as if all were."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.markets import goods, tenders

PILOT, LARGEST = 0.1, 5.0

firm = st.tuples(
    st.floats(0.001, 0.999), st.floats(0.5, 2.0), st.floats(0.0, 1.0), st.floats(0.0, 20.0),
    st.floats(0.0, 1.0), st.booleans(),
)  # fmt: skip


def offers(firms, volume, rating_weight, served=np.inf):
    u, quality, rated, revenue, novelty = (np.array([f[k] for f in firms]) for k in range(5))
    eligible = np.array([f[5] for f in firms])
    return tenders.offers(
        eligible, np.ones(u.size, bool), novelty, np.zeros(u.size), u, quality, rated,
        rating_weight, revenue, PILOT, LARGEST, volume, np.full(u.size, served),
    )  # fmt: skip


def orders(found, volume):
    rows, score, able = found
    won = goods.order_books(able, LARGEST, score, rows, volume)
    return dict(zip(rows[won > 0.0].tolist(), won[won > 0.0].tolist(), strict=True))


@given(st.lists(firm, min_size=1, max_size=80), st.floats(0.0, 60.0), st.floats(0.0, 2.0))
def test_who_is_not_scored_would_not_have_won(firms, volume, rating_weight):
    few, all_ = (offers(firms, v, rating_weight) for v in (volume, np.inf))
    assert set(few[0].tolist()) <= set(all_[0].tolist())
    assert orders(few, volume) == orders(all_, volume)


def test_only_what_is_new_and_eligible_is_offered():
    firms = [(0.5, 1.0, 0.0, 1.0, 0.5, True), (0.5, 1.0, 0.0, 1.0, 0.1, True),
             (0.5, 1.0, 0.0, 1.0, 0.5, False)]  # fmt: skip
    assert offers(firms, 10.0, 0.0)[0].tolist() == [0]


def test_only_the_lucky_of_equals_are_scored_where_they_fill_the_order_book():
    u = np.linspace(0.0005, 0.9995, 1000)
    firms = [(luck, 1.0, 0.0, 1.0, 1.0, True) for luck in u.tolist()]
    assert offers(firms, 10.0, 0.0)[0].tolist() == np.flatnonzero(u > tenders.LUCKY).tolist()


def test_nobody_is_ordered_more_from_than_its_people_can_serve_beside_what_they_sell():
    """A firm that sells 4 m with people for 5 takes an order of 1 m; one that is busy takes none."""
    firms = [(0.5, 1.0, 0.0, 4.0, 0.5, True), (0.6, 1.0, 0.0, 6.0, 0.5, True)]
    assert orders(offers(firms, 10.0, 0.0, served=5.0), 10.0) == {0: 1.0}
    assert orders(offers(firms, 10.0, 0.0), 10.0) == {0: 4.0, 1: 5.0}
