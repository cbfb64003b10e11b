"""The identity of the code: a hash of the sources that decide what a run computes."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def _hash(paths: list[Path]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def source_hash(*folders: str) -> str:
    """Hash the Python sources of `folders` (names at the top level), 16 hex digits."""
    return _hash(_sources(*folders))


def kernel_sources() -> list[Path]:
    """The files that hold compiled kernels and the helpers they inline: those that name numba."""
    return [path for path in _sources("agents", "sim") if b"numba" in path.read_bytes()]


def cache_folder() -> Path:
    """Where compiled kernels and burnt-in worlds are kept between runs (never results)."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "wotu"


def use_own_kernel_cache() -> None:
    """Point numba's file cache at a folder named by the sources.

    numba notices a change in the file of a kernel but not in the helpers it inlines from another,
    so a cache shared between versions of the code would run stale kernels. Only files that name
    numba hold kernels or helpers of them; a change elsewhere keeps what is compiled. Call before
    numba is imported; a folder that the user chose is left alone.
    """
    folder = cache_folder() / f"kernels-{_hash(kernel_sources())}"
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder))
