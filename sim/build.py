"""The district before the burn-in: one consistent reading of 2012-2014, drawn once."""

from __future__ import annotations

import numpy as np

from agents.codes import EARLY, GROWTH, MATURE, SEED
from agents.columns import total_of
from agents.exact import exp, log, normal, power
from agents.schema import Floats, Ints
from sim import identity
from sim.character import settle_character
from sim.dice import Dice
from sim.markets.founding import pick
from sim.markets.picking import queue
from sim.markets.staffing import BASE_SALES
from sim.mechanisms import returns
from sim.model import Ecosystem
from sim.world import World

POPULATION_SEED = 2014
MOST_SERVED = 0.95  # of a sector's market, by the district at its opening


def build(world: World) -> Ecosystem:
    """A district `world.burn_in` quarters before its opening, with the world's own luck."""
    eco = Ecosystem(world, seed=POPULATION_SEED)
    eco.quarter = -world.burn_in
    eco.dice.turn(eco.quarter)
    _conditions(eco)
    _places(eco)
    _firms(eco)
    _others(eco)
    _funds(eco)
    eco.ledger.open()
    return eco


def stratified(dice: Dice, decision: str, uids: Ints) -> Floats:
    """Uniforms that fill (0, 1) evenly, dealt by a draw: the exact shape, at random places."""
    order = queue(dice.roll(decision, uids))
    out = np.empty(len(uids))
    out[order] = (np.arange(len(uids)) + 0.5) / max(len(uids), 1)
    return out


def _conditions(eco: Ecosystem) -> None:
    world, now, years = eco.world, eco.conditions, eco.world.burn_in / 4.0
    now.nominal = float(exp(-years * world.costs.nominal_growth))
    now.demand = float(exp(-years * world.demand.growth_now))
    now.demand_growth = world.demand.growth_now
    now.frontier = float(exp(-years * world.research.frontier_growth))
    now.first_mover = world.demand.first_mover
    now.wage_st = world.labour.wage_st * now.nominal
    now.wage_other = world.labour.wage_other * now.nominal
    now.residents = world.talent.residents * world.scale
    now.guarantee_cash = world.credit.guarantee_capital * world.scale
    returns.expect(eco)


def _places(eco: Ecosystem) -> None:
    world = eco.world
    zones, demand, scale = world.zones, eco.conditions.demand, world.scale
    back = float(exp(-world.burn_in / 4.0 * zones.rent_growth))
    space = np.array(zones.floor_space) * 1e6 * scale
    rent = np.array(zones.rent) * back
    eco.zones.append(len(zones.names), floor_space=space, rent=rent, rent_path=rent)
    total = _revenue_total(world) * scale
    market = np.array(world.sectors.revenue_share) * total * demand / world.demand.district_share
    eco.sectors.append(len(market), market=market)


def _revenue_total(world: World) -> float:
    """District revenue at the opening (m yuan/year): anchors, other large firms, the rest."""
    firms = world.firms
    large, small = _counts(world, 1.0)
    grid = (np.arange(20_000) + 0.5) / 20_000
    return (
        (firms.anchor_revenue if firms.anchors else 0.0)
        + large * float(_large_revenue(world, grid).mean())
        + small * float(_small_revenue(world, grid).mean())
    )


def _counts(world: World, scale: float) -> tuple[int, int]:
    total = round(world.firms.count * scale)
    large = round(total * world.firms.large_share)
    return large, total - large - round(world.firms.anchors * scale)


def _large_revenue(world: World, u: Floats) -> Floats:
    """Quantiles of the Pareto between 100 m and 10 bn."""
    exponent = world.firms.tail_exponent
    cut = float(power(0.01, exponent))
    return 100.0 * power(1.0 - u * (1.0 - cut), -1.0 / exponent)


def _small_revenue(world: World, u: Floats) -> Floats:
    """Quantiles of the lognormal below 100 m."""
    firms = world.firms
    return np.minimum(firms.median_revenue * exp(firms.revenue_spread * normal(u)), 95.0)


def _anchor_revenue(world: World, count: int) -> Floats:
    """Anchors from 10 bn upwards along the same tail, scaled to their known total if that is more."""
    if count == 0:
        return np.zeros(0)
    u = (np.arange(count) + 0.5) / count
    tail = power(1.0 - u, -1.0 / world.firms.tail_exponent) - 1.0
    rest = max(world.firms.anchor_revenue * count / world.firms.anchors - 10_000.0 * count, 0.0)
    return 10_000.0 + tail * (rest / total_of(tail) if count > 1 else 0.0)


def _ages(world: World, u: Floats) -> Floats:
    """Ages in years: the national structure, to 25 years."""
    young, middle = world.firms.young_share, world.firms.middle_share
    first = 5.0 * power(u / young, 0.9)
    second = 5.0 + 5.0 * (u - young) / middle
    third = 10.0 + 15.0 * power(np.maximum(u - young - middle, 0.0) / (1.0 - young - middle), 1.6)
    return np.where(u < young, first, np.where(u < young + middle, second, third))


