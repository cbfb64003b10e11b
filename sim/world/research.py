"""Innovation, knowledge, universities and alliances."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class ResearchParameters:
    """K+S two-step search (Dosi, Fagiolo & Roventini 2010) with a skewed value of innovations."""

    propensity: float = declared(
        0.052, "share of revenue", "R&D propensity of small incumbents", grade="B", source="5b-6"
    )
    propensity_anchor: float = declared(
        0.034, "share of revenue", "R&D propensity of anchors", low=0, high=0.2
    )
    propensity_young: float = declared(
        0.15, "share of revenue", "R&D propensity of start-ups", low=0.05, high=0.40, source="5b-7"
    )
    propensity_spread: float = declared(0.70, "s.d. of log", "skew of R&D intensity", grade="C")
    seed_burn: float = declared(0.045, "share of cash", "start-ups' cash put into R&D each quarter")
    labour_share: float = declared(
        0.68, "share of R&D", "wages of S&T staff in R&D", low=0.01, high=0.95
    )
    split: float = declared(
        0.50, "share", "innovation against imitation", low=0, high=1, grade="B", source="KSj"
    )
    efficacy: float = declared(0.30, "–", "search efficacy ζ", low=0, grade="B", source="KSj")
    ceiling: float = declared(
        0.75, "share", "largest probability of success", grade="B", source="KSt"
    )
    step: float = declared(
        0.15, "share", "half-width of the Beta(3,3) step", grade="B", source="KSj"
    )
    value_spread: float = declared(
        1.8, "s.d. of log", "innovation value: top tenth holds 0.70", low=1.23, high=2.76,
        grade="A", source="SH00",
    )  # fmt: skip
    largest_step: float = declared(0.65, "frontier = 1", "largest gain from one innovation")
    attempt_cost: float = declared(0.055, "m yuan", "cost of one attempt at the frontier of 2014")
    difficulty: float = declared(5.0, "–", "elasticity of the cost of an attempt to own quality")
    line_revenue: float = declared(20.0, "m yuan/year", "revenue of one product line", low=0.1)
    imitation_gain: float = declared(0.12, "share of the gap", "closed by one successful imitation")
    frontier_growth: float = declared(0.030, "1/year", "advance of the outside frontier", low=0.001)
    talent_gain: float = declared(
        0.50, "–", "effort added by top talent that has team and money", low=0
    )
    absorption: float = declared(0.20, "–", "effort added by absorptive capacity")
    depreciation: float = declared(
        0.15, "1/year", "of the knowledge stock", low=0, high=1, grade="C"
    )
    patents: float = declared(
        0.31, "per m yuan of 2014", "applications per R&D", low=0, grade="B", source="5b-16"
    )
    invention_share: float = declared(
        0.58, "share", "invention applications", grade="B", source="5b-16"
    )
    project_size: float = declared(
        0.22, "share of routine R&D", "median size of a quarter's marginal project"
    )
    project_return: float = declared(0.05, "1/year", "median private return of a marginal project")
    project_spread: float = declared(0.16, "s.d.", "spread of projects' returns", low=0.001)
    project_noise: float = declared(0.05, "s.d.", "error of the firm about its project")
    equipment: float = declared(
        0.15, "share of R&D", "equipment and testing in a yuan of R&D", low=0, high=0.32
    )
    mission_relevance: float = declared(
        0.40, "share", "of R&D asked for by the public that serves the firm's own products",
        low=0, high=1,
    )  # fmt: skip
    hurdle: float = declared(0.12, "1/year", "return that firms ask of a project with own money")
    scarcity: float = declared(0.20, "1/year", "added to the hurdle of a firm without a buffer")


@dataclass(frozen=True)
class UniversityParameters:
    """Universities and institutes: disclosure, ownership, transfer offices."""

    count: int = declared(
        281, "institutions", "68 universities and 213 institutes", low=1, grade="B", source="F11"
    )
    research: float = declared(30_000.0, "m yuan/year", "research outlay of all", low=1)
    research_a_head: float = declared(
        0.6,
        "m yuan/year",
        "research that goes with a researcher who leaves to found",
        low=0,
        high=10,
    )
    research_growth: float = declared(0.09, "1/year", "its growth", low=-0.1, high=0.3)
    disclosures: float = declared(
        0.12, "per m yuan of 2014", "inventions disclosed per research outlay"
    )
    inventor_share: float = declared(
        0.70, "share", "of licence income for the inventors, in force", grade="B", source="VZ14",
        low=0, high=1,
    )  # fmt: skip
    inventor_response: float = declared(0.25, "–", "elasticity of disclosure to the inventor share")
    cleared: float = declared(0.35, "share", "of inventions whose ownership is clear")
    stock_life: float = declared(0.06, "1/quarter", "inventions that go stale")
    office_hours: float = declared(420.0, "hours/quarter", "hours of one transfer post")
    office_posts: float = declared(0.55, "posts per institution", "transfer posts at the opening")
    post_cost: float = declared(0.28, "m yuan/year", "cost of a post", low=0.001)
    match_scale: float = declared(0.0065, "–", "scale of the matching function")
    match_hours: float = declared(0.50, "–", "elasticity of matches to office hours", low=0, high=1)
    fee: float = declared(0.80, "m yuan", "median fee of a licence", low=0.001)
    search_cost: float = declared(
        0.10, "m yuan", "cost of finding and examining an invention", low=0
    )
    fee_spread: float = declared(0.90, "s.d. of log", "spread of fees")
    licence_gain: float = declared(
        1.6, "× a usual step", "worth of a licensed invention's prototype"
    )
    clearance_fee: float = declared(
        0.02, "m yuan", "professional fee for clearing the ownership of an invention", low=0, high=2
    )
    clearance_speed: float = declared(
        0.10, "1/quarter", "of waiting inventions cleared when the whole fee is paid", low=0, high=1
    )
    search_relief: float = declared(
        0.30, "–", "firms search less where offices offer more (one-sided search)", low=0, high=1
    )


@dataclass(frozen=True)
class AllianceParameters:
    """Industry alliances share platforms; members pay and learn."""

    count: int = declared(32, "alliances", "industry alliances, four a sector", low=0)
    fee: float = declared(0.04, "m yuan/year", "membership fee")
    gain: float = declared(0.06, "–", "effort added by a well-stocked platform")
    join_staff: float = declared(30.0, "persons", "smaller firms do not join")
    join_rate: float = declared(0.012, "1/quarter", "firms that consider joining")
    platform_cost: float = declared(
        1.5, "m yuan/quarter", "cost of running up a shared platform", low=0.01, high=100
    )
    upkeep: float = declared(0.9, "share of fees", "spent on the platform each quarter")


@dataclass(frozen=True)
class AgencyParameters:
    """Service agencies: technology brokers, credit raters, talent and IP agencies."""

    count: int = declared(
        240,
        "agencies",
        "of >1,000 service bodies in all Zhongguancun",
        low=0,
        grade="B",
        source="CNR17",
    )
    staff_hours: float = declared(2_200.0, "hours/quarter", "service hours an agency sells")
    hour_price: float = declared(0.00035, "m yuan/hour", "price of an hour", low=0.000001)
    broker_hours: float = declared(220.0, "hours", "hours for one brokered match")
    rating_hours: float = declared(30.0, "hours", "hours for one rating", low=0.1)
    rating_gain: float = declared(
        0.35, "share", "of a lender's noise removed by a rating", low=0, high=1
    )
    rating_decay: float = declared(0.25, "1/quarter", "ratings grow stale")
    matching_gain: float = declared(0.06, "share", "vacancies filled faster with full agency cover")
    ip_gain: float = declared(0.05, "1/quarter", "protection gained by a served firm, towards 1")
    ip_hours: float = declared(45.0, "hours", "hours for one protected portfolio", low=0.1)
    protection_decay: float = declared(0.03, "1/quarter", "protection lapses")
    would_be: float = declared(
        200.0, "agencies/year", "people who think of opening an agency (fixed identities)", low=0
    )
    opening_hours: float = declared(
        900.0, "hours/quarter", "hours that a new agency offers", low=10
    )
    opening_cost: float = declared(0.3, "m yuan of 2014", "cost of opening an agency", low=0.01)
    break_even: float = declared(
        0.35, "share", "of its hours that an agency must sell to live", low=0, high=1
    )
    opening_capital: float = declared(
        0.25, "m yuan of 2014", "what owners put up to live on until custom comes", low=0, high=10
    )
    shrink: float = declared(
        0.015, "1/quarter", "of its hours that an idle agency gives up", low=0, high=1
    )
    habit: float = declared(
        0.6, "share", "of vacancies for which firms ask an agency at its full price", low=0, high=1
    )
    price_response: float = declared(
        0.8, "–", "elasticity of demand for services to the price that firms pay", low=0, high=3
    )
    entry_profit: float = declared(0.10, "share of income", "margin at which agencies enter")
