"""Expectations of 三(四), industries."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, metric

STRONG: dict[str, dict[str, Any]] = {
    "functional_zones": {"envelope": 20_000.0, "space": 5e6},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "functional_zones": [("floor space", metric("floor_space"), +1), ("rent", metric("rent"), -1)],
}  # fmt: skip
