"""Expectations of 四, safeguards."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, metric
from sim.phases.granting import review_noise

STRONG: dict[str, dict[str, Any]] = {
    "third_party_evaluation": {"envelope": 1_000.0, "hours": 40.0},
    "policy_outreach": {"envelope": 1_000.0, "reach": 0.5},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "third_party_evaluation": [
        ("noise of review", review_noise, -1),
        ("misuse", metric("misuse"), -1),
    ],
    "policy_outreach": [("firms that know", metric("aware_firms"), +1)],
}  # fmt: skip
