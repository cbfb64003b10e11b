"""Sectors, buyers and the competitors outside the district."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class SectorParameters:
    """The "6+1" key industries of the 2014 rules [P10] and technology services."""

    names: tuple[str, ...] = (
        "mobile_internet",
        "cloud_computing",
        "navigation",
        "integrated_circuits",
        "bio_medicine",
        "materials_energy",
        "culture_technology",
        "technology_services",
    )
    priority: tuple[str, ...] = (
        "mobile_internet",
        "cloud_computing",
        "navigation",
        "integrated_circuits",
        "bio_medicine",
        "materials_energy",
        "culture_technology",
    )
    distinctive: tuple[str, ...] = ("mobile_internet", "cloud_computing", "navigation")
    revenue_share: tuple[float, ...] = declared(
        (0.20, 0.22, 0.06, 0.12, 0.10, 0.14, 0.06, 0.10),
        "share",
        "of district revenue, 2014",
        low=0.001,
    )
    firm_share: tuple[float, ...] = declared(
        (0.20, 0.20, 0.05, 0.08, 0.10, 0.12, 0.10, 0.15), "share", "of firms and founders"
    )
    input_tilt: tuple[float, ...] = declared(
        (-0.02, -0.02, 0.0, 0.04, -0.02, 0.05, -0.01, -0.04), "share", "purchases against the mean"
    )
    development: tuple[float, ...] = declared(
        (2.0, 2.0, 3.0, 4.0, 8.0, 5.0, 2.0, 2.0), "quarters", "usual time from prototype to market"
    )
    energy: tuple[float, ...] = declared(
        (0.010, 0.014, 0.014, 0.030, 0.028, 0.040, 0.010, 0.008), "tce per m yuan of 2014",
        "energy used", low=0,
    )  # fmt: skip
    water: tuple[float, ...] = declared(
        (1.0, 1.0, 1.5, 6.0, 6.0, 5.0, 1.2, 1.0), "m³ per m yuan of 2014", "water used", low=0
    )
    government_share: tuple[float, ...] = declared(
        (0.01, 0.04, 0.05, 0.02, 0.03, 0.03, 0.02, 0.05), "share", "of demand that government buys"
    )

    def positions(self, names: tuple[str, ...]) -> list[int]:
        """Positions of named sectors."""
        return [self.names.index(name) for name in names]


@dataclass(frozen=True)
class DemandParameters:
    """How large the market is, how it grows, and how shares move."""

    growth_now: float = declared(
        0.155, "1/year", "growth of demand at the opening", grade="B", source="starting-point, 1.1"
    )
    growth_later: float = declared(0.10, "1/year", "growth that demand decelerates to")
    growth_half_life: float = declared(3.0, "years", "half-life of the deceleration", low=0.1)
    growth_shock: float = declared(0.0, "1/year", "added to growth in a slump", low=-0.5, high=0.5)
    shock_start: int = declared(8, "quarter", "when the slump starts")
    shock_quarters: int = declared(8, "quarters", "how long it lasts")
    cycle: float = declared(0.012, "s.d./quarter", "common shock to a sector's demand")
    district_share: float = declared(
        0.25, "share", "of its market that the district serves at the opening", low=0.02, high=0.9
    )
    selection: float = declared(
        0.08, "1/quarter", "replicator: share growth per unit of relative fitness", low=0, high=1
    )
    quality_weight: float = declared(1.0, "–", "fitness elasticity to quality", low=0)
    price_weight: float = declared(1.5, "–", "fitness elasticity to price", low=0)
    footloose: float = declared(
        0.010, "1/quarter", "demand that looks for a new supplier each quarter", low=0, high=0.2
    )
    choice_quality: float = declared(
        3.0, "–", "elasticity of a new buyer's choice to quality", low=0
    )
    reach_elasticity: float = declared(
        0.90,
        "–",
        "elasticity of reach to staff (within the sector, shares sum to one)",
        low=0,
        high=1,
    )
    outside_reach: float = declared(
        1.5, "×", "reach of outside competitors against district firms of the same sales", low=0
    )
    trust_floor: float = declared(
        0.35, "share", "of buyers who consider a firm that nobody has bought from", low=0, high=1
    )
    trust_customers: float = declared(12.0, "customers", "references that make a firm known")
    reference_worth: float = declared(4.0, "customers", "a public reference counts as so many")
    reference_decay: float = declared(0.10, "1/quarter", "references grow stale")
    working_capital: float = declared(
        0.60,
        "m yuan per m yuan",
        "cash tied up in a further yuan of quarterly sales",
        low=0.01,
        high=5,
    )
    supplier_credit: float = declared(
        0.90,
        "share of last quarter's sales",
        "that suppliers and advances finance",
        low=0,
        high=1.5,
    )
    buyer_years: float = declared(
        3.0, "years", "of a won buyer's purchases that a firm counts on", low=0, high=20
    )
    brand_worth: float = declared(
        8.0, "customers", "what a well-known brand counts with a new buyer", low=0, high=100
    )
    brand_enough: float = declared(
        4.0,
        "m yuan of 2014",
        "brand stock that is half as well known as can be",
        low=0.1,
        high=1000,
    )
    brand_habit: float = declared(
        0.004, "share of revenue", "what firms put into brands within overhead", low=0, high=0.05
    )
    brand_decay: float = declared(0.05, "1/quarter", "brands are forgotten", low=0, high=1)
    standard_gain: float = declared(
        0.06,
        "share of fitness",
        "what leading a standard gains a firm with its buyers",
        low=0,
        high=1,
    )
    standard_cost: float = declared(
        1.5, "m yuan of 2014", "cost of leading a standard", low=0.05, high=50
    )
    standard_decay: float = declared(0.04, "1/quarter", "standards grow old", low=0.001, high=1)
    ticket: float = declared(
        0.12, "m yuan/year", "yearly purchase of a small firm's customer", low=0.001
    )
    ticket_elasticity: float = declared(
        0.60, "–", "larger firms serve larger customers: elasticity of purchase to revenue"
    )
    customer_noise: float = declared(
        0.30, "s.d./quarter", "change of one customer's purchases (Laplace)", low=0, high=1
    )
    first_mover: float = declared(
        0.03, "log points", "worth of the district's first-mover rules (先行先试优势) in fitness"
    )
    first_mover_decay: float = declared(0.10, "1/year", "their erosion")


@dataclass(frozen=True)
class CostParameters:
    """What production takes: purchases, people, overhead, taxes."""

    nominal_growth: float = declared(
        0.07, "1/year", "growth of outside wages, prices and revenue per head", low=0, high=0.2
    )
    input_share: float = declared(
        0.625,
        "share",
        "purchases from outside ÷ revenue for a firm of 100 m; about 0.75 overall",
        grade="U",
        source="starting-point",
    )
    input_slope: float = declared(0.068, "share", "added with every tenfold revenue")
    staff_base: float = declared(12.9, "persons", "staff of a firm with 5 m revenue", low=2)
    staff_elasticity: float = declared(
        0.78,
        "–",
        "staff against revenue: 0.8 m staff on 1.4 tn",
        grade="B",
        source="starting-point",
        low=0.6,
        high=2,
    )
    stretch: float = declared(
        1.33,
        "× usual sales",
        "that the people of a firm can serve at most, as if usually used to 75 %",
        low=1,
        high=10,
    )
    staff_least: float = declared(3.0, "persons", "smallest firm")
    overhead_fixed: float = declared(0.07, "m yuan/year", "book-keeping, compliance, equipment")
    compliance: float = declared(
        0.006, "share of revenue", "reporting, siting and compliance in overhead", low=0, high=0.02
    )
    overhead_share: float = declared(0.020, "share of revenue", "selling and administration")
    small_tax: float = declared(
        0.03, "share of revenue", "tax of small-scale payers", grade="C", source="instruments 4"
    )
    value_added_tax: float = declared(
        0.203, "share of value added", "turnover taxes less refunds; fitted to tax ÷ revenue 5.8 %"
    )
    small_tax_limit: float = declared(5.0, "m yuan/year", "revenue of a small-scale payer")
    profit_tax_certified: float = declared(
        0.15, "share of profit", "certified high-tech firms", grade="C", source="instruments 4"
    )
    profit_tax: float = declared(
        0.25, "share of profit", "others", grade="C", source="instruments 4"
    )
    deduction: float = declared(
        0.50,
        "share of R&D",
        "super-deduction beyond cost (150 %)",
        grade="C",
        source="instruments 4",
    )
    payout: float = declared(0.35, "share of profit", "paid out by firms whose buffer is full")
    buffer: float = declared(3.0, "quarters of cost", "cash that firms like to hold")
