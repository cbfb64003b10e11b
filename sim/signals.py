"""Signals on a firm that several readers share: they are less noisy, and wrong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from agents.exact import normals
from agents.schema import Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def shared(eco: Ecosystem, phase: str, rows: Ints, error: Floats) -> Floats:
    """Errors (standard normal, one a row) as they are where readers also use a common file.

    The file takes part of the noise off; what is left comes from the file in that proportion, the
    same for every reader in the quarter.
    """
    factor = getattr(eco.terms, phase).signal_noise
    if not np.ndim(factor):
        factor = np.full(len(eco.firms), factor)
    filed, uid = _filed(factor, rows, eco.firms.uid)
    return _with_file(error, rows, factor, filed, normals(eco.dice.again("credit file", uid)))


@njit(cache=True)
def _filed(factor: Floats, rows: Ints, uid: Ints) -> tuple[Ints, Ints]:
    """Positions among `rows` of the firms on which there is a file, and who they are."""
    out, who, count = np.empty(rows.size, np.int64), np.empty(rows.size, np.int64), 0
    for j in range(rows.size):
        out[count], who[count] = j, uid[rows[j]]
        count += factor[rows[j]] != 1.0
    return out[:count], who[:count]


@njit(cache=True, error_model="numpy")
def _with_file(error: Floats, rows: Ints, factor: Floats, filed: Ints, common: Floats) -> Floats:
    """Errors one a row; on the `filed` (positions) the file's own error is `common`."""
    out = error.copy()
    for k in range(filed.size):
        j = filed[k]
        left = factor[rows[j]]
        part = 1.0 - left
        out[j] = left * (np.sqrt(1.0 - part) * error[j] + np.sqrt(part) * common[k])
    return out
