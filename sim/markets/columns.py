"""One value a row, whatever a term or an office gives: one for all, or one each."""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.schema import Floats


def by_row(value: Any, count: int) -> Floats:
    """The value for each of `count` rows, shape (count,); not to be written into."""
    if isinstance(value, np.ndarray) and value.shape == (count,) and value.dtype == float:
        return value
    return np.zeros(count) + value
