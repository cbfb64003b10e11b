"""Columns in compiled code and out of it: rows that are flagged, and one value for each row."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from agents.schema import Flags, Floats, Ints


@njit(cache=True, error_model="numpy")
def rows_of(flags: Flags) -> Ints:
    """Positions of the flags that are set, without a branch to be guessed wrong half the time."""
    rows, count = np.empty(flags.size, np.int64), 0
    for i in range(flags.size):
        rows[count] = i
        count += flags[i]
    return rows[:count]


def by_row(value: Any, count: int) -> Floats:
    """A value of a term, one for all or one each, for each of `count` rows: shape (count,).

    Not to be written into: it may be the term's own.
    """
    if isinstance(value, np.ndarray) and value.shape == (count,) and value.dtype == float:
        return value
    return np.zeros(count) + value
