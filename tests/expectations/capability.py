"""Expectations of 三(三), capability."""

from __future__ import annotations

from typing import Any

import numpy as np

from expectations.measured import Cause, column, metric
from sim.mechanisms import royalties
from sim.model import Ecosystem


def members_royalties(eco: Ecosystem) -> float:
    """What members of alliances pay beyond what they receive, at today's rates (m yuan)."""
    rows = np.unique(eco.memberships.firm)
    return float(royalties.settle(eco)[rows].sum())


STRONG: dict[str, dict[str, Any]] = {
    "mission_rnd": {"envelope": 5_000.0, "cap": 20.0},
    "industry_rnd_platforms": {"envelope": 5_000.0, "share": 0.95},
    "joint_rnd": {"envelope": 5_000.0, "share": 0.9, "cap": 20.0, "chance": 1.0, "gain": 1.0},
    "industry_alliances": {"envelope": 2_000.0, "fee_share": 0.95, "introduced": 40.0},
    "civil_military": {"envelope": 5_000.0, "volume": 20_000.0, "cap": 20.0, "least_staff": 5.0,
                       "delay": 0.0, "aid": 1.0},
    "patent_operations": {"envelope": 5_000.0, "share": 0.9, "most": 100.0},
    "patent_pools": {"envelope": 2_000.0, "share": 0.95},
    "standards": {"envelope": 5_000.0, "lead": 10.0, "join": 1.0, "least_staff": 5.0},
    "brands": {"envelope": 3_000.0, "share": 0.9},
    "global_innovation": {"envelope": 5_000.0, "share": 0.9, "cap": 20.0, "least_revenue": 2.0,
                          "chance": 1.0, "gain": 1.0},
    "rnd_subsidy": {"envelope": 5_000.0, "share": 0.8, "cap": 50.0, "years": 1},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "mission_rnd": [("R&D", metric("rnd"), +1)],
    "industry_rnd_platforms": [("platforms", column("alliances", "platform"), +1)],
    "joint_rnd": [("joint projects", metric("joint_projects"), +1)],
    "industry_alliances": [("members", column("alliances", "members"), +1)],
    "civil_military": [("orders", metric("orders"), +1)],
    "patent_operations": [("patents with operators", column("firms", "operated"), +1)],
    "patent_pools": [("royalties of members", members_royalties, -1)],
    "standards": [("contenders", metric("standards_contended"), +1)],
    "brands": [("brands", column("firms", "brand"), +1)],
    "global_innovation": [("joint projects", metric("joint_projects"), +1)],
    "rnd_subsidy": [("projects done", metric("projects"), +1)],
}  # fmt: skip
