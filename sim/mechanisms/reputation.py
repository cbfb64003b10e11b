"""Brands and standards: both win buyers from others; their cost decides who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import by_row, rows_where
from agents.exact import log
from agents.schema import Floats, Ints
from sim.markets import brands
from sim.markets.ranking import largest
from sim.mechanisms import worth

if TYPE_CHECKING:
    from sim.model import Ecosystem


def build_brands(eco: Ecosystem) -> None:
    """Firms put more into brands where a line pays part; the line pays for what they did anyway.

    The usual outlay is part of overhead; only what the lower price adds builds up.
    """
    firms, world, terms = eco.firms, eco.world.demand, eco.terms.selling
    firms.brand[:] *= 1.0 - world.brand_decay
    if "brand_share" not in terms.parts:
        return

    def outlays_at(share: Floats) -> tuple[Floats, Floats]:
        return brands.outlays(
            firms.revenue, firms.cash, firms.aware, share, world.brand_habit,
            eco.world.agencies.price_response,
        )  # fmt: skip

    full = by_row(terms.brand_share, len(firms))
    further, supported = outlays_at(full)
    share = eco.treasury.counted_on(terms, "brand_share", supported)
    if share is not terms.brand_share:
        further, supported = outlays_at(share)
    eco.ledger.pay("firms", "outside", "brands", further)
    eco.treasury.share_out(terms, "brand_share", full * supported, "brand support")
    firms.brand[:] += further


def lead_standards(eco: Ecosystem) -> None:
    """Once a year a sector's committee meets: those for whom leading is worth its cost compete, the
    best product wins; awards bring further firms to the table and are paid for taking part (三(三)3).
    """
    firms, world, now = eco.firms, eco.world.demand, eco.conditions
    firms.standard[:] *= 1.0 - world.standard_decay
    if eco.quarter % 4 != 1:
        return
    awards, cost = eco.terms.selling.standards, world.standard_cost * now.nominal
    able = rows_where((firms.patents > 0.0) & (firms.cash > cost))
    gain = world.standard_gain * worth.margin(eco, able) / world.standard_decay / 4.0
    for award in awards:
        # A line promises no more awards than it can pay, and each sector has one winner.
        price = award.lead * now.nominal
        held = eco.treasury.held_of(award.lever, price * len(eco.sectors))
        gain = gain + price * held * (award.eligible & firms.aware)[able]
    leads = able[gain > cost]
    noise = eco.dice.normal("standards", firms.uid[leads])
    score = log(firms.quality[leads]) / 0.2 + noise
    best = largest(firms.sector[leads], score, firms.uid[leads], len(eco.sectors))
    best = best[best >= 0]
    winners, others = leads[best], np.delete(leads, best)
    eco.ledger.pay("firms", "outside", "standards", np.full(winners.size, cost),
                   payer_rows=winners)  # fmt: skip
    firms.standard[winners] += 1.0
    eco.record.count(standards_led=winners.size, standards_contended=leads.size)
    for award in awards:
        takes = award.eligible & firms.aware
        _pay_awards(eco, award.lever, winners[takes[winners]], award.lead * now.nominal)
        _pay_awards(eco, award.lever, others[takes[others]], award.join * now.nominal)


def _pay_awards(eco: Ecosystem, lever: str, rows: Ints, amount: float) -> None:
    due = np.full(rows.size, amount)
    eco.treasury.spend(lever, "firms", "standards", due, payee_rows=rows)
