"""A firm's marginal project: a return seen through noise, against the cost of its money."""

from __future__ import annotations

import numpy as np

from agents.schema import Flags, Floats


def required_return(
    hurdle: float, scarcity: float, cash: Floats, cost: Floats, buffer: float
) -> Floats:
    """Return a firm asks of a project (1/year): dearer the less of its cash buffer it holds."""
    held = np.clip(cash / (buffer * cost + 1e-9), 0.0, 1.0)
    return hurdle + scarcity * (1.0 - held)


def with_support(seen: Floats, share: Floats | float) -> Floats:
    """Return on the firm's own part of the cost when a share of it is paid by others."""
    return (1.0 + seen) / (1.0 - np.minimum(share, 0.95)) - 1.0


def affordable(outlay: Floats, cash: Floats, cost: Floats) -> Flags:
    """A project may use cash beyond one quarter's running cost."""
    return outlay <= np.maximum(cash - cost, 0.0)


def award(score: Floats, amount: Floats, envelope: float, uid: np.ndarray) -> Flags:
    """Applicants in the order of their score until the envelope is empty.

    The first whose amount no longer fits ends the round, as a panel's list does: a larger
    envelope therefore keeps every award that a smaller one makes.
    """
    order = np.lexsort((uid, -score))
    out = np.zeros(len(score), bool)
    out[order] = np.cumsum(amount[order]) <= envelope
    return out
