"""The identity of a run: a hash of everything that decides its numbers, and of nothing else.

World values, the values of the levers that are on, extra budget, seed, quarters, sample and code.
Engine, workers, chunking, results folder, name, language and titles are not part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from agents.sources import source_hash


def digest(content: Any) -> str:
    """Hash plain content through canonical JSON, 16 hex digits."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@cache
def code_hash() -> str:
    """The code's part: the sources of agents/, sim/ and scenarios/, and the numerical libraries."""
    return digest([source_hash("agents", "sim", "scenarios"), version("numpy"), version("numba")])


def scenario_hash(
    world: Mapping[str, Any], levers: Mapping[str, Any], extra_budget: float, own: str = ""
) -> str:
    """The part of world and scenario; the world's name decides nothing.

    `own` is the text of a user's lever file where one of its levers is on: it is code of the run.
    """
    values = {key: value for key, value in world.items() if key != "name"}
    content = {"world": values, "levers": levers, "extra_budget": float(extra_budget)}
    return digest({**content, "own": digest(own)} if own else content)


def run_id(scenario: str, seed: int, quarters: int, sample: int) -> str:
    """The name of one run; `scenario` is a `scenario_hash`."""
    return digest([scenario, seed, quarters, sample, code_hash()])
