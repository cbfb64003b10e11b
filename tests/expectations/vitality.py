"""Expectations of 三(二), vitality."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, column, metric, paid
from sim.model import Ecosystem


def young_sales(eco: Ecosystem) -> float:
    """Revenue of firms under five years in the last quarter."""
    return float(eco.firms.revenue[eco.ages() < 5.0].sum())


STRONG: dict[str, dict[str, Any]] = {
    "transfer_fund": {"envelope": 5_000.0, "share": 0.5, "cap": 50.0},
    "researcher_founders": {"envelope": 3_000.0, "salary_share": 0.9},
    "industrialisation_grants": {"envelope": 5_000.0, "share": 0.9},
    "ownership_clearance": {"envelope": 2_000.0, "share": 0.95},
    "talent_services": {"envelope": 2_000.0, "share": 0.95},
    "global_recruitment": {"envelope": 9_000.0, "match": 2.0, "quota": 1_000.0, "strictness": 0.0},
    "seed_equity_fund": {"envelope": 5_000.0, "share": 0.5, "cap": 50.0},
    "innovation_events": {"envelope": 2_000.0, "told": 1.0, "seen": 40.0, "noise": 0.5},
    "product_promotion": {"envelope": 2_000.0, "worth": 100.0, "room": 10_000.0, "share": 1.0},
    "transfer_offices": {"envelope": 2_000.0, "posts": 5_000.0},
    "talent_awards": {"envelope": 9_000.0, "award": 5.0, "quota": 2_000.0},
    "guidance_fund": {"envelope": 10_000.0, "quota": 0.0},
    "first_purchase": {"envelope": 5_000.0, "volume": 20_000.0},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "transfer_fund": [("public money in tickets", metric("vc_public"), +1)],
    "researcher_founders": [("spin-offs", metric("spin_offs"), +1)],
    "industrialisation_grants": [("grants for launches", paid("grants"), +1)],
    "ownership_clearance": [("cleared inventions", metric("inventions_cleared"), +1)],
    "talent_services": [("agencies' hours asked for", column("agencies", "use"), +1)],
    "global_recruitment": [("top people who come", metric("top_arrivals"), +1)],
    "seed_equity_fund": [("public money in tickets", metric("vc_public"), +1)],
    "innovation_events": [("founders who hear of it", metric("contestants"), +1)],
    "product_promotion": [("sales of the young", young_sales, +1)],
    "transfer_offices": [("licences", metric("licences"), +1)],
    "talent_awards": [("top people who come", metric("top_arrivals"), +1)],
    "guidance_fund": [("capital of funds", column("funds", "committed"), +1)],
    "first_purchase": [("public references", column("firms", "references"), +1)],
}  # fmt: skip
