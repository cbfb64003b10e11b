"""Places run out: the best get in, and nobody sits on a chair that is not there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.markets import places
from sim.markets.ranking import by_score

CARRIERS = 3
applicants = st.lists(
    st.tuples(st.integers(-1, CARRIERS - 1), st.floats(-3.0, 3.0)), min_size=1, max_size=30
)
free_places = st.lists(st.integers(0, 8), min_size=CARRIERS, max_size=CARRIERS)


def admitted(asked, free) -> np.ndarray:
    choice = np.array([a[0] for a in asked], np.int64)
    score = np.array([a[1] for a in asked])
    order = by_score(score, np.arange(len(asked)))
    return places.admit(order, choice[:, np.newaxis], np.array(free, np.int64)) >= 0


@given(applicants, free_places)
def test_nobody_is_admitted_beyond_the_places_and_none_stays_empty_while_somebody_waits(
    asked, free
):
    taken = admitted(asked, free)
    choice = np.array([a[0] for a in asked])
    assert not taken[choice < 0].any()
    for carrier in range(CARRIERS):
        seated, waiting = taken[choice == carrier].sum(), (choice == carrier).sum()
        assert seated == min(waiting, free[carrier])


@given(applicants, free_places, st.integers(0, 5))
def test_another_place_takes_nobodys_place(asked, free, more):
    assert (admitted(asked, [f + more for f in free]) >= admitted(asked, free)).all()


@given(applicants, free_places)
def test_selection_takes_the_best_that_the_operator_can_tell(asked, free):
    taken = admitted(asked, free)
    for carrier in range(CARRIERS):
        scores = [(a[1], ok) for a, ok in zip(asked, taken, strict=True) if a[0] == carrier]
        inside = [s for s, ok in scores if ok]
        outside = [s for s, ok in scores if not ok]
        assert not inside or not outside or min(inside) >= max(outside)


def test_of_equals_the_smaller_identity_comes_first():
    score, uid = np.array([0.2, 0.5, 0.9, 0.5, 0.1]), np.array([5, 8, 3, 7, 9])
    assert by_score(score, uid).tolist() == [2, 3, 1, 0, 4]


zones = st.lists(
    st.tuples(
        st.floats(1.0, 100.0), st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(-2, 2))
    ),
    min_size=1,
    max_size=20,
)
floor = st.lists(st.floats(0.0, 400.0), min_size=3, max_size=3)


@given(zones, floor)
def test_floor_space_is_let_once_and_to_who_fits(asked, free):
    need, utility = np.array([a[0] for a in asked]), np.array([a[1] for a in asked])
    left = np.array(free)
    chosen = places.settle(np.arange(len(asked)), utility, need, left)
    let = np.bincount(chosen[chosen >= 0], need[chosen >= 0], 3)
    assert np.allclose(let + left, free)
    assert (left >= 0.0).all()
    # Who found nothing fits nowhere even now.
    assert all((left < need[i]).all() for i in np.flatnonzero(chosen < 0))


@given(zones)
def test_with_room_for_all_everybody_goes_where_they_like_best(asked):
    need, utility = np.array([a[0] for a in asked]), np.array([a[1] for a in asked])
    chosen = places.settle(np.arange(len(asked))[::-1].copy(), utility, need, np.full(3, 1e6))
    assert chosen.tolist() == np.argmax(utility, axis=1).tolist()


def test_the_first_in_turn_takes_the_last_space():
    utility, need = np.array([[1.0], [2.0]]), np.array([10.0, 10.0])
    assert places.settle(np.array([1, 0]), utility, need, np.array([15.0])).tolist() == [-1, 0]


def moved(saved, lines=(), staff=(100.0,), lot=(0.5,)):
    """Who moves the work of 40 % of its staff, where a head costs 0.2 m and `saved` a year of rent are
    saved for three years; and what each of the lines (part, most, money) pays in all.
    """
    staff = np.array(staff)
    part, most, money = np.array([*lines, (0.0, 0.0, 0.0)]).T[:, :-1]
    rows, _, _, paid = places.move_production(
        np.arange(staff.size), staff, np.zeros(staff.size), np.zeros(staff.size, np.int64),
        np.full(staff.size, 1e3), np.array([saved]), 0.4, 3.0, 0.2, np.full(staff.size, 0.5),
        np.array(lot), np.ones((len(lines), staff.size), bool), part, most, money,
    )  # fmt: skip
    return rows.tolist(), paid.sum(axis=1)


HALF = (0.5, 100.0, 1e3)


def test_production_moves_unaided_where_the_rent_saved_pays_for_it():
    assert moved(0.07)[0] == [0]
    assert moved(0.06)[0] == []


def test_a_line_moves_those_at_the_margin_and_is_paid_to_the_others_as_well():
    rows, paid = moved(0.04, [HALF])
    assert rows == [0]
    assert paid == pytest.approx([4.0])
    rows, paid = moved(0.07, [HALF])
    assert rows == [0]
    assert paid == pytest.approx([4.0])
    assert moved(0.03, [HALF])[0] == []


def test_the_second_line_bears_its_part_of_what_the_first_leaves():
    rows, paid = moved(0.02, [HALF, HALF])
    assert rows == [0]
    assert paid == pytest.approx([4.0, 2.0])
    assert moved(0.02, [HALF])[0] == []


def test_a_line_serves_in_turn_and_who_finds_it_empty_decides_without_it():
    """Money for one of two: the one behind moves only if it pays unaided."""
    short = (0.5, 100.0, 4.0)
    pair = {"staff": (100.0, 100.0), "lot": (0.9, 0.1)}
    assert moved(0.04, [short], **pair)[0] == [1]
    rows, paid = moved(0.07, [short], **pair)
    assert rows == [0, 1]
    assert paid == pytest.approx([4.0])


firms_and_turns = st.lists(st.tuples(st.floats(20.0, 1e3), st.floats(0.0, 1.0)), min_size=1)
lines = st.lists(
    st.tuples(st.floats(0.0, 0.95), st.floats(0.0, 50.0), st.floats(0.0, 200.0)), max_size=3
)


@given(firms_and_turns, lines, st.floats(0.0, 0.1))
def test_help_keeps_nobody_and_no_line_pays_more_than_it_has(asked, helping, saved):
    staff, lot = zip(*asked, strict=True)
    rows, paid = moved(saved, helping, staff, lot)
    assert set(moved(saved, (), staff, lot)[0]) <= set(rows)
    assert all(sum_ <= line[2] + 1e-9 for sum_, line in zip(paid, helping, strict=True))


def test_who_works_in_the_region_is_let_go_with_the_rest_where_a_firm_shrinks():
    away = np.array([40.0, 40.0])
    places.may_move_production(
        np.ones(2), 0.1, np.array([100.0, 50.0]), 20.0, away, np.full(2, -1), np.zeros(2),
        np.zeros(2, np.int64), 4,
    )  # fmt: skip
    assert away.tolist() == [40.0, 30.0]
