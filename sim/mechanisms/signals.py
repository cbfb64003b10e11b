"""Signals on a firm that several readers share: they are less noisy, and wrong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Floats, Ints
from sim.markets.files import with_files

if TYPE_CHECKING:
    from sim.model import Ecosystem


NO_FILES = np.zeros(0)


def noise_left(eco: Ecosystem, phase: str) -> Floats:
    """What files leave of the noise of a phase's readers: a factor a firm, 1 where there is none on
    it; nothing at all where nobody keeps files.
    """
    terms = getattr(eco.terms, phase)
    if "signal_noise" not in terms.parts:
        return NO_FILES
    factor = terms.signal_noise
    return factor if np.ndim(factor) else np.full(len(eco.firms), float(factor))


def file_luck(eco: Ecosystem, uid: Ints) -> Floats:
    """The luck of the quarter's file on each firm, the same for every reader."""
    return eco.dice.again("credit file", uid)


def shared(eco: Ecosystem, phase: str, rows: Ints, error: Floats) -> Floats:
    """Errors (standard normal, one a row) as they are where readers also use a common file.

    The file takes part of the noise off; what is left comes from the file in that proportion, the
    same for every reader in the quarter.
    """
    factor = noise_left(eco, phase)
    if factor.size == 0:
        return error
    return with_files(error, rows, factor, file_luck(eco, eco.firms.uid[rows]))
