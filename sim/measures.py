"""What is measured each quarter, at the scale of the district; one definition a metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from agents.codes import INCOMER
from agents.columns import total_of
from agents.schema import Flags, Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem

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
    "stakes_proceeds", "sales_value", "joint_projects", "platforms_built", "envelopes_moved",
    "offices_opened", "contestants", "leaders", "arrivals_refused", "agencies_opened",
    "agencies_closed", "relocations", "royalties", "patents_operated", "talent_hours",
    "standards_led", "standards_contended", "orders_declined", "poached", "quotations", "issues",
    "issued",
)  # fmt: skip


def series(eco: Ecosystem, counts: dict[str, float]) -> dict[str, float]:
    """One row: stocks at the quarter's end, flows of the quarter, money in m yuan."""
    scale = eco.world.scale
    row: dict[str, float] = {"quarter": eco.quarter}
    sums = _tallied(eco).tolist()
    extensive = {
        **_others(eco), **dict(zip(TALLIED, sums, strict=False)), **_purse(eco),
        **{name: float(counts.get(name, 0.0)) for name in COUNTED},
    }  # fmt: skip
    row.update({name: value / scale for name, value in extensive.items()})
    row.update(_prices(eco))
    quality, quality_sold, sold = sums[len(TALLIED) :]
    row["quality"] = quality / len(eco.firms)
    row["quality_of_sales"] = quality_sold / sold
    return row


@njit(cache=True, error_model="numpy")
def _tally(
    revenue: Floats, before: Floats, anchor: Flags, rounds: Ints, birth: Ints, origin: Ints,
    patents: Floats, listed: Flags, jobs: Floats, science: Floats, top: Floats, aware: Flags,
    debt: Floats, held: Floats, quality: Floats, sales: Floats, now: int, nominal: float,
    multiple: float,
) -> Floats:  # fmt: skip
    """Counts and sums over all firms, in the order of TALLIED."""
    large = large_2014 = young = survivors = gazelles = unicorns = on_list = told = backed = 0
    below_20 = below_100 = owing_20 = owing_100 = 0
    for i in range(revenue.size):
        size, age = revenue[i] / nominal, now - birth[i]
        candidate = (size > 5.0) & (not anchor[i])
        owes = debt[i] > 1e-6
        large += revenue[i] >= 100.0
        large_2014 += size >= 100.0
        young += age < 20
        survivors += (age == 20) & (origin[i] != INCOMER)
        gazelles += candidate & (revenue[i] > 1.2 * before[i])
        unicorns += candidate & (rounds[i] > 0) & (multiple * size > 6_500.0)
        on_list += listed[i]
        told += aware[i]
        below_20 += size < 20.0
        owing_20 += (size < 20.0) & owes
        below_100 += size < 100.0
        owing_100 += (size < 100.0) & owes
        backed += held[i] > 0.0
    stock = heads = heads_without = scientists = people = reached = reached_sold = sold = 0.0
    for i in range(revenue.size):
        stock += patents[i]
        heads += jobs[i]
        heads_without += 0.0 if anchor[i] else jobs[i]
        scientists += science[i]
        people += top[i]
        reached += quality[i]
        reached_sold += quality[i] * sales[i]
        sold += sales[i]
    return np.array([
        large, large_2014, young, survivors, gazelles, unicorns, stock, on_list, told, below_20,
        owing_20, below_100, owing_100, backed, heads, heads_without, scientists, people, reached,
        reached_sold, sold,
    ], np.float64)  # fmt: skip


TALLIED = (
    "firms_100m", "firms_100m_2014", "firms_young", "survivors_5y", "gazelles", "unicorns",
    "patent_stock", "listed", "aware_firms", "firms_below_20m", "borrowers_below_20m",
    "firms_below_100m", "borrowers_below_100m", "fund_backed", "employment",
    "employment_without_anchors", "st_staff", "top_talent",
)  # fmt: skip


def _tallied(eco: Ecosystem) -> Floats:
    firms = eco.firms
    return _tally(
        firms.revenue_year, firms.revenue_year_before, firms.anchor, firms.rounds,
        firms.birth_quarter, firms.origin, firms.patents, firms.listed, firms.jobs(),
        firms.st_staff, firms.top_talent, firms.aware, firms.debt, firms.fund_share, firms.quality,
        firms.revenue, eco.quarter, eco.conditions.nominal, eco.world.equity.multiple,
    )  # fmt: skip


def _others(eco: Ecosystem) -> dict[str, float]:
    return {
        "firms": float(len(eco.firms)),
        "quoted": float(np.count_nonzero(eco.firms.quoted)),
        "employment_region": total_of(eco.firms.staff_region),
        "agency_hours": total_of(eco.agencies.hours),
        "technology_branches": float(np.count_nonzero(eco.banks.technology)),
        **_resources(eco),
        "loans_outstanding": total_of(eco.loans.principal),
        "fund_dry": float(np.maximum(eco.funds.cash, 0.0).sum()),
        "funds": float(len(eco.funds)),
        "places": total_of(eco.incubators.places),
        "places_used": total_of(eco.incubators.tenants),
        "floor_space": total_of(eco.zones.floor_space[:4]),
        "inventions_cleared": total_of(eco.universities.cleared),
    }


def _resources(eco: Ecosystem) -> dict[str, float]:
    """Energy (tce) and water (m³) that a quarter's sales took."""
    sectors = eco.world.sectors
    sold = eco.by_sector(eco.firms.revenue) / eco.conditions.nominal
    return {
        "energy": total_of(sold * np.array(sectors.energy)),
        "water": total_of(sold * np.array(sectors.water)),
    }


def _purse(eco: Ecosystem) -> dict[str, float]:
    treasury, counts = eco.treasury, eco.record.counts
    outlay = sum(line.spent_quarter for line in treasury.lines.values())
    pool = sum(treasury.lines[name].available for name in treasury.pools())
    stakes = eco.stakes
    guided = eco.funds.guidance[stakes.other] >= 2
    held = (stakes.cost * eco.funds.public_share[stakes.other] * guided).sum()
    dry = (eco.funds.cash * eco.funds.public_share * (eco.funds.guidance >= 2)).sum()
    return {
        "outlay": outlay,
        "returned": treasury.returned_quarter,
        "net_cost": outlay - treasury.returned_quarter,
        "appropriated": treasury.budget * eco.world.scale / 4.0,
        "unspent": total_of(eco.government.cash),
        "pool_balance": float(pool),
        "assets": float(held + dry) + float(pool),
        "all_tax": counts.get("tax", 0.0),
        "district_tax": counts.get("tax", 0.0) * eco.world.purse.retention,
        "cost_of_public_funds": (eco.world.purse.cost_of_funds - 1.0) * outlay,
    }


def _prices(eco: Ecosystem) -> dict[str, float]:
    """What is a ratio or a price, and does not grow with the size of the district."""
    zones, now = eco.zones, eco.conditions
    space = zones.floor_space[:4]
    return {
        "wage_st": now.wage_st,
        "rent": float((zones.rent[:4] * space).sum() / space.sum()),
        "rent_path": float((zones.rent_path[:4] * space).sum() / space.sum()),
        "output_per_m2": 4e6 * total_of(eco.firms.revenue) / total_of(space),
        "occupancy": float(zones.used[:4].sum() / space.sum()),
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
