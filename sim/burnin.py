"""The burnt-in opening: computed once for a world and kept by its identity."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numba
import numpy as np

from agents.declare import declarations
from agents.sources import cache_folder, source_hash
from sim.build import build
from sim.snapshot import Snapshot
from sim.world import World


def identity_of(world: World) -> str:
    """Hash of everything that decides a world's opening: its values and the code."""
    digest = hashlib.blake2b(digest_size=12)
    for item in declarations(world):
        digest.update(f"{item.name}={item.value!r};".encode())
    digest.update(f"{source_hash('agents', 'sim')} {np.__version__} {numba.__version__}".encode())
    return digest.hexdigest()


@lru_cache(maxsize=16)
def opening(world: World, *, disk: bool = True) -> Snapshot:
    """State of the district at quarter 0; the same bytes whether read from the cache or computed."""
    path = Path(cache_folder() / "openings" / f"{identity_of(world)}.npz")
    if disk and path.exists():
        try:
            return Snapshot.read(path)
        except (OSError, ValueError, KeyError, BadZipFile):
            path.unlink(missing_ok=True)
    eco = build(world)
    eco.run(world.burn_in)
    snapshot = Snapshot.take(eco)
    if disk:
        try:
            snapshot.save(path)
        except OSError:
            # A folder that cannot be written costs a second a process, not the run.
            return snapshot
    return snapshot
