"""Technology firms: one row each."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Flags, Floats, Ints, column


class Firm(Handle):
    """One technology firm, as Mesa sees it."""


class Firms(Population):
    """The district's technology firms."""

    handle = Firm

    birth_quarter: Ints = column("quarter", "quarter of founding, 0 = 2014Q3", 0)
    origin: Ints = column("code", "ORIGINS: where the founder came from", 1)
    sector: Ints = column("code", "sector", 0)
    zone: Ints = column("code", "zone of its premises", 0)
    stage: Ints = column("code", "STAGES: seed, early, growth, mature", 0)
    anchor: Flags = column("flag", "revenue of 10 bn or more at the opening", False)
    certified: Flags = column("flag", "certified high-tech firm, lower profit tax", False)
    listed: Flags = column("flag", "shares are listed", False)
    quoted: Flags = column("flag", "shares are quoted over the counter 新三板", False)
    university: Ints = column("row", "university its founder is on leave from, -1 = none", -1)
    leave_until: Ints = column("quarter", "until when the founder's post is kept", -1000)
    paid_until: Ints = column("quarter", "until when the founder's salary is made good", -1000)
    made_good: Floats = column("m yuan/year", "of the founder's salary made good, 2014 wages")
    qualified_from: Ints = column("quarter", "from when it may do defence work", -1000)
    bound_until: Ints = column(
        "quarter", "until when it promised to stay for an award; 0 = never", 0
    )
    bound_line: Ints = column("position", "budget line that paid the award, -1 = none", -1)
    award_rate: Floats = column("m yuan/quarter", "of its award, worked off by staying")

    quality: Floats = column("frontier = 1", "product quality against the outside frontier", 0.8)
    prototype: Floats = column("frontier = 1", "gain waiting to be brought to market")
    new_product: Flags = column("flag", "brought an innovation to market this quarter", False)
    knowledge: Floats = column("m yuan", "R&D stock, perpetual inventory")
    patents: Floats = column("patents", "applications so far")
    licences: Ints = column("licences", "inventions licensed from universities so far", 0)
    operated: Floats = column("patents", "of its patents, held and asserted by operators")
    capability: Floats = column("share", "capability of the team", 0.5)
    ip_protection: Floats = column("share", "how well imitation is kept off", 0.1)
    ambition: Floats = column("share", "fixed: willingness to share ownership for growth", 0.5)
    honesty: Floats = column("share", "fixed: moral cost of misusing a grant, in grants", 0.5)
    patience: Ints = column("quarters", "fixed: how long the owner bears a poor income", 8)
    outside_option: Floats = column("m yuan/year", "salary the owner gives up, 2014 wages", 0.2)

    staff: Floats = column("persons", "all staff", 3.0)
    st_staff: Floats = column("persons", "S&T staff, part of staff", 1.0)
    staff_region: Floats = column("persons", "of its staff, working in the region around")
    top_talent: Floats = column("persons", "top people, weighted by what they can add")
    line_space: Floats = column("m²", "floor space of its pilot line, while a prototype waits")

    share: Floats = column("share", "of its sector's market, outside competitors included")
    revenue: Floats = column("m yuan", "revenue this quarter")
    revenue_year: Floats = column("m yuan/year", "revenue over the last four quarters")
    revenue_year_before: Floats = column("m yuan/year", "the same one year ago")
    new_revenue: Floats = column(
        "m yuan", "revenue this quarter from products under three years old"
    )
    novelty: Floats = column("share", "of sales that come from products under three years old")
    customers: Floats = column("customers", "customers served")
    references: Floats = column("references", "fresh public references from government orders")
    brand: Floats = column("m yuan", "brand built beyond the usual, depreciating")
    standard: Floats = column("standards", "standards led, as far as they are fresh")
    profit_year: Floats = column("m yuan/year", "smoothed profit before tax, yearly rate")

    cash: Floats = column("m yuan", "cash")
    debt: Floats = column("m yuan", "bank loans outstanding")
    cost: Floats = column("m yuan", "running cost this quarter, without purchases")
    fund_share: Floats = column("share", "equity held by funds")
    rounds: Ints = column("rounds", "equity rounds so far", 0)
    refused_quarter: Ints = column("quarter", "last refusal by a bank", -1000)
    rated: Floats = column(
        "share", "what a credit rating tells: as good as its rater, and as fresh"
    )
    credit_record: Floats = column("share", "1 = clean", 1.0)
    quarters_below: Ints = column("quarters", "quarters in a row with too low an income", 0)

    propensity: Floats = column("share of revenue", "own R&D propensity", 0.05)
    lines: Floats = column("lines", "product lines among which search is divided", 1.0)
    rnd: Floats = column("m yuan", "R&D done this quarter")
    rnd_reported: Floats = column("m yuan", "R&D reported this quarter, relabelling included")
    rnd_year: Floats = column("m yuan", "R&D reported this calendar year so far")
    rnd_year_1: Floats = column("m yuan", "R&D reported last year")
    rnd_year_2: Floats = column("m yuan", "the year before")
    rnd_year_3: Floats = column("m yuan", "the year before that")
    rnd_year_4: Floats = column("m yuan", "and the year before that")
    rnd_relabelled: Floats = column("m yuan", "other cost reported as R&D since the last refund")
    project_cost: Floats = column("m yuan", "cost of this quarter's marginal project")
    project_seen: Floats = column("1/year", "its private return as the firm sees it")
    project_required: Floats = column("1/year", "the return the firm asks of it")
    project_grant: Floats = column("m yuan", "grant money tied to it")
    project_done: Flags = column("flag", "did its marginal project this quarter", False)
    misused: Floats = column("m yuan", "grant money taken out this quarter")
    mission: Floats = column("m yuan", "R&D that the public asked and paid for, this quarter")
    partner_gain: Floats = column("share", "effort added by a partner in this quarter's project")
    launch_grant: Floats = column("m yuan", "grant tied to bringing its prototype to market")
    rnd_target: Floats = column("m yuan", "R&D planned a quarter, sets the S&T staff wanted")

    incubator: Ints = column("row", "its incubator, -1 = none", -1)
    tenancy: Ints = column("quarters", "quarters spent in the incubator", 0)
    aware: Flags = column("flag", "knows the district's schemes", False)

    def local_staff(self) -> Floats:
        """Staff in the district, one value a firm (persons): production may sit in the region."""
        return self.staff - self.staff_region

    def jobs(self) -> Floats:
        """People who work in the district, one value a firm (persons): staff there and top people."""
        return self.local_staff() + self.top_talent


def runway(cash: Floats, cost: Floats) -> Floats:
    """Quarters that cash covers at this quarter's cost."""
    return cash / (cost + 1e-9)
