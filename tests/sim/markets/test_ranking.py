"""Ranking a part gives what ranking everybody would."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.markets.ranking import best_first

people = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(0, 3), st.integers(0, 40)),
    max_size=60,
    unique_by=lambda person: person[2],
)


@given(people, st.floats(0, 100))
def test_those_put_in_order_are_the_head_of_the_whole_order(people, volume):
    score, amount = (np.array([p[k] for p in people], float) for k in (0, 1))
    uid = np.array([p[2] for p in people], np.int64)
    whole = np.lexsort((uid, -score))
    part = best_first(score, amount, uid, volume)
    assert part.tolist() == whole[: part.size].tolist()
    assert part.size == whole.size or amount[part].sum() > volume


def test_only_few_of_many_are_ordered_where_the_volume_is_small():
    score = np.arange(10_000.0)
    assert best_first(score, np.ones(10_000), np.arange(10_000), 10.0).size < 100
