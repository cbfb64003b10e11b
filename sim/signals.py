"""Signals on a firm that several readers share: they are less noisy, and wrong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from agents.columns import rows_where
from agents.exact import normals
from agents.schema import Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def shared(eco: Ecosystem, phase: str, rows: Ints, error: Floats) -> Floats:
    """Errors (standard normal, one a row) as they are where readers also use a common file.

    The file takes part of the noise off; what is left comes from the file in that proportion, the
    same for every reader in the quarter.
    """
    factor = np.zeros(rows.size) + getattr(eco.terms, phase).at("signal_noise", rows)
    filed = rows_where(factor != 1.0)
    common = normals(eco.dice.again("credit file", eco.firms.uid[rows[filed]]))
    return _with_file(error, filed, factor, common)


@njit(cache=True, error_model="numpy")
def _with_file(error: Floats, filed: Ints, factor: Floats, common: Floats) -> Floats:
    """Errors of all, of whom the `filed` (positions) have a file whose own error is `common`."""
    out = error.copy()
    for j in range(filed.size):
        i = filed[j]
        part = 1.0 - factor[i]
        out[i] = factor[i] * (np.sqrt(1.0 - part) * error[i] + np.sqrt(part) * common[j])
    return out
