"""Expectations of 四, safeguards."""

from __future__ import annotations

from typing import Any

import numpy as np

from expectations.measured import Cause, column, metric
from sim.model import Ecosystem
from sim.phases.granting import review_noise


def effort_each(eco: Ecosystem) -> float:
    """What an application cost over the run (m yuan)."""
    return metric("applicant_effort")(eco) / metric("applications")(eco)


def stacked(eco: Ecosystem) -> float:
    """Firms that won grants of several schemes in one quarter, over the run."""
    table = eco.record.tables()["events"]
    won = np.char.startswith(table["event"].astype(str), "won a grant")
    pairs = np.stack([table["quarter"][won], table["uid"][won]])
    return float(won.sum() - np.unique(pairs, axis=1).shape[1])


def patents_of_awarded(eco: Ecosystem) -> float:
    """Share of the followed awards of the last quarters that went to firms with patents."""
    table = eco.record.tables()["events"]
    lever = eco.levers[0].id
    won = table["uid"][table["event"] == f"won a grant of {lever}"]
    held = np.isin(won, eco.firms.uid[eco.firms.patents > 0.0])
    return float(held.mean()) if won.size else 0.0


STRONG: dict[str, dict[str, Any]] = {
    "fund_coordination": {"envelope": 200.0},
    "unified_application": {"envelope": 200.0, "cut": 0.9},
    "park_amenities": {"envelope": 9_000.0},
    "ip_pre_review": {"envelope": 200.0, "strictness": 1.0},
    "performance_management": {"envelope": 200.0, "rate": 0.9},
    "project_appraisal": {"envelope": 200.0, "held_back": 0.8},
    "third_party_evaluation": {"envelope": 1_000.0, "hours": 40.0},
    "policy_outreach": {"envelope": 1_000.0, "reach": 0.5},
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "fund_coordination": [("schemes a project", stacked, -1)],
    "unified_application": [("effort an application", effort_each, -1)],
    "park_amenities": [("facilities", column("zones", "amenity"), +1)],
    "ip_pre_review": [("patents of the awarded", patents_of_awarded, +1)],
    "performance_management": [("envelopes moved", metric("envelopes_moved"), +1)],
    "project_appraisal": [("misuse", metric("misuse"), -1)],
    "third_party_evaluation": [
        ("noise of review", review_noise, -1),
        ("misuse", metric("misuse"), -1),
    ],
    "policy_outreach": [("firms that know", metric("aware_firms"), +1)],
}  # fmt: skip
