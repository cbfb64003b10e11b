"""Rows of those who meet a condition, for compiled code.

A rule that picks few of many firms writes flags first, in a loop that takes several firms at a time,
and then their rows: a loop that writes rows as it goes takes one firm after the other.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.schema import Flags, Ints


@njit(cache=True, inline="always", error_model="numpy")
def rows_of(flags: Flags) -> Ints:
    """Positions of the flags that are set; eight are looked at as one word, since few are."""
    rows, count = np.empty(flags.size, np.int64), 0
    words = flags[: flags.size // 8 * 8].view(np.uint64)
    for w in range(words.size):
        if words[w]:
            for i in range(8 * w, 8 * w + 8):
                rows[count] = i
                count += flags[i]
    for i in range(8 * words.size, flags.size):
        rows[count] = i
        count += flags[i]
    return rows[:count]
