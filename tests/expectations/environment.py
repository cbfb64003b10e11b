"""Expectations of 三(一), environment."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, metric
from sim.model import Ecosystem


def refusal_rate(eco: Ecosystem) -> float:
    """Share of loan applications refused over the run."""
    return metric("refusals")(eco) / metric("loan_applications")(eco)


STRONG: dict[str, dict[str, Any]] = {
    "incubator_support": {"envelope": 2_000.0, "capital_share": 0.8, "rent_share": 0.8},
    "credit_risk_compensation": {
        "envelope": 2_000.0, "pool": 10_000.0, "share": 0.9, "largest_loan": 100.0,
    },
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "incubator_support": [("places", metric("places"), +1), ("tenants", metric("places_used"), +1)],
    "credit_risk_compensation": [
        ("loans to small firms", metric("loans_small"), +1),
        ("refusals", refusal_rate, -1),
    ],
}  # fmt: skip
