"""Founding, one founder after another; firms elsewhere consider moving here."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from agents.codes import GROWTH, KINDS, SEED
from experiments.reference.agents import Agency, Firm, Founder, Sector, University
from experiments.reference.money import pay
from experiments.reference.scalars import clip, normal
from experiments.reference.selling import usual_sales
from sim import identity

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel

UNIVERSITY_ORIGIN, INCOMER_ORIGIN = 0, 4
BOUND_BY_REGION = 4  # the first four zones are the district's own


def founding(model: ReferenceModel) -> None:
    """Founders weigh income against salary and entry cost (occupational choice).

    Writes founders, new firms and their cash, universities.cleared, research, agencies,
    sectors.outside_share.
    """
    arrive(model)
    hope, rent = outlook(model), expected_rent(model)
    willing = [founder for founder in model.founders if wants(founder, hope, rent)]
    willing = with_inventions(willing)
    new = [found(founder) for founder in willing]
    draws = model.roll("comes back", model.founders)
    returning = model.world.founders.returning
    founded = set(willing)
    for founder, draw in zip(list(model.founders), draws, strict=True):
        fresh = model.quarter - founder.first_quarter < 8
        if founder in founded or not (draw < returning and fresh):
            founder.remove()
    take_from_outside(new)
    take_from_outside(move_in(model))
    open_agencies(model)


def arrive(model: ReferenceModel) -> None:
    """The fixed intake of the quarter, and researchers in proportion to research outlay."""
    intake = model.world.founders
    (draw,) = model.roll_ids("intake", [0])
    count = identity.rounded(intake.yearly * model.world.scale / 4.0, draw)
    come(model, identity.number(identity.FOUNDER, count, model.quarter).tolist(), None)
    draws = model.roll("researchers", model.universities)
    for place, (university, draw) in enumerate(zip(model.universities, draws, strict=True)):
        count = math.floor(university.research * intake.researchers / 4.0 + draw)
        first = identity.number(identity.RESEARCHER, 1, model.quarter).tolist()[0] + 256 * place
        come(model, list(range(first, first + count)), university)


def come(model: ReferenceModel, uids: list[int], university: University | None) -> None:
    """Would-be founders with talent, idea, savings (2014 money) and a salary to give up."""
    intake = model.world.founders
    others = list(
        accumulate(share / sum(intake.origin_share[1:]) for share in intake.origin_share[1:])
    )
    decisions = (
        "talent", "idea", "first product", "founder origin", "founder sector", "founder salary",
        "savings", "founding team",
    )  # fmt: skip
    for uid, talent, idea, product, origin, sector, salary, savings, team in zip(
        uids, *(model.roll_ids(decision, uids) for decision in decisions), strict=True
    ):
        z = normal(talent)
        income = intake.income_spread * (0.5 * z + 0.866 * normal(idea))
        quality = intake.quality_spread * (0.6 * z + 0.8 * normal(product))
        option = intake.outside_spread * normal(salary) + 0.1 * z
        spawned = 1 + min(bisect_left(others, origin + 1e-9), 2)
        Founder(
            model, uid=uid, talent=z, first_quarter=model.quarter, university=university,
            origin=spawned if university is None else UNIVERSITY_ORIGIN,
            sector=sector_of(model, sector), income=intake.income * math.exp(income),
            outside_option=intake.outside_option * math.exp(option),
            savings=intake.savings * math.exp(intake.savings_spread * normal(savings)),
            quality=intake.quality_mean * math.exp(quality) * (1.06 if university else 1.0),
            staff=float(math.floor(2.0 + 4.0 * team)),
        )  # fmt: skip


def sector_of(model: ReferenceModel, draw: float) -> Sector:
    """The sector that a uniform falls on, each as wide as its share of firms."""
    total = sum(model.world.sectors.firm_share)
    edge = 0.0
    for sector in model.sectors:
        edge += model.world.sectors.firm_share[sector.code] / total
        if draw <= edge:
            return sector
    return sector


def outlook(model: ReferenceModel) -> float:
    """What demand, finance climate and first-mover rules do to expected income (a factor)."""
    now, intake = model.conditions, model.world.founders
    return math.exp(
        intake.demand_weight * (now.demand_growth - model.world.demand.growth_now)
        + intake.climate_weight * now.funded_young
        + now.first_mover
    )


def expected_rent(model: ReferenceModel) -> float:
    """Yearly rent of a team of five (m yuan of 2014), cheaper by the chance of a carrier's place."""
    world = model.world
    free = sum(max(host.places - host.tenants, 0.0) for host in model.incubators)
    chance = min(free / max(world.founders.yearly * world.scale / 12.0, 1.0), 1.0)
    own = list(model.zones)[:BOUND_BY_REGION]
    market = sum(zone.rent * zone.floor_space for zone in own) / sum(z.floor_space for z in own)
    space = 5.0 * world.zones.space_per_head
    share = world.incubators.rent_share * (1.0 - model.offers.rent_support)
    discount = 1.0 - chance * (1.0 - share)
    return market * 12.0 * space * discount / 1e6 / model.conditions.nominal


