"""Expectations of 三(二), vitality."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, column, metric

STRONG: dict[str, dict[str, Any]] = {
    "transfer_offices": {"envelope": 2_000.0, "posts": 5_000.0},
    "talent_awards": {"envelope": 9_000.0, "award": 5.0, "quota": 2_000.0},
    "guidance_fund": {"envelope": 10_000.0, "quota": 0.0},
    "first_purchase": {"envelope": 5_000.0, "volume": 20_000.0},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "transfer_offices": [("licences", metric("licences"), +1)],
    "talent_awards": [("top people who come", metric("top_arrivals"), +1)],
    "guidance_fund": [("capital of funds", column("funds", "committed"), +1)],
    "first_purchase": [("public references", column("firms", "references"), +1)],
}  # fmt: skip
