"""Files on firms: readers who share one err less, and together."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Floats, Ints


@njit(cache=True, inline="always", error_model="numpy")
def with_file(error: float, common: float, factor: float) -> float:
    """A reader's error (standard normal) where a file takes all but `factor` of the noise off; what is
    left comes from the file's own error in the proportion in which it takes off.
    """
    part = 1.0 - factor
    return factor * (np.sqrt(1.0 - part) * error + np.sqrt(part) * common)


@njit(cache=True)
def filed(factor: Floats, rows: Ints, uid: Ints) -> tuple[Ints, Ints]:
    """Positions among `rows` of the firms on which there is a file, and who they are."""
    out, who, count = np.empty(rows.size, np.int64), np.empty(rows.size, np.int64), 0
    for j in range(rows.size):
        out[count], who[count] = j, uid[rows[j]]
        count += factor[rows[j]] != 1.0
    return out[:count], who[:count]


@njit(cache=True, error_model="numpy")
def with_files(error: Floats, rows: Ints, factor: Floats, held: Ints, common: Floats) -> Floats:
    """Errors, one a row, after the files on those `held` (positions) are read; common: their own."""
    out = error.copy()
    for k in range(held.size):
        j = held[k]
        out[j] = with_file(error[j], common[k], factor[rows[j]])
    return out
