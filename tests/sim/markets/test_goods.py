"""Buyers: what one firm wins another loses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.dice import Dice
from sim.markets import goods

SECTORS = 3
firm = st.tuples(
    st.integers(0, SECTORS - 1), st.floats(0.001, 1.0), st.floats(0.2, 3.0), st.floats(0.0, 50.0)
)
districts = st.lists(firm, min_size=1, max_size=25)


def market(rows, selection=0.08, footloose=0.01):
    """Shares after a quarter: firms' and, by sector, the outside competitors'."""
    sector = np.array([r[0] for r in rows], np.int64)
    size = np.array([r[1] for r in rows])
    # The district serves a third of every sector it is in, outside competitors the rest.
    district = np.bincount(sector, size, SECTORS)
    share = size / (3.0 * district[sector])
    outside = 1.0 - np.bincount(sector, share, SECTORS)
    fit, pull = np.array([r[2] for r in rows]), np.array([r[3] for r in rows])
    new = goods.compete(
        share, outside, fit, pull, sector, selection, footloose, np.full(SECTORS, 10.0)
    )
    return share, outside, sector, *new


@given(districts, st.floats(0.0, 1.0), st.floats(0.0, 0.2))
def test_shares_of_a_sector_sum_to_one_outside_included(rows, selection, footloose):
    *_, sector, new, new_outside = market(rows, selection, footloose)
    assert np.allclose(np.bincount(sector, new, SECTORS) + new_outside, 1.0)
    assert (new >= 0.0).all()
    assert (new_outside >= 0.0).all()


@given(districts, st.integers(0, 24), st.floats(0.01, 1.0))
def test_a_better_product_wins_share_and_nobody_else_gains_by_it(rows, who, more):
    """Business stealing is possible: a firm's gain is its neighbours' and the outside's loss."""
    who %= len(rows)
    better = [(s, z, f + more * (i == who), p) for i, (s, z, f, p) in enumerate(rows)]
    *_, sector, before, _ = market(rows, footloose=0.0)
    *_, now, outside_now = market(better, footloose=0.0)
    *_, outside_before = market(rows, footloose=0.0)
    others = (np.arange(len(rows)) != who) & (sector == sector[who])
    assert now[who] >= before[who] - 1e-12
    assert (now[others] <= before[others] + 1e-12).all()
    assert outside_now[sector[who]] <= outside_before[sector[who]] + 1e-12
    elsewhere = sector != sector[who]
    assert np.array_equal(now[elsewhere], before[elsewhere])


@given(districts, st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.integers(0, 2**32 - 1))
def test_luck_wins_no_more_than_competitors_outside_have(rows, there, noise, seed):
    """However little that is; what others lose can be won."""
    sector = np.array([r[0] for r in rows], np.int64)
    size = np.array([r[1] for r in rows])
    settled = (1.0 - there) * size / np.bincount(sector, size, SECTORS)[sector]
    outside = 1.0 - np.bincount(sector, settled, SECTORS)
    u = Dice(seed).roll("sales", np.arange(size.size))
    share = np.empty(size.size)
    left = goods.come_and_go(share, settled, u, noise, np.ones(size.size), sector, outside)
    assert np.allclose(np.bincount(sector, share, SECTORS) + left, 1.0)
    assert (share >= 0.0).all()
    assert (left >= 0.0).all()


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_sector_without_firms_belongs_to_competitors_outside():
    nobody, none = np.zeros(0), np.zeros(0, np.int64)
    weights, theirs = goods.pull(
        nobody, 0.9, nobody, 3.0, nobody, nobody, 5.0, nobody, 10.0, 1.0, 0.3, 8.0, none,
        np.ones(SECTORS), 1.0,
    )  # fmt: skip
    _, outside = goods.compete(nobody, np.ones(SECTORS), nobody, weights, none, 0.08, 0.01, theirs)
    assert outside == pytest.approx(1.0)


@given(districts, st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_firms_sell_what_is_asked_as_far_as_it_is_financed_and_served(rows, cash, people):
    """Buyers who are not served go to all suppliers by their shares: those still sum to one."""
    share, outside, sector, *_ = market(rows)
    size = np.full(SECTORS, 100.0)
    asked, kept, rest = share * size[sector], share.copy(), outside.copy()
    revenue, served = np.ones(share.size), people * asked
    declined = goods.deliver(
        kept, rest, sector, size, revenue, np.full(share.size, cash), 0.6, 0.9, served
    )
    financed = 0.9 + cash / 0.6
    assert np.allclose(revenue, np.minimum(np.minimum(asked, financed), served))
    assert declined == pytest.approx((asked - revenue).sum(), abs=1e-9)
    assert np.allclose(np.bincount(sector, kept, SECTORS) + rest, 1.0)
    assert (rest >= outside * (1.0 - 1e-12)).all()
    for first in np.unique(sector):
        mine = sector == first
        assert np.allclose(kept[mine], revenue[mine] * rest[first] / outside[first] / size[first])


def test_equals_keep_their_shares():
    share, outside, _, new, new_outside = market(
        [(0, 1.0, 1.0, 5.0), (1, 2.0, 1.0, 5.0)], footloose=0.0
    )
    assert new == pytest.approx(share)
    assert new_outside == pytest.approx(outside)


def test_fitness_is_one_for_a_firm_like_its_outside_competitors():
    one = np.array([1.0])
    none = np.zeros(1)
    assert goods.fitness(one, one, 0.0, 1.0, 1.5, none, 0.1) == 1.0
    assert goods.fitness(one * 1.1, one, 0.0, 1.0, 1.5, none, 0.1) > 1.0
    assert goods.fitness(one, one * 1.1, 0.0, 1.0, 1.5, none, 0.1) < 1.0
    assert goods.fitness(one, one, 0.0, 1.0, 1.5, one, 0.1) == 1.1


tenders = st.lists(
    st.tuples(st.floats(0.01, 20.0), st.floats(0.01, 20.0), st.floats(-3.0, 3.0)), max_size=25
)


def ordered(rows, volume) -> np.ndarray:
    demand, largest, score = (np.array([r[i] for r in rows]) for i in range(3))
    return goods.order_books(demand, largest, score, np.arange(len(rows)), volume)


@given(tenders, st.floats(0.0, 200.0))
def test_orders_stay_within_the_volume_and_within_what_each_can_deliver(rows, volume):
    placed = ordered(rows, volume)
    able = np.array([min(r[0], r[1]) for r in rows])
    assert placed.sum() <= volume + 1e-9
    assert (placed >= 0.0).all()
    assert (placed <= able + 1e-12).all()
    assert placed.sum() == pytest.approx(min(volume, able.sum()), abs=1e-9)


@given(tenders, st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_a_larger_volume_takes_no_order_away(rows, one, two):
    small, large = sorted((one, two))
    assert (ordered(rows, large) >= ordered(rows, small) - 1e-12).all()