def wants(founder: Founder, hope: float, yearly_rent: float) -> bool:
    """Founds if income, less rent and a year's part of entry, beats the salary, and savings do."""
    intake = founder.model.world.founders
    entry = intake.entry_cost
    gain = founder.income * hope - entry / intake.horizon - yearly_rent
    return gain > founder.outside_option and founder.savings >= entry + 0.5 * yearly_rent


def with_inventions(willing: list[Founder]) -> list[Founder]:
    """Researchers leave only with an invention whose ownership is clear, the smaller uid first."""
    served = {founder for founder in willing if founder.university is None}
    waiting = defaultdict(list)
    for founder in willing:
        if founder.university is not None:
            waiting[founder.university].append(founder)
    for university, researchers in waiting.items():
        for founder in sorted(researchers, key=lambda person: person.uid):
            if university.cleared >= 1.0:
                university.cleared -= 1.0
                served.add(founder)
    return [founder for founder in willing if founder in served]


def found(founder: Founder) -> Firm:
    """A firm with its founder's product, team, savings and salary given up."""
    model, nominal = founder.model, founder.model.conditions.nominal
    firm = enter(model, founder.uid, founder.sector, founder.staff)
    firm.origin = founder.origin
    firm.quality = founder.quality
    firm.capability = clip(0.42 + 0.12 * founder.talent, 0.05, 0.95)
    firm.outside_option = founder.outside_option
    pay(model.households, firm, founder.savings * nominal)
    entry = model.world.founders.entry_cost * nominal
    pay(firm, model.outside, entry)
    if founder.university is not None:
        left = founder.university.research - model.world.universities.research_a_head
        founder.university.research = max(left, 0.0)
    return firm


def enter(model: ReferenceModel, uid: int, sector: Sector, staff: float) -> Firm:
    """A new firm: a product, a team, hardly a customer; its traits are fixed for life."""
    world, now = model.world, model.conditions

    def draw(decision: str) -> float:
        return model.roll_ids(decision, [uid])[0]

    revenue = world.founders.first_revenue * staff * now.nominal
    skew = math.exp(world.research.propensity_spread * normal(draw("propensity")))
    shortest, longest = world.leaving.patience_low, world.leaving.patience_high
    salary = math.exp(world.founders.outside_spread * normal(draw("salary")))
    return Firm(
        model, uid=uid, birth_quarter=model.quarter, sector=sector, zone=None, incubator=None,
        alliance=None, stage=SEED, staff=staff, st_staff=0.4 * staff, revenue=revenue / 4.0,
        revenue_year=revenue, revenue_year_before=revenue, share=revenue / sector.market,
        propensity=min(world.research.propensity_young * skew, 0.8), customers=1.0, novelty=1.0,
        certified=draw("certified") < world.firms.certified_share,
        aware=draw("aware at birth") < world.firms.awareness,
        ip_protection=0.1 + 0.3 * draw("protection"), cost=1.3 * staff * now.wage_other / 4.0,
        honesty=world.firms.honesty_spread * draw("honesty"), ambition=draw("ambition"),
        patience=shortest + math.floor((longest - shortest) * draw("patience")),
        outside_option=world.founders.outside_option * salary,
    )  # fmt: skip


def take_from_outside(firms: list[Firm]) -> None:
    """What new firms sell, outside competitors sold before, if they sold as much: shares of a market
    sum to one.
    """
    asked: dict[Sector, float] = defaultdict(float)
    for firm in firms:
        asked[firm.sector] += firm.share
    served = {s: min(s.outside_share / share, 1.0) for s, share in asked.items() if share > 0.0}
    for firm in firms:
        firm.share *= served.get(firm.sector, 1.0)
        firm.sector.outside_share -= firm.share


