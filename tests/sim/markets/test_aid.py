"""Aid decides whether a thing is done at all; a line that is short helps those whose turn comes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.markets.aid import aid_in_turn

gains = st.lists(st.floats(0.0, 3.0), max_size=30)


@given(gains, st.floats(0.0, 1.0), st.floats(0.0, 10.0))
def test_a_line_pays_no_more_than_it_has_and_nobody_more_than_its_part(gain, share, available):
    aided = aid_in_turn(np.array(gain), 1.0, share, available)
    assert (aided >= 0.0).all()
    assert (aided <= share + 1e-12).all()
    assert aided.sum() <= available + 1e-9
    assert not aided[np.array(gain) <= 1.0 - share].any()


def test_it_pays_the_first_who_ask_in_full_and_the_last_what_is_left():
    aided = aid_in_turn(np.array([2.0, 0.1, 2.0, 2.0]), 1.0, 0.5, 0.7)
    assert aided == pytest.approx([0.5, 0.0, 0.2, 0.0])