def _firms(eco: Ecosystem) -> None:
    world, dice, scale = eco.world, eco.dice, eco.world.scale
    # The stock grew before the opening too: start from as many as the burn-in will make of it.
    back = float(exp(-world.burn_in / 4.0 * world.firms.stock_growth))
    anchors = round(world.firms.anchors * scale)
    large, small = (round(n * back) for n in _counts(world, scale))
    count = anchors + large + small
    uid = identity.number(identity.OPENING, count)
    is_anchor = np.arange(count) < anchors
    revenue = np.concatenate([
        _anchor_revenue(world, anchors),
        _large_revenue(world, stratified(dice, "size", uid[anchors : anchors + large])),
        _small_revenue(world, stratified(dice, "size", uid[anchors + large :])),
    ])  # fmt: skip
    age = _opening_ages(world, dice, uid, revenue, is_anchor)
    sector = pick(world.sectors.firm_share, stratified(dice, "sector", uid))
    sector[:anchors] = np.searchsorted(
        np.cumsum(world.sectors.revenue_share) - 1e-9, (np.arange(anchors) * 0.618034 + 0.05) % 1.0
    )
    firms = eco.firms
    firms.append(
        count, uid=uid, anchor=is_anchor, sector=sector,
        zone=pick(world.zones.firm_share, stratified(dice, "zone", uid)),
        birth_quarter=eco.quarter - 1 - np.floor(age * 4.0).astype(np.int64),
        origin=np.searchsorted(np.cumsum(world.founders.origin_share) - 1e-9,
                               dice.roll("origin", uid)).clip(0, 3),
        certified=(dice.roll("certified", uid) < world.firms.certified_share) | is_anchor,
        listed=is_anchor,
    )  # fmt: skip
    # Markets belong to sectors: scale revenue so that each sector serves its known share.
    wanted = eco.sectors.market * world.demand.district_share
    size = eco.by_sector(revenue)
    revenue *= np.sqrt(wanted / np.maximum(size, 1e-9))[sector]
    revenue *= total_of(wanted) / total_of(revenue)
    # Where few firms stand for a sector they could be more than its market.
    size = np.maximum(eco.by_sector(revenue), 1e-9)
    revenue *= np.minimum(MOST_SERVED * eco.sectors.market / size, 1.0)[sector]
    firms.share[:] = revenue / eco.sectors.market[sector]
    eco.sectors.outside_share[:] = 1.0 - eco.by_sector(firms.share)
    _accounts(eco, revenue, age)
    _character(eco)


def _opening_ages(
    world: World, dice: Dice, uid: Ints, revenue: Floats, is_anchor: np.ndarray
) -> Floats:
    """Deal the national ages so that larger firms tend to be older."""
    blend = log(revenue) * 0.55 + dice.normal("age", uid) * 1.2 + is_anchor * 4.0
    order = np.argsort(blend, kind="stable")
    age = np.empty(len(uid))
    age[order] = _ages(world, (np.arange(len(uid)) + 0.5) / len(uid))
    return age


def _accounts(eco: Ecosystem, revenue: Floats, age: Floats) -> None:
    """Give each firm the staff, cash and R&D that its size and age imply."""
    firms, world, dice, now = eco.firms, eco.world, eco.dice, eco.conditions
    costs, research = world.costs, world.research
    firms.revenue[:] = revenue / 4.0
    firms.revenue_year[:] = revenue
    firms.revenue_year_before[:] = revenue / (1.0 + now.demand_growth)
    spread = exp(research.propensity_spread * dice.normal("propensity", firms.uid))
    usual = np.where(age < 5.0, 1.3 * research.propensity, research.propensity)
    firms.propensity[:] = np.where(
        firms.anchor,
        research.propensity_anchor * power(spread, 0.4),
        np.minimum(usual * spread, 0.6),
    )
    rnd = firms.propensity * revenue
    staff = costs.staff_base * power(revenue / (BASE_SALES * now.nominal), costs.staff_elasticity)
    st_staff = research.labour_share * rnd / now.wage_st
    firms.staff[:] = np.maximum(np.maximum(staff, 1.6 * st_staff), costs.staff_least)
    firms.st_staff[:] = np.minimum(st_staff, 0.6 * firms.staff)
    firms.cost[:] = firms.staff * now.wage_other / 4.0 + rnd / 8.0
    firms.cash[:] = firms.cost * costs.buffer * exp(0.6 * dice.normal("cash", firms.uid))
    firms.profit_year[:] = 0.06 * revenue
    firms.rnd[:] = firms.rnd_reported[:] = rnd / 4.0
    firms.rnd_target[:] = rnd / 4.0
    for years, name in enumerate(("rnd_year_1", "rnd_year_2", "rnd_year_3", "rnd_year_4"), 1):
        wobble = exp(0.12 * normal(dice.roll("rnd history", firms.uid, k=years)))
        getattr(firms, name)[:] = rnd * wobble * float(exp(-0.13 * years)) * (age > years)
    firms.knowledge[:] = rnd * np.minimum(age, 6.0) * 0.6
    firms.patents[:] = np.floor(research.patents * rnd * np.minimum(age, 8.0) * 0.7)
    firms.customers[:] = _customers(eco, revenue)
    firms.stage[:] = np.select(
        [age < 1.5, age < 4.0, (age < 9.0) & (revenue < 500.0)], [SEED, EARLY, GROWTH], MATURE
    )
    firms.novelty[:] = 0.3


