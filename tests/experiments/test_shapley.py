"""Shapley values keep their promises: they add up, treat equals alike, and give idlers nothing."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.questions.shapley import along, every, exact, orders, sampled

PLAYERS, SEEDS = 4, 3
games = st.lists(
    st.lists(st.floats(-1e3, 1e3), min_size=SEEDS, max_size=SEEDS),
    min_size=1 << PLAYERS, max_size=1 << PLAYERS,
).map(lambda rows: {coalition: np.array(row) for coalition, row in enumerate(rows)})  # fmt: skip
quickly = settings(deadline=None, max_examples=40)


@quickly
@given(games)
def test_values_add_up_to_the_whole_for_every_seed(worths) -> None:
    total = worths[0b1111] - worths[0]
    np.testing.assert_allclose(exact(worths, PLAYERS).sum(axis=0), total, atol=1e-9)
    np.testing.assert_allclose(sampled(worths, orders(PLAYERS, 6))[0].sum(axis=0), total, atol=1e-9)


@quickly
@given(games)
def test_a_player_that_adds_nothing_to_anybody_gets_nothing(worths) -> None:
    idle = {coalition: worths[coalition & 0b0111] for coalition in worths}
    np.testing.assert_allclose(exact(idle, PLAYERS)[3], 0.0, atol=1e-9)
    np.testing.assert_allclose(sampled(idle, orders(PLAYERS, 6))[0][3], 0.0, atol=1e-9)


@quickly
@given(games)
def test_players_that_add_the_same_get_the_same(worths) -> None:
    """Players 0 and 1 are alike where swapping their bits changes no worth."""

    def swapped(coalition: int) -> int:
        first, second = coalition & 1, coalition >> 1 & 1
        return (coalition & 0b1100) | first << 1 | second

    alike = {c: (worths[c] + worths[swapped(c)]) / 2 for c in worths}
    values = exact(alike, PLAYERS)
    np.testing.assert_allclose(values[0], values[1], atol=1e-9)


@quickly
@given(games)
def test_all_orders_of_joining_give_the_exact_values(worths) -> None:
    drawn = np.array(list(permutations(range(PLAYERS))))
    np.testing.assert_allclose(sampled(worths, drawn)[0], exact(worths, PLAYERS), atol=1e-9)


def test_the_textbook_case_of_gloves() -> None:
    """Two have a left glove and one a right one: only a pair is worth anything."""
    left, right = 0b011, 0b100
    worths = {c: np.array([float(bool(c & left and c & right))]) for c in range(8)}
    np.testing.assert_allclose(exact(worths, 3)[:, 0], [1 / 6, 1 / 6, 2 / 3])


def test_orders_come_with_their_reverse_and_are_always_the_same() -> None:
    drawn = orders(9, 7)
    assert drawn.shape == (8, 9)
    assert (drawn[1] == drawn[0][::-1]).all()
    assert (drawn == orders(9, 8)).all()
    assert all(sorted(order) == list(range(9)) for order in drawn)


def test_an_order_passes_from_none_to_all() -> None:
    assert along([2, 0, 1]) == [0b000, 0b100, 0b101, 0b111]
    assert every(2) == [0b00, 0b01, 0b10, 0b11]


def test_where_nobody_interacts_few_orders_know_everything() -> None:
    worths = {c: np.array([1.0 * (c & 1) + 5.0 * (c >> 1 & 1)]) for c in range(4)}
    values, error = sampled(worths, orders(2, 4))
    assert values[:, 0] == pytest.approx([1.0, 5.0])
    assert error == pytest.approx([0.0, 0.0])


def test_a_missing_coalition_is_an_error_rather_than_a_zero() -> None:
    with pytest.raises(KeyError):
        exact({0: np.zeros(1), 3: np.ones(1)}, 2)
