"""Signals on a firm that several readers share: they are less noisy, and wrong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import normal
from agents.schema import Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def shared(eco: Ecosystem, phase: str, rows: Ints, error: Floats) -> Floats:
    """Errors (standard normal, one a row) as they are where readers also use a common file.

    The file takes part of the noise off; what is left comes from the file in that proportion, the
    same for every reader in the quarter.
    """
    factor = getattr(eco.terms, phase).at("signal_noise", rows)
    common = normal(eco.dice.again("credit file", eco.firms.uid[rows]))
    part = 1.0 - factor
    return factor * (np.sqrt(1.0 - part) * error + np.sqrt(part) * common)
