"""The district's purse and the schemes already in force."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class PurseParameters:
    """One purse: what a scenario leaves unspent stays in the treasury and is counted."""

    programme_budget: float = declared(
        1_400.0, "m yuan/year", "the special fund: 0.1 % of revenue", low=0, source="5b-55"
    )
    retention: float = declared(
        0.20, "share of taxes", "that stays with the district", low=0, high=1, source="model §9"
    )
    administration: float = declared(
        0.05, "share of outlay", "administration of a programme, paid from its line", low=0, high=1
    )
    cost_of_funds: float = declared(
        1.2, "yuan per yuan", "marginal cost of public money", low=1.0, high=1.5, source="model §9"
    )


@dataclass(frozen=True)
class GrantParameters:
    """Competitive grants of state and city, in force in 2014, and how review works."""

    standing: float = declared(
        300.0, "m yuan/year", "state and city grants reaching the district's firms", low=0
    )
    standing_share: float = declared(0.40, "share", "of a project's cost that they pay")
    standing_cap: float = declared(
        1.0, "m yuan", "cap a project (Innofund)", grade="C", source="instruments 4"
    )
    review_noise: float = declared(1.0, "s.d. of merit", "noise of review by officials", low=0)
    apply_cost: float = declared(0.03, "m yuan", "effort of one application")
    audit: float = declared(0.10, "share", "of grantees audited within the year", low=0, high=1)
    penalty: float = declared(
        1.0, "× grant", "paid back beyond the grant when misuse is found", low=0
    )
    temptation: float = declared(
        0.50, "share of grant", "private worth of a yuan of grant spent elsewhere"
    )
    misuse_memory: float = declared(0.5, "–", "credit record lost when misuse is found")
