"""What is asked of columns all the time, without the wrappers that numpy puts around it."""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.schema import Floats, Ints

_sum = np.add.reduce


def total_of(values: np.ndarray) -> float:
    """The sum of an array as a plain number."""
    return float(_sum(values, axis=None))


def rows_where(flags: np.ndarray) -> Ints:
    """Positions of the flags that are set."""
    return flags.nonzero()[0]


def at_rows(value: Any, rows: Any) -> Any:
    """A value of a term, one for all or one each, for some rows: as it is, or theirs."""
    return value[rows] if isinstance(value, np.ndarray) and value.ndim else value


def by_row(value: Any, count: int) -> Floats:
    """A value of a term, one for all or one each, for each of `count` rows: shape (count,).

    Not to be written into: it may be the term's own.
    """
    if isinstance(value, np.ndarray) and value.shape == (count,) and value.dtype == float:
        return value
    return np.zeros(count) + value
