"""Files on firms: readers who share one err less, and together."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import normals
from agents.schema import Floats, Ints


@njit(cache=True, inline="always", error_model="numpy")
def with_file(error: float, common: float, factor: float) -> float:
    """A reader's error (standard normal) where a file takes all but `factor` of the noise off; what is
    left comes from the file's own error in the proportion in which it takes off.
    """
    part = 1.0 - factor
    return factor * (np.sqrt(1.0 - part) * error + np.sqrt(part) * common)


@njit(cache=True, error_model="numpy")
def with_files(error: Floats, rows: Ints, factor: Floats, luck: Floats) -> Floats:
    """Errors (standard normal, one a row) after the files on the rows are read: on all firms for whom
    not the whole `factor` of the noise is left; luck: uniforms of the file on each row.
    """
    out, held, drawn, count = error.copy(), np.empty_like(rows), np.empty(rows.size), 0
    for j in range(rows.size):
        held[count], drawn[count] = j, luck[j]
        count += factor[rows[j]] != 1.0
    common = normals(drawn[:count])
    for k in range(count):
        j = held[k]
        out[j] = with_file(error[j], common[k], factor[rows[j]])
    return out


@njit(cache=True, error_model="numpy")
def register(uid: Ints, reach: float, cut: float) -> tuple[Floats, int]:
    """What a register of a share `reach` of all firms leaves of readers' noise, where it takes a share
    `cut` off: a factor a firm; and of how many firms it keeps a file, the same ones year by year.
    """
    factor, kept, limit = np.empty(uid.size), 0, 0.0
    while limit < 997.0 and limit / 997.0 < reach:
        limit += 1.0
    for i in range(uid.size):
        # The remainder by 997, of several firms at a time: exact for whole numbers below 2**53.
        rest = uid[i] - np.floor(uid[i] * (1.0 / 997.0)) * 997.0
        rest += 997.0 if rest < 0.0 else 0.0
        rest -= 997.0 if rest >= 997.0 else 0.0
        held = rest < limit
        factor[i] = 1.0 - cut * held
        kept += held
    return factor, kept
