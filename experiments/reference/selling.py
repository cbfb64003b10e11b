"""Selling, one firm after another: prices, competition for shares, government orders."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from experiments.reference.agents import Firm, Sector
from experiments.reference.money import pay
from experiments.reference.offers import Tender
from experiments.reference.scalars import clip, laplace, normal

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel
    from sim.world import World


def selling(model: ReferenceModel) -> None:
    """Buyers choose by quality, price, reach and trust; government places its orders.

    Writes firms.share, revenue, customers, references, novelty, new_revenue, capability, cash;
    sectors.outside_share.
    """
    lead_standards(model)
    compete(model)
    sell(model)
    for firm in model.firms:
        firm.references *= 1.0 - model.world.demand.reference_decay
    for tender in model.offers.tenders:
        place_orders(model, tender)
    for firm in model.firms:
        book(firm)


def lead_standards(model: ReferenceModel) -> None:
    """In one quarter a year the best product leads a sector's standard, of those that think it worth
    the cost.
    """
    demand, cost = model.world.demand, model.world.demand.standard_cost * model.conditions.nominal
    candidates = []
    for firm in model.firms:
        firm.standard *= 1.0 - demand.standard_decay
        margin = max(firm.profit_year, 0.05 * firm.revenue_year)
        worth = demand.standard_gain * margin / demand.standard_decay / 4.0
        if firm.patents > 0.0 and firm.cash > cost and worth > cost:
            candidates.append(firm)
    if model.quarter % 4 != 1:
        return
    best: dict[Sector, tuple[float, Firm]] = {}
    for firm, draw in zip(candidates, model.roll("standards", candidates), strict=True):
        score = math.log(firm.quality) / 0.2 + normal(draw)
        if firm.sector not in best or score > best[firm.sector][0]:
            best[firm.sector] = (score, firm)
    for _, winner in best.values():
        pay(winner, model.outside, cost)
        winner.standard += 1.0


def sell(model: ReferenceModel) -> None:
    """Sell what can be financed and served; other buyers go to all suppliers of the sector by their
    shares, competitors outside included.
    """
    gone: dict[Sector, float] = dict.fromkeys(model.sectors, 0.0)
    for firm in model.firms:
        market = firm.sector.market / 4.0
        firm.revenue = min(firm.share * market, financed(firm), served(firm))
        gone[firm.sector] += firm.share - firm.revenue / market
        firm.share = firm.revenue / market
        pay(model.outside, firm, firm.revenue)
    for firm in model.firms:
        firm.share /= 1.0 - gone[firm.sector]
    for sector in model.sectors:
        sector.outside_share /= 1.0 - gone[sector]


def financed(firm: Firm) -> float:
    """Sales that suppliers, advances and cash finance (m yuan)."""
    demand = firm.model.world.demand
    return demand.supplier_credit * firm.revenue + max(firm.cash, 0.0) / demand.working_capital


def served(firm: Firm) -> float:
    """Sales that people can serve: a bit more than firms of so many usually sell (m yuan)."""
    world = firm.model.world
    usual = usual_sales(world, firm.staff) * firm.model.conditions.nominal / 4.0
    return world.costs.stretch * usual


def usual_sales(world: World, staff: float) -> float:
    """Sales of a year (m yuan of 2014) for which a firm wants just so many people."""
    costs = world.costs
    return 5.0 * (staff / costs.staff_base) ** (1.0 / costs.staff_elasticity)


def price(firm: Firm) -> float:
    """Price against the outside path: 70 % of what labour and space cost beyond it is passed on."""
    world, now, zone = firm.model.world, firm.model.conditions, firm.zone
    revenue = firm.revenue_year + 0.2 * now.nominal
    dear_wage = now.wage_st / (world.labour.wage_st * now.nominal) - 1.0
    dear_rent = zone.rent / zone.rent_path - 1.0
    labour = min(firm.st_staff * now.wage_st / revenue, 0.5)
    yearly = firm.staff * world.zones.space_per_head * 12.0 * zone.rent_path / 1e6
    space = min(yearly / revenue, 0.3)
    return 1.0 + 0.7 * clip(labour * dear_wage + space * dear_rent, -0.3, 0.5)


def fitness(firm: Firm) -> float:
    """Competitiveness; an outside competitor has 1."""
    demand = firm.model.world.demand
    worth = firm.quality**demand.quality_weight * price(firm) ** -demand.price_weight
    worth *= 1.0 + firm.model.conditions.first_mover
    return worth * (1.0 + demand.standard_gain * firm.standard)


def trust(firm: Firm) -> float:
    """Share of buyers who would consider it: it grows with customers and public references."""
    demand = firm.model.world.demand
    known = firm.customers + demand.reference_worth * firm.references
    return 1.0 - (1.0 - demand.trust_floor) * math.exp(-known / demand.trust_customers)


def reach(firm: Firm) -> float:
    """How many buyers it gets in touch with."""
    return firm.staff**firm.model.world.demand.reach_elasticity


def compete(model: ReferenceModel) -> None:
    """Replicator on the attached part of demand, choice on the footloose part, then luck.

    Shares grow by selection times relative fitness (Dosi et al. 2010); the shares of a sector,
    outside competitors included, sum to one.
    """
    rivals: dict[Sector, list[Firm]] = {sector: [] for sector in model.sectors}
    for firm in model.firms:
        rivals[firm.sector].append(firm)
    for sector, firms in rivals.items():
        compete_in(sector, firms)
    settled = {firm: firm.share for firm in model.firms}
    for firm, draw in zip(model.firms, model.roll("sales", model.firms), strict=True):
        noise = laplace(draw) * model.world.demand.customer_noise
        noise /= math.sqrt(max(firm.customers, 1.0))
        moved = firm.share * math.exp(clip(noise, -0.8, 0.8) - 0.5 * min(noise**2, 0.1))
        firm.sector.outside_share += firm.share - moved
        firm.share = moved
    for sector, firms in rivals.items():
        if sector.outside_share < 0.0:
            give_back(sector, {firm: firm.share - settled[firm] for firm in firms})


def give_back(sector: Sector, gains: dict[Firm, float]) -> None:
    """Nobody wins what competitors outside do not have: winners win alike less."""
    won = {firm: gain for firm, gain in gains.items() if gain > 0.0}
    too_much = -sector.outside_share / sum(won.values())
    for firm, gain in won.items():
        firm.share -= too_much * gain
    sector.outside_share = 0.0


def compete_in(sector: Sector, firms: list[Firm]) -> None:
    """New shares in one sector before luck."""
    demand, outside = sector.model.world.demand, sector.outside_share
    fit = [fitness(firm) for firm in firms]
    mean = sum(firm.share * own for firm, own in zip(firms, fit, strict=True)) + outside

    def grown(share: float, own: float) -> float:
        return share * max(1.0 + demand.selection * (own / mean - 1.0), 0.2)

    kept = [grown(firm.share, own) for firm, own in zip(firms, fit, strict=True)]
    kept_outside = grown(outside, 1.0)
    pull = [reach(firm) * firm.quality**demand.choice_quality * trust(firm) for firm in firms]
    # Outside competitors reach buyers as firms of the district of the same total size would.
    usual = max(sum(reach(firm) for firm in firms), 1e-9)
    pull_outside = demand.outside_reach * usual * outside / max(1.0 - outside, 1e-9)
    total, pulls = sum(kept) + kept_outside, sum(pull) + pull_outside

    def settled(kept_share: float, own_pull: float) -> float:
        attached = (1.0 - demand.footloose) * kept_share / total
        return attached + demand.footloose * own_pull / pulls

    for firm, kept_share, own_pull in zip(firms, kept, pull, strict=True):
        firm.share = settled(kept_share, own_pull)
    sector.outside_share = settled(kept_outside, pull_outside)


def place_orders(model: ReferenceModel, tender: Tender) -> None:
    """The best new products win, each up to what doubles its quarter or a pilot, and what its people can
    serve beside what it sells, while the volume lasts that the line can bear.
    """
    offers = [
        firm for firm in model.firms
        if firm in tender.eligible and firm.aware
        and (firm.novelty > 0.25 or firm.references > 0.0)
    ]  # fmt: skip
    score = {
        firm: math.log(firm.quality) / 0.2 + normal(draw)
        for firm, draw in zip(offers, model.roll("tender", offers), strict=True)
    }
    burden = tender.premium + 0.5 * 0.2  # the preference, and what fails of it made good
    left, orders = min(tender.volume, model.purser.can_pay(tender.line) / burden), {}
    for firm in sorted(offers, key=lambda firm: (-score[firm], firm.uid)):
        able = max(firm.revenue, 0.15 * model.conditions.nominal)
        able = min(able, max(served(firm) - firm.revenue, 0.0))
        order = clip(left, 0.0, min(able, tender.largest))
        left -= order
        if order > 0.0:
            orders[firm] = order
    deliver(model, tender, divert(model, orders))


def divert(model: ReferenceModel, orders: dict[Firm, float]) -> dict[Firm, float]:
    """Orders replace planned purchases: no more than government buys in a sector, and those who
    would have sold to it lose in proportion to their share. Returns the orders that stand (m yuan).
    """
    wanted: dict[Sector, float] = defaultdict(float)
    for firm, order in orders.items():
        wanted[firm.sector] += order
    placed = {}
    for sector in model.sectors:
        planned = model.world.sectors.government_share[sector.code] * sector.market / 4.0
        placed[sector] = min(wanted[sector], planned)
    for firm in model.firms:
        lost = firm.revenue * min(placed[firm.sector] / (firm.sector.market / 4.0), 0.5)
        pay(firm, model.outside, lost)
        firm.revenue -= lost
    return {
        firm: order * placed[firm.sector] / wanted[firm.sector] for firm, order in orders.items()
    }


def deliver(model: ReferenceModel, tender: Tender, orders: dict[Firm, float]) -> None:
    """What works earns a reference; the line pays the preference, and half of what fails."""
    works = {}
    for firm, draw in zip(orders, model.roll("delivery", orders), strict=True):
        pay(model.outside, firm, orders[firm])
        chance = 0.55 + 0.3 * firm.capability + 0.25 * (firm.quality - 0.9)
        works[firm] = draw < clip(chance, 0.2, 0.97)
    premiums = [(firm, order * tender.premium) for firm, order in orders.items()]
    paid = model.purser.settle(tender.line, premiums)
    failures = 0.5 * sum(order for firm, order in orders.items() if not works[firm])
    model.purser.settle(tender.line, [(model.outside, failures)])
    for (firm, order), premium in zip(orders.items(), paid, strict=True):
        firm.revenue += order + premium
        if works[firm]:
            firm.references += 1.0
            firm.capability += 0.02 * (1.0 - firm.capability)


def book(firm: Firm) -> None:
    """Running figures: yearly revenue, customers, and the share of new products, which age."""
    demand, nominal = firm.model.world.demand, firm.model.conditions.nominal
    firm.revenue_year_before += 0.225 * (firm.revenue_year - firm.revenue_year_before)
    firm.revenue_year += 0.4 * (4.0 * firm.revenue - firm.revenue_year)
    size = max(firm.revenue_year / nominal, 0.01)
    customers = 1.0 + size / (demand.ticket * size**demand.ticket_elasticity)
    firm.customers += 0.25 * (customers - firm.customers)
    firm.novelty = (1.0 if firm.new_product else firm.novelty) * 0.92
    firm.new_revenue = firm.revenue * min(firm.novelty, 1.0)
