"""Rows of plain numpy columns: added, removed, never growing with history."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms import Firms
from agents.links import Loans
from agents.schema import Floats, Ints, column
from agents.table import Table


class Shops(Table):
    """A table of shops, for these tests."""

    number: Ints = column("–", "identity", 0)
    cash: Floats = column("m yuan", "cash", 1.5)


def shops(count: int) -> Shops:
    table = Shops()
    table.append(count, number=np.arange(count))
    return table


def test_new_rows_take_the_start_value_of_columns_not_named():
    table = Shops()
    rows = table.append(3, number=np.array([7, 8, 9]))
    assert rows.tolist() == [0, 1, 2]
    assert table.number.tolist() == [7, 8, 9]
    assert table.cash.tolist() == [1.5, 1.5, 1.5]


def test_columns_have_the_type_that_their_start_value_is_written_in():
    assert Shops().number.dtype == np.int64
    assert Shops().cash.dtype == np.float64
    assert Firms.columns["aware"].dtype is np.bool_


def test_an_unknown_column_is_named_in_the_error():
    with pytest.raises(KeyError, match="Shops has no column colour"):
        Shops().append(1, colour=3)


def test_columns_are_written_in_place_and_never_rebound():
    table = shops(3)
    table.cash[1] += 2.0
    table.cash += 1.0
    assert table.cash.tolist() == [2.5, 4.5, 2.5]
    with pytest.raises(AttributeError, match=r"write cash\[\.\.\.\] = value"):
        table.cash = np.zeros(3)


def test_discarding_tells_links_where_rows_have_gone():
    table = shops(5)
    loans = Loans()
    loans.append(3, firm=np.array([0, 2, 4]))
    moved = table.discard(np.array([False, True, False, True, False]))
    loans.follow(moved)
    assert sorted(table.number.tolist()) == [0, 2, 4]
    assert table.number[loans.firm].tolist() == [0, 2, 4]


def test_discarding_nobody_moves_nobody():
    table = shops(4)
    assert table.discard(np.zeros(4, bool)).tolist() == [0, 1, 2, 3]


@given(st.lists(st.booleans(), max_size=40))
def test_those_who_stay_keep_their_values_wherever_they_move(gone):
    table = shops(len(gone))
    table.cash[:] = table.number * 10.0
    moved = table.discard(np.array(gone, bool))
    stayed = [i for i, out in enumerate(gone) if not out]
    assert sorted(table.number.tolist()) == stayed
    assert table.cash.tolist() == (table.number * 10.0).tolist()
    assert all(table.number[moved[i]] == i for i in stayed)
    assert all(moved[i] == -1 for i, out in enumerate(gone) if out)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12))
def test_a_table_does_not_remember_how_it_grew(moves):
    """Memory and values depend on how many rows there are at most, not on how many there were."""
    table = shops(0)
    born, most = 0, 0
    for come, go in moves:
        table.append(come, number=np.arange(born, born + come))
        born += come
        most = max(most, len(table))
        table.discard(np.arange(len(table)) < go)
    room = 64 if table.cash.base is None else table.cash.base.shape[-1]
    assert room <= max(64, 2 * most)
    fresh = Shops()
    fresh.load(table.dump())
    assert fresh.number.tolist() == table.number.tolist()


def test_rows_appended_after_a_removal_do_not_inherit_from_the_dead():
    table = shops(3)
    table.cash[:] = 99.0
    table.discard(np.array([True, True, True]))
    table.append(2)
    assert table.cash.tolist() == [1.5, 1.5]


def test_a_dump_is_a_copy_and_loads_back_whole():
    table = shops(200)
    kept = table.dump()
    table.cash[:] = 0.0
    assert kept["cash"].tolist() == [1.5] * 200
    table.load(kept)
    assert table.cash.tolist() == [1.5] * 200
