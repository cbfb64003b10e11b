"""The only luck there is: uniforms that are a pure function of who decides what, when.

Common random numbers keyed by identity (seed, decision, quarter, uid): two scenarios with one
seed differ only where the policy made a difference. The hash is the finaliser of SplitMix64
(Steele, Lea & Flood, OOPSLA 2014) applied in a chain, a counter-based generator.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numba import njit, uint32, uint64

from agents.exact import normals
from agents.schema import Flags, Floats, Ints

_SCALE = 2.0**-53
_DISTRICT = np.zeros(1, np.int64)
MANY = 1_024  # ids from which on half of their hash is kept, where they are a column of a table


@njit(cache=True, inline="always")
def _mix(z):
    z = uint64(z) + uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))


@njit(cache=True, inline="always")
def _key(seed, name, quarter, k):
    return _mix(_mix(_mix(_mix(uint64(seed)) ^ uint64(name)) ^ uint64(quarter)) ^ uint64(k))


@njit(cache=True, inline="always")
def _uniform(hashed):
    """The upper 53 bits of a hash as a number in (0, 1)."""
    return (float(hashed >> uint64(11)) + 0.5) * _SCALE


@njit(cache=True, error_model="numpy")
def _roll(seed, name, quarter, k, ids):
    key = _key(seed, name, quarter, k)
    out = np.empty(ids.size)
    for i in range(ids.size):
        out[i] = _uniform(_mix(key ^ _mix(uint64(ids[i]))))
    return out


@njit(cache=True)
def _mix_all(ids):
    out = np.empty(ids.size, np.uint64)
    for i in range(ids.size):
        out[i] = _mix(uint64(ids[i]))
    return out


@njit(cache=True, error_model="numpy")
def _roll_mixed(seed, name, quarter, k, mixed):
    key = _key(seed, name, quarter, k)
    out = np.empty(mixed.size)
    for i in range(mixed.size):
        out[i] = _uniform(_mix(key ^ mixed[i]))
    return out


@njit(cache=True, error_model="numpy")
def _roll_each(seed, names, quarter, ids):
    out = np.empty((names.size, ids.size))
    for j in range(names.size):
        key = _key(seed, names[j], quarter, 0)
        for i in range(ids.size):
            out[j, i] = _uniform(_mix(key ^ _mix(uint64(ids[i]))))
    return out


@njit(cache=True, error_model="numpy")
def _roll_several(seed, name, quarter, count, ids):
    out = np.empty((count, ids.size))
    for k in range(count):
        key = _key(seed, name, quarter, k)
        for i in range(ids.size):
            out[k, i] = _uniform(_mix(key ^ _mix(uint64(ids[i]))))
    return out


@njit(cache=True, error_model="numpy")
def _roll_pairs(seed, name, quarter, k, ids, others):
    key = _key(seed, name, quarter, k)
    out = np.empty(ids.size)
    for i in range(ids.size):
        inner = _mix(uint64(ids[i])) ^ _mix(_mix(uint64(others[i])))
        out[i] = _uniform(_mix(key ^ inner))
    return out


@njit(cache=True, inline="always")
def _mix_half(z):
    """The finaliser of MurmurHash3 in 32 bits, of which a processor does many at a time."""
    z = uint32(uint32(z ^ (z >> uint32(16))) * uint32(0x85EBCA6B))
    z = uint32(uint32(z ^ (z >> uint32(13))) * uint32(0xC2B2AE35))
    return uint32(z ^ (z >> uint32(16)))


@njit(cache=True, inline="always")
def _chooser(key, uid):
    return uint32(_mix(key ^ _mix(uint64(uid))) >> uint64(32))


@njit(cache=True, inline="always")
def _partner(uid):
    return uint32(_mix(_mix(uint64(uid))) >> uint64(32))


@njit(cache=True)
def _liking(seed, name, quarter, ids, others):
    key = _key(seed, name, quarter, 0)
    out = np.empty(ids.size, np.int64)
    for i in range(ids.size):
        out[i] = _mix_half(uint32(_chooser(key, ids[i]) ^ _partner(others[i])))
    return out


@njit(cache=True, error_model="numpy")
def _best_few(seed, name, quarter, ids, others, group, allowed, few):
    """Keep, for each id, the `few` allowed partners of highest pair-hash, best first."""
    key = _key(seed, name, quarter, 0)
    # By group: the partners allowed, and their half of the hash.
    count = np.zeros(allowed.shape[0], np.int64)
    open_ = np.empty(allowed.shape, np.int64)
    partner = np.empty(allowed.shape, np.uint32)
    for g in range(allowed.shape[0]):
        for j in range(others.size):
            if allowed[g, j]:
                open_[g, count[g]] = j
                partner[g, count[g]] = _partner(others[j])
                count[g] += 1
    chosen = np.full((ids.size, few), -1)
    hashed = np.empty(others.size, np.uint64)
    for i in range(ids.size):
        mine, g = _chooser(key, ids[i]), group[i]
        for j in range(count[g]):
            # The position below the hash: of equal hashes the earlier partner is ahead.
            pair = uint64(_mix_half(uint32(mine ^ partner[g, j])))
            hashed[j] = (pair << uint64(32)) | uint64(0xFFFFFFFF - j)
        for slot in range(min(few, count[g])):
            best = uint64(0)
            for j in range(count[g]):
                best = max(best, hashed[j])
            place = np.int64(0xFFFFFFFF - (best & uint64(0xFFFFFFFF)))
            chosen[i, slot] = open_[g, place]
            hashed[place] = 0
    return chosen


@cache
def _name(decision: str) -> np.uint64:
    digest = hashlib.blake2b(decision.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


@cache
def _names(decisions: tuple[str, ...]) -> np.ndarray:
    return np.array([_name(decision) for decision in decisions])


class Dice:
    """Uniforms in (0, 1) by decision and identity; `quarter` is set at the start of each quarter."""

    def __init__(self, seed: int, *, strict: bool = False) -> None:
        """`strict` refuses the same (decision, id, other, k) twice in a quarter; for tests."""
        self.seed = seed
        self.quarter = 0
        self.strict = strict
        self._seen: set[tuple[str, int, int, int, int]] = set()
        self._ids: Ints = np.zeros(0, np.int64)
        self._halves = np.zeros(0, np.uint64)

    def turn(self, quarter: int) -> None:
        """Start a quarter; quarters before the opening (burn-in) are negative."""
        self.quarter = quarter
        self._seen.clear()

    def roll(self, decision: str, ids: Ints, other: Ints | None = None, k: int = 0) -> Floats:
        """Draw one uniform for each id, or for each pair (id, other).

        Raises RuntimeError in strict mode if a draw is repeated: two decisions would share luck.
        """
        if self.strict:
            self._check(decision, ids, other, k)
        place = self.quarter + 4096
        if other is None:
            if ids.size < MANY or ids.base is None:
                return _roll(self.seed, _name(decision), place, k, ids)
            return _roll_mixed(self.seed, _name(decision), place, k, self._mixed(ids))
        return _roll_pairs(self.seed, _name(decision), place, k, ids, other)

    def _mixed(self, ids: Ints) -> np.ndarray:
        """Half of the hash of many ids, kept while the same array asks: a population between births
        and exits.
        """
        if ids is not self._ids:
            self._ids, self._halves = ids, _mix_all(ids)
        return self._halves

    def normal(self, decision: str, ids: Ints, other: Ints | None = None) -> Floats:
        """Standard normals by the uniforms of `roll`, one for each id or pair."""
        return normals(self.roll(decision, ids, other))

    def again(self, decision: str, ids: Ints) -> Floats:
        """A draw that several decisions read in the same quarter, such as a file on a firm."""
        return _roll(self.seed, _name(decision), self.quarter + 4096, 0, ids)

    def kept(self, decision: str, ids: Ints) -> Floats:
        """A draw that stays with an identity all its life, whenever it is read."""
        return _roll(self.seed, _name(decision), 0, 0, ids)

    def rolls(self, decisions: tuple[str, ...], ids: Ints) -> Floats:
        """`roll` for several decisions about the same ids; returns shape (decisions, len(ids))."""
        if self.strict:
            for decision in decisions:
                self._check(decision, ids, None, 0)
        return _roll_each(self.seed, _names(decisions), self.quarter + 4096, ids)

    def several(self, decision: str, ids: Ints, count: int) -> Floats:
        """`roll` with k from 0 to `count`; returns shape (count, len(ids))."""
        if self.strict:
            for k in range(count):
                self._check(decision, ids, None, k)
        return _roll_several(self.seed, _name(decision), self.quarter + 4096, count, ids)

    def once(self, decision: str) -> float:
        """One uniform for the district as a whole."""
        return float(self.roll(decision, _DISTRICT)[0])

    def choose(
        self, decision: str, ids: Ints, others: Ints, group: Ints, allowed: Flags, few: int = 1
    ) -> Ints:
        """For each id the positions of its `few` partners of highest pair-hash, -1 where none.

        `allowed` has shape (groups, len(others)) and `group` says which row holds for each id. A
        newcomer among `others` changes the choice only of those who choose it. Returns shape
        (len(ids), few).
        """
        place = self.quarter + 4096
        return _best_few(self.seed, _name(decision), place, ids, others, group, allowed, few)

    def liking(self, decision: str, ids: Ints, others: Ints) -> Ints:
        """The pair-hash by which `choose` ranks, from 0 to 2**32, one for each pair."""
        return _liking(self.seed, _name(decision), self.quarter + 4096, ids, others)

    def _check(self, decision: str, ids: Ints, other: Ints | None, k: int) -> None:
        others = np.full(len(ids), -1) if other is None else other
        now = {
            (decision, i, o, k, self.quarter)
            for i, o in zip(ids.tolist(), others.tolist(), strict=True)
        }
        if len(now) < len(ids) or now & self._seen:
            raise RuntimeError(f"dice: {decision!r} (k={k}) is rolled twice for the same agent")
        self._seen |= now
