"""What is asked of columns all the time, without the wrappers that numpy puts around it."""

from __future__ import annotations

import numpy as np

from agents.schema import Ints

_sum = np.add.reduce


def total_of(values: np.ndarray) -> float:
    """The sum of an array as a plain number."""
    return float(_sum(values, axis=None))


def rows_where(flags: np.ndarray) -> Ints:
    """Positions of the flags that are set, or of the values that are not zero."""
    return flags.nonzero()[0]