def move_in(model: ReferenceModel) -> list[Firm]:
    """Firms elsewhere, of fixed identity, come if the gain exceeds what moving costs."""
    world, now = model.world, model.conditions
    (draw,) = model.roll_ids("recruits", [0])
    count = identity.rounded(world.founders.recruits * world.scale / 4.0, draw)
    uids = identity.number(identity.RECRUIT, count, model.quarter).tolist()
    own = list(model.zones)[:BOUND_BY_REGION]
    dear = sum(zone.rent / zone.rent_path for zone in own) / len(own) - 1.0
    coming = []
    for uid, draw in zip(uids, model.roll_ids("moving gain", uids), strict=True):
        gain = normal(draw) + 3.0 * now.first_mover - 0.5 * dear
        if gain > world.founders.recruit_barrier:
            size = normal(model.roll_ids("recruit size", [uid])[0])
            coming.append(arrival(model, uid, max(15.0 * math.exp(0.7 * size), 5.0)))
    (draw,) = model.roll_ids("leaders", [0])
    count = identity.rounded(world.founders.leaders * world.scale / 4.0, draw)
    uids = identity.number(identity.LEADER, count, model.quarter).tolist()
    for uid, draw in zip(uids, model.roll_ids("leader gain", uids), strict=True):
        gain = normal(draw) + 3.0 * now.first_mover - 0.5 * dear
        if gain > world.founders.leader_barrier:
            size = normal(model.roll_ids("leader size", [uid])[0])
            coming.append(arrival(model, uid, world.founders.leader_staff * math.exp(0.6 * size)))
    return coming


def arrival(model: ReferenceModel, uid: int, staff: float) -> Firm:
    """A firm of four years that brings its staff, its customers and a quarter of a year's sales."""
    nominal = model.conditions.nominal
    sector, quality = (
        model.roll_ids(decision, [uid])[0] for decision in ("recruit sector", "recruit quality")
    )
    firm = enter(model, uid, sector_of(model, sector), staff)
    revenue = usual_sales(model.world, staff) * nominal
    firm.share = revenue / firm.sector.market
    firm.revenue = revenue / 4.0
    firm.revenue_year = firm.revenue_year_before = revenue
    firm.origin, firm.stage = INCOMER_ORIGIN, GROWTH
    firm.quality = 0.95 * math.exp(0.12 * normal(quality))
    firm.birth_quarter = model.quarter - 16
    firm.customers = max(revenue / 0.5, 3.0)
    firm.propensity = min(0.4 * firm.propensity, 0.2)
    pay(model.outside, firm, 0.25 * revenue)
    return firm


def open_agencies(model: ReferenceModel) -> None:
    """Agencies that opened here and cannot pay for the quarter to come close; would-be ones open
    where two years' margin at the custom they expect beats the cost, on their owners' money.
    """
    rules, world = model.world.agencies, model.world
    for agency in list(model.agencies):
        if agency.cash < agency.running_cost:
            pay(agency, model.households, agency.cash)
            agency.remove()
    (draw,) = model.roll_ids("would-be agencies", [0])
    count = identity.rounded(rules.would_be * world.scale / 4.0, draw)
    uids = identity.number(identity.WOULD_BE_AGENCY, count, model.quarter).tolist()
    use = []
    for kind in range(len(KINDS)):
        there = [agency.use for agency in model.agencies if agency.kind == kind]
        use.append(sum(there) / max(len(there), 1))
    draws = (model.roll_ids(decision, uids) for decision in ("kind", "agency quality", "costs"))
    price = rules.hour_price * model.conditions.nominal
    for uid, lot, able, dear in zip(uids, *draws, strict=True):
        kind = sum(lot > edge / len(KINDS) for edge in range(1, len(KINDS)))
        quality = 0.25 + 0.5 * able
        expected = min(use[kind] * (0.5 + quality), 1.0)
        margin = 8.0 * rules.opening_hours * price * (expected - rules.break_even)
        cost = rules.opening_cost * model.conditions.nominal * math.exp(0.5 * normal(dear))
        if margin > cost:
            agency = Agency(model, uid=uid, kind=kind, quality=quality, hours=rules.opening_hours,
                            use=expected)  # fmt: skip
            capital = rules.opening_capital * model.conditions.nominal
            pay(model.households, agency, cost + capital)
            pay(agency, model.outside, cost)
