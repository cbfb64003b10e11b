"""Brands and standards: both win buyers from others; their cost decides who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import log, normal, power

if TYPE_CHECKING:
    from sim.model import Ecosystem


def build_brands(eco: Ecosystem) -> None:
    """Firms put more into brands where a line pays part; the line pays for what they did anyway.

    The usual outlay is part of overhead; only what the lower price adds builds up.
    """
    firms, world, terms = eco.firms, eco.world.demand, eco.terms.selling
    if firms.brand.any():
        firms.brand[:] *= 1.0 - world.brand_decay
    if "brand_share" not in terms.parts:
        return
    share = np.minimum(np.zeros(len(firms)) + terms.brand_share, 0.9) * firms.aware
    usual = world.brand_habit * firms.revenue
    cheaper = power(1.0 - share, -eco.world.agencies.price_response)
    further = np.minimum(usual * (cheaper - 1.0), 0.1 * np.maximum(firms.cash, 0.0))
    eco.ledger.pay("firms", "outside", "brands", further)
    eco.treasury.share_out(terms, "brand_share", share * (usual + further), "brand support")
    firms.brand[:] += further


def lead_standards(eco: Ecosystem) -> None:
    """Once a year a sector's committee meets: those for whom leading is worth its cost compete, the
    best product wins; others take part for the award (三(三)3).
    """
    firms, world, now = eco.firms, eco.world.demand, eco.conditions
    if firms.standard.any():
        firms.standard[:] *= 1.0 - world.standard_decay
    if eco.quarter % 4 != 1:
        return
    for award in eco.terms.selling.standards:
        cost = world.standard_cost * now.nominal
        margin = np.maximum(firms.profit_year, 0.05 * firms.revenue_year)
        worth = world.standard_gain * margin / world.standard_decay / 4.0
        able = award.eligible & firms.aware & (firms.patents > 0.0) & (firms.cash > cost)
        leads = np.flatnonzero(able & (worth + award.lead * now.nominal > cost))
        noise = normal(eco.dice.roll("standards", firms.uid[leads]))
        score = log(firms.quality[leads]) / 0.2 + noise
        order = leads[np.lexsort((firms.uid[leads], -score, firms.sector[leads]))]
        _, first = np.unique(firms.sector[order], return_index=True)
        winners = order[first]
        eco.ledger.pay("firms", "outside", "standards", np.full(winners.size, cost),
                       payer_rows=winners)  # fmt: skip
        firms.standard[winners] += 1.0
        others = np.setdiff1d(leads, winners)
        for rows, amount in ((winners, award.lead), (others, award.join)):
            eco.treasury.spend(
                award.lever, "firms", "standards", np.full(rows.size, amount * now.nominal),
                payee_rows=rows,
            )  # fmt: skip
        eco.record.count(standards_led=winners.size)
