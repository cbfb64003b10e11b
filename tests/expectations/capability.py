"""Expectations of 三(三), capability."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, metric

STRONG: dict[str, dict[str, Any]] = {
    "rnd_subsidy": {"envelope": 5_000.0, "share": 0.8, "cap": 50.0, "years": 1},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "rnd_subsidy": [("projects done", metric("projects"), +1)],
}  # fmt: skip
