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
class RoyaltyParameters:
    """Claims of patent holders on sellers; nothing is known of magnitudes (all U)."""

    charge: float = declared(
        0.0008, "share of revenue", "royalty on one claim for a seller without patents",
        low=0, high=0.02,
    )  # fmt: skip
    stack: float = declared(1.5, "claims", "further claims that stack on the first", low=0, high=10)
    portfolio: float = declared(
        50.0, "patents", "portfolio beyond which a holder is not paid more", low=1
    )
    operators_cost: float = declared(
        0.004, "m yuan of 2014 a year", "what keeping and asserting a patent costs operators",
        low=0, high=1,
    )  # fmt: skip
    holdout: float = declared(
        2.0, "–", "how hard holders are to bring together (1 = they join in step with the share paid)",
        low=1, high=10,
    )  # fmt: skip
    secretariat: float = declared(
        1.2, "m yuan/year a sector", "cost of setting up and running a pool", low=0.01, high=50
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
    launch_cost: float = declared(
        0.06, "share of yearly revenue", "cost of bringing a prototype to market", low=0, high=2
    )
    mission_size: float = declared(
        0.30,
        "share of planned R&D",
        "R&D that a public need asks of a firm a quarter",
        low=0,
        high=2,
    )
    misuse_memory: float = declared(0.5, "–", "credit record lost when misuse is found", high=1)
