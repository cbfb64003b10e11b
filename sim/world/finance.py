"""Funds, banks and the guarantee company."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class EquityParameters:
    """Venture capital: staged tickets, noisy screening, partners who follow returns."""

    funds: int = declared(120, "funds", "funds active in the district", low=1)
    committed: float = declared(260.0, "m yuan", "median commitment of a fund", low=1)
    committed_spread: float = declared(0.70, "s.d. of log", "spread of commitments")
    raising: float = declared(
        20.0, "funds/year", "managers who try to raise a fund (fixed identities)"
    )
    hurdle: float = declared(0.13, "1/year", "return that private partners ask")
    prior_return: float = declared(
        0.15, "1/year", "return that partners expect of an average manager"
    )
    prior_weight: float = declared(
        15_000.0, "m yuan", "ended stakes that partners' first expectation counts as much as", low=1
    )
    forgetting: float = declared(
        0.02, "1/quarter", "of ended stakes that partners no longer look at", low=0, high=1
    )
    partner_response: float = declared(
        7.0, "–", "log commitments per unit of expected return above the hurdle"
    )
    skill_spread: float = declared(0.05, "s.d., 1/year", "spread of managers' expected return")
    invest_years: float = declared(4.0, "years", "investment period", low=0.25)
    life: float = declared(10.0, "years", "life of a fund", low=2)
    quota_drag: float = declared(
        0.02,
        "1/year",
        "return forgone by a fund wholly bound to local firms in named sectors",
        low=0,
    )
    fee: float = declared(0.02, "1/year of commitment", "management fee", grade="C")
    carry: float = declared(0.20, "share of gains", "carried interest", grade="C")
    noise: float = declared(0.45, "s.d. of log", "noise of screening by an average manager")
    tickets: tuple[float, ...] = declared(
        (4.0, 14.0, 45.0),
        "m yuan",
        "ticket by round: first, second, later",
        grade="B",
        source="5b-27",
        low=0.01,
    )
    pre_money: tuple[float, ...] = declared(
        (10.0, 40.0, 170.0), "m yuan", "least valuation by round", low=0.01
    )
    multiple: float = declared(2.3, "× yearly revenue", "valuation of a firm at the frontier")
    seekers: float = declared(0.45, "share", "of founders who would share ownership")
    runway: float = declared(5.0, "quarters", "firms with less cash look for money")
    meetings: int = declared(3, "funds", "funds that a firm meets in a quarter", low=1, high=10)
    threshold: float = declared(0.10, "log points", "signal above which a fund invests")
    oldest: float = declared(6.0, "years", "older firms are not venture cases")
    window: float = declared(1.0, "× normal", "listing and exit window", low=0, high=5)
    climate: float = declared(1.0, "× normal", "private commitments", low=0, high=5)
    offices: float = declared(
        30.0,
        "managers/year",
        "managers elsewhere who might open an office (fixed identities)",
        low=0,
    )
    office_barrier: float = declared(
        1.5, "s.d.", "gain beyond which a manager comes unasked", low=-5, high=5
    )
    office_cost: float = declared(
        4.0, "m yuan of 2014", "award that moves a manager by one s.d. of gain", low=0.1, high=100
    )
    office_local: float = declared(
        0.40, "share", "most that a national fund invests in the district", low=0, high=1
    )
    guidance_2010_share: float = declared(
        0.294, "share", "public share in its sub-funds", grade="B", source="HL10", low=0, high=1
    )


@dataclass(frozen=True)
class CreditParameters:
    """Bank loans: scoring with a noisy signal, rationing in quantities (Stiglitz & Weiss 1981)."""

    banks: int = declared(24, "branches", "general branches", low=1)
    technology_branches: int = declared(6, "branches", "technology branches", low=0)
    limit: float = declared(
        40_000.0, "m yuan", "loans that banks can have out to the district's firms", low=0
    )
    benchmark: float = declared(
        0.06, "1/year", "one-year benchmark rate", low=0, high=0.3, grade="C", source="5b-31"
    )
    spread: float = declared(0.30, "share of benchmark", "mark-up for technology firms")
    funds_rate: float = declared(0.033, "1/year", "banks' cost of funds", low=0, high=0.3)
    hurdle: float = declared(0.013, "1/year", "cost and margin asked of a loan", low=0, high=0.3)
    noise: float = declared(1.1, "s.d. of log odds", "scoring noise at full effort", low=0)
    technology_noise: float = declared(0.7, "× general", "noise at technology branches", low=0)
    screening_floor: float = declared(
        0.35, "share", "of effort that rules prescribe", low=0.05, high=1
    )
    score: tuple[float, ...] = declared(
        (1.95, 0.55, 2.2, 0.055, 0.28), "log odds",
        "scorecard: constant, log revenue, margin, quarters of cash, log age", low=-10, high=10,
    )  # fmt: skip
    experience: float = declared(
        0.10, "1/quarter", "weight of last quarter's losses in the scorecard"
    )
    collateral: float = declared(
        0.10, "share of yearly revenue", "pledgeable assets of a mature firm"
    )
    patent_value: float = declared(
        0.03, "m yuan of 2014", "what a patent fetches when it is sold in a failure", low=0, high=5
    )
    branch_cost: float = declared(
        3.0, "m yuan/year", "cost of the specialists of a technology branch", low=0.1, high=100
    )
    recovery: float = declared(0.55, "share", "of collateral recovered in a failure")
    size: float = declared(0.16, "share of yearly revenue", "largest loan")
    least: float = declared(0.3, "m yuan", "smallest loan a bank handles")
    term: int = declared(4, "quarters", "term of a loan", low=1, high=40)
    need: float = declared(2.10, "quarters of cost", "firms with less cash think of a loan")
    discouraged: int = declared(8, "quarters", "a refused firm waits so long", low=0)
    apply_cost: float = declared(0.015, "m yuan", "effort of applying")
    guarantee_capital: float = declared(
        423.0, "m yuan", "guarantee company's capital, in force", grade="B", source="BH10", low=0
    )
    guarantee_share: float = declared(0.80, "share", "of lost principal it bears", grade="C")
    guarantee_fee: float = declared(
        0.02, "1/year", "fee; at most half the benchmark", grade="A", source="RC"
    )
    guarantee_leverage: float = declared(8.0, "× capital", "guarantees outstanding at most")
    squeeze: float = declared(1.0, "× normal", "lending limit", low=0, high=5)
