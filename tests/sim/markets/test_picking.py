"""Rows that are picked out are those that sorting everybody would have found."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.markets.picking import greatest, queue
from sim.markets.rows import rows_of

few = st.integers(0, 6).map(lambda k: k / 6.0)  # many are equal


@given(st.lists(st.booleans(), max_size=70))
def test_rows_with_a_flag_are_picked(flags):
    flags = np.array(flags, bool)
    assert np.array_equal(rows_of(flags), np.flatnonzero(flags))


@given(st.lists(st.floats(0.0, 1.0) | few, max_size=60))
def test_a_queue_is_a_stable_sort(u):
    u = np.array(u, float)
    assert np.array_equal(queue(u), np.argsort(u, kind="stable"))


@given(st.lists(st.tuples(few, st.booleans()), max_size=40), st.integers(0, 45))
def test_the_greatest_are_the_first_of_all_in_order(firms, count):
    value = np.array([firm[0] for firm in firms], float)
    allowed = np.array([firm[1] for firm in firms], bool)
    uid = np.arange(value.size)[::-1].copy()
    rows = np.flatnonzero(allowed)
    first = rows[np.lexsort((uid[rows], -value[rows]))][:count]
    assert set(greatest(value, uid, allowed, count)) == set(first)
