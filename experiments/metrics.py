"""Metrics: how each recorded series becomes one number a run.

A stock is read at the end of the run, a flow is summed over it; headline metrics are what a
comparison prints. Money is in m yuan. Labels in both languages are in conf/text.
"""

from __future__ import annotations

from dataclasses import dataclass

MONEY, YEARLY = "m yuan", "m yuan/year"
HIGH, LOW, NONE = "higher is better", "lower is better", "neither"


@dataclass(frozen=True)
class Metric:
    """One number of a run: `name` and `kind` together are its key.

    Kinds: level (at the end), cumulative (sum over the run), last_year (sum of the last four
    quarters), job_years (mean level × years), mean (over quarters), ratio (of two sums).
    """

    name: str
    kind: str
    unit: str
    definition: str
    direction: str = NONE
    headline: bool = False
    column: str = ""
    over: str = ""

    @property
    def source(self) -> str:
        """The series column it is made from."""
        return self.column or self.name


SURVIVAL_FROM = 20  # the first quarter whose cohort of five years ago was born in the run
COST = ("net_cost", "cumulative")  # what is spent for all the others, by name and kind
COST_PER_JOB = Metric(
    "cost_per_job", "ratio", "m yuan/job-year",
    "net public cost over additional job-years, a ratio of means", LOW, True,
)  # fmt: skip

HEADLINE = (
    Metric("firms", "level", "firms", "technology firms at the end", HIGH, True),
    Metric("births", "cumulative", "firms", "firms founded", HIGH, True),
    Metric(
        "survival", "ratio", "share",
        "firms alive five years after founding over the cohorts they come from, dead count zero",
        HIGH, True, "survivors_5y", "births_5y_ago",
    ),
    Metric(
        "employment", "job_years", "job-years",
        "mean employment times years, net of displacement in the district", HIGH, True,
    ),
    Metric("revenue", "last_year", YEARLY, "revenue of the last four quarters", HIGH, True),
    Metric("rnd", "cumulative", MONEY, "what firms really spend on R&D", HIGH, True),
    Metric("patents", "cumulative", "applications", "patent applications", HIGH, True),
    Metric("vc_amount", "cumulative", MONEY, "venture capital invested in firms", HIGH, True),
    Metric(
        "loans_small", "cumulative", MONEY, "new loans to firms below 100 m of revenue", HIGH, True,
    ),
    Metric("net_cost", "cumulative", MONEY, "programme outlay less money returned", LOW, True),
    COST_PER_JOB,
)  # fmt: skip

STOCKS = (
    ("firms_100m", "firms", "firms with yearly revenue of 100 m or more", HIGH),
    ("gazelles", "firms", "firms above 5 m that grew by a fifth in a year", HIGH),
    ("unicorns", "firms", "unlisted firms valued at a billion dollars or more", HIGH),
    ("employment", "persons", "staff and top people at the end", HIGH),
    ("employment_without_anchors", "persons", "staff and top people outside anchors", HIGH),
    ("st_staff", "persons", "S&T staff", HIGH),
    ("top_talent", "persons", "top talent in firms", HIGH),
    ("wage_st", YEARLY, "mean pay of S&T staff", NONE),
    ("fund_dry", MONEY, "committed capital that funds have not invested", NONE),
    ("loans_outstanding", MONEY, "bank loans at the end", HIGH),
    ("pool_balance", MONEY, "money in the compensation pool", NONE),
    ("borrowers_below_20m", "firms", "borrowers below 20 m of revenue", HIGH),
    ("firms_below_20m", "firms", "firms below 20 m of revenue", NONE),
    ("borrowers_below_100m", "firms", "borrowers below 100 m of revenue", HIGH),
    ("firms_below_100m", "firms", "firms below 100 m of revenue", NONE),
    ("occupancy", "share", "floor space in use", NONE),
    ("rent", "yuan/m²/month", "mean rent", LOW),
    ("places", "places", "incubator places", HIGH),
    ("places_used", "places", "incubator places in use", HIGH),
    ("assets", MONEY, "public stakes, pool and space, at cost", NONE),
    ("nominal_index", "index", "outside wages and prices, 1 at the opening", NONE),
)
FLOWS = (
    ("exits", "firms", "firms that ended", LOW),
    ("exits_insolvency", "firms", "insolvencies", LOW),
    ("exits_closure", "firms", "voluntary closures", LOW),
    ("exits_sale", "firms", "firms sold", NONE),
    ("exits_departure", "firms", "firms that left the district", LOW),
    ("listings", "firms", "listings", HIGH),
    ("revenue", MONEY, "revenue over the run", HIGH),
    ("revenue_without_anchors", MONEY, "revenue of firms other than anchors", HIGH),
    ("value_added", MONEY, "revenue less purchases", HIGH),
    ("profit", MONEY, "profit before income tax", HIGH),
    ("tax", MONEY, "taxes paid by firms", HIGH),
    ("rnd_reported", MONEY, "what firms report as R&D", NONE),
    ("rnd_without_anchors", MONEY, "R&D of firms other than anchors", HIGH),
    ("inventions", "applications", "applications for invention patents", HIGH),
    ("patents_without_anchors", "applications", "patents of firms other than anchors", HIGH),
    ("innovations", "innovations", "innovations brought to market", HIGH),
    ("new_product_revenue", MONEY, "revenue from new products", HIGH),
    ("licences", "contracts", "licences from universities", HIGH),
    ("spin_offs", "firms", "university spin-offs", HIGH),
    ("vc_deals", "deals", "venture rounds", HIGH),
    ("funds_raised", MONEY, "commitments raised by funds", HIGH),
    ("funds_target", MONEY, "commitments that funds aimed at", NONE),
    ("loans_small_count", "loans", "loans to firms below 100 m of revenue", HIGH),
    ("applications", "applications", "grant applications", NONE),
    ("refusals", "applications", "loan applications refused", LOW),
    ("defaults", MONEY, "loans that failed", LOW),
    ("grants", MONEY, "grants paid", NONE),
    ("projects_granted", "projects", "projects granted", NONE),
    ("misuse", MONEY, "grant money misused", LOW),
    ("misuse_found", MONEY, "misuse found by audit", NONE),
    ("outlay", MONEY, "gross programme outlay with administration", NONE),
    ("returned", MONEY, "money back to the purse", HIGH),
    ("appropriated", MONEY, "money set aside for budget lines", NONE),
    ("unspent", MONEY, "appropriated money left in the treasury", NONE),
    ("district_tax", MONEY, "taxes that stay with the district", HIGH),
    ("all_tax", MONEY, "taxes to all levels of government", HIGH),
    ("applicant_effort", MONEY, "what applying costs applicants", LOW),
)

METRICS: tuple[Metric, ...] = (
    *HEADLINE,
    *(Metric(name, "level", unit, definition, way) for name, unit, definition, way in STOCKS),
    *(Metric(name, "cumulative", unit, definition, way) for name, unit, definition, way in FLOWS),
)


def available(columns: list[str]) -> list[Metric]:
    """Metrics that can be made from these series columns (the cost per job apart)."""
    return [
        metric
        for metric in METRICS
        if metric is not COST_PER_JOB
        and metric.source in columns
        and (not metric.over or metric.over in columns)
    ]
