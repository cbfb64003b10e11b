"""Royalties: sellers pay holders of patents; claims of many holders stack, a pool makes them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import power
from agents.schema import Floats
from sim.markets import royalties

if TYPE_CHECKING:
    from sim.model import Ecosystem


def settle(eco: Ecosystem) -> Floats:
    """Move royalties between the district's firms, sector by sector (m yuan a quarter).

    A seller pays a rate on its revenue that rises with the number of claims asserted at it (royalty
    stacking: Lemley & Shapiro 2007); holders are paid by their patents. What pools have joined is
    one claim for their members, firms of an alliance; outsiders pay for it as before, and what the
    members no longer pay each other.
    What operators have bought is asserted too, and paid to them outside the district. Returns what
    each firm paid beyond what it received.
    """
    firms, rules = eco.firms, eco.world.royalties
    member = np.zeros(len(firms), bool)
    member[eco.memberships.firm] = True
    held, asserted, sold = royalties.claims(
        firms.sector, firms.patents, firms.operated, member, firms.revenue, rules.portfolio,
        len(eco.sectors),
    )  # fmt: skip
    due, received = royalties.shared(
        firms.sector, firms.patents, firms.operated, member, firms.revenue, rules.portfolio,
        rules.charge, rules.stack, _pooled(eco), held, asserted, sold,
    )  # fmt: skip
    paid = eco.ledger.pay("firms", "outside", "royalties", due)
    eco.ledger.pay("outside", "firms", "royalties", received)
    eco.record.count(royalties=paid)
    return due - received


def _pooled(eco: Ecosystem) -> np.ndarray:
    """Share of each sector's claims that its holders bring into a pool.

    Setting one up costs its secretariat; holders join as far as the part they pay themselves is
    worth it, and every pool that stands draws on the lines.
    """
    terms, rules = eco.terms.settling, eco.world.royalties
    count = len(eco.sectors)
    if "pooled" not in terms.parts:
        return np.zeros(count)
    share = np.zeros(count) + terms.pooled
    cost = rules.secretariat * eco.conditions.nominal / 4.0 * eco.world.scale
    joined = 1.0 - power(1.0 - share, 1.0 / rules.holdout)
    for lever, part in terms.split("pooled", cost * share * (share > 0.0)):
        paid = eco.treasury.spend(lever, "outside", "patent pools", float(np.sum(part)))
        joined *= float(paid[0]) / max(float(np.sum(part)), 1e-12)
    return np.minimum(joined, 1.0)
