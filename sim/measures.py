"""What is measured each quarter, at the scale of the district; one definition a metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Flags

if TYPE_CHECKING:
    from sim.model import Ecosystem

INCOMER = 4

# Flows counted by the phases: recorded as they are, 0 where nothing happened.
COUNTED = (
    "revenue", "revenue_without_anchors", "rnd", "rnd_without_anchors",
    "births", "arrivals", "exits", "exits_insolvency", "exits_closure", "exits_sale",
    "exits_departure", "exits_young", "listings", "graduates", "admitted", "profit", "tax",
    "value_added", "rnd_reported", "patents", "inventions", "patents_without_anchors",
    "innovations", "launches", "projects", "projects_granted", "new_product_revenue", "licences",
    "licence_fees", "spin_offs", "vc_deals", "vc_amount", "vc_public", "private_commitments",
    "public_commitments", "funds_raised", "funds_target", "loans_new", "loans_small",
    "loans_small_count", "loan_applications", "refusals", "defaults", "defaults_small",
    "defaults_count", "bank_losses", "pool_called", "applications", "grant_refusals", "grants",
    "grants_count", "misuse", "misuse_found", "applicant_effort", "top_arrivals", "awards",
    "awards_newcomers", "orders", "orders_count", "stakes_ended", "stakes_lost", "stakes_tenfold",
    "stakes_proceeds", "sales_value",
)  # fmt: skip


def series(eco: Ecosystem, counts: dict[str, float]) -> dict[str, float]:
    """One row: stocks at the quarter's end, flows of the quarter, money in m yuan."""
    scale = eco.world.scale
    row: dict[str, float] = {"quarter": eco.quarter}
    extensive = {
        **_firms(eco), **_people(eco), **_finance(eco), **_purse(eco),
        **{name: float(counts.get(name, 0.0)) for name in COUNTED},
    }  # fmt: skip
    row.update({name: value / scale for name, value in extensive.items()})
    row.update(_prices(eco))
    return row


def _count(flags: Flags) -> float:
    return float(np.count_nonzero(flags))


def _firms(eco: Ecosystem) -> dict[str, float]:
    firms, nominal = eco.firms, eco.conditions.nominal
    revenue = firms.revenue_year
    age = eco.quarter - firms.birth_quarter
    candidates = np.flatnonzero((revenue > 5.0 * nominal) & ~firms.anchor)
    backed = candidates[firms.rounds[candidates] > 0]
    worth = eco.world.equity.multiple * revenue[backed]
    return {
        "firms": float(len(firms)),
        "firms_100m": _count(revenue >= 100.0),
        "firms_100m_2014": _count(revenue >= 100.0 * nominal),
        "firms_young": _count(age < 20),
        "survivors_5y": _count(firms.origin[age == 20] != INCOMER),
        "gazelles": _count(
            revenue[candidates] > 1.2 * firms.revenue_year_before[candidates]
        ),
        "unicorns": _count(worth > 6_500.0 * nominal),
        "patent_stock": float(firms.patents.sum()),
        "listed": _count(firms.listed),
    }  # fmt: skip


def _people(eco: Ecosystem) -> dict[str, float]:
    firms = eco.firms
    staff = float(firms.staff.sum())
    return {
        "employment": staff,
        "employment_without_anchors": staff - float(firms.staff[firms.anchor].sum()),
        "st_staff": float(firms.st_staff.sum()),
        "top_talent": float(firms.top_talent.sum()),
        "aware_firms": _count(firms.aware),
    }


def _finance(eco: Ecosystem) -> dict[str, float]:
    firms, nominal = eco.firms, eco.conditions.nominal
    borrower = firms.revenue_year[firms.debt > 1e-6]
    return {
        "loans_outstanding": float(eco.loans.principal.sum()),
        "fund_dry": float(np.maximum(eco.funds.cash, 0.0).sum()),
        "funds": float(len(eco.funds)),
        "firms_below_20m": _count(firms.revenue_year < 20.0 * nominal),
        "borrowers_below_20m": _count(borrower < 20.0 * nominal),
        "firms_below_100m": _count(firms.revenue_year < 100.0 * nominal),
        "borrowers_below_100m": _count(borrower < 100.0 * nominal),
        "fund_backed": _count(firms.fund_share > 0.0),
        "places": float(eco.incubators.places.sum()),
        "places_used": float(eco.incubators.tenants.sum()),
        "floor_space": float(eco.zones.floor_space[:4].sum()),
        "inventions_cleared": float(eco.universities.cleared.sum()),
    }


def _purse(eco: Ecosystem) -> dict[str, float]:
    treasury, counts = eco.treasury, eco.record.counts
    outlay = sum(line.spent_quarter for line in treasury.lines.values())
    pool = sum(treasury.lines[name].available for name in treasury.pools())
    stakes = eco.stakes
    guided = eco.funds.guidance[stakes.other] == 2
    held = (stakes.cost * eco.funds.public_share[stakes.other] * guided).sum()
    dry = (eco.funds.cash * eco.funds.public_share * (eco.funds.guidance == 2)).sum()
    return {
        "outlay": outlay,
        "returned": treasury.returned_quarter,
        "net_cost": outlay - treasury.returned_quarter,
        "appropriated": treasury.budget * eco.world.scale / 4.0,
        "unspent": float(eco.government.cash.sum()),
        "pool_balance": float(pool),
        "assets": float(held + dry) + float(pool),
        "all_tax": counts.get("tax", 0.0),
        "district_tax": counts.get("tax", 0.0) * eco.world.purse.retention,
        "cost_of_public_funds": (eco.world.purse.cost_of_funds - 1.0) * outlay,
    }


def _prices(eco: Ecosystem) -> dict[str, float]:
    """What is a ratio or a price, and does not grow with the size of the district."""
    zones, firms, now = eco.zones, eco.firms, eco.conditions
    space = zones.floor_space[:4]
    return {
        "wage_st": now.wage_st,
        "rent": float((zones.rent[:4] * space).sum() / space.sum()),
        "rent_path": float((zones.rent_path[:4] * space).sum() / space.sum()),
        "occupancy": float(zones.used[:4].sum() / space.sum()),
        "quality": float(firms.quality.mean()),
        "quality_of_sales": float((firms.quality * firms.revenue).sum() / firms.revenue.sum()),
        "nominal_index": now.nominal,
        "demand_index": now.demand,
        "equity_return": now.equity_return,
        "grant_chance": now.grant_chance,
        "funded_young": now.funded_young,
        "district_share": float(
            ((1.0 - eco.sectors.outside_share) * eco.sectors.market).sum()
            / eco.sectors.market.sum()
        ),
    }
