"""Expectations of levers beyond the document."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, metric

STRONG: dict[str, dict[str, Any]] = {
    "tax_relief": {"envelope": 9_000.0, "deduction": 1.0},
    "vc_risk_subsidy": {"envelope": 5_000.0, "share": 0.5, "firm_cap": 50.0, "fund_cap": 100.0},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "tax_relief": [("R&D projects done", metric("projects"), +1)],
    "vc_risk_subsidy": [("deals", metric("vc_deals"), +1)],
}  # fmt: skip
