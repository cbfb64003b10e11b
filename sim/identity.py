"""Identities: numbers below 2**53 that derive from an agent's cause and never from a scenario."""

from __future__ import annotations

import numpy as np

from agents.schema import Flags, Ints

# What an agent comes from, in the bits above its number.
(
    OPENING, FOUNDER, RESEARCHER, RECRUIT, TALENT, MANAGER, UNIVERSITY,
    INCUBATOR, FUND, BANK, AGENCY, ALLIANCE, GOVERNMENT, ENTRANT, LEADER, CONTESTANT, OFFICE,
    CO_INVESTOR, WOULD_BE_AGENCY,
) = range(1, 20)  # fmt: skip

_CAUSE_BITS = 48
_CAUSE = 1 << _CAUSE_BITS
_QUARTER = 1 << 28


def number(cause: int, indices: Ints | int, quarter: int = 0) -> Ints:
    """Uids for the `indices`-th agents of a cause in a quarter (from -4096)."""
    first = cause * _CAUSE + (quarter + 4096) * _QUARTER
    return np.arange(first, first + indices) if isinstance(indices, int) else first + indices


def stems_from(cause: int, uid: Ints) -> Flags:
    """Which uids belong to a cause."""
    return uid >> _CAUSE_BITS == cause


def rounded(mean: float, u: float) -> int:
    """A whole number with the given mean: the fraction is decided by the uniform `u`."""
    whole = int(mean)
    return whole + (1 if u < mean - whole else 0)
