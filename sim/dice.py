"""The only luck there is: uniforms that are a pure function of who decides what, when.

Common random numbers keyed by identity (seed, decision, quarter, uid): two scenarios with one
seed differ only where the policy made a difference. The hash is the finaliser of SplitMix64
(Steele, Lea & Flood, OOPSLA 2014) applied in a chain, a counter-based generator.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numba import njit, uint64

from agents.schema import Floats, Ints

_SCALE = 2.0**-53


@njit(cache=True, inline="always")
def _mix(z):
    z = uint64(z) + uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))


@njit(cache=True)
def _roll(key, ids, out):
    for i in range(ids.size):
        out[i] = (float(_mix(key ^ _mix(uint64(ids[i]))) >> uint64(11)) + 0.5) * _SCALE


@njit(cache=True)
def _roll_pairs(key, ids, others, out):
    for i in range(ids.size):
        inner = _mix(uint64(ids[i])) ^ _mix(_mix(uint64(others[i])))
        out[i] = (float(_mix(key ^ inner) >> uint64(11)) + 0.5) * _SCALE


@njit(cache=True)
def _best_few(key, ids, others, allowed, few, out):
    for i in range(ids.size):
        mine = _mix(uint64(ids[i]))
        for slot in range(few):
            best, chosen = -1.0, -1
            for j in range(others.size):
                if not allowed[i, j]:
                    continue
                taken = False
                for before in range(slot):
                    taken = taken or out[i, before] == j
                if taken:
                    continue
                value = float(_mix(key ^ mine ^ _mix(_mix(uint64(others[j])))) >> uint64(11))
                if value > best:
                    best, chosen = value, j
            out[i, slot] = chosen


@cache
def _name(decision: str) -> int:
    return int.from_bytes(hashlib.blake2b(decision.encode(), digest_size=8).digest(), "big")


@njit(cache=True)
def _key(seed, name, quarter, k):
    return _mix(_mix(_mix(_mix(uint64(seed)) ^ uint64(name)) ^ uint64(quarter)) ^ uint64(k))


class Dice:
    """Uniforms in (0, 1) by decision and identity; `quarter` is set at the start of each quarter."""

    def __init__(self, seed: int, *, strict: bool = False) -> None:
        """`strict` refuses the same (decision, id, other, k) twice in a quarter; for tests."""
        self.seed = seed
        self.quarter = 0
        self.strict = strict
        self._seen: set[tuple[str, int, int, int, int]] = set()

    def turn(self, quarter: int) -> None:
        """Start a quarter; quarters before the opening (burn-in) are negative."""
        self.quarter = quarter
        self._seen.clear()

    def key(self, decision: str, k: int = 0) -> np.uint64:
        """The key of a decision this quarter, for kernels that draw inside."""
        name = np.uint64(_name(decision))
        return np.uint64(_key(self.seed, name, self.quarter + 4096, k))

    def roll(self, decision: str, ids: Ints, other: Ints | None = None, k: int = 0) -> Floats:
        """Draw one uniform for each id, or for each pair (id, other).

        Raises RuntimeError in strict mode if a draw is repeated: two decisions would share luck.
        """
        out = np.empty(len(ids))
        if self.strict:
            self._check(decision, ids, other, k)
        if other is None:
            _roll(self.key(decision, k), ids, out)
        else:
            _roll_pairs(self.key(decision, k), ids, other, out)
        return out

    def choose(
        self, decision: str, ids: Ints, others: Ints, allowed: np.ndarray, few: int = 1
    ) -> Ints:
        """For each id the positions of its `few` partners of highest pair-hash, -1 where none.

        A newcomer among `others` changes the choice only of those who choose it. Shape
        (len(ids), few); `allowed` has shape (len(ids), len(others)).
        """
        out = np.full((len(ids), few), -1)
        _best_few(self.key(decision), ids, others, allowed, few, out)
        return out

    def _check(self, decision: str, ids: Ints, other: Ints | None, k: int) -> None:
        others = np.full(len(ids), -1) if other is None else other
        now = {
            (decision, i, o, k, self.quarter)
            for i, o in zip(ids.tolist(), others.tolist(), strict=True)
        }
        if len(now) < len(ids) or now & self._seen:
            raise RuntimeError(f"dice: {decision!r} (k={k}) is rolled twice for the same agent")
        self._seen |= now
