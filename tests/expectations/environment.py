"""Expectations of 三(一), environment."""

from __future__ import annotations

from typing import Any

import numpy as np

from expectations.measured import Cause, column, metric, paid
from sim.model import Ecosystem


def noise_of_scores(eco: Ecosystem) -> float:
    """Factor on banks' noise, the mean over firms, in the last quarter."""
    return float(np.mean(eco.terms.lending.signal_noise))


def refusal_rate(eco: Ecosystem) -> float:
    """Share of loan applications refused over the run."""
    return metric("refusals")(eco) / metric("loan_applications")(eco)


STRONG: dict[str, dict[str, Any]] = {
    "service_platforms": {"envelope": 3_000.0, "cost_share": 0.9, "hours": 100_000.0},
    "innovation_mentors": {"envelope": 1_000.0, "per_100": 50.0, "station": 20.0},
    "incubation_platform": {"envelope": 2_000.0, "entry_share": 0.9, "overhead_share": 0.9},
    "incubation_chain": {"envelope": 500.0, "linked": 1.0},
    "graduate_landing": {"envelope": 2_000.0, "growth": 0.0, "rent_share": 0.9},
    "tech_finance_branches": {"envelope": 2_000.0, "cost_share": 0.95, "scoring": 0.5},
    "loan_interest_subsidy": {"envelope": 3_000.0, "share": 0.9},
    "listing_support": {"envelope": 3_000.0, "quotation_share": 0.95},
    "capital_market_financing": {"envelope": 3_000.0, "share": 0.95},
    "merger_support": {"envelope": 9_000.0, "share": 0.95},
    "ip_services_voucher": {"envelope": 2_000.0, "share": 0.95},
    "ip_exchange": {"envelope": 2_000.0, "listing": 50.0, "search_share": 0.9, "running": 500.0},
    "ip_agencies": {"envelope": 2_000.0, "award": 10.0},
    "credit_information": {"envelope": 2_000.0, "coverage": 1.0, "noise_cut": 0.8},
    "credit_agencies": {"envelope": 2_000.0, "award": 10.0},
    "credit_products": {"envelope": 1_000.0, "share": 0.95, "weight": 3.0},
    "incubator_support": {"envelope": 2_000.0, "capital_share": 0.8, "rent_share": 0.8},
    "credit_risk_compensation": {
        "envelope": 2_000.0, "pool": 10_000.0, "share": 0.9, "largest_loan": 100.0,
    },
}  # fmt: skip

CAUSES: dict[str, list[Cause]] = {
    "service_platforms": [("R&D projects done", metric("projects"), +1)],
    "innovation_mentors": [("capability of teams", column("firms", "capability"), +1)],
    "incubation_platform": [("births", metric("births"), +1)],
    "incubation_chain": [("places held", paid("places held"), +1)],
    "graduate_landing": [("rent paid for graduates", paid("rent support"), +1)],
    "tech_finance_branches": [("technology branches", metric("technology_branches"), +1)],
    "loan_interest_subsidy": [("loans", metric("loans_new"), +1)],
    "listing_support": [("quotations", metric("quotations"), +1)],
    "capital_market_financing": [("issues", metric("issues"), +1)],
    "merger_support": [("firms sold", metric("exits_sale"), +1)],
    "ip_services_voucher": [("protection", column("firms", "ip_protection"), +1)],
    "ip_exchange": [("licences", metric("licences"), +1)],
    "ip_agencies": [("agencies that open", metric("agencies_opened"), +1)],
    "credit_information": [("noise of scores", noise_of_scores, -1)],
    "credit_agencies": [("agencies that open", metric("agencies_opened"), +1)],
    "credit_products": [("fresh ratings", column("firms", "rated"), +1)],
    "incubator_support": [("places", metric("places"), +1), ("tenants", metric("places_used"), +1)],
    "credit_risk_compensation": [
        ("loans to small firms", metric("loans_small"), +1),
        ("refusals", refusal_rate, -1),
    ],
}  # fmt: skip
