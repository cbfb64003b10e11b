"""The identity of the code: a hash of the sources that decide what a run computes."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def source_hash(*folders: str) -> str:
    """Hash the Python sources of `folders` (names at the top level), 16 hex digits."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where compiled kernels and burnt-in worlds are kept between runs (never results)."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "wotu"


def use_own_kernel_cache() -> None:
    """Point numba's file cache at a folder named by the sources.

    numba notices a change in the file of a kernel but not in the helpers it inlines from another,
    so a cache shared between versions of the code would run stale kernels. Call before numba is
    imported; a folder that the user chose is left alone.
    """
    folder = cache_folder() / f"kernels-{source_hash('agents', 'sim')}"
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder))
