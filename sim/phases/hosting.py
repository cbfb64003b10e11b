"""Hosting: carriers admit, graduates and movers look for floor space, rents and building follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import exp, log, power
from agents.schema import Floats
from sim.markets import places
from sim.markets.ranking import by_score
from sim.markets.sums import heads_by
from sim.mechanisms import carrier_chain, pilot_lines, relocation
from sim.terms import Combine, Terms, term
from sim.zones import REGION

if TYPE_CHECKING:
    from sim.model import Ecosystem


class HostingTerms(Terms):
    """What levers may change about places and floor space."""

    place_capital = term(
        Combine.COMPLEMENT,
        "incubators",
        "share",
        "share of operators' cost of building places paid",
    )
    carrier_award = term(Combine.ADD, "incubators", "m yuan", "awards to carriers by rating")
    space_share = term(
        Combine.COMPLEMENT, "zones", "share", "share of the cost of building floor space paid"
    )
    new_space = term(Combine.ADD, "zones", "m²", "floor space that a programme starts to build")
    chain = term(
        Combine.COMPLEMENT,
        "district",
        "share",
        "share of tenants whose stay ends offered a further place",
    )
    first_offer = term(Combine.ANY, "firms", "flag", "firms offered floor space before others")
    amenities = term(Combine.ADD, "zones", "m yuan", "facilities and services built in a quarter")
    relocations = term(
        Combine.COLLECT, "district", "share", "aid for moving production to the region"
    )


def run(eco: Ecosystem) -> None:
    """Find everybody a place.

    Reads: firms' staff and quality, zones, incubators. Writes: firms.zone, firms.incubator,
    firms.tenancy, staff_region, line_space, cash, incubators' tenants, places, graduates, mentors,
    cash, zones' space, amenity and rents. Dice: carrier, admission, zone taste, mover, turn,
    thinks of moving production and what it costs.
    """
    per_head = space_per_head(eco)
    moving_on = _graduate(eco, per_head)
    _admit(eco, moving_on)
    _settle(eco, per_head)
    relocation.move_production(eco, per_head)
    _expand(eco)
    _price_and_build(eco)
    _equip(eco)


def _graduate(eco: Ecosystem, per_head: Floats) -> carrier_chain.Offer:
    """Stays end after their term or when a tenant has grown; returns those who may move on to the
    next carrier of a chain. per_head: floor space by zone (m²).
    """
    firms, hosts = eco.firms, eco.world.incubators
    over = places.stays_end(
        firms.incubator, firms.tenancy, firms.staff, hosts.stay, hosts.graduate_staff
    )
    rows = rows_where(over)
    homes = firms.incubator[rows]
    np.add.at(eco.incubators.graduates, homes, 1.0)
    np.subtract.at(eco.incubators.tenants, homes, 1.0)
    firms.incubator[rows] = -1
    firms.zone[rows] = -1
    eco.record.count(graduates=len(rows))
    eco.record.event("graduated", rows, firms.staff[rows])
    if "chain" not in eco.terms.hosting.parts:
        return carrier_chain.NOBODY
    return carrier_chain.offer(eco, rows, homes, per_head)


def _admit(eco: Ecosystem, offer: carrier_chain.Offer) -> None:
    """Operators take the best applicants they can tell, up to their places (selection).

    Tenants who move on within a chain ask beside the newcomers, and their place is paid for.
    """
    firms, incubators, dice = eco.firms, eco.incubators, eco.dice
    since, most = eco.quarter - 2, 20.0
    seeking = rows_where(
        places.seek_place(firms.birth_quarter, firms.incubator, firms.staff, since, most)
    )
    if offer.rows.size:
        newcomer = (firms.birth_quarter[offer.rows] >= since) & (firms.staff[offer.rows] < most)
        seeking = np.concatenate([seeking, offer.rows[~newcomer]])
    uid = firms.uid[seeking]
    noise = eco.world.incubators.selection_noise * dice.normal("admission", uid)
    merit = (log(firms.quality[seeking]) + firms.capability[seeking]) / 0.2 + noise
    free = np.floor(incubators.places - incubators.tenants).astype(np.int64)
    group = np.zeros(seeking.size, np.int64)
    choices = dice.choose("carrier", uid, incubators.uid, group, (free > 0)[None, :], few=2)
    order = by_score(merit, uid)
    home = places.admit(order, choices, free)
    inside = rows_where(home >= 0)
    rows, home = seeking[inside], home[inside]
    firms.incubator[rows] = home
    firms.tenancy[rows] = 0
    firms.zone[rows] = incubators.zone[home]
    np.add.at(incubators.tenants, home, 1.0)
    eco.record.count(admitted=rows.size)
    eco.record.event("admitted", rows, firms.quality[rows])
    carrier_chain.hold(eco, offer)


def space_per_head(eco: Ecosystem) -> Floats:
    """Floor space a head by zone (m²): dear rents are answered by closer desks."""
    zones = eco.zones
    dear = np.maximum(zones.rent / zones.rent_path, 0.05)
    return eco.world.zones.space_per_head * power(dear, -eco.world.zones.space_elasticity)


def _settle(eco: Ecosystem, per_head: Floats) -> None:
    """Newcomers, graduates and some sitting firms choose a zone by rent and taste, if it has room.
    per_head: floor space by zone (m²).
    """
    firms, zones, world, dice = eco.firms, eco.zones, eco.world.zones, eco.dice
    mind = dice.roll("mover", firms.uid)
    look = places.seek_zone(firms.zone, firms.incubator, firms.anchor, mind, world.move_rate)
    rows = pilot_lines.take_down(eco, rows_where(look))
    uid, here = firms.uid[rows], firms.zone[rows]
    # Who has no zone yet is counted with the region while looking.
    left = np.where(here < 0, REGION, here)
    firms.zone[rows] = left
    heads = heads_by(firms.zone, firms.staff, firms.staff_region, len(zones))
    zones.used[:] = heads * per_head + zones.lines
    staff = firms.staff[rows] - firms.staff_region[rows]
    np.subtract.at(zones.used, left, staff * per_head[left])
    # Only the district's own zones: leaving for the region is decided in `leaving`, with its cost.
    free = np.maximum(zones.floor_space * 1.02 - zones.used, 0.0)
    free[REGION] = zones.floor_space[REGION]
    utility = places.appeal(
        dice.several("zone taste", uid, len(zones)), here,
        np.array(world.taste) - world.rent_weight * log(zones.rent), 1.5,
        world.amenity_weight * log(1.0 + zones.amenity / zones.floor_space * 1e4), REGION, 50.0,
    )  # fmt: skip
    lot = dice.roll("turn", uid)
    if "first_offer" in eco.terms.hosting.parts:
        lot = lot - eco.terms.hosting.at("first_offer", rows)
    turn = np.argsort(lot, kind="stable")
    chosen = places.settle(turn, utility, staff * world.space_per_head, free)
    firms.zone[rows] = np.where(chosen < 0, REGION, chosen)
    heads = heads_by(firms.zone, firms.staff, firms.staff_region, len(zones))
    zones.used[:] = heads * per_head + zones.lines


def _expand(eco: Ecosystem) -> None:
    """Operators add places where they are full and a place earns its cost of capital."""
    incubators, hosts, terms = eco.incubators, eco.world.incubators, eco.terms.hosting
    zones, nominal = eco.zones, eco.conditions.nominal
    rent = zones.rent[incubators.zone] * 12.0 * hosts.place_space / 1e6
    income = (
        (hosts.rent_share - hosts.head_rent) * rent
        + (hosts.service_fee + hosts.equity_income) * nominal
    ) - hosts.mentors_per_100 / 100.0 * hosts.mentor_cost * nominal
    full = incubators.tenants / incubators.places
    cost = hosts.place_cost * nominal
    own = cost * (1.0 - terms.place_capital)
    worth = income * np.minimum(full, 1.0) > hosts.cost_of_capital * own
    room = np.minimum(0.05 * incubators.places, np.maximum(incubators.cash, 0.0) / own)
    added = np.where(worth & (full > 0.9), room, 0.0)
    spent = added * cost
    for lever, share in terms.split("place_capital", spent * terms.place_capital):
        paid = eco.treasury.spend(
            lever, "incubators", "places", share, payee_rows=np.arange(len(incubators))
        )
        # A line that runs dry leaves operators to build only what they can pay themselves.
        short = share - paid
        added -= short / cost
    eco.ledger.pay("incubators", "outside", "places built", added * cost)
    incubators.places[:] += added
    idle = (full < 0.35) & (incubators.places > 6.0)
    incubators.places[:] *= np.where(idle, 0.98, 1.0)
    incubators.mentors[:] += 0.25 * (
        hosts.mentors_per_100 / 100.0 * incubators.tenants - incubators.mentors
    )
    _award(eco)


def _award(eco: Ecosystem) -> None:
    terms = eco.terms.hosting
    for lever, award in terms.parts.get("carrier_award", []):
        eco.treasury.spend(
            lever, "incubators", "carrier awards", award, payee_rows=np.arange(len(eco.incubators))
        )


def _price_and_build(eco: Ecosystem) -> None:
    """Rents follow occupancy; developers build where rents beat the path, within the land limit."""
    zones, world = eco.zones, eco.world.zones
    terms, nominal = eco.terms.hosting, eco.conditions.nominal
    own = slice(0, REGION)
    occupancy = zones.used / zones.floor_space
    drift = world.rent_growth / 4.0 + world.rent_speed * (occupancy - world.normal_occupancy)
    zones.rent[own] *= exp(np.minimum(np.maximum(drift[own], -0.06), 0.08))
    zones.rent[REGION] = zones.rent_path[REGION]
    dear = log(zones.rent / zones.rent_path)
    pull = world.build_elasticity * np.maximum(dear, 0.0) + 0.4 * world.build_limit
    private = zones.floor_space * np.minimum(pull, world.build_limit) / 4.0
    started = private + terms.new_space
    zones.coming[own] += started[own]
    ready = 0.25 * zones.coming
    zones.coming[:] -= ready
    zones.floor_space[:] += ready
    if "space_share" in terms.parts:
        cost = terms.new_space * world.build_cost * nominal / 1e6
        for lever, amount in terms.split("space_share", cost * terms.space_share):
            eco.treasury.spend(lever, "outside", "floor space", total_of(amount))


def _equip(eco: Ecosystem) -> None:
    """Facilities that programmes build in parks draw firms there, and wear out."""
    zones, terms = eco.zones, eco.terms.hosting
    if zones.amenity.any():
        zones.amenity[:] *= 1.0 - eco.world.zones.amenity_decay
    for lever, amount in terms.parts.get("amenities", []):
        paid = eco.treasury.spend(lever, "outside", "park facilities", amount)
        zones.amenity[:] += paid / eco.conditions.nominal
