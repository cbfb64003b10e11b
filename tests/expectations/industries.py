"""Expectations of 三(四), industries."""

from __future__ import annotations

from typing import Any

from expectations.measured import Cause, column, metric, paid

STRONG: dict[str, dict[str, Any]] = {
    "industry_fund": {"envelope": 10_000.0, "quota": 0.0},
    "advanced_manufacturing": {"envelope": 5_000.0, "share": 0.9, "space": 10.0},
    "technology_services": {"envelope": 2_000.0, "award": 10.0},
    "firm_attraction": {"envelope": 9_000.0, "award": 20.0},
    "key_firm_services": {"envelope": 1_000.0, "served": 5_000.0, "share": 1.0},
    "entry_screening": {"envelope": 500.0, "strictness": 0.95, "noise": 0.1, "floor": 2.0,
                        "years": 0.0},
    "finance_attraction": {"envelope": 9_000.0, "award": 4.0},
    "regional_transfer": {"envelope": 5_000.0, "share": 0.95, "cap": 100.0},
    "regional_co_innovation": {"envelope": 5_000.0, "share": 0.9, "cap": 20.0, "chance": 1.0,
                               "gain": 1.0},
    "functional_zones": {"envelope": 20_000.0, "space": 5e6},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "industry_fund": [("capital of funds", column("funds", "committed"), +1)],
    "advanced_manufacturing": [("money for launches", paid("bringing to market"), +1)],
    "technology_services": [("agencies that open", metric("agencies_opened"), +1)],
    "firm_attraction": [("leaders that come", metric("leaders"), +1)],
    "key_firm_services": [("profit", metric("profit"), +1)],
    "entry_screening": [("arrivals", metric("arrivals"), -1)],
    "finance_attraction": [("offices", metric("offices_opened"), +1)],
    "regional_transfer": [("staff in the region", metric("employment_region"), +1)],
    "regional_co_innovation": [("joint projects", metric("joint_projects"), +1)],
    "functional_zones": [("floor space", metric("floor_space"), +1), ("rent", metric("rent"), -1)],
}  # fmt: skip
