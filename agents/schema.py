"""A column: one plain numpy array of a table, declared once with its unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """What a column holds: `unit` as written in reports, `start` for a row that says nothing."""

    unit: str
    meaning: str
    start: float | int | bool = 0.0

    @property
    def dtype(self) -> type:
        """bool, int64 or float64, as `start` is written."""
        if isinstance(self.start, bool):
            return np.bool_
        return np.int64 if isinstance(self.start, int) else np.float64


def column(unit: str, meaning: str, start: float | int | bool = 0.0) -> Any:
    """Declare a column in the body of a Table; on an instance the name is the numpy array."""
    return Column(unit, meaning, start)
