"""Collecting garbage without looking again and again through all that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made between two looks. Imports and configurations make a million that stay, and Python's
# own two thousand would have a look at them hundreds of times.
SELDOM = 50_000


def seldom() -> None:
    """Have a process look for garbage seldom."""
    gc.set_threshold(SELDOM)


@contextmanager
def set_aside() -> Iterator[None]:
    """For code that makes garbage: what was there before is not looked at again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
