"""Selling: buyers choose by quality, price, reach and trust; government places its orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.schema import Flags, Floats, Ints
from sim.markets import goods, staffing, tenders
from sim.mechanisms import defence, promotion, reputation
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


USUAL_FAILURES = 0.2  # share of first orders that are not delivered as they should
FAILURE_COST = 0.5  # share of such an order that its line has to make good


@dataclass(frozen=True)
class Orders:
    """Planned government purchases (m yuan a quarter) that are turned towards new products of eligible
    firms.
    """

    lever: str
    volume: float
    largest: float
    premium: float
    eligible: Flags
    public: bool = True

    def placed(self, eco: Ecosystem) -> float:
        """The volume as far as the line can bear the preference on every order and the failures
        usually met (m yuan a quarter).
        """
        burden = self.premium + FAILURE_COST * USUAL_FAILURES
        return min(self.volume, eco.treasury.available(self.lever) / burden)


@dataclass(frozen=True)
class StandardAward:
    """What those who lead a standard, and those who take part, are paid (m yuan of 2014)."""

    lever: str
    lead: float
    join: float
    eligible: Flags


class SellingTerms(Terms):
    """What levers may change about sales."""

    orders = term(
        Combine.COLLECT, "district", "m yuan/quarter", "government orders for new products"
    )
    qualifications = term(
        Combine.COLLECT, "district", "m yuan", "defence work open to firms that qualify"
    )
    catalogue = term(
        Combine.ADD,
        "firms",
        "customers",
        "what being listed or introduced counts with buyers, in customers",
    )
    listings = term(
        Combine.COLLECT, "district", "m yuan", "catalogue in which firms may list new products"
    )
    brand_share = term(
        Combine.COMPLEMENT, "firms", "share", "share of the cost of building a brand paid"
    )
    standards = term(Combine.COLLECT, "district", "m yuan", "awards for standards")
    rating_weight = term(
        Combine.MAXIMUM, "district", "s.d.", "what a fresh credit rating counts in tenders"
    )


def run(eco: Ecosystem) -> None:
    """Share out demand.

    Reads: firms' quality, staff, customers, references, wages, rents. Writes: firms.share,
    revenue, yearly revenue, new_revenue, customers, references, novelty, capability, brand,
    standard, qualified_from, cash, sectors.outside_share. Dice: sales, tender, delivery, standards,
    turns in a queue.
    """
    price = _prices(eco)
    reputation.build_brands(eco)
    reputation.lead_standards(eco)
    _compete(eco, price)
    served = _sell(eco)
    _place_orders(eco, served)
    _book(eco)


def _prices(eco: Ecosystem) -> Floats:
    """Firms pass on part of what their labour and floor space cost beyond the outside path."""
    firms, now, world = eco.firms, eco.conditions, eco.world
    zones = eco.zones
    return goods.passed_on(
        firms.st_staff, firms.staff, revenue=firms.revenue_year + 0.2 * now.nominal,
        zone=firms.zone, wage_st=now.wage_st,
        dear_wage=now.wage_st / (world.labour.wage_st * now.nominal) - 1.0,
        space=world.zones.space_per_head, rent_path=zones.rent_path,
        dear_rent=zones.rent / zones.rent_path - 1.0,
    )  # fmt: skip


def _compete(eco: Ecosystem, price: Floats) -> None:
    firms, sectors, world, now = eco.firms, eco.sectors, eco.world.demand, eco.conditions
    # Buyers of a sector follow a standard to those who lead it, away from the others.
    fit = goods.fitness(
        firms.quality, price, now.first_mover, world.quality_weight, world.price_weight,
        firms.standard, world.standard_gain,
    )  # fmt: skip
    known = firms.customers
    if "catalogue" in eco.terms.selling.parts:
        known = known + eco.terms.selling.catalogue
    if eco.terms.selling.listings:
        known = known + promotion.listed(eco)
    pull, outside_pull = goods.pull(
        firms.staff, world.reach_elasticity, firms.quality,
        choosy=world.choice_quality, customers=known, references=firms.references,
        reference_worth=world.reference_worth, brand=firms.brand, brand_worth=world.brand_worth,
        brand_enough=world.brand_enough * now.nominal, floor=world.trust_floor,
        enough=world.trust_customers, sector=firms.sector, outside=sectors.outside_share,
        outside_reach=world.outside_reach,
    )  # fmt: skip
    settled, outside = goods.compete(
        firms.share, sectors.outside_share, fit, pull, firms.sector,
        world.selection, world.footloose, outside_pull,
    )  # fmt: skip
    sectors.outside_share[:] = goods.come_and_go(
        firms.share, settled, eco.dice.roll("sales", firms.uid), world.customer_noise,
        firms.customers, firms.sector, outside,
    )  # fmt: skip


def _sell(eco: Ecosystem) -> Floats:
    """Sell what can be financed and served: orders beyond last quarter's sales need working capital, and
    all need people. Returns what the people of each firm can serve (m yuan).
    """
    firms, sectors, world, costs = eco.firms, eco.sectors, eco.world.demand, eco.world.costs
    served = staffing.served(
        firms.staff, costs.staff_base, costs.staff_elasticity, eco.conditions.nominal,
        costs.stretch,
    )  # fmt: skip
    declined = goods.deliver(
        firms.share, sectors.outside_share, firms.sector, sectors.market / 4.0, firms.revenue,
        firms.cash, world.working_capital, world.supplier_credit, served,
    )  # fmt: skip
    eco.ledger.pay("outside", "firms", "sales", firms.revenue)
    eco.record.count(orders_declined=declined)
    return served


def _place_orders(eco: Ecosystem, served: Floats) -> None:
    """First purchases replace what government planned to buy: winners gain what incumbents lose, most
    of whom are outside the district.
    """
    firms, world, now = eco.firms, eco.world.demand, eco.conditions
    firms.references[:] *= 1.0 - world.reference_decay
    for offer in eco.terms.selling.qualifications:
        defence.qualify(eco, offer)
    for orders in eco.terms.selling.orders:
        name = "tender" if orders.public else f"tender: {orders.lever}"
        volume = orders.placed(eco)
        rows, score, able = tenders.offers(
            orders.eligible, firms.aware, firms.novelty, firms.references,
            eco.dice.roll(name, firms.uid), firms.quality, firms.rated,
            float(eco.terms.selling.rating_weight), firms.revenue, 0.15 * now.nominal,
            orders.largest, volume, served,
        )  # fmt: skip
        if rows.size == 0:
            continue
        won = goods.order_books(able, orders.largest, score, firms.uid[rows], volume)
        best = rows_where(won > 0.0)
        _deliver(eco, orders, rows[best], won[best])


def _deliver(eco: Ecosystem, orders: Orders, rows: Ints, won: Floats) -> None:
    firms, sectors, world = eco.firms, eco.sectors, eco.world
    name = "delivery" if orders.public else f"delivery: {orders.lever}"
    # What is secret can be shown to nobody.
    value, works, lost = tenders.deliver(
        rows, won, eco.dice.roll(name, firms.uid[rows]), firms.sector, firms.quality,
        firms.capability, firms.references, shown=orders.public, market=sectors.market / 4.0,
        government_share=np.array(world.sectors.government_share), revenue=firms.revenue,
    )  # fmt: skip
    eco.ledger.pay("firms", "outside", "orders lost", lost)
    eco.ledger.pay("outside", "firms", "first purchases", value, payee_rows=rows)
    paid = eco.treasury.spend(
        orders.lever, "firms", "price preference", value * orders.premium, payee_rows=rows
    )
    firms.revenue[rows] += value + paid
    # A first product that fails is paid for from the line and earns no reference.
    failed, wasted = rows[~works], value[~works]
    eco.treasury.spend(
        orders.lever, "outside", "failed first products", FAILURE_COST * total_of(wasted)
    )
    eco.record.count(orders=total_of(value), orders_count=rows.size)
    eco.record.event("sold a first product to government", rows, value)
    eco.record.event("failed a first order", failed, wasted)


def _book(eco: Ecosystem) -> None:
    """Take the quarter into the running figures."""
    firms, world, now = eco.firms, eco.world.demand, eco.conditions
    goods.book(
        firms.revenue, firms.revenue_year, firms.revenue_year_before, firms.customers,
        firms.novelty, firms.new_product, firms.new_revenue, now.nominal, world.ticket,
        world.ticket_elasticity,
    )  # fmt: skip
    sold = total_of(firms.revenue)
    eco.record.count(
        new_product_revenue=total_of(firms.new_revenue), revenue=sold,
        revenue_without_anchors=sold - total_of(firms.revenue[rows_where(firms.anchor)]),
    )  # fmt: skip