def _customers(eco: Ecosystem, revenue: Floats) -> Floats:
    demand, nominal = eco.world.demand, eco.conditions.nominal
    size = np.maximum(revenue / nominal, 0.01)
    return size / (demand.ticket * power(size / 1.0, demand.ticket_elasticity)) + 1.0


def _character(eco: Ecosystem) -> None:
    """What stays with a firm for life, and its product."""
    firms, world, dice = eco.firms, eco.world, eco.dice
    quality = 0.93 * exp(0.13 * dice.normal("quality", firms.uid))
    firms.quality[:] = np.where(firms.anchor, np.sqrt(np.maximum(quality, 0.95)), quality)
    firms.capability[:] = 0.35 + 0.4 * dice.roll("capability", firms.uid)
    firms.ip_protection[:] = 0.1 + 0.3 * dice.roll("protection", firms.uid)
    settle_character(eco, np.arange(len(firms)))
    firms.aware[:] = dice.roll("aware at birth", firms.uid) < world.firms.awareness


def _others(eco: Ecosystem) -> None:
    world, dice, scale = eco.world, eco.dice, eco.world.scale
    uid = identity.number(identity.UNIVERSITY, max(round(world.universities.count * scale), 4))
    weight = 1.0 / (np.arange(len(uid)) + 6.0)
    research = world.universities.research * scale * weight / total_of(weight)
    yearly = research * world.universities.disclosures
    eco.universities.append(
        len(uid), uid=uid, research=research,
        inventions=yearly * 2.4 * (1.0 - world.universities.cleared),
        cleared=yearly * 2.4 * world.universities.cleared,
        posts=world.universities.office_posts * len(uid) * research / total_of(research)
        * world.universities.count * scale / len(uid),
    )  # fmt: skip
    count = max(round(world.incubators.count * scale), 2)
    uid = identity.number(identity.INCUBATOR, count)
    size = exp(0.5 * normal(stratified(dice, "carrier size", uid)))
    places = world.incubators.places * world.incubators.count * scale * size / total_of(size)
    eco.incubators.append(
        count, uid=uid, zone=np.arange(count) % 4, places=np.round(places).clip(2.0),
        quality=stratified(dice, "operator", uid), cash=1.0,
        mentors=places * world.incubators.mentors_per_100 / 100.0,
    )  # fmt: skip
    _banks(eco)
    count = max(round(world.agencies.count * scale), 8)
    uid = identity.number(identity.AGENCY, count)
    eco.agencies.append(
        count, uid=uid, kind=np.arange(count) % 4, cash=0.5,
        hours=world.agencies.staff_hours, quality=0.3 + 0.5 * dice.roll("agency", uid),
    )  # fmt: skip
    count = world.alliances.count
    uid = identity.number(identity.ALLIANCE, count)
    eco.alliances.append(count, uid=uid, sector=np.arange(count) % len(world.sectors.names))
    eco.government.append(1, uid=identity.number(identity.GOVERNMENT, 1), cash=0.0)


def _banks(eco: Ecosystem) -> None:
    credit, scale = eco.world.credit, eco.world.scale
    general = max(round(credit.banks * scale), 2)
    special = max(round(credit.technology_branches * scale), 1 if credit.technology_branches else 0)
    uid = identity.number(identity.BANK, general + special)
    each = credit.limit * scale / (general + special)
    eco.banks.append(
        general + special,
        uid=uid,
        technology=np.arange(general + special) >= general,
        limit=each,
        need=np.where(
            np.arange(general + special) < general,
            0.15 + 0.85 * eco.dice.roll("branch need", uid),
            0.0,
        ),
    )


def _funds(eco: Ecosystem) -> None:
    """Funds of the last years, partly invested; the first guidance fund's sub-funds among them."""
    world, dice, equity = eco.world, eco.dice, eco.world.equity
    count = max(round(equity.funds * world.scale), 6)
    uid = identity.number(identity.FUND, count)
    committed = equity.committed * exp(
        equity.committed_spread * normal(stratified(dice, "commitment", uid))
    )
    age = np.floor(stratified(dice, "vintage", uid) * equity.invest_years * 4.0).astype(np.int64)
    guided = np.arange(count) % 9 == 4
    dry = committed * np.maximum(1.0 - age / (equity.invest_years * 4.0), 0.0) * 0.85
    eco.funds.append(
        count, uid=uid, vintage=eco.quarter - age, committed=committed, cash=dry,
        paid_in=committed * 0.85 - dry, guidance=guided.astype(np.int64),
        public_share=np.where(guided, equity.guidance_2010_share, 0.0),
        skill=dice.normal("skill", uid), focus=np.arange(count) % 3,
    )  # fmt: skip
