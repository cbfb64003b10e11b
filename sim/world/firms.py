"""The firms of June 2014, the founders at the door, and how firms end."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class FirmParameters:
    """The initial population: one consistent reading of mid-2014 (evidence/starting-point.md)."""

    count: int = declared(
        9_500, "firms", "active technology-type firms, mid-2014", low=100, source="starting-point"
    )
    anchors: int = declared(40, "firms", "revenue of 10 bn or more", low=0, source="starting-point")
    anchor_revenue: float = declared(
        1_000_000.0, "m yuan/year", "revenue of the anchors together", source="starting-point"
    )
    large_share: float = declared(
        0.056, "share", "other firms of 100 m or more", source="starting-point"
    )
    tail_exponent: float = declared(
        1.1,
        "–",
        "exponent of the size tail, cut at 10 bn",
        low=0.5,
        high=2.5,
        grade="A",
        source="5b-3",
    )
    median_revenue: float = declared(8.5, "m yuan/year", "median of firms below 100 m")
    revenue_spread: float = declared(1.30, "s.d. of log", "spread of firms below 100 m")
    young_share: float = declared(
        0.494, "share", "firms under five years", grade="B", source="SAIC13", low=0.01, high=0.6
    )
    middle_share: float = declared(
        0.329, "share", "firms of five to ten", grade="B", source="SAIC13", low=0.01, high=0.39
    )
    stock_growth: float = declared(
        0.14, "1/year", "growth of the stock in the burn-in, which starts from as many fewer firms"
    )
    honesty_spread: float = declared(
        1.0,
        "share of grant",
        "moral cost of misusing a grant is even from 0 to this",
        low=0.01,
        high=10,
    )
    awareness: float = declared(
        0.40, "share", "firms that know of a given scheme", low=0, high=1, source="5b-53"
    )
    awareness_peers: float = declared(
        0.030, "1/quarter", "learning from firms that know (Bass imitation)", low=0, high=1
    )
    awareness_broadcast: float = declared(
        0.006, "1/quarter", "learning from announcements (Bass innovation)", low=0, high=1
    )
    awareness_loss: float = declared(0.012, "1/quarter", "schemes are forgotten as staff change")
    certified_share: float = declared(0.50, "share", "certified high-tech firms", source="N16")


@dataclass(frozen=True)
class FounderParameters:
    """Would-be founders: a fixed intake with fixed identities; what decides is their own reckoning."""

    yearly: int = declared(
        5_200, "persons/year", "would-be founders", low=0, grade="B", source="starting-point"
    )
    returning: float = declared(0.30, "share", "of those who declined who come back next quarter")
    income: float = declared(
        0.145, "m yuan/year", "income that a founder of median idea expects", low=0
    )
    income_spread: float = declared(0.75, "s.d. of log", "spread of expected income")
    outside_option: float = declared(0.20, "m yuan/year", "median salary given up", low=0)
    outside_spread: float = declared(0.45, "s.d. of log", "spread of salaries")
    savings: float = declared(2.00, "m yuan", "median own and family capital", low=0)
    savings_spread: float = declared(1.00, "s.d. of log", "spread of capital")
    entry_cost: float = declared(0.12, "m yuan", "registration, equipment and licences")
    climate_weight: float = declared(
        1.0, "–", "log expected income per unit of young firms' share that was funded last year"
    )
    demand_weight: float = declared(1.0, "–", "log expected income per unit of demand growth")
    first_revenue: float = declared(
        0.13, "m yuan/year a head", "first sales of a founding team", low=0
    )
    founder_pay: float = declared(
        0.50, "share of the usual wage", "what founders draw while the firm is in the seed stage",
        low=0, high=1,
    )  # fmt: skip
    quality_mean: float = declared(0.85, "frontier = 1", "median quality of a new product")
    quality_spread: float = declared(0.16, "s.d. of log", "spread of the quality of a new product")
    origin_share: tuple[float, ...] = declared(
        (0.05, 0.64, 0.22, 0.09),
        "share",
        "university, corporate spawn, returnee or incomer, contest",
        low=0.001,
    )
    researchers: float = declared(
        0.010,
        "persons per m yuan of research",
        "researchers a year who would found on an invention",
    )
    recruits: int = declared(
        160, "firms/year", "firms elsewhere that consider moving here (fixed identities)", low=0
    )
    horizon: float = declared(
        3.0,
        "years",
        "for which a founder weighs income, less the cost of entry, against a salary",
        low=0.25,
    )
    post_search: float = declared(
        1.0, "years", "that a researcher who gave up a post takes to find another like it",
        low=0, high=5,
    )  # fmt: skip
    leaders: int = declared(
        24, "firms/year", "leaders and headquarters elsewhere that consider Haidian", low=0
    )
    leader_barrier: float = declared(
        2.3, "log points", "what moving here costs a leader against its gain; few come unasked"
    )
    leader_award: float = declared(
        8.0, "m yuan of 2014", "award that moves a leader by one s.d. of gain", low=0.1, high=200
    )
    leader_staff: float = declared(160.0, "persons", "median staff of a leader that moves", low=5)
    rivals: float = declared(0.30, "share", "of an award that other districts match", low=0, high=1)
    contestants: int = declared(
        300,
        "persons/year",
        "founders elsewhere whom a contest could bring (fixed identities)",
        low=0,
    )
    contest_effort: float = declared(
        0.02, "m yuan of 2014", "what preparing for a contest costs a founder", low=0, high=1
    )
    recruit_barrier: float = declared(
        1.5, "log points", "what moving here costs a firm against its gain; few come"
    )


@dataclass(frozen=True)
class LeavingParameters:
    """How firms end; none is drawn from a table: each has a cause in cash, sale or contract."""

    arrears: float = declared(0.5, "quarters of cost", "arrears that creditors bear", low=0)
    patience_low: int = declared(4, "quarters", "least patience of an owner who earns too little")
    patience_high: int = declared(14, "quarters", "most patience of an owner who earns too little")
    closing_income: float = declared(
        0.35, "share of the salary given up", "income below which an owner thinks of closing"
    )
    option_value: float = declared(
        0.37,
        "m yuan/year",
        "worth of staying in for a firm at the frontier (with the cube of quality, and growth)",
    )
    sale_rate: float = declared(0.030, "1/quarter", "eligible firms that meet an acquirer")
    sale_quality: float = declared(1.05, "frontier = 1", "acquirers want products this good")
    sale_premium: float = declared(0.30, "s.d. of log", "spread of acquirers' valuations")
    valuation: float = declared(2.2, "× yearly revenue", "sale value of a firm at the frontier")
    listing_revenue: float = declared(150.0, "m yuan/year", "least revenue for a listing")
    listing_profit: float = declared(15.0, "m yuan/year", "least profit for a listing")
    listing_rate: float = declared(0.05, "1/quarter", "eligible firms that a window admits")
    listing_raise: float = declared(
        0.25, "× yearly revenue", "capital raised at a listing", low=0.001
    )
    listing_cost: float = declared(0.08, "share of capital raised", "cost of a listing", low=0.0001)
    deal_cost: float = declared(0.04, "share of the price", "acquirer's fees", low=0.001, high=0.5)
    quotation_rate: float = declared(
        0.03, "1/quarter", "firms that think of being quoted over the counter", low=0, high=1
    )
    quotation_cost: float = declared(
        1.6, "m yuan of 2014", "cost of a quotation over the counter", low=0.1, high=20
    )
    quotation_worth: float = declared(
        0.02,
        "share of yearly revenue",
        "what a quotation is worth to a median owner",
        low=0,
        high=1,
    )
    quotation_raise: float = declared(
        0.05, "× yearly revenue", "capital raised with a quotation", low=0, high=1
    )
    issue_rate: float = declared(
        0.10, "1/quarter", "listed and quoted firms short of cash that think of an issue",
        low=0, high=1,
    )  # fmt: skip
    issue_size: float = declared(0.12, "× yearly revenue", "size of an issue", low=0, high=1)
    issue_fixed: float = declared(1.0, "m yuan of 2014", "fixed cost of an issue", low=0, high=20)
    issue_cost: float = declared(0.02, "share of the amount", "further cost of an issue", low=0)
    issue_years: float = declared(
        3.0, "years", "term of the money that an issue brings", low=0.25, high=30
    )
    issue_return: float = declared(
        0.09, "1/year", "what holders of bonds and placed shares ask", low=0, high=0.5
    )
    rethink: float = declared(0.015, "1/quarter", "firms that reconsider where they are")
    moving_cost: float = declared(0.06, "share of yearly revenue", "cost of leaving the district")
